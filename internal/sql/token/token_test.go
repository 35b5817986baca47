package token_test

import (
	"testing"

	"github.com/atolldata/atoll/internal/sql/token"
)

func TestIsReserved(t *testing.T) {
	for word, want := range map[string]bool{
		"select": true, "order": true, "user": true, "timestamp": true, "tag": true, "pivot": true, "without": true,
		"date": false, "qualify": false, "values": false, "a": false, "SELECT": false, "": false,
	} {
		if got := token.IsReserved(word); got != want {
			t.Errorf("IsReserved(%q) is %v", word, got)
		}
	}
}

func TestIsPlain(t *testing.T) {
	for name, want := range map[string]bool{
		"a": true, "_a1": true, "order": true,
		"": false, "1a": false, "A": false, "a b": false, "a$b": false, "é": false, `a"`: false, "a-b": false,
	} {
		if got := token.IsPlain(name); got != want {
			t.Errorf("IsPlain(%q) is %v", name, got)
		}
	}
}

func TestFold(t *testing.T) {
	for name, want := range map[string]string{"": "", "abc": "abc", "aBC": "abc", "ÄbC": "Äbc", "ABC": "abc"} {
		if got := token.Fold(name); got != want {
			t.Errorf("Fold(%q) is %q", name, got)
		}
	}
}

// From the loosest operator to the tightest.
func TestPrecedence(t *testing.T) {
	levels := []token.Precedence{
		token.Binary("::"), token.Binary("OR"), token.Binary("AND"), token.Unary("NOT"), token.Is, token.Binary("<="),
		token.Range, token.Binary("||"), token.Binary("-"), token.Binary("%"), token.Binary("^"), token.Zone,
		token.Unary("-"), token.Postfix, token.Primary,
	}
	for i := 1; i < len(levels); i++ {
		if levels[i] <= levels[i-1] {
			t.Errorf("level %d does not bind tighter than the one before it", i)
		}
	}
	if token.Unary("~") != token.Other {
		t.Error("~ does not bind like the other operators")
	}
}

func TestTakesDatePart(t *testing.T) {
	if !token.TakesDatePart("dateadd") || token.TakesDatePart("date_trunc") {
		t.Error("DATEADD takes a bare part of a date, DATE_TRUNC a string")
	}
}
