package function

import (
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

// dates is the chapters "Date and time functions" and "Data type formatting
// functions".
var dates = family("date", Scalar,
	def("dateadd", sig(shifted, Part, Whole, Calendar), sig(arg(2), Part, Whole, Clock)).as("date_add").alias("date_add"),
	def("datediff", sig(is(types.BigInt), Part, Calendar, Calendar), sig(is(types.BigInt), Part, Clock, Clock)).
		as("date_diff").alias("date_diff"),
	def("date_part", sig(is(types.Double), Part, Calendar), sig(is(types.Double), Part, Clock),
		sig(is(types.Double), Part, Span)).as("pgdate_part").alias("pgdate_part"),
	def("getdate", sig(is(types.Timestamp))).now(toSecond).alias(),
	def("date_cmp", sig(is(types.Integer), Day, Day)).alias(),
	def("timestamp_cmp", sig(is(types.Integer), Moment, Moment)).alias("timestamp_cmp_date", "date_cmp_timestamp"),
	def("timestamptz_cmp", sig(is(types.Integer), MomentTZ, MomentTZ)).alias(
		"timestamptz_cmp_date", "timestamptz_cmp_timestamp", "timestamp_cmp_timestamptz", "date_cmp_timestamptz"),
	[]*Func{
		def("sysdate", sig(is(types.Timestamp))).as("timestamp").now(toMicrosecond).bare(),
		def("current_date", sig(is(types.Date))).as("date").now(time.DateOnly).bare(),
		def("current_timestamp", sig(is(types.TimestampTZ))).as("timestamptz").now(toMicrosecond + "+00").bare(),
		def("now", sig(is(types.TimestampTZ))).now(toMicrosecond + "+00"),
		def("timeofday", sig(text)).now("Mon Jan 02 15:04:05.000000 2006 UTC"),
		def("localtimestamp", sig(is(types.Timestamp))).as("timestamp").now(toMicrosecond).bare(),
		def("add_months", sig(is(types.Timestamp), Moment, Whole)),
		def("convert_timezone", sig(is(types.Timestamp), Text, Moment), sig(is(types.Timestamp), Text, Text, Moment)),
		def("date", sig(is(types.Date), Moment)),
		def("date_part_year", sig(is(types.Integer), Day)),
		def("date_trunc", sig(truncated, Part, Calendar)),
		def("extract", sig(extracted, Part, Calendar), sig(extracted, Part, Clock), sig(extracted, Part, Span)).as("date_part"),
		def("interval_cmp", sig(is(types.Integer), Span, Span)),
		def("last_day", sig(is(types.Date), Day)),
		def("months_between", sig(is(types.Double), Moment, Moment)),
		def("next_day", sig(is(types.Date), Day, Text)),
		def("timezone", sig(zoned, Text, Calendar)),
		def("to_char", sig(text, Calendar, Text), sig(text, Number, Text)),
		def("to_date", sig(is(types.Date), Text, Text, Bool).opt(1)),
		def("to_timestamp", sig(is(types.TimestampTZ), Text, Text, Bool).opt(1)),
		def("to_number", sig(formatted, Text, Pattern)),
		def("text_to_int_alt", sig(is(types.Integer), Text, Pattern).opt(1)),
		def("text_to_numeric_alt", sig(is(types.Decimal(schema.MaxPrecision, 0)), Text, Pattern).opt(1),
			sig(declared, Text, Whole, Whole), sig(declared, Text, Pattern, Whole, Whole)),
	},
)

// shifted follows "DATEADD function": TIMESTAMP, or the argument's zone.
func shifted(c Call) schema.Type { return atLeastTimestamp(c.Args[2]) }

// truncated follows "DATE_TRUNC function": TIMESTAMP, or the argument's zone.
func truncated(c Call) schema.Type { return atLeastTimestamp(c.Args[1]) }

func atLeastTimestamp(t schema.Type) schema.Type {
	if t.Kind == schema.Date {
		return types.Timestamp
	}
	return t
}

// extracted follows "EXTRACT function": INTEGER, DOUBLE PRECISION from a
// TIMESTAMPTZ. The epoch is BIGINT, to reach past 2038.
func extracted(c Call) schema.Type {
	part, _ := c.Text(0)
	switch {
	case c.Args[1].Kind == schema.TimestampTZ:
		return types.Double
	case strings.EqualFold(part, "epoch"):
		return types.BigInt
	}
	return types.Integer
}

// formatted is a DECIMAL with the digits of a number format ("TO_NUMBER"). The
// point is that of D, or of V in a number that is written without one.
func formatted(c Call) schema.Type {
	format, _ := c.Text(1)
	whole, fraction, _ := strings.Cut(strings.NewReplacer("D", ".", "V", ".").Replace(strings.ToUpper(format)), ".")
	digits := func(s string) int { return strings.Count(s, "9") + strings.Count(s, "0") }
	return types.Decimal(digits(whole)+digits(fraction), digits(fraction))
}

// declared is the DECIMAL of the last two arguments, precision and scale
// ("TEXT_TO_NUMERIC_ALT").
func declared(c Call) schema.Type {
	last := len(c.Args) - 1
	precision, okPrecision := c.Int(last - 1)
	scale, okScale := c.Int(last)
	if !okPrecision || !okScale {
		return types.Decimal(schema.MaxPrecision, 0)
	}
	return types.Decimal(precision, scale)
}

// zoned follows "TIMEZONE function": a TIMESTAMP gains a zone, a TIMESTAMPTZ
// loses it.
func zoned(c Call) schema.Type {
	if c.Args[1].Kind == schema.TimestampTZ {
		return types.Timestamp
	}
	return types.TimestampTZ
}
