package scalar

import (
	"fmt"
	"time"
)

// limits are the values that a strict reading takes; the days of a month are
// checked apart.
var limits = map[string]struct{ low, high int }{
	"MM": {1, 12}, "DD": {1, 31}, "DDD": {1, 366}, "WW": {1, 53}, "W": {1, 5}, "IW": {1, 53}, "ID": {1, 7}, "IDDD": {1, 371},
	"HH24": {0, 23}, "HH12": {1, 12}, "MI": {0, 59}, "SS": {0, 59}, "SSSS": {0, 86399},
}

// maxYear is the last whole year that a timestamp of the engine holds.
const maxYear = 294246

// time makes a time of the values that were read.
func (r *dateReader) time(strict bool) (time.Time, error) {
	for pattern, limit := range limits {
		v, ok := r.values[pattern]
		if ok && (v < limit.low && limit.low > 0 && pattern != "HH12" || strict && (v < limit.low || v > limit.high)) {
			return time.Time{}, fmt.Errorf("%s must be from %d to %d, not %d", pattern, limit.low, limit.high, v)
		}
	}
	day, err := r.day(strict)
	if err != nil {
		return day, err
	}
	clock := r.values["SSSS"]
	if _, ok := r.values["SSSS"]; !ok {
		clock = r.hour()*3600 + r.values["MI"]*60 + r.values["SS"]
	}
	t := day.Add(time.Duration(clock)*time.Second + time.Duration(r.values["US"])*time.Microsecond)
	if t.Year() > maxYear {
		return t, fmt.Errorf("the year %d is past %d", t.Year(), maxYear)
	}
	return t, nil
}

// hour is that of 24, whichever way it was written.
func (r *dateReader) hour() int {
	h, ok := r.values["HH24"]
	if !ok {
		h = r.values["HH12"]
	}
	switch {
	case r.half == "PM" && h < 12:
		return h + 12
	case r.half == "AM" && h == 12:
		return 0
	}
	return h
}

// day is midnight of the day that was read: by its Julian number, by ISO week, by
// its number in the year, or by month and day.
func (r *dateReader) day(strict bool) (time.Time, error) {
	value := func(pattern string, missing int) int {
		if v, ok := r.values[pattern]; ok {
			return v
		}
		return missing
	}
	date := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	if j, ok := r.values["J"]; ok {
		return date(1970, 1, 1).AddDate(0, 0, j-julianEpoch), nil
	}
	if y, ok := r.values["IYYY"]; ok {
		fourth := date(y, 1, 4)
		first := fourth.AddDate(0, 0, 1-isoDay(fourth))
		return first.AddDate(0, 0, value("IDDD", (value("IW", 1)-1)*7+value("ID", 1))-1), nil
	}
	year := r.year()
	month, inMonth := r.values["MM"]
	if n := value("DDD", (value("WW", 1)-1)*7+1); !inMonth && n > 1 {
		t := date(year, 1, n)
		if strict && t.Year() != year {
			return t, fmt.Errorf("the year %d has no day %d", year, n)
		}
		return t, nil
	}
	day := value("DD", (value("W", 1)-1)*7+1)
	t := date(year, max(month, 1), day)
	if strict && t.Day() != day {
		return t, fmt.Errorf("%s %d has no day %d", time.Month(max(month, 1)), year, day)
	}
	return t, nil
}

// year is that of the calendar in which 1 BC is 0. A century alone stands for its
// first year, and beside the last digits of a year for its hundreds.
func (r *dateReader) year() int {
	y, ok := r.values["YYYY"]
	if c, hasCentury := r.values["CC"]; hasCentury {
		if !ok {
			y = 1
		}
		y = (c-1)*100 + y%100
		ok = true
	}
	if ok && r.era == "BC" {
		return 1 - y
	}
	return y
}
