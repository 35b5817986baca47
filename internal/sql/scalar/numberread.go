package scalar

import (
	"fmt"
	"strings"
)

// readNumber is TO_NUMBER: the number in a formatted text, as text.
func readNumber(args []any) (any, error) {
	f, err := compiledNumbers.get(args[1].(string), CompileNumberFormat)
	if err != nil {
		return nil, err
	}
	if err := f.CheckReading(); err != nil {
		return nil, err
	}
	return f.Read(args[0].(string))
}

// CheckReading reports the patterns that can only be written.
func (f *NumberFormat) CheckReading() error {
	for _, n := range f.nodes {
		if n.pattern == "RN" {
			return fmt.Errorf("the format %q has %q, which cannot be read", f.text, n.spelled)
		}
	}
	return nil
}

// Read takes the number out of a text that was written by the format ("TO_NUMBER").
// Places without a digit, separators that are not there and text behind the
// format are passed over; a text without any digit is an error.
func (f *NumberFormat) Read(s string) (string, error) {
	var whole, fraction strings.Builder
	rest, negative, behind := s, false, false
	sign := func() {
		if rest != "" && strings.ContainsRune("+-<", rune(rest[0])) {
			negative = negative || rest[0] != '+'
			rest = rest[1:]
		}
	}
	for _, n := range f.nodes {
		switch n.pattern {
		case "9", "0":
			rest = strings.TrimLeft(rest, " ")
			if whole.Len()+fraction.Len() == 0 && !behind {
				sign()
			}
			if rest == "" || rest[0] < '0' || rest[0] > '9' {
				continue
			}
			if behind {
				fraction.WriteByte(rest[0])
			} else {
				whole.WriteByte(rest[0])
			}
			rest = rest[1:]
		case ".", "D":
			rest, behind = strings.TrimPrefix(rest, "."), true
		case ",", "G":
			rest = strings.TrimPrefix(strings.TrimLeft(rest, " "), ",")
		case "S", "MI", "PL", "SG":
			rest = strings.TrimLeft(rest, " ")
			sign()
		case "L":
			rest = strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(rest, " "), "$"), " ")
		case "TH":
			rest = strings.TrimLeft(rest, "stndrhSTNDRH")
		case "V":
			behind = true
		default:
			if n.pattern == "" && strings.HasPrefix(rest, n.spelled) {
				rest = rest[len(n.spelled):]
			}
		}
	}
	if whole.Len()+fraction.Len() == 0 {
		return "", fmt.Errorf("%q has no number in the format %q", s, f.text)
	}
	out := whole.String() + "." + fraction.String()
	if negative {
		out = "-" + out
	}
	return strings.TrimSuffix(out, "."), nil
}
