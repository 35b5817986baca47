package answers

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
)

// The bounds that the cases keep: how many there are at least, and how many of
// them need Atoll for their answer.
const (
	leastCases     = 400
	leastDifferent = 150
)

// At least so many documented queries have another answer, or none, when their
// text goes to an engine that has the same tables and nothing of Atoll: no macros,
// no functions, no settings. These cases are what lowering is for.
func TestBareEngineDiffers(t *testing.T) {
	bare := newBareEngine(t)
	samples(t, bare)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases, different := 0, 0
	for _, path := range files {
		for _, c := range readExamples(t, path) {
			cases++
			if !bare.agrees(c) {
				different++
			}
		}
	}
	t.Logf("%d cases, of which the bare engine answers %d differently or not at all", cases, different)
	if cases < leastCases {
		t.Errorf("there are %d cases, less than %d", cases, leastCases)
	}
	if different < leastDifferent {
		t.Errorf("the bare engine answers all but %d cases as documented; %d need Atoll", different, leastDifferent)
	}
}

// newBareEngine is an engine as it comes.
func newBareEngine(t *testing.T) *engine {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	e := &engine{conn: conn, catalog: catalog{}}
	e.exec(t, "CREATE SCHEMA public")
	return e
}

// agrees reports that the engine gives a case's answer to its very text. Where an
// error is documented, any error will do, and of types only what the values show
// is compared.
func (e *engine) agrees(c example) bool {
	rows, err := e.conn.QueryContext(context.Background(), c.query)
	if err != nil {
		return isError(c.want)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return false
	}
	kinds := make([]schema.Type, len(columns))
	for i, column := range columns {
		for kind, name := range engineTypes {
			if name == column.DatabaseTypeName() && kind != schema.Char {
				kinds[i].Kind = kind
			}
		}
	}
	got, err := readRows(rows, kinds)
	if err != nil || isError(c.want) {
		return err != nil && isError(c.want)
	}
	return matches(got, c.want)
}

func isError(want []string) bool { return len(want) == 1 && strings.HasPrefix(want[0], "error: ") }
