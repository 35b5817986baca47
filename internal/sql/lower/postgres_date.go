package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/sql/types"
)

var postgresDates = map[string]rule{
	"getdate":           dateRules["getdate"],
	"sysdate":           dateRules["sysdate"],
	"localtimestamp":    dateRules["localtimestamp"],
	"current_timestamp": dateRules["current_timestamp"],
	"now":               dateRules["now"],
	"current_date":      dateRules["current_date"],

	"dateadd":     postgresDateadd,
	"date_add":    postgresDateadd,
	"datediff":    postgresDatediff,
	"date_diff":   postgresDatediff,
	"date_part":   postgresDatePart,
	"pgdate_part": postgresDatePart,
	"extract":     postgresExtract,
	"date_trunc":  dateTrunc,
	"date_part_year": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(call("date_part", text("year"), args[0]), t)
	},
	"date":             dateRules["date"],
	"add_months":       wholeAt(1, by("add_months")),
	"months_between":   by("months_between"),
	"last_day":         by("last_day"),
	"next_day":         by("next_day"),
	"timezone":         dateRules["timezone"],
	"convert_timezone": convertTimezone,
	"to_char":          postgresToChar,
	"to_date":          postgresRead("to_date"),
	"to_timestamp":     postgresRead("to_timestamp"),
	"to_number": func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		l.checkNumberFormat(e, (*scalar.NumberFormat).CheckReading)
		return castTo(call("to_number", args...), t)
	},
}

// postgresUnits are the date parts that PostgreSQL adds as Redshift does, and
// years how many the longer parts are.
var (
	postgresUnits = map[string]string{
		"quarter": "3 months", "month": "1 month", "week": "7 days", "day": "1 day", "hour": "1 hour", "minute": "1 minute",
		"second": "1 second", "millisecond": "1 millisecond", "microsecond": "1 microsecond",
	}
	years = map[string]int{"year": 1, "decade": 10, "century": 100, "millennium": 1000}
)

// postgresDateadd adds whole parts. Years have a function, for 29 February.
func postgresDateadd(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	from := l.info.TypeOf(e.Args[2])
	name := l.partOf(e, from)
	at := timestampOf(args[2], from)
	if unit, ok := postgresUnits[name]; ok {
		return binary(ast.Add, at, binary(ast.Mul, args[1], castAs(text(unit), "interval")))
	}
	count, ok := years[name]
	if !ok {
		l.refusePart(e, "DATEADD", name)
		return &ast.NullLit{}
	}
	n := castTo(args[1], types.Integer)
	if count > 1 {
		n = castTo(binary(ast.Mul, args[1], number(count)), types.Integer)
	}
	return castTo(macro("add_years", n, castTo(at, types.Timestamp)), t)
}

// postgresDatediff counts the boundaries between two times.
func postgresDatediff(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	name := l.partOf(e, l.info.TypeOf(e.Args[1]))
	switch name {
	case "dow", "doy", "epoch":
		l.refusePart(e, "DATEDIFF", name)
	}
	return macro("date_diff", text(name), instant(args[1], l.info.TypeOf(e.Args[1])), instant(args[2], l.info.TypeOf(e.Args[2])))
}

// instant is a date, a timestamp or a time of the first day as a TIMESTAMP.
func instant(x ast.Expr, t schema.Type) ast.Expr {
	switch t.Kind {
	case schema.Timestamp:
		return x
	case schema.Time, schema.TimeTZ:
		return binary(ast.Add, castTo(text("1970-01-01"), types.Date), castTo(x, types.Time))
	}
	return castTo(x, types.Timestamp)
}

// postgresDatePart gives a part as DOUBLE PRECISION; seconds keep their fraction,
// and milliseconds and microseconds are without the seconds above them.
func postgresDatePart(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	name := l.partOf(e, l.info.TypeOf(e.Args[1]))
	at := timestampOf(args[1], l.info.TypeOf(e.Args[1]))
	if micros := subseconds[name]; micros.per != 0 {
		return castTo(micros.of(at), t)
	}
	return call("date_part", text(name), at)
}

// postgresExtract gives a part as a whole number.
func postgresExtract(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	name := l.partOf(e, l.info.TypeOf(e.Args[1]))
	at := timestampOf(args[1], l.info.TypeOf(e.Args[1]))
	if micros := subseconds[name]; micros.per != 0 {
		return castTo(micros.of(at), t)
	}
	return castTo(call("floor", call("date_part", text(name), at)), t)
}

// subsecond is a part below a second: so many microseconds each, within so many.
type subsecondPart struct{ per, within int }

var subseconds = map[string]subsecondPart{"millisecond": {1000, 1000}, "microsecond": {1, 1_000_000}}

// of takes the part of a time, in whole numbers.
func (s subsecondPart) of(at ast.Expr) ast.Expr {
	micros := castTo(call("date_part", text("microseconds"), at), types.BigInt)
	return binary(ast.Mod, binary(ast.Div, micros, number(s.per)), number(s.within))
}

// postgresToChar leaves the format to PostgreSQL, from which Redshift has its
// own. What PostgreSQL has added to it since is refused, and what it takes from
// its own settings.
func postgresToChar(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	t := l.info.TypeOf(e.Args[0])
	if !isLiteral(e.Args[1]) {
		l.fail(e.Args[1], "write the format as a literal", "TO_CHAR takes a literal format on PostgreSQL")
	}
	if t.IsNumeric() {
		if f := l.checkNumberFormat(e, nil); f != nil && f.HasCurrency() {
			l.fail(e.Args[1], `write '"$"' in place of L`, "the currency of the format %q is the server's on PostgreSQL", formatArg(e))
		}
		return call("to_char", args...)
	}
	l.checkFormat(e)
	zoned := t.Kind == schema.TimestampTZ
	l.checkDateFormat(e, func(f *scalar.DateFormat) error { return f.CheckWriting(zoned) })
	if zoned {
		return call("to_char", args...)
	}
	return call("to_char", timestampOf(args[0], t), args[1])
}

// postgresRead reads dates and timestamps. It refuses dates that do not exist.
func postgresRead(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		l.checkFormat(e)
		l.checkDateFormat(e, (*scalar.DateFormat).CheckReading)
		return castTo(call(name, args[:2]...), t)
	}
}

// checkFormat refuses the datetime patterns that PostgreSQL has and Redshift has
// not.
func (l *lowering) checkFormat(e *ast.FuncCall) {
	for i, part := range strings.Split(formatArg(e), `"`) {
		if i%2 == 1 {
			continue // quoted text
		}
		for _, added := range []string{"FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "TZH", "TZM", "SSSSS"} {
			if strings.Contains(strings.ToUpper(part), added) {
				l.fail(e.Args[1], `put text in double quotes`, "PostgreSQL would read %q in the format %q as a pattern", added, formatArg(e))
			}
		}
	}
}
