package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

var dateRules = map[string]rule{
	"getdate":           clock(types.Timestamp),
	"sysdate":           clock(types.Timestamp),
	"localtimestamp":    clock(types.Timestamp),
	"current_timestamp": clock(types.TimestampTZ),
	"now":               clock(types.TimestampTZ),
	"current_date":      clock(types.Date),
	"timeofday":         clock(types.Varchar),

	"dateadd":          dateadd,
	"date_add":         dateadd,
	"datediff":         datediff,
	"date_diff":        datediff,
	"date_part":        datePart,
	"pgdate_part":      datePart,
	"extract":          extract,
	"date_trunc":       dateTrunc,
	"date_part_year":   typed("year"),
	"date":             func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr { return castTo(args[0], t) },
	"add_months":       addMonths,
	"months_between":   by("months_between"),
	"last_day":         as("last_day"),
	"next_day":         by("next_day"),
	"timezone":         timezone,
	"convert_timezone": convertTimezone,
	"to_char":          toChar,
	"to_date":          readByFormat,
	"to_timestamp":     readByFormat,
	"to_number":        toNumber,

	"text_to_int_alt":     textToAlt,
	"text_to_numeric_alt": textToAlt,
}

// clock writes the time that functions of now mean as a literal.
func clock(t schema.Type) rule {
	return func(l *lowering, e *ast.FuncCall, _ []ast.Expr, _ schema.Type) ast.Expr {
		return castTo(text(l.info.Calls[e].Func.At(l.opts.Now)), t)
	}
}

// parts maps every spelling of a date part to its name ("Date parts for date or
// timestamp functions").
var parts = func() map[string]string {
	m := map[string]string{}
	for name, spellings := range map[string]string{
		"millennium":  "millennium millennia mil mils",
		"century":     "century centuries c cent cents",
		"decade":      "decade decades dec decs",
		"epoch":       "epoch",
		"year":        "year years y yr yrs",
		"quarter":     "quarter quarters qtr qtrs",
		"month":       "month months mon mons",
		"week":        "week weeks w",
		"dow":         "dow dayofweek dw weekday",
		"doy":         "doy dayofyear dy yearday",
		"day":         "day days d",
		"hour":        "hour hours h hr hrs",
		"minute":      "minute minutes m min mins",
		"second":      "second seconds s sec secs",
		"millisecond": "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon",
		"microsecond": "microsecond microseconds us usec usecs usecond useconds microsec microsecs microsecon",
	} {
		for _, s := range strings.Fields(spellings) {
			m[s] = name
		}
	}
	return m
}()

// part reads the date part of a call.
func (l *lowering) part(e *ast.FuncCall) string {
	word := ""
	switch a := e.Args[0].(type) {
	case *ast.DatePart:
		word = a.Name
	case *ast.StringLit:
		word = strings.ToLower(a.Value)
	}
	name, ok := parts[word]
	if !ok {
		l.failAs(fault.Type, e.Args[0], "use one of year, quarter, month, week, day, hour, minute, second, epoch, dow, doy", "unknown date part %q", word)
	}
	return name
}

// refusePart reports a date part that is none for a function. One that is none at
// all has been reported already.
func (l *lowering) refusePart(e *ast.FuncCall, function, name string) {
	if name != "" {
		l.fail(e.Args[0], "use a part that is a span of time, such as day or second", "%s does not take the date part %q", function, name)
	}
}

// clockParts are the parts that a time of day has; calendarParts those that only
// a date has, and no interval.
var (
	clockParts    = map[string]bool{"hour": true, "minute": true, "second": true, "millisecond": true, "microsecond": true, "epoch": true}
	calendarParts = map[string]bool{"dow": true, "doy": true, "week": true}
)

// partOf reads the date part of a call over a value that must have it.
func (l *lowering) partOf(e *ast.FuncCall, t schema.Type) string {
	name := l.part(e)
	isClock := t.Kind == schema.Time || t.Kind == schema.TimeTZ
	if name != "" && (isClock && !clockParts[name] || t.IsInterval() && calendarParts[name]) {
		l.failAs(fault.Type, e.Args[0], "", "%s has no %s", t, name)
	}
	return name
}

// timestampOf turns a date into a timestamp and leaves the others.
func timestampOf(x ast.Expr, t schema.Type) ast.Expr {
	if t.Kind == schema.Date {
		return castTo(x, types.Timestamp)
	}
	return x
}

