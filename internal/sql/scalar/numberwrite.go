package scalar

import (
	"math/big"
	"strings"
)

// numberWriter writes the digits of a number into the places of a format.
type numberWriter struct {
	f               *NumberFormat
	out             strings.Builder
	whole, fraction string
	negative        bool
	place           int  // the next place before the point
	behind          int  // the next place behind it
	signed          bool // the sign is written, or stands elsewhere
	started         bool // a digit is written
	closed          bool // what stands behind the number is written
}

// write lays out digits before and behind the point, the former without zeros in
// front.
func (f *NumberFormat) write(whole, fraction string, negative bool) string {
	w := numberWriter{f: f, whole: whole, fraction: fraction, negative: negative, signed: f.signed || f.after}
	for _, n := range f.nodes {
		switch n.pattern {
		case "9", "0":
			w.digit()
		case ".", "D":
			w.point()
		case ",", "G":
			switch {
			case w.started:
				w.out.WriteByte(',')
			case !f.fill:
				w.out.WriteByte(' ')
			}
		case "MI", "PL", "SG":
			w.out.WriteString(w.signAt(n.pattern))
		case "L":
			w.out.WriteByte('$')
		case "TH":
			if !negative && f.fraction == 0 && !strings.HasPrefix(whole, "#") {
				w.out.WriteString(ordinal(whole, n.spelled)[len(whole):])
			}
		case "":
			w.out.WriteString(n.spelled)
		}
	}
	return w.out.String()
}

// digit fills the next place.
func (w *numberWriter) digit() {
	if w.place < w.f.whole {
		at := w.place - (w.f.whole - len(w.whole))
		zero := w.f.zero >= 0 && w.place >= w.f.zero
		w.place++
		switch {
		case at >= 0:
			w.sign()
			w.out.WriteByte(w.whole[at])
			w.started = true
		case zero:
			w.sign()
			w.out.WriteByte('0')
			w.started = true
		case !w.f.fill:
			w.out.WriteByte(' ')
		}
		if w.place == w.f.whole && w.f.fraction == 0 {
			w.close()
		}
		return
	}
	if w.behind++; w.behind <= len(w.fraction) {
		w.sign()
		w.out.WriteByte(w.fraction[w.behind-1])
		w.started = true
	}
	if w.behind == w.f.fraction {
		w.close()
	}
}

// point writes the decimal point; a number that FM leaves without any digit has
// the zero in front of it.
func (w *numberWriter) point() {
	if w.f.fraction == 0 {
		return // no digit follows
	}
	w.sign()
	if w.f.fill && w.whole == "" && w.fraction == "" && w.f.whole > 0 {
		w.out.WriteByte('0')
	}
	w.out.WriteByte('.')
}

// sign writes what stands in front of the first digit.
func (w *numberWriter) sign() {
	if w.signed {
		return
	}
	w.signed = true
	switch {
	case w.f.sign >= 0:
		w.out.WriteString(w.either("+"))
	case w.f.brackets && w.negative:
		w.out.WriteByte('<')
	case w.negative:
		w.out.WriteByte('-')
	case !w.f.fill:
		w.out.WriteByte(' ')
	}
}

// close writes what stands behind the last digit.
func (w *numberWriter) close() {
	switch {
	case w.closed:
	case w.f.after:
		w.out.WriteString(w.either("+"))
	case w.f.brackets && w.negative:
		w.out.WriteByte('>')
	case w.f.brackets && !w.f.fill:
		w.out.WriteByte(' ')
	}
	w.closed = true
}

// signAt is what MI, PL and SG write where they stand.
func (w *numberWriter) signAt(pattern string) string {
	switch {
	case pattern == "SG", pattern == "MI" && w.negative, pattern == "PL" && !w.negative:
		return w.either("+")
	case w.f.fill:
		return ""
	}
	return " "
}

// either is a minus, or for numbers that are not negative the other sign.
func (w *numberWriter) either(positive string) string {
	if w.negative {
		return "-"
	}
	return positive
}

// romanWidth is the width of the longest Roman numeral, MMMDCCCLXXXVIII.
const romanWidth = 15

// romanDigits are the numerals by what they are worth.
var romanDigits = []struct {
	value int
	text  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
	{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

// numerals writes 1 to 3999 in Roman numerals, to the right unless FM says not
// to.
func (f *NumberFormat) numerals(v *big.Rat) string {
	rounded, ok := new(big.Int).SetString(v.FloatString(0), 10)
	if !ok || rounded.Sign() <= 0 || rounded.Cmp(big.NewInt(3999)) > 0 {
		return f.overflow(false)
	}
	var b strings.Builder
	n := int(rounded.Int64())
	for _, d := range romanDigits {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	text := b.String()
	if strings.ToLower(f.roman) == f.roman {
		text = strings.ToLower(text)
	}
	if f.fill {
		return text
	}
	return strings.Repeat(" ", romanWidth-len(text)) + text
}
