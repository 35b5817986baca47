package decode

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

// set converts text and stores it in a column of the row at hand. The reason is
// empty, or says why the column cannot take it. Empty text is NULL in columns
// of other types than character ones (Redshift's COPY, EMPTYASNULL).
func (b *Batch) set(c *column, s []byte) (reason string) {
	if len(s) == 0 && c.op != opVarchar && c.op != opChar {
		b.setNull(c.index)
		return ""
	}
	col := &b.Cols[c.index]
	switch c.op {
	case opInteger:
		return c.setInteger(&col.Ints[b.N], s)
	case opVarchar, opChar:
		if len(s) > c.typ.Length || c.op == opChar {
			if s, reason = c.fit(s); reason != "" {
				return reason
			}
		}
		col.Bytes[b.N] = s
	case opDecimal, opHuge:
		v, reason := c.decimal(s)
		if reason != "" {
			return reason
		}
		if c.op == opDecimal {
			col.Ints[b.N] = int64(v.Lo)
		} else {
			col.Huge[b.N] = v
		}
	case opReal, opDouble:
		col.Floats[b.N], reason = c.float(s)
	case opBoolean:
		v, ok := booleans[strings.ToLower(string(s))]
		if !ok {
			return c.not(s)
		}
		col.Ints[b.N] = boolInt(v)
	case opSuper:
		var raw json.RawMessage
		if err := json.Unmarshal(s, &raw); err != nil {
			return fmt.Sprintf("%s is no JSON: %s", quote(s), err)
		}
		if reason := halfPair(s); reason != "" {
			return "the value has " + reason
		}
		col.Bytes[b.N] = s
	case opVarbyte:
		return b.setVarbyte(c, s)
	default:
		col.Ints[b.N], reason = c.moment(s)
	}
	return reason
}

// whole reports that the column mostly takes whole numbers, as setWhole does.
func (c *column) whole() bool { return c.op == opInteger || c.op == opMillis }

// setWhole stores a whole number, and reports whether the column can take it.
func (b *Batch) setWhole(c *column, v int64) bool {
	if c.op == opMillis {
		if v < minMicros/1000 || v > maxMicros/1000 {
			return false
		}
		v *= 1000
	} else if v < c.min || v > c.max {
		return false
	}
	b.Cols[c.index].Ints[b.N] = v
	return true
}

// setBytes stores bytes that need no conversion.
func (b *Batch) setBytes(c *column, s []byte) { b.Cols[c.index].Bytes[b.N] = s }

// expected says what text a type takes.
var expected = map[op]string{
	opInteger: "digits with an optional sign", opDecimal: "digits with an optional sign and point",
	opHuge: "digits with an optional sign and point", opReal: "a number", opDouble: "a number",
	opBoolean: "true, t, yes, y, 1, false, f, no, n or 0", opVarbyte: "hexadecimal digits, two a byte",
	opDate: "a date such as 2015-09-11", opTime: "a time such as 00:46:58.771",
	opTimeTZ: "a time such as 00:46:58.771+00", opTimestamp: "a date and time such as 2015-09-11 00:46:58.771",
	opTimestampTZ: "a date and time such as 2015-09-11 00:46:58.771+00",
	opSeconds:     "seconds since 1970 as digits with an optional sign and point",
	opMillis:      "milliseconds since 1970 as digits with an optional sign and point",
}

// not is the reason that text does not spell a value of the column's type.
func (c *column) not(s []byte) string {
	want := expected[c.op]
	if c.layout != nil {
		want = "the format " + c.format
	}
	return fmt.Sprintf("%s is not a value of type %s: expected %s", quote(s), c.typ, want)
}

// outOfRange is the reason that a value is beyond what the type holds.
func (c *column) outOfRange(s []byte) string {
	limits := map[op]string{
		opInteger: fmt.Sprintf(": expected %d to %d", c.min, c.max),
		opDecimal: fmt.Sprintf(": expected at most %d digits before the point", c.typ.Precision-c.typ.Scale),
	}
	limits[opHuge] = limits[opDecimal]
	return fmt.Sprintf("%s is out of range for %s%s", quote(s), c.typ, limits[c.op])
}

// quote shows a value in a reason, cut at 64 bytes.
func quote(s []byte) string {
	const most = 64
	if len(s) <= most {
		return strconv.Quote(string(s))
	}
	end := most
	for end > most-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return strconv.Quote(string(s[:end])) + "..."
}

func (c *column) setInteger(to *int64, s []byte) string {
	v, digits, ok := parseInteger(s)
	switch {
	case !digits:
		return c.not(s)
	case !ok || v < c.min || v > c.max:
		return c.outOfRange(s)
	}
	*to = v
	return ""
}

// parseInteger reads an optional sign and digits; ok is false beyond 64 bits.
func parseInteger(s []byte) (v int64, digits, ok bool) {
	rest, negative := sign(s)
	if len(rest) == 0 {
		return 0, false, false
	}
	var u uint64
	ok = true
	for _, ch := range rest {
		if !isDigit(ch) {
			return 0, false, false
		}
		if u > (math.MaxUint64-9)/10 {
			ok = false
		}
		u = u*10 + uint64(ch-'0')
	}
	if negative {
		return -int64(u), true, ok && u <= 1<<63
	}
	return int64(u), true, ok && u <= math.MaxInt64
}

