package scalar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// readTimestamp is TO_TIMESTAMP, and TO_DATE before its time is cut off; the last
// argument is is_strict.
func readTimestamp(args []any) (any, error) {
	f, err := dateFormats.get(args[1].(string), CompileDateFormat)
	if err != nil {
		return nil, err
	}
	if err := f.CheckReading(); err != nil {
		return nil, err
	}
	t, err := f.Read(args[0].(string), args[2].(bool))
	if err != nil {
		return nil, err
	}
	return t.UnixMicro(), nil
}

// CheckReading reports the patterns that can only be written.
func (f *DateFormat) CheckReading() error {
	for _, n := range f.nodes {
		if n.pattern == "TZ" || n.pattern == "OF" {
			return fmt.Errorf("the format %q has %q, which cannot be read", f.text, n.spelled)
		}
	}
	return nil
}

// Read reads a time in UTC by the format. What the text does not say is the
// first of its kind: January, day 1, midnight, and the year 1 BC. Values that are
// too large spill over, so that 31 June is 1 July, unless strict says that they
// are errors ("TO_DATE function", is_strict). Text behind the format's end is not
// read, and a text that ends early is taken as far as it goes.
func (f *DateFormat) Read(s string, strict bool) (time.Time, error) {
	r := dateReader{rest: s, values: map[string]int{}}
	if strings.TrimSpace(s) == "" {
		return time.Time{}, fmt.Errorf("%q is no date or time: it was to be read as %q", s, f.text)
	}
	for i, n := range f.nodes {
		if r.rest == "" {
			break
		}
		if n.pattern == "" {
			r.skip(n.spelled)
			continue
		}
		r.rest = strings.TrimLeft(r.rest, " \t\n")
		fixed := i+1 < len(f.nodes) && f.nodes[i+1].startsWithDigit()
		if r.rest == "" {
			break
		}
		if err := r.read(n, fixed && !n.fill); err != nil {
			return time.Time{}, fmt.Errorf("%q does not fit the format %q: %w", s, f.text, err)
		}
	}
	t, err := r.time(strict)
	if err != nil {
		return t, fmt.Errorf("%q, read as %q, is out of range: %w", s, f.text, err)
	}
	return t, nil
}

// startsWithDigit reports a piece that begins with a digit where it is read.
func (n dateNode) startsWithDigit() bool {
	_, isNumber := numbers[n.pattern]
	return isNumber || n.pattern == "Y,YYY" || n.pattern == "" && strings.IndexFunc(n.spelled, unicode.IsDigit) == 0
}

// dateReader takes a text apart. Values are by pattern; those of names are by the
// pattern of the number that they stand for.
type dateReader struct {
	rest   string
	values map[string]int
	era    string // BC, or AD
	half   string // AM or PM
}

// skip passes over the text between patterns. A separator matches any other one,
// or none.
func (r *dateReader) skip(between string) {
	for _, c := range between {
		found, size := utf8.DecodeRuneInString(r.rest)
		isSeparator := !unicode.IsLetter(c) && !unicode.IsDigit(c)
		if isSeparator && (unicode.IsLetter(found) || unicode.IsDigit(found)) {
			continue
		}
		r.rest = r.rest[size:]
	}
}

