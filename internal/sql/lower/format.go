package lower

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// field is a pattern of "Datetime format strings" and the strftime code of the
// engine that writes, and where parse is set reads, the same.
type field struct {
	pattern, code string
	parse         bool
}

// fields lists longer patterns before their prefixes.
var fields = []field{
	{"YYYY", "%Y", true}, {"YY", "%y", true}, {"IYYY", "%G", false},
	{"MM", "%m", true}, {"MONTH", "", false}, {"Month", "", false}, {"month", "", false},
	{"MON", "", false}, {"Mon", "%b", true}, {"mon", "", false},
	{"DDD", "%j", true}, {"DD", "%d", true}, {"DAY", "", false}, {"Day", "", false}, {"day", "", false},
	{"DY", "", false}, {"Dy", "%a", false}, {"dy", "", false},
	{"IW", "%V", false}, {"ID", "%u", false},
	{"HH24", "%H", true}, {"HH12", "%I", true}, {"HH", "%I", true},
	{"MI", "%M", true}, {"SS", "%S", true}, {"US", "%f", true}, {"MS", "%g", false},
	{"AM", "%p", true}, {"PM", "%p", true},
}

// unavailable lists patterns that mean something in Redshift and have no form
// here, so that they are not taken for text.
var unavailable = []string{
	"Y,YYY", "SSSS", "TZ", "OF", "tz", "CC", "WW", "IYY", "YYY", "RM", "rm", "BC", "AD", "B.C.", "A.D.", "A.M.", "P.M.", "am", "pm", "Q", "J", "W", "D", "I", "Y", "FM", "TH", "th",
}

// words are the patterns of names: an engine code and what is done to its text.
// Full names are padded with blanks to nine characters.
var words = map[string]struct {
	code, casing string
	padded       bool
}{
	"MONTH": {"%B", "upper", true}, "Month": {"%B", "", true}, "month": {"%B", "lower", true},
	"MON": {"%b", "upper", false}, "mon": {"%b", "lower", false},
	"DAY": {"%A", "upper", true}, "Day": {"%A", "", true}, "day": {"%A", "lower", true},
	"DY": {"%a", "upper", false}, "dy": {"%a", "lower", false},
}

// piece is one part of a format: text, a field or a name.
type piece struct {
	code string // for strftime; text has its % doubled
	word string // a key of words
	Q    bool   // the quarter
	bad  string // a pattern that is not available
	read bool   // may be parsed
}

// readFormat cuts a datetime format into pieces. Text in double quotes stands for
// itself.
func readFormat(format string) []piece {
	var out []piece
	for rest := format; rest != ""; {
		if rest[0] == '"' {
			quoted, after, _ := strings.Cut(rest[1:], `"`)
			out = append(out, piece{code: strings.ReplaceAll(quoted, "%", "%%"), read: true})
			rest = after
			continue
		}
		p, n := readPiece(rest)
		out = append(out, p)
		rest = rest[n:]
	}
	return out
}

func readPiece(rest string) (piece, int) {
	for _, f := range fields {
		if hasPattern(rest, f.pattern) {
			if _, isWord := words[rest[:len(f.pattern)]]; isWord && f.code == "" {
				return piece{word: rest[:len(f.pattern)]}, len(f.pattern)
			}
			return piece{code: f.code, read: f.parse}, len(f.pattern)
		}
	}
	if rest[0] == 'Q' {
		return piece{Q: true}, 1
	}
	for _, u := range unavailable {
		if strings.HasPrefix(rest, u) {
			return piece{bad: u}, len(u)
		}
	}
	return piece{code: strings.ReplaceAll(rest[:1], "%", "%%"), read: true}, 1
}

// hasPattern matches numbers' patterns in any case and names' in their own.
func hasPattern(rest, pattern string) bool {
	if len(rest) < len(pattern) {
		return false
	}
	if _, isWord := words[pattern]; isWord || pattern == "Mon" || pattern == "Dy" {
		return strings.HasPrefix(rest, pattern)
	}
	return strings.EqualFold(rest[:len(pattern)], pattern)
}

// formatArg is the format of a call, which the catalogue makes a literal.
func formatArg(e *ast.FuncCall) string {
	if lit, ok := e.Args[1].(*ast.StringLit); ok {
		return lit.Value
	}
	return ""
}

