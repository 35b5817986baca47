package scalar

import (
	"math"
	"strings"
	"testing"
)

// The answers are PostgreSQL's, which the formats are taken from; L is a dollar.
func TestFormatNumber(t *testing.T) {
	for _, c := range []struct{ value, format, want string }{
		{"485", "999", " 485"},
		{"-485", "999", "-485"},
		{"12", "9999", "   12"},
		{"12", "0000", " 0012"},
		{"12", "9099", "  012"},
		{"1234", "999", " ###"},
		{"-1234.5", "999.99", "-###.##"},
		{"125.8", "999.99", " 125.80"},
		{"-125.8", "999D99", "-125.80"},
		{"125.8", "999D99S", "125.80+"},
		{"-125.8", "S999D99", "-125.80"},
		{"12", "S999", " +12"},
		{"0.1", "9.9", "  .1"},
		{"-0.1", "99.99", "  -.10"},
		{"0.1", "0.9", " 0.1"},
		{"0", "9.9", "  .0"},
		{"0", "999", "   0"},
		{"0.995", "9.99", " 1.00"},
		{"-0.001", "9.9", "  .0"},
		{"1485", "9,999", " 1,485"},
		{"148", "9,999", "   148"},
		{"1234567.891", "FM9,999,999.00", "1,234,567.89"},
		{"12.5", "FM999.99", "12.5"},
		{"12", "FM999.99", "12."},
		{"12", "FM999.90", "12.00"},
		{"0", "FM9.9", "0."},
		{"7", "FM000", "007"},
		{"-485", "999MI", "485-"},
		{"485", "999MI", "485 "},
		{"485", "FM999MI", "485"},
		{"485", "PL999", "+ 485"},
		{"-485", "PL999", " -485"},
		{"485", "SG999", "+485"},
		{"-485", "9SG99", "4-85"},
		{"-485", "999PR", "<485>"},
		{"485", "999PR", " 485 "},
		{"12", "L99", "$ 12"},
		{"12.4", "99V999", " 12400"},
		{"12.45", "99V9", " 125"},
		{"482", "999th", " 482nd"},
		{"11", "FM99TH", "11TH"},
		{"-482", "999th", "-482"},
		{"485", `"Good number:"999`, "Good number: 485"},
		{"1250", "RN", "           MCCL"},
		{"1994", "FMRN", "MCMXCIV"},
		{"1994", "FMrn", "mcmxciv"},
		{"0", "RN", "###############"},
		{"4000", "FMRN", "###############"},
		{"NaN", "99.9", " ##.#"},
		{"99999999999999999999999999999999999999", "FM" + strings.Repeat("9", 38), "99999999999999999999999999999999999999"},
	} {
		got, err := formatNumber([]any{c.value, c.format})
		if err != nil || got != c.want {
			t.Errorf("%s by %q is %q (%v), want %q", c.value, c.format, got, err, c.want)
		}
	}
}

func TestFormatDouble(t *testing.T) {
	for _, c := range []struct {
		value        float64
		format, want string
	}{
		{0.1 + 0.2, "9.99999999", "  .30000000"},
		{1e6, "9999999", " 1000000"},
		{math.Inf(-1), "99", "-##"},
		{math.NaN(), "99", " ##"},
	} {
		got, err := formatDouble([]any{c.value, c.format})
		if err != nil || got != c.want {
			t.Errorf("%v by %q is %q (%v), want %q", c.value, c.format, got, err, c.want)
		}
	}
}

func TestReadNumber(t *testing.T) {
	for _, c := range []struct{ text, format, want string }{
		{"12,454.8-", "99G999D9S", "-12454.8"},
		{"$ 12,454.88", "L 99G999D99", "12454.88"},
		{"$ 2,012,454.88", "L 9,999,999.99", "2012454.88"},
		{"1,454.8", "99G999D9", "1454.8"},
		{"-12", "999", "-12"},
		{" 12", "999", "12"},
		{"<12>", "99PR", "-12"},
		{"12-", "99MI", "-12"},
		{"+12", "SG99", "12"},
		{".5", "9.9", ".5"},
		{"12345", "999", "123"},
		{"1245", "99V99", "12.45"},
		{"2nd", "9th", "2"},
		{"#12", `"#"99`, "12"},
		{"abc", "999", `error: "abc" has no number in the format "999"`},
		{"", "999", `error: "" has no number`},
		{"MC", "RN", `error: has "RN", which cannot be read`},
	} {
		got, err := readNumber([]any{c.text, c.format})
		if part, isError := strings.CutPrefix(c.want, "error: "); isError {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%q by %q gives %v (%v), want %s", c.text, c.format, got, err, part)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%q by %q is %q (%v), want %q", c.text, c.format, got, err, c.want)
		}
	}
}

func TestNumberFormatErrors(t *testing.T) {
	for format, want := range map[string]string{
		"9.9.9":   "has two decimal points",
		"9V9.9":   "has two decimal points",
		"9.9V9":   "has both V and a decimal point",
		"S9S":     "has two signs S",
		"S9MI":    "says in two ways where the sign goes",
		"99PRMI":  "says in two ways where the sign goes",
		"RN99":    "has both digits and Roman numerals",
		"abc":     "has no place for a digit",
		"9EEEE":   `has "EEEE", which is not available`,
		"":        "has no place for a digit",
		`"99`:     "has no place for a digit",
		"YYYY-MM": "has no place for a digit",
	} {
		if _, err := CompileNumberFormat(format); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", format, err, want)
		}
	}
}
