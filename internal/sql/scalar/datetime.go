package scalar

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// datetimes are TO_CHAR, TO_DATE and TO_TIMESTAMP over the patterns of "Datetime
// format strings". Timestamps are microseconds since 1970 in UTC.
var datetimes = []Func{
	{Prefix + "format_timestamp", kinds(whole, text, boolean), text, formatTimestamp},
	{Prefix + "read_timestamp", kinds(text, text, boolean), whole, readTimestamp},
}

// DateFormat is a datetime format, cut into its patterns and the text between.
type DateFormat struct {
	text  string
	nodes []dateNode
}

// dateNode is one piece of a format: a pattern, or text that stands for itself.
type dateNode struct {
	pattern string // in upper case and without points, as in datePatterns; "" for text
	spelled string // as in the format
	fill    bool   // FM: without padding
	ordinal string // TH or th behind a number
}

// datePatterns lists the patterns by their upper-case names. Names of months and
// days have a third spelling, such as Mon.
var datePatterns = []string{
	"Y,YYY", "YYYY", "YYY", "YY", "Y", "IYYY", "IYY", "IY", "IW", "IDDD", "ID", "I", "CC", "Q",
	"MONTH", "MON", "MM", "MI", "MS", "RM", "WW", "W", "DAY", "DY", "DDD", "DD", "D", "J",
	"HH24", "HH12", "HH", "SSSS", "SS", "US", "AM", "PM", "A.M.", "P.M.", "BC", "AD", "B.C.", "A.D.", "TZ", "OF",
}

