package decode

// scanner reads dates and times piece by piece.
type scanner struct {
	s []byte
	i int
}

func (r *scanner) done() bool { return r.i == len(r.s) }

func (r *scanner) peek() byte {
	if r.done() {
		return 0
	}
	return r.s[r.i]
}

func (r *scanner) accept(c byte) bool {
	if r.peek() != c || r.done() {
		return false
	}
	r.i++
	return true
}

func (r *scanner) blanks() {
	for r.peek() == ' ' {
		r.i++
	}
}

// number reads digits: not fewer than least, and none beyond most.
func (r *scanner) number(least, most int) (v int, ok bool) {
	start := r.i
	for r.i-start < most && isDigit(r.peek()) {
		v = v*10 + int(r.s[r.i]-'0')
		r.i++
	}
	return v, r.i-start >= least
}

// word reads letters, in lower case.
func (r *scanner) word() string {
	start := r.i
	for isLetter(r.peek()) {
		r.i++
	}
	w := make([]byte, r.i-start)
	for k, c := range r.s[start:r.i] {
		w[k] = c | 0x20
	}
	return string(w)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// seconds reads seconds of at least so many digits and their fraction, rounded
// to microseconds.
func (r *scanner) seconds(least int, micros *int64) bool {
	v, ok := r.number(least, 2)
	if !ok {
		return false
	}
	*micros = int64(v) * 1_000_000
	if r.peek() != '.' || r.i+1 == len(r.s) || !isDigit(r.s[r.i+1]) {
		return true
	}
	r.i++
	for unit := int64(100_000); isDigit(r.peek()); unit /= 10 {
		digit := int64(r.s[r.i] - '0')
		*micros += digit * unit
		if unit == 0 {
			r.i = r.fractionEnd(micros, digit)
			return true
		}
		r.i++
	}
	return true
}

// fractionEnd rounds by the seventh digit and skips those that remain.
func (r *scanner) fractionEnd(micros *int64, seventh int64) int {
	if seventh >= 5 {
		*micros++
	}
	end := r.i
	for end < len(r.s) && isDigit(r.s[end]) {
		end++
	}
	return end
}

// clock reads HH:MI, HH:MI:SS or HH:MI:SS.ffffff, and AM or PM after it. On
// failure the scanner stays where it was.
func (r *scanner) clock(at *civil) bool {
	start := *r
	hour, ok := r.number(1, 2)
	if !ok || !r.accept(':') {
		*r = start
		return false
	}
	minute, ok := r.number(1, 2)
	var micros int64
	if ok && r.accept(':') {
		ok = r.seconds(1, &micros)
	}
	if ok {
		before := *r
		r.blanks()
		if half, is := halves[r.word()]; is {
			ok = hour >= 1 && hour <= 12
			hour = hour%12 + 12*half
		} else {
			*r = before
		}
	}
	if !ok || !clockIn(at, hour, minute, micros) {
		*r = start
		return false
	}
	at.timed = true
	return true
}

// compactClock reads HHMISS, with a fraction, or HHMI.
func (r *scanner) compactClock(at *civil) bool {
	start := *r
	hour, _ := r.number(2, 2)
	minute, ok := r.number(2, 2)
	var micros int64
	if isDigit(r.peek()) {
		ok = ok && r.seconds(2, &micros)
	}
	if !ok || isDigit(r.peek()) || !clockIn(at, hour, minute, micros) {
		*r = start
		return false
	}
	at.timed = true
	return true
}

// zone reads an offset from UTC: Z, +HH, +HHMI, +HH:MI, +HH:MI:SS or an
// abbreviation. Without one the scanner stays where it was.
func (r *scanner) zone(at *civil) bool {
	start := *r
	r.blanks()
	if negative := r.peek() == '-'; negative || r.peek() == '+' {
		r.i++
		var parts [3]int // hours, minutes, seconds
		for k := range parts {
			if k > 0 && !r.accept(':') && !isDigit(r.peek()) {
				break
			}
			var ok bool
			if parts[k], ok = r.number(1, 2); !ok || k > 0 && parts[k] > 59 || parts[0] > 15 {
				*r = start
				return false
			}
		}
		at.east = int64(parts[0]*3600+parts[1]*60+parts[2]) * 1_000_000
		if negative {
			at.east = -at.east
		}
		return true
	}
	minutes, ok := zones[r.word()]
	if !ok {
		*r = start
		return false
	}
	at.east = int64(minutes) * 60_000_000
	return true
}

var halves = map[string]int{"am": 0, "pm": 1}

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "june": 6,
	"july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}

// zones are the abbreviations that PostgreSQL and Redshift agree on and that
// mean one offset, in minutes east of UTC.
var zones = map[string]int{
	"z": 0, "utc": 0, "gmt": 0, "ut": 0, "zulu": 0, "wet": 0,
	"west": 60, "cet": 60, "met": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
	"ast": -240, "adt": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
	"mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
}

// auto collects what readAuto finds in a text.
type auto struct {
	at      civil
	numbers [3]struct{ value, digits int } // of the date, in their order
	count   int
	month   int // of a month's name, or 0
	julian  bool
	bc      bool
}

// readAuto reads what Redshift's DATEFORMAT and TIMEFORMAT 'auto' recognizes:
// year, month and day in the orders Y-M-D and M-D-Y, compact, with names of
// months, as a day of the year or of the Julian period; a time before or after.
func readAuto(s []byte) (civil, bool) {
	var a auto
	r := scanner{s: s}
	for {
		for c := r.peek(); c == ' ' || c == ',' || c == '-' || c == '/' || c == '.'; c = r.peek() {
			r.i++
		}
		switch c := r.peek(); {
		case r.done():
			return a.at, a.resolve()
		case isDigit(c) && !a.number(&r), isLetter(c) && !a.name(&r), !isDigit(c) && !isLetter(c):
			return a.at, false
		}
	}
}

// number reads a time, or a number of the date.
func (a *auto) number(r *scanner) bool {
	compact := a.count == 1 && a.numbers[0].digits >= 6 && a.month == 0
	if !a.at.timed && (r.clock(&a.at) || compact && r.compactClock(&a.at)) {
		r.zone(&a.at)
		return true
	}
	start := r.i
	v, _ := r.number(1, 14)
	if a.count == len(a.numbers) || isDigit(r.peek()) {
		return false
	}
	digits := r.i - start
	if digits == 14 { // YYYYMMDDHHMISS
		hms := scanner{s: r.s[start+8 : r.i]}
		if a.at.timed || !hms.compactClock(&a.at) {
			return false
		}
		v, digits = v/1_000_000, 8
	}
	a.numbers[a.count] = struct{ value, digits int }{v, digits}
	a.count++
	return true
}

// name reads a word: a month, an era, a zone, or what introduces a number.
func (a *auto) name(r *scanner) bool {
	start := *r
	word := r.word()
	if m, ok := months[word]; ok && a.month == 0 {
		a.month = m
		return true
	}
	switch word {
	case "t":
		return a.count > 0 && !a.at.timed && isDigit(r.peek())
	case "j":
		a.julian = a.count == 0 && a.month == 0 && isDigit(r.peek())
		return a.julian
	case "bc":
		a.bc = true
		return true
	case "ad":
		return true
	}
	*r = start
	return a.at.timed && r.zone(&a.at)
}

// resolve tells year, month and day from the numbers and how they are written.
func (a *auto) resolve() bool {
	n, at := &a.numbers, &a.at
	at.dated = true
	switch {
	case a.julian && a.count == 1 && n[0].value < 1e8:
		at.year, at.month, at.day = civilOf(int64(n[0].value) - 2440588)
		return !a.bc
	case a.month > 0 && a.count == 2 && n[0].digits >= 3:
		at.year, at.month, at.day = n[0].value, a.month, n[1].value
	case a.month > 0 && a.count == 2:
		at.year, at.month, at.day = a.fullYear(2), a.month, n[0].value
	case a.month > 0 || a.julian:
		return false
	case a.count == 1 && n[0].digits == 8:
		at.year, at.month, at.day = n[0].value/10000, n[0].value/100%100, n[0].value%100
	case a.count == 1 && n[0].digits == 6:
		at.year, at.month, at.day = fullYear(n[0].value/10000, 2), n[0].value/100%100, n[0].value%100
	case a.count == 2 && n[0].digits == 4 && n[1].digits == 3:
		at.year = n[0].value
		if n[1].value < 1 || n[1].value > 337+daysIn(at.year, 2) {
			return false
		}
		at.year, at.month, at.day = civilOf(daysOf(at.year, 1, 1) + int64(n[1].value) - 1)
	case a.count == 3 && n[0].digits >= 3:
		at.year, at.month, at.day = n[0].value, n[1].value, n[2].value
	case a.count == 3:
		at.year, at.month, at.day = a.fullYear(3), n[0].value, n[1].value
	default:
		return false
	}
	if at.year < 1 || at.year > maxYear+1 {
		return false
	}
	if a.bc {
		at.year = 1 - at.year
	}
	return true
}

// fullYear is the year that the number at that place, from 1, stands for.
func (a *auto) fullYear(place int) int {
	n := a.numbers[place-1]
	if a.bc {
		return n.value
	}
	return fullYear(n.value, n.digits)
}

// civilOf is the date that is so many days after 1970-01-01.
func civilOf(days int64) (year, month, day int) {
	days += 719468
	era := days / 146097
	if days < 0 {
		era = (days - 146096) / 146097
	}
	ofEra := days - era*146097
	y := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*y + y/4 - y/100)
	m := (5*ofYear + 2) / 153
	day = int(ofYear - (153*m+2)/5 + 1)
	year, month = int(y+era*400), int(m+3)
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}
