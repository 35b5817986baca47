package lower

import (
	_ "embed"
	"strings"
)

// macroSchema is where the prelude's macros live.
const macroSchema = "atoll_sql"

//go:embed prelude.sql
var prelude string

// Prelude lists the DuckDB statements that create what lowered queries call, in
// order. They may be run again.
func Prelude() []string {
	var statements []string
	for _, s := range strings.Split(prelude, ";\n") {
		var lines []string
		for _, line := range strings.Split(s, "\n") {
			if !strings.HasPrefix(line, "--") && strings.TrimSpace(line) != "" {
				lines = append(lines, line)
			}
		}
		if len(lines) > 0 {
			statements = append(statements, strings.Join(lines, "\n"))
		}
	}
	return statements
}

// Settings lists the DuckDB settings that lowered queries rely on.
func Settings() []string {
	return []string{
		"SET TimeZone = 'UTC'",               // conversions between TIMESTAMP and TIMESTAMPTZ
		"SET Calendar = 'gregorian'",         // date arithmetic over TIMESTAMPTZ
		"SET default_collation = ''",         // binary order of text
		"SET ieee_floating_point_ops = true", // overflow to infinity is told apart from NULL
	}
}