// spellings maps every spelling of a pattern to its name; bySize lists them,
// longer ones before their prefixes.
var spellings, bySize = func() (map[string]string, []string) {
	m := map[string]string{}
	for _, p := range datePatterns {
		m[p], m[strings.ToLower(p)] = p, p
	}
	for _, p := range []string{"MONTH", "MON", "DAY", "DY"} {
		m[p[:1]+strings.ToLower(p[1:])] = p
	}
	var list []string
	for s := range m {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	return m, list
}()

var dateFormats cache[*DateFormat]

// CompileDateFormat reads a datetime format. Text in double quotes, and whatever
// is no pattern, stands for itself. FM in front of a pattern leaves out its
// padding, TH or th behind one adds the suffix of ordinal numbers.
func CompileDateFormat(format string) (*DateFormat, error) {
	f := &DateFormat{text: format}
	for rest := format; rest != ""; {
		n, size, err := readDateNode(rest)
		if err != nil {
			return nil, fmt.Errorf("the format %q %w", format, err)
		}
		f.nodes = append(f.nodes, n)
		rest = rest[size:]
	}
	return f, nil
}

// readDateNode cuts the first piece off a format.
func readDateNode(rest string) (n dateNode, size int, err error) {
	switch {
	case rest[0] == '"':
		quoted, _, closed := strings.Cut(rest[1:], `"`)
		if !closed {
			return n, 0, fmt.Errorf("has a quote that is not closed")
		}
		return dateNode{spelled: quoted}, len(quoted) + 2, nil
	case hasEither(rest, "FX"), hasEither(rest, "TM"):
		return n, 0, fmt.Errorf("has the modifier %q, which is not available", rest[:2])
	case hasEither(rest, "FM"):
		if len(rest) == 2 {
			return n, 2, nil
		}
		n, size, err = readDateNode(rest[2:])
		n.fill = true
		return n, size + 2, err
	}
	for _, s := range bySize {
		if !strings.HasPrefix(rest, s) {
			continue
		}
		n, size = dateNode{pattern: strings.ReplaceAll(spellings[s], ".", ""), spelled: s}, len(s)
		if after := rest[size:]; hasEither(after, "TH") {
			n.ordinal, size = after[:2], size+2
		}
		return n, size, nil
	}
	size = 1
	for size < len(rest) && rest[size]&0xC0 == 0x80 {
		size++ // the rest of a character
	}
	return dateNode{spelled: rest[:size]}, size, nil
}

// hasEither reports a prefix in upper or in lower case.
func hasEither(s, prefix string) bool {
	return strings.HasPrefix(s, prefix) || strings.HasPrefix(s, strings.ToLower(prefix))
}

// number is a pattern that writes digits: at least so many of them, and their
// value for a time.
type number struct {
	width int
	value func(time.Time) int
}

// numbers lists the patterns that are whole numbers.
var numbers = map[string]number{
	"YYYY": {4, eraYear},
	"YYY":  {3, func(t time.Time) int { return eraYear(t) % 1000 }},
	"YY":   {2, func(t time.Time) int { return eraYear(t) % 100 }},
	"Y":    {1, func(t time.Time) int { return eraYear(t) % 10 }},
	"IYYY": {4, isoYear},
	"IYY":  {3, func(t time.Time) int { return isoYear(t) % 1000 }},
	"IY":   {2, func(t time.Time) int { return isoYear(t) % 100 }},
	"I":    {1, func(t time.Time) int { return isoYear(t) % 10 }},
	"CC":   {2, century},
	"Q":    {1, func(t time.Time) int { return (int(t.Month())-1)/3 + 1 }},
	"MM":   {2, func(t time.Time) int { return int(t.Month()) }},
	"WW":   {2, func(t time.Time) int { return (t.YearDay()-1)/7 + 1 }},
	"W":    {1, func(t time.Time) int { return (t.Day()-1)/7 + 1 }},
	"IW":   {2, func(t time.Time) int { _, w := t.ISOWeek(); return w }},
	"IDDD": {3, func(t time.Time) int { _, w := t.ISOWeek(); return (w-1)*7 + isoDay(t) }},
	"DDD":  {3, time.Time.YearDay},
	"DD":   {2, time.Time.Day},
	"D":    {1, func(t time.Time) int { return int(t.Weekday()) + 1 }},
	"ID":   {1, isoDay},
	"J":    {1, julianDay},
	"HH24": {2, time.Time.Hour},
	"HH12": {2, hour12},
	"HH":   {2, hour12},
	"MI":   {2, time.Time.Minute},
	"SS":   {2, time.Time.Second},
	"SSSS": {1, func(t time.Time) int { return t.Hour()*3600 + t.Minute()*60 + t.Second() }},
	"MS":   {3, func(t time.Time) int { return t.Nanosecond() / 1_000_000 }},
	"US":   {6, func(t time.Time) int { return t.Nanosecond() / 1000 }},
}

// eraYear counts years from 1 in both eras: there is no year 0.
func eraYear(t time.Time) int {
	if y := t.Year(); y > 0 {
		return y
	}
	return 1 - t.Year()
}

func isoYear(t time.Time) int {
	y, _ := t.ISOWeek()
	if y <= 0 {
		return 1 - y
	}
	return y
}

// century is that of "EXTRACT function": the 21st begins in 2001. Centuries
// before Christ are negative.
func century(t time.Time) int {
	c := (eraYear(t)-1)/100 + 1
	if t.Year() <= 0 {
		return -c
	}
	return c
}

func isoDay(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func hour12(t time.Time) int { return (t.Hour()+11)%12 + 1 }

// julianEpoch is the Julian day of 1970-01-01.
const julianEpoch = 2440588

func julianDay(t time.Time) int {
	seconds := t.Unix()
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return int(days) + julianEpoch
}

// romanMonths are the Roman numerals of the months.
var romanMonths = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// Spelled writes the format in another language, given how that spells each
// pattern and plain text. It reports false where a pattern, or a modifier, has no
// spelling.
func (f *DateFormat) Spelled(patterns map[string]string, plain func(string) string) (string, bool) {
	var b strings.Builder
	for _, n := range f.nodes {
		code, ok := patterns[n.pattern]
		switch {
		case n.pattern == "":
			b.WriteString(plain(n.spelled))
		case !ok || n.fill || n.ordinal != "":
			return "", false
		default:
			b.WriteString(code)
		}
	}
	return b.String(), true
}
