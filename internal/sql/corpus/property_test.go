package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// A query that is plain PostgreSQL has the same answer from PostgreSQL, which is
// sent the text itself, as from the embedded engine, which is sent what was made
// of it.
func TestAnswersAreThoseOfPostgres(t *testing.T) {
	catalog := sqltest.NewCatalog(t,
		"public.l: id integer; n integer; w bigint; d decimal(8,2); t varchar(10); b boolean; y date; s timestamp",
		"public.r: rid integer; id integer; m integer; e decimal(6,3); u varchar(10); f boolean; z date")
	duck, postgres := newDuckDB(t, catalog), newPostgres(t, catalog)
	for _, rows := range drawnRows {
		if _, err := duck.ExecContext(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
		if _, err := postgres.Exec(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
	}
	drawn, answered := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		for range 2 {
			text := fill(rt, rapid.SampledFrom(queries).Draw(rt, "query"), rapid.IntRange(0, 3).Draw(rt, "depth"))
			want, err := postgresAnswer(t.Context(), postgres, text)
			if drawn++; err != nil {
				continue // the draw has no meaning there, or no answer
			}
			answered++
			q, err := parse.Query(text)
			if err != nil {
				rt.Fatalf("%v\n%s", err, text)
			}
			lowered, err := toDuckDB(q, catalog)
			if err != nil {
				rt.Fatalf("%v\n%s", err, text)
			}
			got, err := duckAnswer(t.Context(), duck, lowered)
			if err != nil {
				rt.Fatalf("%v\n%s\n%s", err, text, lowered)
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("%s\nis in PostgreSQL\n  %s\nand here\n  %s\nby\n%s",
					text, strings.Join(want, "\n  "), strings.Join(got, "\n  "), lowered)
			}
		}
	})
	if answered*10 < drawn*9 {
		t.Errorf("PostgreSQL answers %d of %d queries", answered, drawn)
	}
}

// drawnRows fill the tables of the drawn queries.
var drawnRows = []string{
	`INSERT INTO public.l VALUES
		(1, 5, 50, 1.50, 'abc', true, '2026-01-31', '2026-01-31 10:20:30'), (2, -3, 7, -2.25, 'b', false, '2024-02-29', '2024-02-29 23:59:59'),
		(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (4, 5, 50, 1.50, 'abc', true, '2026-01-31', '2026-01-31 10:20:30'),
		(5, 0, -1, 0.00, '', false, '1999-12-31', '1999-12-31 00:00:00'), (6, 17, 3000000000, 99.99, 'Über', NULL, '2026-12-28', '2026-12-28 12:00:00'),
		(7, -8, NULL, 2.50, 'a%c', true, NULL, NULL), (8, NULL, 12, -2.50, 'ABC', false, '2025-06-15', NULL)`,
	`INSERT INTO public.r VALUES
		(1, 1, 5, 1.500, 'abc', true, '2026-01-31'), (2, 1, 2, -0.125, 'z', false, '2026-02-01'), (3, 4, NULL, 7.000, NULL, NULL, NULL),
		(4, NULL, -3, NULL, 'b', true, '2024-02-29'), (5, 9, 17, 2.250, '', false, '2025-01-01'), (6, 2, 0, 99.990, 'ABC', true, '1999-12-31')`,
}

// The columns of each table and the literals, by class: N a whole number, D a
// decimal, T text, B a truth value, Y a date, S a timestamp.
var columns = map[string]map[string][]string{
	"l": {"N": {"l.id", "n", "w"}, "D": {"d"}, "T": {"t"}, "B": {"b"}, "Y": {"y"}, "S": {"s"}},
	"r": {"N": {"rid", "m", "r.id"}, "D": {"e"}, "T": {"u"}, "B": {"f"}, "Y": {"z"}, "S": {"CAST(z AS timestamp)"}},
}

var constants = map[string][]string{
	"N": {"0", "2", "-7", "CAST(NULL AS integer)"},
	"D": {"1.5", "0.25", "CAST(-2.5 AS decimal(6,2))"},
	"T": {"'abc'", "'b'", "''", "CAST(NULL AS varchar(5))"},
	"B": {"true", "false", "CAST(NULL AS boolean)"},
	"Y": {"DATE '2026-01-31'", "DATE '2024-02-29'"},
	"S": {"TIMESTAMP '2026-01-31 10:20:30'"},
}

