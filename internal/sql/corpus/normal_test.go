package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	plainform "github.com/atolldata/atoll/internal/sql/normal"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// Every query of the corpus has a plain form with the same columns, which is the
// plain form of itself and runs where the query does, but for those that the
// golden file lists with the reason.
func TestQueriesHaveAPlainForm(t *testing.T) {
	catalog := sqltest.Samples(t)
	conn := newDuckDB(t, catalog)
	var refused strings.Builder
	for _, s := range readCorpus(t) {
		for _, q := range s.queries() {
			res, err := bind.Bind(q, catalog, options)
			if err != nil {
				continue
			}
			plain, err := plainform.Query(res)
			if err != nil {
				if fault.CodeOf(err) != fault.Unsupported {
					t.Errorf("%s: %v\n%s", s, err, s.text)
				}
				fmt.Fprintf(&refused, "%s: %s\n    %s\n", s.file, oneLine(s.text), reason(err))
				continue
			}
			text := print.Redshift(plain.Query)
			for _, f := range append(sqltest.NotPlain(plain.Query), notTheSame(res, text, catalog)...) {
				t.Errorf("%s: %s\n%s\n%s", s, f, s.text, text)
			}
			if _, err := toDuckDB(q, catalog); err != nil {
				continue
			}
			lowered, err := toDuckDB(plain.Query, catalog)
			if err == nil {
				_, err = conn.PrepareContext(t.Context(), lowered)
			}
			if err != nil {
				t.Errorf("%s: %v\n%s\n%s", s, err, s.text, text)
			}
		}
	}
	sqltest.GoldenText(t, "testdata/no_plain_form.golden", refused.String())
}

// notTheSame lists how the plain form of a query differs from it, and from its
// own plain form.
func notTheSame(res *bind.Result, text string, catalog bind.Catalog) (faults []string) {
	q, err := parse.Query(text)
	if err != nil {
		return []string{err.Error()}
	}
	again, err := bind.Bind(q, catalog, options)
	if err != nil {
		return []string{err.Error()}
	}
	if !slices.Equal(again.Columns, res.Columns) {
		faults = append(faults, fmt.Sprintf("it has the columns %v, not %v", again.Columns, res.Columns))
	}
	if twice, err := plainform.Query(again); err != nil || !ast.Equal(twice.Query, q) {
		faults = append(faults, "it is not the plain form of itself")
	}
	return faults
}
