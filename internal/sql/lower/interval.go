package lower

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// units are the words of interval literals and the months or microseconds they
// stand for ("Interval literals"; the abbreviations of "Date parts").
var units = func() map[string]unit {
	m := map[string]unit{}
	add := func(u unit, names ...string) {
		for _, n := range names {
			m[n] = u
		}
	}
	const second = 1_000_000
	add(unit{months: 12 * 1000}, "millennium", "millennia", "mil", "mils")
	add(unit{months: 12 * 100}, "century", "centuries", "c", "cent", "cents")
	add(unit{months: 12 * 10}, "decade", "decades", "dec", "decs")
	add(unit{months: 12}, "year", "years", "y", "yr", "yrs")
	add(unit{months: 3}, "quarter", "quarters", "qtr", "qtrs")
	add(unit{months: 1}, "month", "months", "mon", "mons")
	add(unit{days: 7}, "week", "weeks", "w")
	add(unit{days: 1}, "day", "days", "d")
	add(unit{micros: 3600 * second}, "hour", "hours", "h", "hr", "hrs")
	add(unit{micros: 60 * second}, "minute", "minutes", "m", "min", "mins")
	add(unit{micros: second}, "second", "seconds", "s", "sec", "secs")
	add(unit{micros: 1000}, "millisecond", "milliseconds", "ms", "msec", "msecs", "msecond", "mseconds", "millisec", "millisecs", "millisecon")
	add(unit{micros: 1}, "microsecond", "microseconds", "us", "usec", "usecs", "usecond", "useconds", "microsec", "microsecs", "microsecon")
	return m
}()

// unit is what one of a word is worth; one of the three is set.
type unit struct{ months, days, micros int64 }

// span is an interval in the parts that calendars keep apart.
type span struct{ months, days, micros int64 }

// add counts quantity units in. A fraction spills into the next smaller part: a
// month has 30 days and a day 24 hours, as in PostgreSQL.
func (s *span) add(q *big.Rat, u unit) {
	spill := func(q *big.Rat, per int64, into *int64) *big.Rat {
		total := new(big.Rat).Mul(q, big.NewRat(per, 1))
		whole := new(big.Int).Quo(total.Num(), total.Denom())
		*into += whole.Int64()
		return total.Sub(total, new(big.Rat).SetInt(whole))
	}
	rest := q
	switch {
	case u.months > 0:
		rest = spill(rest, u.months, &s.months)
		rest = spill(rest, 30, &s.days)
		spill(rest, 86_400_000_000, &s.micros)
	case u.days > 0:
		rest = spill(rest, u.days, &s.days)
		spill(rest, 86_400_000_000, &s.micros)
	default:
		spill(rest, u.micros, &s.micros)
	}
}

// String writes the interval as DuckDB reads it.
func (s span) String() string {
	return fmt.Sprintf("%d months %d days %d microseconds", s.months, s.days, s.micros)
}

// readInterval reads an interval literal: quantities with units, a clock time
// such as 3:05:10, or with a qualifier a bare number of its unit. Without any
// unit a number is seconds.
func readInterval(e *ast.IntervalLit) (string, bool) {
	var s span
	if e.To != "" {
		ok := s.addCompound(e)
		return s.String(), ok
	}
	fields := strings.FieldsFunc(strings.ToLower(e.Value), func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(fields) == 0 {
		return "", false
	}
	for len(fields) > 0 {
		field := fields[0]
		fields = fields[1:]
		if strings.Contains(field, ":") {
			if !s.addClock(field) {
				return "", false
			}
			continue
		}
		end := strings.IndexFunc(field, unicode.IsLetter)
		word := ""
		if end >= 0 {
			field, word = field[:end], field[end:]
		} else if len(fields) > 0 && unicode.IsLetter([]rune(fields[0])[0]) {
			word, fields = fields[0], fields[1:]
		}
		if word == "" {
			word = "second"
			if e.From != "" {
				word = e.From
			}
		}
		u, known := units[word]
		q, isNumber := new(big.Rat).SetString(field)
		if !known || !isNumber {
			return "", false
		}
		s.add(q, u)
	}
	return s.String(), true
}

// addClock adds hours:minutes[:seconds].
func (s *span) addClock(text string) bool {
	negative := strings.HasPrefix(text, "-")
	parts := strings.Split(strings.TrimLeft(text, "+-"), ":")
	if len(parts) > 3 {
		return false
	}
	for i, p := range parts {
		q, ok := new(big.Rat).SetString(p)
		if !ok {
			return false
		}
		if negative {
			q.Neg(q)
		}
		s.add(q, units[[]string{"hour", "minute", "second"}[i]])
	}
	return true
}

// addCompound adds a literal with a range: '1-6' YEAR TO MONTH, '3 04:05:06' DAY
// TO SECOND.
func (s *span) addCompound(e *ast.IntervalLit) bool {
	value := strings.TrimSpace(e.Value)
	if e.From == "year" && e.To == "month" {
		years, months, ok := strings.Cut(strings.TrimPrefix(value, "-"), "-")
		y, okYears := new(big.Rat).SetString(years)
		m, okMonths := new(big.Rat).SetString(months)
		if !ok || !okYears || !okMonths {
			return false
		}
		if strings.HasPrefix(value, "-") {
			y.Neg(y)
			m.Neg(m)
		}
		s.add(y, units["year"])
		s.add(m, units["month"])
		return true
	}
	if e.From != "day" {
		return s.addClock(value)
	}
	days, clock, ok := strings.Cut(value, " ")
	d, isNumber := new(big.Rat).SetString(days)
	if !ok || !isNumber {
		return false
	}
	s.add(d, units["day"])
	if strings.HasPrefix(days, "-") {
		clock = "-" + clock
	}
	if !strings.Contains(clock, ":") {
		clock += ":00"
	}
	return s.addClock(clock)
}
