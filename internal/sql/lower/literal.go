package lower

import (
	"strconv"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/scalar"
)

// readLiteral checks a literal's text against a type and returns it in the form
// that the engine reads.
func readLiteral(s string, t schema.Type) (string, bool) {
	trimmed := strings.TrimSpace(s)
	switch {
	case t.IsString() || t.Kind == schema.Unknown:
		return s, true
	case t.IsInteger():
		_, err := strconv.ParseInt(strings.TrimPrefix(trimmed, "+"), 10, 64)
		return trimmed, err == nil
	case t.IsNumeric():
		return trimmed, isNumber(trimmed)
	}
	if t.IsTemporal() && strings.EqualFold(trimmed, "epoch") { // as in PostgreSQL's "Special Values"
		trimmed = "1970-01-01"
	}
	switch t.Kind {
	case schema.Boolean:
		return readBoolean(trimmed)
	case schema.Date:
		at, ok := readTime(trimmed)
		return at.Format(time.DateOnly), ok
	case schema.Timestamp:
		at, ok := readTime(trimmed)
		return at.Format("2006-01-02 15:04:05.999999"), ok
	case schema.TimestampTZ:
		at, ok := readZonedTime(trimmed)
		return at.UTC().Format("2006-01-02 15:04:05.999999+00"), ok
	case schema.Time:
		return readClock(trimmed)
	}
	return trimmed, true
}

func isNumber(s string) bool {
	if strings.ContainsAny(s, "xXpP_iInN") {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// readBoolean reads the spellings of "Boolean type".
func readBoolean(s string) (string, bool) {
	for _, word := range []string{"true", "yes", "on", "1"} {
		if s != "" && strings.HasPrefix(word, strings.ToLower(s)) && !strings.EqualFold(s, "o") {
			return "true", true
		}
	}
	for _, word := range []string{"false", "no", "off", "0"} {
		if s != "" && strings.HasPrefix(word, strings.ToLower(s)) && !strings.EqualFold(s, "o") {
			return "false", true
		}
	}
	return "", false
}

// The forms of "Date, time, and timestamp literals": a date, then perhaps a time
// of day, then perhaps a zone. Commas count as blanks.
var (
	dateForms = []string{
		"2006-1-2", "2006/1/2", "20060102", "1/2/2006", "1-2-2006", "1.2.2006", "January 2 2006", "Jan 2 2006", "Jan-2-2006",
		"2-Jan-2006", "2006-Jan-2", "2006 January 2", "2 January 2006", "2 Jan 2006",
	}
	clockForms = []string{"", " 15:04:05.999999", " 15:04", " 3:04:05 PM", " 3:04 PM", " 150405", "T15:04:05.999999", "T15:04"}
	zoneForms  = []string{"", "-07", "-07:00", " -07", " -07:00", "Z07:00"}
)

// readZonedTime reads a timestamp literal that may name its zone, in any way that
// "CONVERT_TIMEZONE function" takes.
func readZonedTime(s string) (time.Time, bool) {
	if at, ok := readTime(s); ok {
		return at, true
	}
	last := strings.LastIndexByte(s, ' ')
	if last < 0 {
		return time.Time{}, false
	}
	zone, err := scalar.ParseZone(s[last+1:])
	at, ok := readTime(s[:last])
	if err != nil || !ok {
		return time.Time{}, false
	}
	return time.UnixMicro(zone.ToUTC(at.UnixMicro())), true
}

// readClock reads a time of day, with or without a date before it.
func readClock(s string) (string, bool) {
	at, ok := readTime("2000-01-01 " + s)
	if !ok {
		at, ok = readTime(s)
	}
	return at.Format("15:04:05.999999"), ok
}

// readTime reads a date or timestamp literal. Without a zone it is in UTC.
func readTime(s string) (time.Time, bool) {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, ",", " ")), " ")
	for _, d := range dateForms {
		for _, c := range clockForms {
			for _, z := range zoneForms {
				if at, err := time.Parse(d+c+z, s); err == nil {
					return at, true
				}
			}
		}
	}
	return time.Time{}, false
}