// read takes the value of a pattern off the text. A fixed number has no more
// digits than its pattern: more digits follow it.
func (r *dateReader) read(n dateNode, fixed bool) error {
	switch n.pattern {
	case "MONTH", "MON":
		m, err := r.name("month", func(i int) string { return time.Month(i).String() }, 1, 12)
		r.values["MM"] = m
		return err
	case "DAY", "DY":
		_, err := r.name("day of the week", func(i int) string { return time.Weekday(i).String() }, 0, 6)
		return err
	case "RM":
		return r.roman()
	case "AM", "PM":
		word, err := r.indicator("AM", "PM")
		r.half = word
		return err
	case "AD", "BC":
		word, err := r.indicator("AD", "BC")
		r.era = word
		return err
	case "Y,YYY":
		return r.thousands()
	}
	most := 9
	if fixed {
		most = widths[n.pattern]
	}
	v, digits, err := r.digits(n.spelled, most)
	if err != nil {
		return err
	}
	if n.ordinal != "" && len(r.rest) >= 2 {
		r.rest = r.rest[2:]
	}
	switch n.pattern {
	case "YYY", "YY", "Y":
		n.pattern, v = "YYYY", nearYear(v, digits)
	case "IYY", "IY", "I":
		n.pattern, v = "IYYY", nearYear(v, digits)
	case "HH":
		n.pattern = "HH12"
	case "MS", "US":
		for ; digits < 6; digits++ {
			v *= 10 // the digits are those behind the point
		}
		for ; digits > 6; digits-- {
			v /= 10
		}
		n.pattern = "US"
	}
	r.values[n.pattern] = v
	return nil
}

// widths are the most digits that a pattern has where more digits follow.
var widths = func() map[string]int {
	m := map[string]int{"J": 7, "SSSS": 5}
	for p, n := range numbers {
		m[p] = max(m[p], n.width)
	}
	return m
}()

func (r *dateReader) digits(pattern string, most int) (v, count int, err error) {
	for count < most && count < len(r.rest) && r.rest[count] >= '0' && r.rest[count] <= '9' {
		count++
	}
	if count == 0 {
		return 0, 0, fmt.Errorf("%q is no number for %s", r.rest, pattern)
	}
	v, err = strconv.Atoi(r.rest[:count])
	r.rest = r.rest[count:]
	return v, count, err
}

// nearYear completes a year of one to three digits to the nearest one to 2020.
func nearYear(y, digits int) int {
	switch {
	case digits > 3:
		return y
	case y < 70:
		return y + 2000
	case y < 100:
		return y + 1900
	case y < 520:
		return y + 2000
	}
	return y + 1000
}

// name takes a name off, in full or its first three letters, in any case.
func (r *dateReader) name(what string, name func(int) string, first, last int) (int, error) {
	for _, short := range []bool{false, true} {
		for i := first; i <= last; i++ {
			full := name(i)
			if short {
				full = full[:3]
			}
			if len(r.rest) >= len(full) && strings.EqualFold(r.rest[:len(full)], full) {
				r.rest = r.rest[len(full):]
				return i, nil
			}
		}
	}
	return 0, fmt.Errorf("%q does not start with the name of a %s", r.rest, what)
}

// roman takes the Roman numeral of a month off; VIII is tried before VII and V.
func (r *dateReader) roman() error {
	for size := 4; size > 0; size-- {
		for m, numeral := range romanMonths {
			if len(numeral) == size && len(r.rest) >= size && strings.EqualFold(r.rest[:size], numeral) {
				r.values["MM"], r.rest = m+1, r.rest[size:]
				return nil
			}
		}
	}
	return fmt.Errorf("%q does not start with the Roman numeral of a month", r.rest)
}

// indicator takes one of two words off, with or without points.
func (r *dateReader) indicator(words ...string) (string, error) {
	for _, w := range words {
		for _, spelled := range []string{w[:1] + "." + w[1:] + ".", w} {
			if n := len(spelled); len(r.rest) >= n && strings.EqualFold(r.rest[:n], spelled) {
				r.rest = r.rest[n:]
				return w, nil
			}
		}
	}
	return "", fmt.Errorf("%q does not start with %s", r.rest, strings.Join(words, " or "))
}

// thousands reads a year with a comma.
func (r *dateReader) thousands() error {
	high, _, err := r.digits("Y,YYY", 6)
	if err != nil {
		return err
	}
	r.values["YYYY"] = high
	if rest, ok := strings.CutPrefix(r.rest, ","); ok {
		r.rest = rest
		low, _, err := r.digits("Y,YYY", 3)
		r.values["YYYY"] = high*1000 + low
		return err
	}
	return nil
}