func sign(s []byte) (rest []byte, negative bool) {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		return s[1:], s[0] == '-'
	}
	return s, false
}

// decimal reads digits with an optional point, exactly. Digits beyond the scale
// round half away from zero: what COPY does with ROUNDEC, and a cast always.
func (c *column) decimal(s []byte) (Int128, string) {
	rest, negative := sign(s)
	whole, fraction, _ := bytes.Cut(rest, []byte{'.'})
	if len(whole)+len(fraction) == 0 || !allDigits(whole) || !allDigits(fraction) {
		return Int128{}, c.not(s)
	}
	whole = bytes.TrimLeft(whole, "0")
	if len(whole) > c.typ.Precision-c.typ.Scale {
		return Int128{}, c.outOfRange(s)
	}
	var hi, lo uint64
	push := func(digit byte) {
		carry, low := bits.Mul64(lo, 10)
		var over uint64
		lo, over = bits.Add64(low, uint64(digit), 0)
		hi = hi*10 + carry + over
	}
	for _, ch := range whole {
		push(ch - '0')
	}
	for k := range c.typ.Scale {
		digit := byte('0')
		if k < len(fraction) {
			digit = fraction[k]
		}
		push(digit - '0')
	}
	if len(fraction) > c.typ.Scale && fraction[c.typ.Scale] >= '5' {
		var over uint64
		lo, over = bits.Add64(lo, 1, 0)
		hi += over
		if hi == limits128[c.typ.Precision].hi && lo == limits128[c.typ.Precision].lo {
			return Int128{}, c.outOfRange(s)
		}
	}
	if negative {
		var borrow uint64
		lo, borrow = bits.Sub64(0, lo, 0)
		hi, _ = bits.Sub64(0, hi, borrow)
	}
	return Int128{Lo: lo, Hi: int64(hi)}, ""
}

// limits128 are the powers of ten that a decimal of each precision is below.
var limits128 = func() (out [39]struct{ hi, lo uint64 }) {
	out[0].lo = 1
	for i := 1; i < len(out); i++ {
		carry, low := bits.Mul64(out[i-1].lo, 10)
		out[i].hi, out[i].lo = out[i-1].hi*10+carry, low
	}
	return out
}()

func allDigits(s []byte) bool {
	for _, ch := range s {
		if !isDigit(ch) {
			return false
		}
	}
	return true
}

// float reads a number in decimal or exponent form, or the names of what is no
// number. What is not 0 but nearer to it than the type can say is out of range.
func (c *column) float(s []byte) (float64, string) {
	size := 64
	if c.op == opReal {
		size = 32
	}
	rest, _ := sign(s)
	switch strings.ToLower(string(rest)) {
	case "nan", "inf", "infinity":
	default:
		for _, ch := range rest {
			if !isDigit(ch) && ch != '.' && ch|0x20 != 'e' && ch != '-' && ch != '+' {
				return 0, c.not(s) // such as the hexadecimal digits and underscores that Go takes
			}
		}
	}
	v, err := strconv.ParseFloat(string(s), size)
	switch {
	case err != nil && !math.IsInf(v, 0):
		return 0, c.not(s)
	case err != nil || v == 0 && bytes.ContainsAny(mantissa(rest), "123456789"):
		return 0, c.outOfRange(s)
	}
	return v, ""
}

func mantissa(s []byte) []byte {
	if i := bytes.IndexAny(s, "eE"); i >= 0 {
		return s[:i]
	}
	return s
}

// booleans are Redshift's literals.
var booleans = map[string]bool{
	"true": true, "t": true, "yes": true, "y": true, "1": true,
	"false": false, "f": false, "no": false, "n": false, "0": false,
}

func boolInt(v bool) int64 {
	if v {
		return 1
	}
	return 0
}

// fit makes text a value of a char or varchar column. Lengths are in bytes;
// blanks beyond the length are dropped, as Redshift's "Character types" say.
func (c *column) fit(s []byte) ([]byte, string) {
	if c.op == opChar {
		s = bytes.TrimRight(s, " ")
		for _, ch := range s {
			if ch >= utf8.RuneSelf {
				return nil, fmt.Sprintf("%s is not a value of type %s: expected ASCII characters only", quote(s), c.typ)
			}
		}
	}
	if most := c.typ.Length; len(s) > most {
		if len(bytes.TrimRight(s[most:], " ")) > 0 {
			return nil, fmt.Sprintf("%s has %d bytes, which is too long for %s", quote(s), len(s), c.typ)
		}
		s = s[:most:most]
	}
	return s, ""
}

func (b *Batch) setVarbyte(c *column, s []byte) string {
	from := len(b.arena)
	var err error
	if b.arena, err = hex.AppendDecode(b.arena, s); err != nil {
		return c.not(s)
	}
	v := b.arena[from:len(b.arena):len(b.arena)]
	if len(v) > c.typ.Length {
		return fmt.Sprintf("%s has %d bytes, which is too long for %s", quote(s), len(v), c.typ)
	}
	b.setBytes(c, v)
	return ""
}
