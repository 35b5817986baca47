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
		"Out of Range Error: Overflow in HUGEINT addition: 99 + 99":                                                                         "doing: a sum has more than 38 digits (cast what is added to fewer digits, or to DOUBLE PRECISION)",
		"Out of Range Error: Overflow in addition of DECIMAL(38) (999 + 1);":                                                                "doing: the result of the addition has more than 38 digits (cast an operand to fewer digits)",
		"Out of Range Error: Overflow in multiplication of DECIMAL(38) (99 * 99). You might want to add an explicit cast":                   "doing: the result of the multiplication has more than 38 digits (cast an operand to fewer digits)",
		"Conversion Error: Type INT64 with value 3000000000 can't be cast because the value is out of range for the destination type INT32": "doing: 3000000000 does not fit INTEGER (cast to a wider type)",
		`Conversion Error: Casting value "999.99" to type DECIMAL(4,2) failed: value is out of range!`:                                      "doing: 999.99 does not fit DECIMAL(4,2) (cast to a wider type)",
		`Conversion Error: Could not convert string '12345678901' to INT32`:                                                                 `doing: "12345678901" is no value of INTEGER`,
		`Conversion Error: Could not cast value 10000000000.000000 to DECIMAL(5,2)`:                                                         "doing: 10000000000.000000 does not fit DECIMAL(5,2) (cast to a wider type)",
		`Conversion Error: Could not convert string 'x' to INT64 when casting from source column body`:                                      `doing: "x" is no value of BIGINT`,
		"Out of Range Error: cannot take square root of a negative number":                                                                  "doing: cannot take square root of a negative number",
		`Out of Range Error: Overflow in division of -9223372036854775808 / -1`:                                                             `doing: -9223372036854775808 / -1 does not fit its type (cast an operand to a wider type)`,
		`Out of Range Error: Overflow on abs(-2147483648)`:                                                                                  `doing: abs(-2147483648) does not fit its type (cast an operand to a wider type)`,
		`Out of Range Error: Overflow in negation of numeric value!`:                                                                        `doing: the negative of a type's smallest number does not fit it (cast an operand to a wider type)`,
		`Conversion Error: Date out of range: 8335360-3-21`:                                                                                 `doing: the date 8335360-3-21 is out of range`,
		`Conversion Error: Date and time not in timestamp range`:                                                                            `doing: a timestamp is out of range`,
		`Out of Range Error: Interval value 2000000000 years out of range`:                                                                  `doing: 2000000000 years are more than an interval holds`,
		`Invalid Input Error: Argument for ntile must be greater than zero`:                                                                 `doing: NTILE takes a number of groups from 1`,
		`Invalid Input Error: invalid input syntax for integer: "x"`:                                                                        `doing: invalid input syntax for integer: "x" (TRY_CAST gives NULL where a text is no value of the type)`,
		`Invalid Input Error: invalid date or timestamp: "x"`:                                                                               `doing: invalid date or timestamp: "x" (TRY_CAST gives NULL where a text is no value of the type)`,
		`Invalid Input Error: invalid time: "x"`:                                                                                            `doing: invalid time: "x" (TRY_CAST gives NULL where a text is no value of the type)`,
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
