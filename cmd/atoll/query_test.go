package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/atolldata/atoll/internal/fault"
)

// Ctrl-C ends a command that waits for its input.
func TestReadQueryIsInterrupted(t *testing.T) {
	in, never := io.Pipe()
	defer never.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newApp(in, io.Discard, io.Discard).readQuery(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestReadQuery(t *testing.T) {
	text, err := newApp(strings.NewReader("SELECT 1"), io.Discard, io.Discard).readQuery(t.Context())
	if text != "SELECT 1" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	broken := iotest.ErrReader(errors.New("gone"))
	if _, err := newApp(broken, io.Discard, io.Discard).readQuery(t.Context()); fault.CodeOf(err) != fault.Usage {
		t.Errorf("got %v", err)
	}
}
