package scalar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// formatTimestamp is TO_CHAR over a timestamp; the last argument says whether it
// has a time zone, which is that of the session: UTC.
func formatTimestamp(args []any) (any, error) {
	f, err := dateFormats.get(args[1].(string), CompileDateFormat)
	if err != nil {
		return nil, err
	}
	zoned := args[2].(bool)
	if err := f.CheckWriting(zoned); err != nil {
		return nil, err
	}
	return f.Format(time.UnixMicro(args[0].(int64)).UTC()), nil
}

// CheckWriting reports the patterns that only a time with a zone has.
func (f *DateFormat) CheckWriting(zoned bool) error {
	for _, n := range f.nodes {
		if !zoned && (n.pattern == "TZ" || n.pattern == "OF") {
			return fmt.Errorf("the format %q has %q, which only a TIMESTAMPTZ has", f.text, n.spelled)
		}
	}
	return nil
}

// Format writes a time in UTC by the format.
func (f *DateFormat) Format(t time.Time) string {
	var b strings.Builder
	for _, n := range f.nodes {
		b.WriteString(n.format(t))
	}
	return b.String()
}

func (n dateNode) format(t time.Time) string {
	if num, ok := numbers[n.pattern]; ok {
		return n.digits(num, t)
	}
	switch n.pattern {
	case "Y,YYY":
		y := eraYear(t)
		return ordinal(fmt.Sprintf("%d,%03d", y/1000, y%1000), n.ordinal)
	case "MONTH":
		return n.padded(t.Month().String(), 9)
	case "MON":
		return n.cased(t.Month().String()[:3])
	case "DAY":
		return n.padded(t.Weekday().String(), 9)
	case "DY":
		return n.cased(t.Weekday().String()[:3])
	case "RM":
		return n.padded(romanMonths[t.Month()-1], 4)
	case "AM", "PM":
		return n.either(t.Hour() < 12, "AM", "PM")
	case "AD", "BC":
		return n.either(t.Year() > 0, "AD", "BC")
	case "TZ":
		return n.cased("UTC")
	case "OF":
		return "+00"
	}
	return n.spelled
}

// digits writes a number, with zeros in front unless FM says not to. Fractions
// keep theirs, which are part of the value.
func (n dateNode) digits(num number, t time.Time) string {
	width := num.width
	if n.fill && n.pattern != "MS" && n.pattern != "US" {
		width = 1
	}
	v := num.value(t)
	if v < 0 {
		width++
	}
	return ordinal(fmt.Sprintf("%0*d", width, v), n.ordinal)
}

// padded writes a name with blanks up to a width, unless FM says not to.
func (n dateNode) padded(name string, width int) string {
	if name = n.cased(name); n.fill {
		return name
	}
	return name + strings.Repeat(" ", max(0, width-len(name)))
}

// cased writes a name as the pattern is spelled: MON, Mon or mon.
func (n dateNode) cased(name string) string {
	switch n.spelled {
	case strings.ToUpper(n.spelled):
		return strings.ToUpper(name)
	case strings.ToLower(n.spelled):
		return strings.ToLower(name)
	}
	return name
}

// either writes one of two indicators, with points if the pattern has them.
func (n dateNode) either(first bool, yes, no string) string {
	if !first {
		yes = no
	}
	if strings.Contains(n.spelled, ".") {
		yes = yes[:1] + "." + yes[1:] + "."
	}
	return n.cased(yes)
}

// ordinal adds the suffix of an ordinal number (1st, 2nd, 11th), in the case of
// the modifier; without one it adds nothing.
func ordinal(digits, modifier string) string {
	if modifier == "" {
		return digits
	}
	last, _ := strconv.Atoi(digits[max(0, len(digits)-2):])
	suffix := "th"
	if last/10 != 1 && last%10 >= 1 && last%10 <= 3 {
		suffix = []string{"st", "nd", "rd"}[last%10-1]
	}
	if modifier == "TH" {
		suffix = strings.ToUpper(suffix)
	}
	return digits + suffix
}
