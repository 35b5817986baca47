package decode

import (
	"fmt"
	"time"

	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// Redshift's timestamps and dates begin in 4713 BC and end in 294276 AD
// ("Datetime types"); 64 bits of microseconds end within 294247, so the last
// whole year that every engine can hold is the limit here.
const (
	minYear = -4712 // 4713 BC: year 0 is 1 BC
	maxYear = 294246

	dayMicros = 24 * 3600 * 1_000_000
)

var (
	minMicros = daysOf(minYear, 1, 1) * dayMicros
	maxMicros = daysOf(maxYear+1, 1, 1)*dayMicros - 1
)

// civil is a point in time as text spells it.
type civil struct {
	year, month, day int   // year 0 is 1 BC
	micros           int64 // of the day; a leap second or 24:00 reaches into the next one
	east             int64 // the offset from UTC in microseconds, positive to the east
	dated, timed     bool  // whether a date and a time were read
}

// daysOf counts the days from 1970-01-01 to a date of the Gregorian calendar,
// extended backwards, by years that begin in March.
func daysOf(year, month, day int) int64 {
	y, m := int64(year), int64(month)
	if m <= 2 {
		y, m = y-1, m+12
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	ofEra := y - era*400
	ofYear := (153*(m-3)+2)/5 + int64(day) - 1
	return era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719468
}

func daysIn(year, month int) int {
	switch {
	case month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

// moment converts text to a date, time or timestamp.
func (c *column) moment(s []byte) (int64, string) {
	switch c.op {
	case opSeconds:
		return c.epoch(s, 6)
	case opMillis:
		return c.epoch(s, 3)
	case opTime, opTimeTZ:
		return c.timeOfDay(s)
	}
	var at civil
	var ok bool
	switch {
	case c.layout != nil:
		at, ok = readLayout(s, c.layout)
	default:
		if at, ok = readISO(s); !ok {
			at, ok = readAuto(s)
		}
	}
	switch {
	case !ok || !at.dated:
		return 0, c.not(s)
	case at.month < 1 || at.month > 12:
		return 0, fmt.Sprintf("%s is not a value of type %s: there is no month %d", quote(s), c.typ, at.month)
	case at.day < 1 || at.day > daysIn(at.year, at.month):
		return 0, fmt.Sprintf("%s is not a value of type %s: %s %d has no day %d", quote(s), c.typ, time.Month(at.month), at.year, at.day)
	}
	days := daysOf(at.year, at.month, at.day)
	if c.op == opDate {
		return days, c.within(s, days*dayMicros)
	}
	micros := days*dayMicros + at.micros
	if c.op == opTimestampTZ {
		micros -= at.east // a timestamp's offset is ignored, as in Redshift
	}
	return micros, c.within(s, micros)
}

func (c *column) within(s []byte, micros int64) string {
	if micros < minMicros || micros > maxMicros {
		return c.outOfRange(s)
	}
	return ""
}

// epoch reads a number of units since 1970, of which one is 10^digits
// microseconds. Fractions beyond a microsecond round half away from zero.
func (c *column) epoch(s []byte, digits int) (int64, string) {
	number := column{op: opDecimal, typ: schema.Type{Kind: schema.Decimal, Precision: 19, Scale: digits}}
	v, reason := number.decimal(s)
	micros := int64(v.Lo)
	switch {
	case reason != "" && reason == number.not(s):
		return 0, c.not(s)
	case reason != "" || v.Hi != micros>>63:
		return 0, c.outOfRange(s)
	}
	return micros, c.within(s, micros)
}

func (c *column) timeOfDay(s []byte) (int64, string) {
	r := scanner{s: s}
	r.blanks()
	var at civil
	if !r.clock(&at) && !r.compactClock(&at) {
		return 0, c.not(s)
	}
	if r.zone(&at); !r.done() {
		return 0, c.not(s)
	}
	if at.micros >= dayMicros {
		return 0, c.outOfRange(s)
	}
	if c.op == opTimeTZ {
		return ((at.micros-at.east)%dayMicros + dayMicros) % dayMicros, ""
	}
	return at.micros, ""
}

// readISO reads ISO 8601 as most files have it: YYYY-MM-DD, then, after a T or
// a blank, HH:MI, HH:MI:SS or HH:MI:SS.ffffff, then an offset.
func readISO(s []byte) (at civil, ok bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' || !allDigits(s[:4]) || !allDigits(s[5:7]) || !allDigits(s[8:10]) {
		return at, false
	}
	at.year = two(s)*100 + two(s[2:])
	at.month, at.day = two(s[5:]), two(s[8:])
	at.dated = at.year > 0
	if len(s) == 10 {
		return at, at.dated
	}
	if s[10] != ' ' && s[10]|0x20 != 't' {
		return at, false
	}
	if micros, ok := plainClock(s[11:]); ok {
		at.timed, at.micros = true, micros
		return at, at.dated
	}
	r := scanner{s: s, i: 11}
	if !r.clock(&at) {
		return at, false
	}
	r.zone(&at)
	return at, at.dated && r.done()
}

// plainClock reads the clock that machines write, hh:mm:ss with up to six digits
// of a second and nothing after it. What it does not read, scanner.clock may.
func plainClock(s []byte) (micros int64, ok bool) {
	if len(s) < 8 || len(s) > 15 || s[2] != ':' || s[5] != ':' || !allDigits(s[:2]) || !allDigits(s[3:5]) || !allDigits(s[6:8]) {
		return 0, false
	}
	hour, minute, second := two(s), two(s[3:]), two(s[6:])
	if hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	micros = int64(hour*3600+minute*60+second) * 1e6
	if len(s) == 8 {
		return micros, true
	}
	fraction := s[9:]
	if s[8] != '.' || len(fraction) == 0 || !allDigits(fraction) {
		return 0, false
	}
	unit := int64(1e5)
	for _, c := range fraction {
		micros += int64(c-'0') * unit
		unit /= 10
	}
	return micros, true
}

func two(s []byte) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// readLayout reads text by a Redshift format string. Text that ends after the
// date is midnight, a time may follow a layout without one, and an offset any.
func readLayout(s []byte, layout []project.FormatPart) (at civil, ok bool) {
	r := scanner{s: s}
	hour, minute, half := 0, 0, -1 // half is 0 for AM, 1 for PM
	for k, part := range layout {
		if r.done() && at.dated && !at.timed {
			break
		}
		at.timed = at.timed || isTimeField(part.Field)
		least := 1 // digit, or two where another field is next to this one
		if k > 0 && layout[k-1].Field != "" || k+1 < len(layout) && layout[k+1].Field != "" {
			least = 2
		}
		switch part.Field {
		case "":
			ok = r.accept(part.Literal[0])
		case "YYYY":
			at.year, ok = r.number(4, 4)
		case "YY":
			at.year, ok = r.number(2, 2)
			at.year = fullYear(at.year, 2)
		case "MM":
			at.month, ok = r.number(least, 2)
		case "MON":
			at.month, ok = months[r.word()]
		case "DD":
			at.day, ok = r.number(least, 2)
			at.dated = true
		case "HH", "HH24", "HH12":
			hour, ok = r.number(least, 2)
			ok = ok && (part.Field != "HH12" || hour >= 1 && hour <= 12)
		case "MI":
			minute, ok = r.number(least, 2)
		case "SS":
			ok = r.seconds(least, &at.micros)
		case "AM", "PM":
			half, ok = halves[r.word()]
		case "OF":
			r.zone(&at)
		}
		if !ok {
			return at, false
		}
	}
	if half >= 0 {
		if hour < 1 || hour > 12 {
			return at, false
		}
		hour = hour%12 + 12*half
	}
	if at.timed {
		ok = clockIn(&at, hour, minute, at.micros)
	} else if !r.done() {
		if !r.accept('T') {
			r.blanks()
		}
		ok = r.clock(&at)
	}
	r.zone(&at)
	return at, ok && at.dated && at.year > 0 && r.done()
}

func isTimeField(field string) bool {
	switch field {
	case "HH", "HH24", "HH12", "MI", "SS", "AM", "PM", "OF":
		return true
	}
	return false
}

// fullYear reads a year of two digits as Redshift does: from 1970 to 2069.
func fullYear(year, digits int) int {
	switch {
	case digits > 2:
		return year
	case year < 70:
		return year + 2000
	}
	return year + 1900
}

// clockIn sets a time of day. 24:00 and a second of 60, a leap second, belong
// to what follows them.
func clockIn(at *civil, hour, minute int, secondMicros int64) bool {
	at.micros = (int64(hour)*60+int64(minute))*60_000_000 + secondMicros
	return hour <= 24 && minute <= 59 && secondMicros < 61_000_000 && (hour < 24 || at.micros == dayMicros)
}