// shapes are expressions of a class with parts: {N} is a whole number over the
// same columns.
var shapes = map[string][]string{
	"N": {
		"({N} + {N})", "({N} - {N})", "({N} * 3)", "({N} / nullif({N}, 0))", "({N} % nullif({N}, 0))", "-({N})", "abs({N})",
		"coalesce({N}, {N})", "nullif({N}, {N})", "greatest({N}, {N})", "least({N}, {N}, 4)", "CASE WHEN {B} THEN {N} ELSE {N} END",
		"CASE {N} WHEN {N} THEN {N} WHEN 5 THEN 1 END", "length({T})", "strpos({T}, {T})", "position('b' IN {T})", "ascii({T})", "({Y} - {Y})", "CAST({D} AS bigint)",
		"CAST({B} AS integer)", "CAST(extract(year FROM {Y}) AS integer)", "CAST(extract(dow FROM {S}) AS integer)", "CAST(date_part('week', {Y}) AS integer)", "octet_length({T})",
		"CAST(floor({D}) AS bigint)", "CAST(ceil({D}) AS bigint)", "mod({N}, 5)", "({N} & 6)", "({N} | 1)",
		"(SELECT max(m) FROM r WHERE {B})", "(SELECT count(*) FROM r WHERE r.id = {N})",
	},
	"D": {
		"({D} + {N})", "({D} - {D})", "({D} * 2)", "({D} * {N})", "-({D})", "abs({D})", "round({D}, 1)", "round({D})", "coalesce({D}, {D})", "nullif({D}, {D})",
		"CASE WHEN {B} THEN {D} ELSE {N} END", "CAST({N} AS decimal(18,2))", "CAST({D} AS decimal(12,1))", "greatest({D}, {D})", "trunc({D}, 1)",
	},
	"T": {
		"({T} || {T})", "({T} || CAST({N} AS varchar(12)))", "upper({T})", "lower({T})", "substring({T}, 2, 2)", "left({T}, 2)", "right({T}, 1)", "replace({T}, 'b', 'xy')",
		"coalesce({T}, {T})", "nullif({T}, {T})", "CASE WHEN {B} THEN {T} ELSE {T} END", "trim({T})", "btrim({T}, 'a')", "reverse({T})", "repeat({T}, 2)", "md5({T})",
		"lpad({T}, 4, '*')", "split_part({T}, 'b', 1)", "translate({T}, 'ab', 'x')", "initcap({T})", "to_char({S}, 'YYYY-MM-DD HH24:MI')", "greatest({T}, {T})", "CAST({Y} AS varchar(10))",
	},
	"B": {
		"({N} < {N})", "({D} >= {N})", "({T} = {T})", "({T} < {T})", "({Y} <> {Y})", "({S} > {Y})", "({B} AND {B})", "({B} OR {B})", "NOT ({B})", "({N} BETWEEN {N} AND {N})",
		"({N} NOT IN ({N}, 5))", "({T} IN ('abc', {T}))", "({T} LIKE 'a%')", "({T} NOT ILIKE '%B%')", "({T} LIKE 'a!%%' ESCAPE '!')", "({T} ~ '^[a-z]+$')", "({T} SIMILAR TO '(a|b)%')",
		"({N} IS NULL)", "({T} IS NOT NULL)", "({B} IS TRUE)", "({B} IS NOT FALSE)", "({B} IS UNKNOWN)", "({N} IS DISTINCT FROM {N})", "({T} IS NOT DISTINCT FROM {T})", "({B} = {B})",
		"CASE WHEN {B} THEN {B} END", "coalesce({B}, {B})", "({N} IN (SELECT m FROM r))", "({N} > ALL (SELECT rid FROM r WHERE f))", "({N} = ANY (SELECT m FROM r WHERE {B}))",
		"EXISTS (SELECT 1 FROM r WHERE r.id = {N} AND {B})", "(({N}, {T}) = ({N}, {T}))", "(({N}, {T}) IN (SELECT m, u FROM r))",
	},
	"Y": {"({Y} + CAST({N} % 30 AS integer))", "({Y} - 7)", "CAST({S} AS date)", "coalesce({Y}, {Y})", "CASE WHEN {B} THEN {Y} ELSE {Y} END", "least({Y}, {Y})"},
	"S": {"({S} + INTERVAL '1 hour')", "({S} - INTERVAL '1 month')", "date_trunc('month', {S})", "CAST({Y} AS timestamp)", "coalesce({S}, {S})", "({Y} + INTERVAL '90 minutes')"},
}

