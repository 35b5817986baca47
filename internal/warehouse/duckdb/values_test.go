package duckdb

import (
	"testing"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/fault"
)

// Messages as the engine gives them, for values that do not fit.
func TestMisfit(t *testing.T) {
	for engine, want := range map[string]string{
		"Out of Range Error: Overflow in multiplication of INT32 (2147483647 * 2)!":                                                         "doing: 2147483647 * 2 does not fit INTEGER (cast an operand to a wider type)",
		"Out of Range Error: Overflow in addition of INT16 (30000 + 30000)!":                                                                "doing: 30000 + 30000 does not fit SMALLINT (cast an operand to a wider type)",
		"Out of Range Error: Overflow in addition of DECIMAL(38) (999 + 1);":                                                                "doing: the result of the addition has more than 38 digits (cast an operand to fewer digits)",
		"Out of Range Error: Overflow in multiplication of DECIMAL(38) (99 * 99). You might want to add an explicit cast":                   "doing: the result of the multiplication has more than 38 digits (cast an operand to fewer digits)",
		"Conversion Error: Type INT64 with value 3000000000 can't be cast because the value is out of range for the destination type INT32": "doing: 3000000000 does not fit INTEGER (cast to a wider type)",
		`Conversion Error: Casting value "999.99" to type DECIMAL(4,2) failed: value is out of range!`:                                      "doing: 999.99 does not fit DECIMAL(4,2) (cast to a wider type)",
		`Conversion Error: Could not convert string '12345678901' to INT32`:                                                                 `doing: "12345678901" is no value of INTEGER`,
		`Conversion Error: Could not cast value 10000000000.000000 to DECIMAL(5,2)`:                                                         "doing: 10000000000.000000 does not fit DECIMAL(5,2) (cast to a wider type)",
		`Conversion Error: Could not convert string 'x' to INT64 when casting from source column body`:                                      `doing: "x" is no value of BIGINT`,
		"Out of Range Error: cannot take square root of a negative number":                                                                  "doing: cannot take square root of a negative number",
		"Out of Range Error: Overflow in negation of numeric value!":                                                                        "doing: Overflow in negation of numeric value!",
	} {
		kind := duckdb.ErrorTypeOutOfRange
		if engine[0] == 'C' {
			kind = duckdb.ErrorTypeConversion
		}
		got := translate(&duckdb.Error{Type: kind, Msg: engine}, "doing")
		if got.Error() != want || fault.CodeOf(got) != fault.Data {
			t.Errorf("%s\n got %s: %v\nwant %s", engine, fault.CodeOf(got), got, want)
		}
	}
}
