package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/sql/types"
)

// Formats are read and written by package scalar. A literal one is checked here,
// so that what is wrong with it has a position; others are read row by row.

// strftime is how the engine spells the patterns that it writes the same way from
// the year 1 on, and faster.
var strftime = map[string]string{
	"YYYY": "%Y", "MM": "%m", "DD": "%d", "HH24": "%H", "MI": "%M", "SS": "%S", "US": "%f",
}

// formatArg is the format of a call, and "" where it is not a literal.
func formatArg(e *ast.FuncCall) string {
	if lit, ok := e.Args[1].(*ast.StringLit); ok {
		return lit.Value
	}
	return ""
}

// checkDateFormat reads a literal datetime format and reports what is wrong with
// it, by itself or for its use. It returns nil where there is none.
func (l *lowering) checkDateFormat(e *ast.FuncCall, use func(*scalar.DateFormat) error) *scalar.DateFormat {
	if !isLiteral(e.Args[1]) {
		return nil
	}
	f, err := scalar.CompileDateFormat(formatArg(e))
	if err == nil {
		err = use(f)
	}
	if err != nil {
		l.failAs(fault.Type, e.Args[1], "", "%s", err)
		return nil
	}
	return f
}

// checkNumberFormat is checkDateFormat for numbers; without use, to write them.
func (l *lowering) checkNumberFormat(e *ast.FuncCall, use func(*scalar.NumberFormat) error) *scalar.NumberFormat {
	if !isLiteral(e.Args[1]) {
		return nil
	}
	f, err := scalar.CompileNumberFormat(formatArg(e))
	if err == nil && use != nil {
		err = use(f)
	}
	if err != nil {
		l.failAs(fault.Type, e.Args[1], "", "%s", err)
		return nil
	}
	return f
}

// toChar writes a date, timestamp or number by a format ("TO_CHAR").
func toChar(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	t := l.info.TypeOf(e.Args[0])
	if t.IsNumeric() {
		l.checkNumberFormat(e, nil)
		if t.Kind == schema.Double {
			return goCall("format_double", args...)
		}
		return goCall("format_number", castAs(args[0], "VARCHAR"), args[1])
	}
	zoned := t.Kind == schema.TimestampTZ
	f := l.checkDateFormat(e, func(f *scalar.DateFormat) error { return f.CheckWriting(zoned) })
	at := timestampOf(args[0], t)
	written := goCall("format_timestamp", call("epoch_us", at), args[1], &ast.BoolLit{Value: zoned})
	if f == nil {
		return written
	}
	codes, ok := f.Spelled(strftime, func(s string) string { return strings.ReplaceAll(s, "%", "%%") })
	if !ok || codes == "" {
		return written
	}
	if zoned {
		at = castTo(at, types.Timestamp)
	}
	return &ast.Case{Whens: []*ast.When{{
		Cond: binary(ast.GreaterEq, at, castTo(text("0001-01-01"), types.Timestamp)),
		Then: call("strftime", at, text(codes)),
	}}, Else: written}
}

// readByFormat reads a time by a format, strictly if the third argument says so: a
// date ("TO_DATE function"), or a timestamp in UTC ("TO_TIMESTAMP function").
func readByFormat(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	l.checkDateFormat(e, (*scalar.DateFormat).CheckReading)
	var strict ast.Expr = &ast.BoolLit{}
	if len(args) > 2 {
		strict = args[2]
	}
	micros := goCall("read_timestamp", args[0], args[1], strict)
	return castTo(call("make_timestamp", micros), t)
}

// toNumber reads a number by a format ("TO_NUMBER").
func toNumber(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	l.checkNumberFormat(e, (*scalar.NumberFormat).CheckReading)
	return castTo(goCall("read_number", args...), t)
}

// textToAlt reads a number in Teradata's style, without a format or by a literal
// one; a DECIMAL's precision and scale are literals too ("TEXT_TO_INT_ALT",
// "TEXT_TO_NUMERIC_ALT").
func textToAlt(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	format := ast.Expr(text(""))
	rest := e.Args[1:]
	if len(rest)%2 == 1 {
		format, rest = args[1], rest[1:]
		if _, err := scalar.CompileAltFormat(formatArg(e)); err != nil {
			l.failAs(fault.Type, e.Args[1], "", "%s", err)
		}
	}
	for _, x := range rest {
		if !isWhole(x) {
			l.fail(x, "write it as a number", "the precision and scale of %s must be literals", strings.ToUpper(e.Name.Last()))
		}
	}
	if t.Kind == schema.Integer {
		return castTo(goCall("text_to_int_alt", args[0], format), t)
	}
	return castTo(goCall("text_to_numeric_alt", args[0], format, number(t.Scale)), t)
}