// queries are the shapes of queries; {l.X} is an expression of any class over the
// columns of l, {lr.N} a whole number over those of both tables.
var queries = []string{
	"SELECT {l.X} AS a, {l.X} AS b FROM l WHERE {l.B}",
	"SELECT DISTINCT {l.X} AS a, {l.B} AS b FROM l",
	"SELECT {l.N} AS a, id FROM l ORDER BY 1, 2 LIMIT 3",
	"SELECT {l.X} AS a, id FROM l ORDER BY a DESC, id LIMIT 4 OFFSET 1",
	"SELECT {l.T} AS a, id FROM l ORDER BY {l.X} NULLS FIRST, id DESC LIMIT 3",
	"SELECT {l.X} AS k, count(*) AS c, sum({l.N}) AS s, min({l.T}) AS x, max({l.D}) AS y FROM l GROUP BY 1",
	"SELECT {l.X} AS k, sum({l.D}) AS s, count(DISTINCT {l.X}) AS c, bool_or({l.B}) AS o FROM l WHERE {l.B} GROUP BY 1 HAVING count({l.X}) > 1",
	"SELECT count(*) AS c, sum({l.N}) AS s, max({l.Y}) AS y, bool_and({l.B}) AS a, count(DISTINCT {l.T}) AS d FROM l WHERE {l.B}",
	"SELECT b, t, count(*) AS c, sum({l.N}) AS s, grouping(b, t) AS g FROM l GROUP BY ROLLUP (b, t)",
	"SELECT b, y, max({l.N}) AS m FROM l GROUP BY CUBE (b, y) HAVING count(*) > 0",
	"SELECT b, t, count({l.X}) AS c FROM l GROUP BY GROUPING SETS ((b, t), (t), ())",
	"SELECT count(*) FILTER (WHERE {l.B}) AS c, sum({l.N}) FILTER (WHERE {l.B}) AS s FROM l",
	"SELECT l.id, {lr.X} AS x FROM l JOIN r ON r.id = l.id WHERE {lr.B}",
	"SELECT l.id, rid, {lr.X} AS x FROM l LEFT JOIN r ON r.id = l.id AND {l.N} > rid",
	"SELECT l.id, rid, {lr.X} AS x FROM l RIGHT JOIN r ON r.id = l.id WHERE {lr.B}",
	"SELECT l.id, rid, {lr.X} AS x FROM l FULL JOIN r ON r.id = l.id",
	"SELECT id, n, rid FROM l FULL JOIN r USING (id)",
	"SELECT id, t, u FROM l NATURAL LEFT JOIN r WHERE id > 1",
	"SELECT l.id, rid FROM l CROSS JOIN r WHERE {lr.B}",
	"SELECT l.id, rid FROM l, r WHERE {lr.N} = {lr.N} AND {l.B}",
	"SELECT l.id, c FROM l LEFT JOIN (SELECT id, count(*) AS c FROM r WHERE {r.B} GROUP BY id) x ON x.id = l.id",
	"SELECT {l.N} AS a, {l.T} AS b FROM l UNION SELECT {r.N}, {r.T} FROM r",
	"SELECT {l.N} AS a, {l.T} AS b FROM l UNION ALL SELECT {r.N}, {r.T} FROM r WHERE {r.B}",
	"SELECT {l.N} AS a FROM l INTERSECT SELECT {r.N} FROM r",
	"SELECT {l.T} AS a FROM l EXCEPT SELECT {r.T} FROM r",
	"SELECT {l.N} AS a FROM l UNION SELECT m FROM r INTERSECT SELECT {r.N} FROM r",
	"(SELECT {l.N} AS a FROM l EXCEPT ALL SELECT 2) UNION ALL (SELECT rid FROM r ORDER BY rid LIMIT 2) ORDER BY a",
	"WITH c AS (SELECT {l.X} AS k, {l.N} AS v FROM l WHERE {l.B}) SELECT k, sum(v) AS v FROM c GROUP BY k",
	"WITH c (k, v) AS (SELECT {l.T}, {l.D} FROM l) SELECT a.k, max(o.v) AS m FROM c a LEFT JOIN c o ON o.k = a.k GROUP BY a.k",
	"WITH RECURSIVE c (i, x) AS (SELECT 1, 0 UNION ALL SELECT i + 1, x + i FROM c WHERE i < 5) SELECT i, x, t FROM c LEFT JOIN l ON l.id = c.i AND n > {l.N}",
	"SELECT a, b FROM (SELECT {l.X} AS a, {l.N} AS b FROM l) x WHERE b IN (SELECT {r.N} FROM r)",
	"SELECT id, row_number() OVER (PARTITION BY {l.X} ORDER BY id) AS r, count(*) OVER (PARTITION BY {l.X}) AS c FROM l",
	"SELECT id, rank() OVER (ORDER BY {l.X}) AS r, dense_rank() OVER (PARTITION BY b ORDER BY {l.N} DESC) AS d FROM l",
	"SELECT id, lag({l.X}) OVER (ORDER BY id) AS a, lead({l.N}, 2) OVER (PARTITION BY b ORDER BY id DESC) AS z FROM l",
	"SELECT id, sum({l.N}) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s, max({l.T}) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS m FROM l",
	"SELECT id, first_value({l.X}) OVER w AS f, min({l.Y}) OVER w AS m FROM l WINDOW w AS (PARTITION BY b ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
	"SELECT t, sum({l.N}) AS s, rank() OVER (ORDER BY count(*) DESC, t) AS r FROM l GROUP BY t",
}

