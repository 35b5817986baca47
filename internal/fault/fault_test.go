package fault_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
)

func TestError(t *testing.T) {
	e := fault.Wrap(fs.ErrNotExist, fault.Config, "cannot read %q", "x.yaml").
		At(fault.Position{Line: 2, Column: 5}).In("x.yaml", "one\ntwo three\r\n").WithHint("create %s", "it")
	if got, want := e.Error(), `x.yaml:2:5: cannot read "x.yaml": file does not exist (create it)`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := e.Pretty(), "x.yaml:2:5: cannot read \"x.yaml\": file does not exist\n    two three\n        ^\n  hint: create it"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !errors.Is(e, fs.ErrNotExist) {
		t.Error("the cause is lost")
	}
	if got := fault.New(fault.Usage, "no").In("f", "text").Error(); got != "f: no" {
		t.Errorf("without a line: %s", got)
	}
	if got := (fault.Position{Line: 3, Column: 1}).String(); got != "3:1" {
		t.Errorf("without a file: %s", got)
	}
	// A position past the end of its text has no source line.
	if e := fault.New(fault.Usage, "no").At(fault.Position{Line: 9, Column: 1}).In("f", "text"); e.Source != "" {
		t.Errorf("source: %q", e.Source)
	}
}

func TestList(t *testing.T) {
	at := func(file string, line, column int) *fault.Error {
		return fault.New(fault.Name, "%s", file).At(fault.Position{File: file, Line: line, Column: column})
	}
	l := fault.List{at("b", 1, 1), at("a", 2, 1), at("a", 1, 9), at("a", 1, 2)}
	l.Sort()
	if got, want := l.Error(), "a:1:2: a\na:1:9: a\na:2:1: a\nb:1:1: b"; got != want {
		t.Errorf("got %s", got)
	}
	var e *fault.Error
	if !errors.As(l.Err(), &e) || e.Pos.Column != 2 {
		t.Errorf("the first of the list: %v", e)
	}
	if (fault.List{}).Err() != nil {
		t.Error("an empty list is an error")
	}
}

func TestAll(t *testing.T) {
	one := fault.New(fault.Data, "one")
	for _, c := range []struct {
		err  error
		n    int
		code fault.Code
	}{
		{nil, 0, fault.Internal},
		{one, 1, fault.Data},
		{fmt.Errorf("around: %w", one), 1, fault.Data},
		{fault.List{one, one}, 2, fault.Data},
		{errors.New("plain"), 1, fault.Internal},
	} {
		if got := fault.All(c.err); len(got) != c.n {
			t.Errorf("All(%v) = %v", c.err, got)
		}
		if got := fault.CodeOf(c.err); got != c.code {
			t.Errorf("CodeOf(%v) = %s, want %s", c.err, got, c.code)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"customer_id", "campaign_id", "status", "day", "u"}
	for given, want := range map[string]string{
		"custmer_id": "customer_id", "Campaign_ID": "campaign_id", "sttaus": "status", "dya": "day",
		"nothing": "", "": "", "zzz": "", "dxx": "", "x": "",
	} {
		if got := fault.Nearest(given, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", given, got, want)
		}
	}
}