// toChar writes a date, timestamp or number by a format ("TO_CHAR").
func toChar(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	t := l.info.TypeOf(e.Args[0])
	if t.IsNumeric() {
		return l.numberFormat(e, args[0], t)
	}
	at := args[0]
	if t.Kind == schema.TimestampTZ || t.Kind == schema.Date {
		at = castTo(at, types.Timestamp)
	}
	var out ast.Expr
	join := func(x ast.Expr) {
		if out == nil {
			out = x
		} else {
			out = binary(ast.Concat, out, x)
		}
	}
	codes := ""
	flush := func() {
		if codes != "" {
			join(call("strftime", at, text(codes)))
			codes = ""
		}
	}
	for _, p := range readFormat(formatArg(e)) {
		switch {
		case p.bad != "":
			l.fail(e.Args[1], "build it from YYYY, MM, DD, HH24, MI, SS and names", "TO_CHAR does not know the pattern %q here", p.bad)
		case p.Q:
			flush()
			join(castAs(call("quarter", at), "VARCHAR"))
		case p.word != "":
			flush()
			join(wordPiece(at, p.word))
		default:
			codes += p.code
		}
	}
	flush()
	if out == nil {
		return text("")
	}
	return out
}

func wordPiece(at ast.Expr, word string) ast.Expr {
	w := words[word]
	var x ast.Expr = call("strftime", at, text(w.code))
	if w.casing != "" {
		x = call(w.casing, x)
	}
	if w.padded {
		x = call("rpad", x, number(9), text(" "))
	}
	return x
}

// parseFormat is the engine's format for reading, or a fault.
func (l *lowering) parseFormat(e *ast.FuncCall) ast.Expr {
	codes := ""
	for _, p := range readFormat(formatArg(e)) {
		if p.bad != "" || p.word != "" || p.Q || !p.read {
			l.fail(e.Args[1], "build it from YYYY, MM, DD, Mon, HH24, HH12, MI, SS, US, AM", "%s cannot read the format %q here",
				strings.ToUpper(e.Name.Last()), formatArg(e))
			break
		}
		codes += p.code
	}
	return text(codes)
}

// toDate reads a date by a format ("TO_DATE function").
func toDate(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	return castTo(call("strptime", args[0], l.parseFormat(e)), t)
}

// toTimestamp reads a timestamp by a format, in UTC ("TO_TIMESTAMP function").
func toTimestamp(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	return castTo(call("strptime", args[0], l.parseFormat(e)), t)
}

// numberFormat writes a number by a format of 9, 0, comma, point and FM, which
// leaves out blanks and the zeros that stand for a 9 at the end.
func (l *lowering) numberFormat(e *ast.FuncCall, x ast.Expr, t schema.Type) ast.Expr {
	format := formatArg(e)
	body, fill := strings.CutPrefix(strings.ToUpper(format), "FM")
	whole, fraction, _ := strings.Cut(strings.NewReplacer("D", ".", "G", ",").Replace(body), ".")
	digits := strings.ReplaceAll(whole, ",", "")
	commas := digits != whole
	if strings.Trim(digits, "90") != "" || strings.Trim(fraction, "90") != "" || commas && !regularCommas(whole) {
		l.fail(e.Args[1], "build it from 9, 0, a comma before every third digit, a point and FM", "TO_CHAR does not know the number format %q here", format)
		return &ast.NullLit{}
	}
	least := 0
	if first := strings.IndexByte(digits, '0'); first >= 0 {
		least = len(digits) - first
	}
	var out ast.Expr = macro("number_format", castTo(x, types.Decimal(38, len(fraction))), number(len(digits)), number(least),
		number(len(fraction)), &ast.BoolLit{Value: commas}, number(len(whole)))
	if !fill {
		return out
	}
	out = call("trim", out)
	if nines := len(fraction) - len(strings.TrimRight(fraction, "9")); nines > 0 {
		out = call("regexp_replace", out, text("0{1,"+strconv.Itoa(nines)+"}$"), text(""))
	}
	return out
}

// regularCommas reports commas before every third digit.
func regularCommas(whole string) bool {
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if len(g) != 3 && i > 0 || len(g) == 0 || len(g) > 3 {
			return false
		}
	}
	return true
}

// toNumber reads a number by a format of digits, separators and signs
// ("TO_NUMBER").
func toNumber(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if strings.Trim(strings.ToUpper(formatArg(e)), "90,.GDSL$MI ") != "" {
		l.fail(e.Args[1], "build it from 9, 0, comma, point, S and $", "TO_NUMBER does not know the format %q here", formatArg(e))
	}
	return castTo(macro("number_text", macro("signed_digits", args[0])), t)
}