// fill replaces the parts of a query by drawn expressions.
func fill(t *rapid.T, shape string, depth int) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(shape, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		part, after, _ := strings.Cut(rest, "}")
		tables, class, _ := strings.Cut(part, ".")
		b.WriteString(drawExpr(t, tables, class, depth))
		shape = after
	}
}

// drawExpr draws an expression of a class over the columns of tables.
func drawExpr(t *rapid.T, tables, class string, depth int) string {
	if class == "X" {
		class = rapid.SampledFrom([]string{"N", "D", "T", "Y"}).Draw(t, "class")
	}
	if depth == 0 {
		leaves := slices.Clone(constants[class])
		for _, table := range tables {
			leaves = append(leaves, columns[string(table)][class]...)
		}
		return rapid.SampledFrom(leaves).Draw(t, class)
	}
	shape := rapid.SampledFrom(shapes[class]).Draw(t, class+" shape")
	return fill(t, strings.ReplaceAll(shape, "{", "{"+tables+"."), depth-1)
}

// duckAnswer and postgresAnswer are a query's rows as a bag: sorted lines.
func duckAnswer(ctx context.Context, conn *sql.Conn, text string) (lines []string, err error) {
	rows, err := conn.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values, targets := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		lines = append(lines, line(values))
	}
	slices.Sort(lines)
	return lines, rows.Err()
}

func postgresAnswer(ctx context.Context, conn *pgx.Conn, text string) (lines []string, err error) {
	rows, err := conn.Query(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return nil, err
		}
		lines = append(lines, line(values))
	}
	slices.Sort(lines)
	return lines, rows.Err()
}

// line writes a row; numbers of every type are written by their value alone.
func line(values []any) string {
	cells := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case duckdb.Decimal:
			cells[i] = number(v.Value, -int32(v.Scale))
		case pgtype.Numeric:
			cells[i] = number(v.Int, v.Exp)
		case float64:
			cells[i] = new(big.Rat).SetFloat64(v).RatString()
		case time.Time:
			cells[i] = v.UTC().Format(time.DateTime)
		default:
			cells[i] = fmt.Sprint(v)
		}
	}
	return strings.Join(cells, " | ")
}

// number is digits times ten to a power.
func number(digits *big.Int, exponent int32) string {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exponent, -exponent))), nil)
	if exponent >= 0 {
		return new(big.Rat).SetInt(new(big.Int).Mul(digits, power)).RatString()
	}
	return new(big.Rat).SetFrac(digits, power).RatString()
}