// steps says how many of the engine's units a date part is worth.
var steps = map[string]struct {
	unit  string
	count int
}{
	"quarter": {"to_months", 3}, "month": {"to_months", 1},
	"week": {"to_days", 7}, "day": {"to_days", 1},
	"hour": {"to_hours", 1}, "minute": {"to_minutes", 1}, "second": {"to_seconds", 1},
	"millisecond": {"to_milliseconds", 1}, "microsecond": {"to_microseconds", 1},
	"year": {"", 1}, "decade": {"", 10}, "century": {"", 100}, "millennium": {"", 1000},
}

// dateadd adds whole parts. Years have a macro, for 29 February.
func dateadd(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	name := l.partOf(e, l.info.TypeOf(e.Args[2]))
	step, ok := steps[name]
	if !ok {
		l.refusePart(e, "DATEADD", name)
		return &ast.NullLit{}
	}
	n := args[1]
	if step.count > 1 {
		n = binary(ast.Mul, n, number(step.count))
	}
	at := timestampOf(args[2], l.info.TypeOf(e.Args[2]))
	switch step.unit {
	case "":
		return macro("add_years", castAs(n, "INTEGER"), at)
	case "to_months", "to_days":
		n = castAs(n, "INTEGER")
	case "to_seconds", "to_milliseconds":
		n = castAs(n, "DOUBLE")
	default:
		n = castAs(n, "BIGINT")
	}
	return binary(ast.Add, at, call(step.unit, n))
}

// datediff counts the boundaries between two times ("DATEDIFF function").
func datediff(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	name := l.partOf(e, l.info.TypeOf(e.Args[1]))
	from, to := timestampOf(args[1], l.info.TypeOf(e.Args[1])), timestampOf(args[2], l.info.TypeOf(e.Args[2]))
	if mixedZones(l.info.TypeOf(e.Args[1]), l.info.TypeOf(e.Args[2])) {
		from, to = castTo(from, types.Timestamp), castTo(to, types.Timestamp)
	}
	switch name {
	case "week":
		return macro("week_diff", from, to) // the engine's counts spans of seven days
	case "decade", "century", "millennium":
		return castTo(binary(ast.Sub, call("date_part", text(name), to), call("date_part", text(name), from)), t)
	case "dow", "doy", "epoch":
		l.refusePart(e, "DATEDIFF", name)
	}
	return call("date_diff", text(name), from, to)
}

// mixedZones reports a pair of which one alone has a time zone.
func mixedZones(a, b schema.Type) bool {
	return (a.Kind == schema.TimestampTZ) != (b.Kind == schema.TimestampTZ)
}

// datePart gives a part as DOUBLE PRECISION; seconds keep their fraction
// ("DATE_PART function").
func datePart(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	name := l.partOf(e, l.info.TypeOf(e.Args[1]))
	at := timestampOf(args[1], l.info.TypeOf(e.Args[1]))
	if name == "second" {
		micros := call("date_part", text("microseconds"), at)
		return binary(ast.Div, castTo(micros, t), castAs(number(1_000_000), "DOUBLE"))
	}
	return castTo(subsecond(name, at), t)
}

// extract gives a part as a whole number, without what is above or below it
// ("EXTRACT function").
func extract(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	name := l.partOf(e, l.info.TypeOf(e.Args[1]))
	x := subsecond(name, timestampOf(args[1], l.info.TypeOf(e.Args[1])))
	if name == "epoch" {
		x = call("floor", x)
	}
	return castTo(x, t)
}

// subsecond takes a part; milliseconds and microseconds without the seconds that
// the engine counts in.
func subsecond(name string, at ast.Expr) ast.Expr {
	switch name {
	case "millisecond":
		return binary(ast.Mod, call("date_part", text("milliseconds"), at), number(1000))
	case "microsecond":
		return binary(ast.Mod, call("date_part", text("microseconds"), at), number(1_000_000))
	}
	return call("date_part", text(name), at)
}

func dateTrunc(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	name := l.part(e)
	switch name {
	case "dow", "doy", "epoch":
		l.refusePart(e, "DATE_TRUNC", name)
	}
	at := timestampOf(args[1], l.info.TypeOf(e.Args[1]))
	if _, embedded := l.engine.(duckdb); embedded && (name == "century" || name == "millennium") {
		return macro("trunc_years", at, number(steps[name].count)) // the engine's begin a year early
	}
	return call("date_trunc", text(name), at)
}

func addMonths(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return macro("add_months", args[0], castAs(args[1], "INTEGER"))
}
