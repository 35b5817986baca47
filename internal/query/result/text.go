package result

import (
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

// text writes a value that is not NULL as Redshift casts it to VARCHAR: true and
// false, all digits of a decimal's scale, the fewest digits of a float that tell
// it from others, timestamps with a space and only as many digits of the second
// as they have, VARBYTE in hexadecimal.
func text(v any, t schema.Type) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return floatText(v, t)
	case time.Time:
		return timeText(v, t)
	case []byte:
		return hex.EncodeToString(v)
	}
	return fmt.Sprint(v)
}

// floatText writes exponents where PostgreSQL does.
func floatText(v float64, t schema.Type) string {
	bits := 64
	if t.Kind == schema.Real {
		bits = 32
	}
	switch magnitude := math.Abs(v); {
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	case magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e15):
		return strconv.FormatFloat(v, 'e', -1, bits)
	}
	return strconv.FormatFloat(v, 'f', -1, bits)
}

func timeText(v time.Time, t schema.Type) string {
	v = v.UTC()
	switch t.Kind {
	case schema.Date:
		return v.Format(time.DateOnly)
	case schema.TimestampTZ:
		return v.Format("2006-01-02 15:04:05.999999+00")
	}
	return v.Format("2006-01-02 15:04:05.999999")
}
