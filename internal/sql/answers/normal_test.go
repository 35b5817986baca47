package answers

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/normal"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// The plain form of a query is plain, has the same answer, columns and types,
// faults at the same places, and is the plain form of itself.
func TestPlainForm(t *testing.T) {
	e := newEngine(t)
	samples(t, e)
	files, _ := filepath.Glob("testdata/*.txt")
	tried, refused := 0, 0
	for _, path := range files {
		for _, c := range readExamples(t, path) {
			res, err := bindText(e, c.query)
			if err != nil {
				continue
			}
			tried++
			plain, err := normal.Query(res)
			if err != nil {
				refused++
				if f := fault.All(err)[0]; f.Code != fault.Unsupported || f.Pos.Line == 0 {
					t.Errorf("%s:%d refused with %#v", path, c.line, f)
				}
				continue
			}
			if faults := e.plainFaults(res, plain.Query); len(faults) > 0 {
				t.Errorf("%s:%d %s\nplain form: %s\n%s", path, c.line, c.query, print.Redshift(plain.Query), strings.Join(faults, "\n"))
			}
			if got := e.answer(plain.Query, c.query); !matches(got, c.want) {
				t.Errorf("%s:%d %s\nplain form: %s\n got %s\nwant %s", path, c.line, c.query, print.Redshift(plain.Query),
					strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
			}
		}
	}
	if tried < 500 || refused > 15 {
		t.Errorf("%d of %d queries have no plain form", refused, tried)
	}
}

// plainFaults are the ways in which a query is not the plain form of another.
func (e *engine) plainFaults(res *bind.Result, plain *ast.Query) []string {
	faults := sqltest.NotPlain(plain)
	again, err := bindText(e, print.Redshift(plain))
	if err != nil {
		return append(faults, err.Error())
	}
	if !slices.Equal(again.Columns, res.Columns) {
		faults = append(faults, "other columns than the query")
	}
	if twice, err := normal.Query(again); err != nil || !ast.Equal(twice.Query, again.Query) {
		faults = append(faults, "it is not the plain form of itself")
	}
	return faults
}

// answer runs a tree that stands for a text.
func (e *engine) answer(q *ast.Query, text string) []string {
	res, err := bind.Bind(q, e.catalog, bind.Options{Text: text})
	if err == nil {
		q, err = lower.DuckDB(res, lower.Options{Now: now})
	}
	var rows []string
	if err == nil {
		rows, err = e.query(print.DuckDB(q), res.Columns)
	}
	if err != nil {
		return []string{"error: " + err.Error()}
	}
	return rows
}
