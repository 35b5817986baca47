package lower

import (
	"fmt"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/sql/types"
)

// convertTimezone reads a timestamp in one zone, UTC unless said otherwise, and
// writes it in another ("CONVERT_TIMEZONE function").
func convertTimezone(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	at, last := args[len(args)-1], len(args)-1
	if last == 2 {
		at = l.inZone(e.Args[0], args[0], at, types.Timestamp)
	} else {
		at = castTo(at, types.TimestampTZ)
	}
	return l.inZone(e.Args[last-1], args[last-1], at, types.TimestampTZ)
}

// timezone is AT TIME ZONE as a function ("TIMEZONE function").
func timezone(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	t := l.info.TypeOf(e.Args[1])
	return l.inZone(e.Args[0], args[0], timestampOf(args[1], t), t)
}

// inZone reads a timestamp by a zone's clock, which makes it an instant, or writes
// an instant, a TIMESTAMPTZ, by that clock. The zone is given as written and
// lowered.
func (l *lowering) inZone(written, zone, at ast.Expr, t schema.Type) ast.Expr {
	if lit, ok := written.(*ast.StringLit); ok {
		z, err := scalar.ParseZone(lit.Value)
		if err != nil {
			l.failAs(fault.Type, written, "", "%s", err)
			return at
		}
		name, known := engineZone(z)
		if zone = text(name); known {
			return call("timezone", zone, at)
		}
	}
	if _, embedded := l.engine.(duckdb); !embedded {
		return call("timezone", zone, at)
	}
	micros := call("epoch_us", at)
	if t.Kind == schema.TimestampTZ {
		return call("make_timestamp", goCall("from_utc", micros, zone))
	}
	return castTo(call("make_timestamp", goCall("to_utc", micros, zone)), types.TimestampTZ)
}

// engineZone is the name of a zone that every engine knows; offsets of whole hours
// have regions, whose sign is reversed. Others are known to PostgreSQL only.
func engineZone(z *scalar.Zone) (name string, known bool) {
	hours := int(z.Offset / time.Hour)
	switch {
	case z.Region != "":
		return z.Region, true
	case z.Offset == 0:
		return "UTC", true
	case z.Offset%time.Hour == 0 && hours >= -12 && hours <= 14:
		return fmt.Sprintf("Etc/GMT%+d", -hours), true
	}
	west := -z.Offset.Round(time.Second)
	sign := ""
	if west < 0 {
		sign, west = "-", -west
	}
	return fmt.Sprintf("UTC%s%d:%02d:%02d", sign, west/time.Hour, west/time.Minute%60, west/time.Second%60), false
}
