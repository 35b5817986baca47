package scalar

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// numberFormats are TO_CHAR and TO_NUMBER over the patterns of "Numeric format
// strings". Exact numbers are text.
var numberFormats = []Func{
	{Prefix + "format_number", kinds(text, text), text, formatNumber},
	{Prefix + "format_double", kinds(double, text), text, formatDouble},
	{Prefix + "read_number", kinds(text, text), text, readNumber},
}

// NumberFormat is a numeric format, cut into its patterns.
type NumberFormat struct {
	text     string
	nodes    []numberNode
	fill     bool // FM: without blanks, and without zeros that stand for a 9 at the end
	roman    string
	brackets bool // PR
	sign     int  // the node S that the sign goes with, or -1
	after    bool // S stands behind the digits
	signed   bool // MI or SG write the sign
	whole    int  // digits before the point
	fraction int  // and behind it
	zero     int  // the first 0 before the point, counted from 0, or -1
	lastZero int  // the last digit behind the point that is a 0, counted from 1
	shift    int  // V: digits by which the number is multiplied
}

// numberNode is a pattern in upper case, or text.
type numberNode struct {
	pattern string
	spelled string
}

// numberPatterns lists longer patterns before their prefixes.
var numberPatterns = []string{"EEEE", "FM", "PR", "MI", "PL", "SG", "RN", "TH", "9", "0", ".", "D", ",", "G", "S", "L", "V"}

var compiledNumbers cache[*NumberFormat]

// CompileNumberFormat reads a numeric format. Text in double quotes, and whatever
// is no pattern, stands for itself.
func CompileNumberFormat(format string) (*NumberFormat, error) {
	f := &NumberFormat{text: format, sign: -1, zero: -1}
	point, multiplied := false, false
	for rest := format; rest != ""; {
		n, size := readNumberNode(rest)
		rest = rest[size:]
		switch n.pattern {
		case "EEEE":
			return nil, fmt.Errorf("the format %q has %q, which is not available", format, n.spelled)
		case "FM":
			f.fill = true
			continue
		case "RN":
			f.roman = n.spelled
		case "PR":
			f.brackets = true
			continue
		case "MI", "SG":
			f.signed = true
		case "S":
			if f.sign >= 0 {
				return nil, fmt.Errorf("the format %q has two signs S", format)
			}
			f.sign, f.after = len(f.nodes), f.whole+f.fraction > 0 && !multiplied
		case ".", "D":
			if point || multiplied {
				return nil, fmt.Errorf("the format %q has two decimal points", format)
			}
			point = true
		case "V":
			if point || multiplied {
				return nil, fmt.Errorf("the format %q has both V and a decimal point, or two of one", format)
			}
			multiplied = true
		case "9", "0":
			f.digit(n.pattern, point, multiplied)
		}
		f.nodes = append(f.nodes, n)
	}
	return f, f.check()
}

// digit counts a place for a digit.
func (f *NumberFormat) digit(pattern string, point, multiplied bool) {
	if point {
		f.fraction++
		if pattern == "0" {
			f.lastZero = f.fraction
		}
		return
	}
	if pattern == "0" && f.zero < 0 {
		f.zero = f.whole
	}
	f.whole++
	if multiplied {
		f.shift++
	}
}

// check refuses what says two things about the sign, and numerals beside digits.
func (f *NumberFormat) check() error {
	switch {
	case f.sign >= 0 && (f.signed || f.brackets), f.brackets && f.signed:
		return fmt.Errorf("the format %q says in two ways where the sign goes", f.text)
	case f.roman != "" && f.whole+f.fraction > 0:
		return fmt.Errorf("the format %q has both digits and Roman numerals", f.text)
	case f.roman == "" && f.whole+f.fraction == 0:
		return fmt.Errorf("the format %q has no place for a digit: write 9 or 0 for each", f.text)
	}
	return nil
}

// HasCurrency reports a format with the currency symbol L.
func (f *NumberFormat) HasCurrency() bool {
	return slices.ContainsFunc(f.nodes, func(n numberNode) bool { return n.pattern == "L" })
}

func readNumberNode(rest string) (n numberNode, size int) {
	if rest[0] == '"' {
		quoted, _, closed := strings.Cut(rest[1:], `"`)
		size = len(quoted) + 2
		if !closed {
			size--
		}
		return numberNode{spelled: quoted}, size
	}
	for _, p := range numberPatterns {
		if hasEither(rest, p) {
			return numberNode{p, rest[:len(p)]}, len(p)
		}
	}
	return numberNode{spelled: rest[:1]}, 1
}

func formatNumber(args []any) (any, error) {
	f, err := compiledNumbers.get(args[1].(string), CompileNumberFormat)
	if err != nil {
		return nil, err
	}
	v, ok := new(big.Rat).SetString(args[0].(string))
	if !ok {
		return f.overflow(false), nil // NaN and the infinities
	}
	return f.Format(v), nil
}

func formatDouble(args []any) (any, error) {
	f, err := compiledNumbers.get(args[1].(string), CompileNumberFormat)
	if err != nil {
		return nil, err
	}
	x := args[0].(float64)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return f.overflow(x < 0), nil
	}
	// Fifteen digits are what a DOUBLE PRECISION holds for sure.
	v, _ := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', 15, 64))
	return f.Format(v), nil
}

// Format writes a number by the format, rounded half away from zero to its
// places. A number with more digits than places becomes a row of #.
func (f *NumberFormat) Format(v *big.Rat) string {
	if f.roman != "" {
		return f.numerals(v)
	}
	if f.shift > 0 {
		ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(f.shift)), nil)
		v = new(big.Rat).Mul(v, new(big.Rat).SetInt(ten))
	}
	digits := v.FloatString(f.fraction)
	digits, negative := strings.CutPrefix(digits, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if strings.Trim(digits, "0.") == "" {
		negative = false
	}
	if len(whole) > f.whole {
		return f.overflow(negative)
	}
	if whole == "0" && f.fraction > 0 && f.zero < 0 || f.whole == 0 {
		whole = ""
	}
	if f.fill {
		fraction = fraction[:f.lastZero] + strings.TrimRight(fraction[f.lastZero:], "0")
	}
	return f.write(whole, fraction, negative)
}

// overflow writes # for every digit.
func (f *NumberFormat) overflow(negative bool) string {
	if f.roman != "" {
		return strings.Repeat("#", romanWidth)
	}
	return f.write(strings.Repeat("#", f.whole), strings.Repeat("#", f.fraction), negative)
}
