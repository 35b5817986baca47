package scalar

import (
	"fmt"
	"strings"
	"testing"
)

func TestTextToAlt(t *testing.T) {
	for _, c := range []struct{ text, format, whole, decimal string }{
		{"123-", "", "-123", "-123.00"},
		{"-123E-2", "", "-1", "-1.23"},
		{"2147483647+", "", "2147483647", "2147483647.00"},
		{" ", "", "0", "0.00"},
		{"1,234.565", "", "1234", "1234.56"},
		{"1,234.575", "", "1234", "1234.58"},
		{"-1234.5651", "", "-1234", "-1234.57"},
		{"123{", "999S", "1230", "1230.00"},
		{"123J", "999S", "-1231", "-1231.00"},
		{"123C", "99V99S", "12", "12.33"},
		{"USD123", "C9(I)", "123", "123.00"},
		{"12345", "999V99", "123", "123.45"},
		{"12.5", "99D9", "12", "12.50"},
		{"12.5", "Z9.9(2)", "12", "12.50"},
		{"1234", "999", "error: has more digits than the format", ""},
		{"12x", "", `error: "12x" is no number`, ""},
		{"1 2", "", "error: is no number", ""},
		{"--1", "", "error: is no number", ""},
		{"1e999999999", "", "error: is no number", ""},
		{"1", "9G9", `error: has "G", which is not available`, ""},
		{"1", "9Z", "error: has Z behind 9", ""},
		{"1", "9.9V9", "error: has two decimal points", ""},
		{"1", "9.9S", "error: has S beside a decimal point", ""},
		{"1", "9(x)", `error: repeats by "x"`, ""},
		{"3000000000", "", "error: does not fit INTEGER", "3000000000.00"},
	} {
		whole, err := teradata[0].Call([]any{c.text, c.format})
		expectAlt(t, c.text, c.format, whole, err, c.whole)
		if c.decimal != "" {
			decimal, err := teradata[1].Call([]any{c.text, c.format, int64(2)})
			expectAlt(t, c.text, c.format, decimal, err, c.decimal)
		}
	}
}

func expectAlt(t *testing.T, text, format string, got any, err error, want string) {
	t.Helper()
	if part, isError := strings.CutPrefix(want, "error: "); isError {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q by %q gives %v (%v), want %s", text, format, got, err, part)
		}
		return
	}
	if err != nil || fmt.Sprint(got) != want {
		t.Errorf("%q by %q is %v (%v), want %s", text, format, got, err, want)
	}
}
