package viewtest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// leastModels is how many queries of the corpus can be models.
const leastModels = 870

// Queries as people write them, those of the corpus, are kept up to date like drawn
// ones, over rows that are drawn for them.
func TestViewsOfTheCorpusAreTheirQueries(t *testing.T) {
	t.Parallel()
	queries := corpusQueries(t)
	if len(queries) < leastModels {
		t.Errorf("%d queries of the corpus can be models, want %d", len(queries), leastModels)
	}
	cases, failed := 0, 0
	draw := func(rt *rapid.T) *Case { return rapid.SampledFrom(queries).Draw(rt, "query").drawCase(rt) }
	checkDrawn(t, draw, func(c *Case, _ uint64) error {
		_, err := outcome(t, c)
		cases++
		if dataFails(err) {
			failed++
			return nil
		}
		return err
	})
	t.Logf("%d cases, %d with rows that a query fails on", cases, failed)
	if failed*10 > cases {
		t.Errorf("of %d cases %d have rows that a query fails on", cases, failed)
	}
}

// dataFails reports that a query, or a stage of it, cannot be computed of some rows.
func dataFails(err error) bool {
	return err != nil && slices.ContainsFunc(ofRows, func(text string) bool { return strings.Contains(err.Error(), text) })
}

// ofRows is what faults say that rows are to blame for.
var ofRows = []string{"stands for one value has several rows", "division by zero", "cannot take", "is not valid", "is not a valid", "invalid input",
	"invalid date", "invalid time", "invalid JSON", "JSON parsing error", "unknown time zone", "out of range", "more than 38 digits", "it must be", "must be greater"}

// corpusQuery is a query of the corpus, with the tables that it reads and words of it.
type corpusQuery struct {
	title, text string
	tables      []Table
	words       vocabulary
}

// vocabulary is what a query compares with: rows with the same may be chosen.
type vocabulary struct{ texts, numbers, attributes []string }

// corpusQueries are those queries of the corpus that can be models.
func corpusQueries(t *testing.T) (out []*corpusQuery) {
	paths, err := filepath.Glob("../sql/testdata/corpus/select_*.sql")
	if err != nil {
		t.Fatal(err)
	}
	catalog := sqltest.Samples(t)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		statements, err := parse.Statements(string(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			q, ok := s.(*ast.Query)
			if !ok {
				continue
			}
			line, _ := ast.LineColumn(string(data), s.Pos())
			if w := newCorpusQuery(q, catalog); w != nil {
				w.title = fmt.Sprintf("%s line %d", filepath.Base(path), line)
				out = append(out, w)
			}
		}
	}
	return out
}

// newCorpusQuery is nil for a query that cannot be a model.
func newCorpusQuery(q *ast.Query, catalog sqltest.Catalog) *corpusQuery {
	w := &corpusQuery{words: wordsOf(q)}
	options := bind.Options{Model: true, SearchPath: []string{"public", "web", "chat", "sms", "market", "support", "hr"}}
	res, err := bind.Bind(q, catalog, options)
	if err != nil {
		options.Model = false // it may be that names are missing
		if res, err = bind.Bind(q, catalog, options); err != nil {
			return nil
		}
	}
	w.text = print.Redshift(ast.Rewrite(q, func(old, now ast.Node) ast.Node {
		named, ok := now.(*ast.TableName)
		if !ok || res.Info.Items[old.(*ast.TableName)] == nil {
			return now
		}
		table := catalog[res.Info.Items[old.(*ast.TableName)].Relation]
		if table == nil {
			return now
		}
		name, full := inShop(table.Name), *named
		full.Name = ast.NewName(name.Schema, name.Name)
		if !slices.ContainsFunc(w.tables, func(t Table) bool { return t.Name == name }) {
			w.tables = append(w.tables, Table{name, table.Columns})
		}
		return &full
	}))
	if !options.Model {
		names := make([]string, len(res.Columns))
		for i := range names {
			names[i] = "c" + strconv.Itoa(i+1)
		}
		w.text = fmt.Sprintf("SELECT * FROM (%s) AS q(%s)", w.text, strings.Join(names, ", "))
	}
	if again, err := parse.Query(w.text); err != nil || !binds(again, w.tables) {
		return nil
	}
	return w
}

// binds reports a query that can be a model over tables, in a project.
func binds(q *ast.Query, tables []Table) bool {
	catalog := sqltest.Catalog{}
	for _, t := range tables {
		catalog[t.Name] = &schema.Table{Name: t.Name, Columns: t.Columns}
	}
	_, err := bind.Bind(q, catalog, bind.Options{Model: true})
	return err == nil
}

// inShop is a table's name in a project, which has no source "public".
func inShop(n schema.Name) schema.Name {
	if n.Schema == "public" {
		n.Schema = "shop"
	}
	return n
}

