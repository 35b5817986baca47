package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
)

// faultCodes reads the codes that package fault declares.
func faultCodes(t *testing.T) []fault.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../internal/fault/fault.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []fault.Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Code" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, fault.Code(text))
		}
		return true
	})
	return codes
}

func TestEveryFaultHasAnExitCode(t *testing.T) {
	codes := faultCodes(t)
	if len(codes) < 10 || len(codes) != len(exitCodes) {
		t.Errorf("%d codes, %d in the table", len(codes), len(exitCodes))
	}
	for _, c := range codes {
		if exitCodes[c] == exitDone {
			t.Errorf("a fault of code %q ends as if all were well", c)
		}
	}
}

func TestExitCode(t *testing.T) {
	busy := fault.New(fault.Busy, "held")
	for _, test := range []struct {
		err  error
		want int
	}{
		{nil, exitDone},
		{errPartly, exitPartly},
		{fmt.Errorf("opening: %w", busy), exitBusy},
		{fault.List{fault.New(fault.Name, "x"), busy}, exitBusy},
		{errors.Join(fault.List{fault.New(fault.Name, "x")}, nil), exitInvalid},
		{fmt.Errorf("stopped: %w", context.Canceled), exitInterrupted},
		{errors.New("what is this"), exitDefect},
	} {
		if got := exitCode(test.err); got != test.want {
			t.Errorf("%v: %d, want %d", test.err, got, test.want)
		}
	}
}

// interrupting is an input that interrupts the command which reads it.
type interrupting func()

func (i interrupting) Read([]byte) (int, error) { i(); return 0, io.EOF }

// A command that is interrupted says so, and not what that broke in it.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "atoll.yaml"), []byte("name: x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var said strings.Builder
	if code := newApp(interrupting(cancel), io.Discard, &said).execute(ctx, []string{"query", "-C", dir}); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if lines := strings.Split(strings.TrimSpace(said.String()), "\n"); len(lines) != 1 ||
		!strings.Contains(lines[0], "interrupted: what was committed is kept, and the next run carries on") {
		t.Error(said.String())
	}
}

// The page on exit codes has a row for each code, with the faults that lead to
// it.
func TestExitCodesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/exit-codes.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 {
			documented[strings.TrimSpace(cells[1])] = strings.TrimSpace(cells[3])
		}
	}
	want := map[int][]string{exitDone: nil, exitInterrupted: nil}
	for _, c := range faultCodes(t) {
		want[exitCodes[c]] = append(want[exitCodes[c]], "`"+string(c)+"`")
	}
	for code, faults := range want {
		if got, ok := documented[strconv.Itoa(code)]; !ok || got != strings.Join(faults, ", ") {
			t.Errorf("exit code %d is documented with %q, and has %q", code, got, strings.Join(faults, ", "))
		}
	}
	if len(documented) != len(want)+2 { // and the two lines of the table's head
		t.Errorf("%d rows are documented, of %d codes", len(documented)-2, len(want))
	}
}
