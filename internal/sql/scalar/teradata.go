package scalar

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

// teradata are "TEXT_TO_INT_ALT" and "TEXT_TO_NUMERIC_ALT". An empty format is
// none. The last argument of the second is the number of decimal places.
var teradata = []Func{
	{Prefix + "text_to_int_alt", kinds(text, text), whole, func(args []any) (any, error) {
		v, err := readAlt(args[0].(string), args[1].(string))
		if err != nil {
			return nil, err
		}
		return withinInteger(args[0].(string), new(big.Int).Quo(v.Num(), v.Denom()))
	}},
	{Prefix + "text_to_numeric_alt", kinds(text, text, whole), text, func(args []any) (any, error) {
		v, err := readAlt(args[0].(string), args[1].(string))
		if err != nil {
			return nil, err
		}
		return halfEven(v, int(args[2].(int64))), nil
	}},
}

func withinInteger(s string, v *big.Int) (any, error) {
	if !v.IsInt64() || v.Int64() != int64(int32(v.Int64())) {
		return nil, fmt.Errorf("%q does not fit INTEGER", s)
	}
	return v.Int64(), nil
}

// AltFormat is a format in Teradata's style ("Teradata-style formatting characters
// for numeric data").
type AltFormat struct {
	currency bool // C: the text starts with the name of a currency
	zoned    bool // S: the last character is a digit and the sign
	places   int  // 0 is any number of digits
	fraction int  // behind V, which stands for a point that is not written
}

// CompileAltFormat reads a format of C, Z and 9 for digits, one of the points D, .
// and V, and S at the end; (n) behind a character repeats it, (I) takes any number
// of digits. The empty format takes any number.
func CompileAltFormat(format string) (*AltFormat, error) {
	wrong := func(what string) (*AltFormat, error) { return nil, fmt.Errorf("the format %q %s", format, what) }
	rest, currency := strings.CutPrefix(format, "C")
	rest, zoned := strings.CutSuffix(rest, "S")
	f := &AltFormat{currency: currency, zoned: zoned}
	point, any, nine := byte(0), false, false
	for rest != "" {
		c, n := rest[0], 1
		rest = rest[1:]
		if inner, ok := strings.CutPrefix(rest, "("); ok {
			count, after, closed := strings.Cut(inner, ")")
			parsed, err := strconv.Atoi(count)
			any = any || count == "I"
			if !closed || count != "I" && (err != nil || parsed < 1 || parsed > 38) {
				return wrong("repeats by " + strconv.Quote(count) + ": write a number from 1 to 38, or I")
			}
			n, rest = max(parsed, 1), after
		}
		switch c {
		case 'Z', '9':
			if c == 'Z' && nine {
				return wrong("has Z behind 9")
			}
			nine = nine || c == '9'
			f.places += n
			if point == 'V' {
				f.fraction += n
			}
		case 'D', '.', 'V':
			if point != 0 || n > 1 {
				return wrong("has two decimal points")
			}
			point = c
		default:
			return wrong(fmt.Sprintf("has %q, which is not available: it takes C, Z, 9, D, ., V, S and (n)", string(c)))
		}
	}
	if zoned && (point == 'D' || point == '.') {
		return wrong("has S beside a decimal point: write V")
	}
	if zoned && f.places > 0 {
		f.places++ // the last character is a digit too
	}
	if any {
		f.places = 0
	}
	return f, nil
}

var altFormats cache[*AltFormat]

// readAlt reads a number whose sign may stand in front or behind; blank text is
// 0, and the characters / , : % are passed over.
func readAlt(s, format string) (*big.Rat, error) {
	f, err := altFormats.get(format, CompileAltFormat)
	if err != nil {
		return nil, err
	}
	rest := strings.NewReplacer("/", "", ",", "", ":", "", "%", "").Replace(strings.TrimSpace(s))
	if rest == "" {
		return new(big.Rat), nil
	}
	if f.currency {
		rest = strings.TrimLeftFunc(rest, unicode.IsLetter)
	}
	sign := ""
	if f.zoned {
		rest, sign = unzoned(rest)
	} else if last := len(rest) - 1; last > 0 && (rest[last] == '-' || rest[last] == '+') {
		rest, sign = rest[:last], rest[last:]
	}
	number, exponent, _ := strings.Cut(strings.ToLower(sign+rest), "e")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	power, err := strconv.Atoi(exponent)
	v, ok := new(big.Rat).SetString(strings.TrimPrefix(number, "+"))
	switch {
	case !ok || len(number) > 100 || strings.ContainsAny(number, "/_xbop") || exponent != "" && (err != nil || power < -100 || power > 100):
		return nil, fmt.Errorf("%q is no number", s)
	case f.places > 0 && len(digits) > f.places:
		return nil, fmt.Errorf("%q has more digits than the format %q", s, format)
	}
	if !strings.Contains(number, ".") {
		power -= f.fraction
	}
	return v.Mul(v, powerOfTen(power)), nil
}

// powerOfTen is ten to a power that may be negative.
func powerOfTen(n int) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		p.Inv(p)
	}
	return p
}

// unzoned takes the sign out of a number's last character: { and A to I are 0 to 9
// of a positive number, } and J to R of a negative one.
func unzoned(s string) (digits, sign string) {
	const positive, negative = "{ABCDEFGHI", "}JKLMNOPQR"
	last := len(s) - 1
	if last < 0 {
		return s, ""
	}
	if i := strings.IndexByte(positive, s[last]); i >= 0 {
		return s[:last] + strconv.Itoa(i), ""
	}
	if i := strings.IndexByte(negative, s[last]); i >= 0 {
		return s[:last] + strconv.Itoa(i), "-"
	}
	return s, ""
}

// halfEven writes a number with so many places, a half rounded to the even digit.
func halfEven(v *big.Rat, places int) string {
	scaled := new(big.Rat).Mul(v, powerOfTen(places))
	quotient, remainder := new(big.Int).QuoRem(scaled.Num(), scaled.Denom(), new(big.Int))
	twice := new(big.Int).Abs(remainder.Lsh(remainder, 1))
	if c := twice.Cmp(scaled.Denom()); c > 0 || c == 0 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(int64(v.Sign())))
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt(quotient), powerOfTen(-places)).FloatString(max(places, 0))
}