func wordsOf(q *ast.Query) (w vocabulary) {
	ast.Inspect(q, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StringLit:
			w.texts = append(w.texts, n.Value, strings.Trim(n.Value, "%"))
		case *ast.NumberLit:
			w.numbers = append(w.numbers, n.Text)
		case *ast.ColumnRef:
			for _, id := range n.Name[1:] {
				w.attributes = append(w.attributes, id.Name)
			}
		}
		return true
	})
	return w
}

// drawCase draws what happens to the query's tables.
func (w *corpusQuery) drawCase(t *rapid.T) *Case {
	c := newDrawn(t, w.title)
	c.Views = []View{{Name: schema.Name{Schema: "v", Name: "v1"}, SQL: w.text}}
	var tables []*drawnTable
	for _, table := range w.tables {
		d := &drawnTable{Table: table, mend: noLoops(table)}
		for _, column := range table.Columns {
			d.types = append(d.types, rawType{draw: w.words.values(column.Type)})
		}
		tables, c.Tables = append(tables, d), append(c.Tables, d.Table)
	}
	drawTicks(t, c, tables, func() []Step { return nil })
	return c
}

// parents are the columns that name a row's parent in a hierarchy, and those that name the row.
var parents = map[string]string{"manager_id": "staff_id", "parent_id": "seller_id", "referrer_id": "user_id"}

// noLoops keeps a hierarchy from having loops, in which a query would run for ever, and
// from having more than three levels: each has rows that are equal, and a row of the last
// has as many ways to the first as their numbers multiplied.
func noLoops(table Table) func(Row) {
	parent, child := 0, -1
	for i, c := range table.Columns {
		if of, ok := parents[c.Name]; ok {
			parent, child = i, slices.IndexFunc(table.Columns, func(c schema.Column) bool { return c.Name == of })
		}
	}
	if child < 0 {
		return nil
	}
	return func(row Row) {
		if n, err := strconv.Atoi(row[child].Text); err == nil && !row[parent].Null && n%3 != 1 {
			row[parent] = Text(strconv.Itoa(n - 1))
		} else {
			row[parent] = Null
		}
	}
}

// values draws values of a type, among them words of the query.
func (w vocabulary) values(typ schema.Type) func(*rapid.T) string {
	switch typ.Kind {
	case schema.SmallInt, schema.Integer, schema.BigInt:
		return oneOf(append([]string{"1", "2", "3", "0", "4"}, slices.DeleteFunc(slices.Clone(w.numbers), func(n string) bool {
			return strings.Trim(n, "0123456789") != "" || len(n) > 4
		})...)...)
	case schema.Decimal, schema.Real, schema.Double:
		return oneOf("1.5", "0.25", "1", "0", "2.5", "-1.25")
	case schema.Boolean:
		return oneOf("true", "false")
	case schema.Date:
		return func(t *rapid.T) string { return drawMoment(t)[:len(time.DateOnly)] }
	case schema.Time:
		return func(t *rapid.T) string { return drawMoment(t)[len("2006-01-02 "):] }
	case schema.Super:
		return func(t *rapid.T) string { return w.drawJSON(t, 2) }
	case schema.Char, schema.Varchar:
		return oneOf(append([]string{"a", "b", "A", "", "2"}, slices.DeleteFunc(slices.Clone(w.texts), func(text string) bool {
			return strings.ContainsAny(text, "\r\n") || len(text) > typ.Length || typ.Kind == schema.Char && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != ""
		})...)...)
	default:
		return drawMoment
	}
}

// drawJSON draws a value of the type SUPER, with objects and arrays up to so deep.
func (w vocabulary) drawJSON(t *rapid.T, depth int) string {
	switch kind := rapid.IntRange(0, 3).Draw(t, "kind"); {
	case depth > 0 && kind == 0:
		return "[" + w.drawJSON(t, depth-1) + ", " + w.drawJSON(t, depth-1) + "]"
	case depth > 0 && kind < 3:
		names := rapid.SliceOfNDistinct(rapid.SampledFrom(append([]string{"k"}, w.attributes...)), 1, 1+min(len(w.attributes), 3), rapid.ID).Draw(t, "attributes")
		for i, name := range names {
			names[i] = fmt.Sprintf("%q: %s", name, w.drawJSON(t, depth-1))
		}
		return "{" + strings.Join(names, ", ") + "}"
	}
	values := []string{"1", "2", "2.50", `"a"`, `"b"`, "true", "null", `"2026-03-01"`}
	for _, text := range w.texts {
		if !strings.ContainsAny(text, "\r\n") {
			values = append(values, strconv.Quote(text))
		}
	}
	return rapid.SampledFrom(values).Draw(t, "value")
}
