package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/portable"
)

// sessionsQuery adds session ids to the rows of a query, in the engine's words.
// Its parts are: the query's columns, the partition (with a leading comma), the
// time, the gap, the text that a session is hashed from, the id's name.
//
// Rows without a time form a part of their own, so that they neither begin nor
// join a session. The frame that finds a session's first time is of kind RANGE:
// rows of equal time see each other, so that ties get one answer.
const sessionsQuery = `
WITH atoll_rows AS (SELECT 1),
atoll_starts AS (
  SELECT %[1]s,
    CASE WHEN lag(%[3]s) OVER (PARTITION BY %[3]s IS NULL%[2]s ORDER BY %[3]s) >= %[3]s - INTERVAL '%[4]s' THEN NULL ELSE %[3]s END AS _start
  FROM atoll_rows
),
atoll_sessions AS (
  SELECT %[1]s, max(_start) OVER (PARTITION BY %[3]s IS NULL%[2]s ORDER BY %[3]s RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS _first
  FROM atoll_starts
)
SELECT %[1]s, CASE WHEN %[3]s IS NOT NULL THEN md5(%[5]s) END AS %[6]s
FROM atoll_sessions`

// epochMicros is a time in microseconds since 1970, as each engine says it.
// Redshift is not here: it has no frames of kind RANGE.
var epochMicros = map[portable.Engine]string{
	portable.DuckDB:     "epoch_us(%s)",
	portable.PostgreSQL: "CAST(extract(epoch FROM %s) * 1000000 AS BIGINT)",
}

// withSessions wraps a lowered query of a model of kind sessions. A session's
// id is the MD5, as 32 hexadecimal digits, of its partition's values and its
// first time, so that it changes neither with other sessions nor when the lake
// is replayed.
func withSessions(q *ast.Query, s project.Sessions, columns []schema.Column, micros string) (*ast.Query, error) {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = identifier(c.Name)
	}
	var partition strings.Builder
	parts := make([]schema.Column, len(s.PartitionBy))
	for i, name := range s.PartitionBy {
		parts[i] = columns[columnIndex(columns, name)]
		partition.WriteString(", " + identifier(name))
	}
	text := fmt.Sprintf(sessionsQuery, strings.Join(names, ", "), partition.String(), identifier(s.OrderBy),
		gap(s.Gap), sessionText(parts, fmt.Sprintf(micros, "_first")), identifier(s.SessionID))
	out, err := parse.Query(text)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the sessions query does not parse")
	}
	out.With.CTEs[0].Query = q
	return out, nil
}

// sessionText is the text whose hash is a session's id: the values of its
// partition, in columns of these names and types, and its first time in microseconds.
func sessionText(partition []schema.Column, micros string) string {
	return partitionText(partition) + " || CAST(" + micros + " AS VARCHAR)"
}

// partitionText is a partition's values as one text, which no other partition has.
func partitionText(partition []schema.Column) string {
	parts := make([]string, len(partition))
	for i, c := range partition {
		parts[i] = hashed(c)
	}
	return strings.Join(parts, " || ")
}

// hashed is a partition value as it goes into the hash: NULL and every text
// have a form of their own, and no two lists of values the same concatenation.
// Zero with a sign is zero, as it is for PARTITION BY.
func hashed(c schema.Column) string {
	value := identifier(c.Name)
	if c.Type.Kind == schema.Real || c.Type.Kind == schema.Double {
		value = fmt.Sprintf("CASE WHEN %[1]s = 0 THEN 0 ELSE %[1]s END", value)
	}
	return fmt.Sprintf("CASE WHEN %[1]s IS NULL THEN 'n' ELSE 'v' || CAST(length(CAST(%[1]s AS VARCHAR)) AS VARCHAR) || ':' || CAST(%[1]s AS VARCHAR) END", value)
}

// columnIndex is the place of the column of a name, which compiling has made sure of.
func columnIndex(columns []schema.Column, name string) int {
	return slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == name })
}

// gap is a duration as an interval's text.
func gap(d time.Duration) string { return fmt.Sprintf("%d microseconds", d.Microseconds()) }
