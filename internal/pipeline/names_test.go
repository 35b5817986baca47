package pipeline_test

import (
	"testing"

	"github.com/atolldata/atoll/internal/pipeline"
)

// handed is a project whose name s.foo is now a table's and now a model's.
const (
	handed = `
-- atoll.yaml --
name: handed
` + asModel + `
-- models/b/r.sql --
SELECT COUNT(*) AS n, MAX(id) AS most FROM s.foo
-- models/b/above.sql --
SELECT n FROM b.r
-- data/t/1.json --
{"id": 1}
-- data/foo/1.json --
{"id": 99}
`
	handedSource = `
-- sources/s.yaml --
source: s
type: files
url: file://data/
tables:
  t: {match: 't/*.json', format: json, columns: {id: bigint}}
`
	asModel = handedSource + "-- models/s/foo.sql --\nSELECT id + 5 AS id FROM s.t\n"
	asTable = handedSource + "  foo: {match: 'foo/*.json', format: json, columns: {id: bigint}}\n"
)

// A table may take the name of a model, and a model that of a table: what there was of
// that name goes, who reads it is built anew, and a table that comes back has its rows.
func TestNamesPassFromTablesToModelsAndBack(t *testing.T) {
	f := newFolder(t, handed)
	tick := func(files, foo, read string) {
		t.Helper()
		f.write(files)
		f.tick(always, pipeline.RunOptions{})
		f.expect(f.query(`SELECT id FROM s.foo ORDER BY 1`), foo)
		f.expect(f.query(`SELECT r.n, r.most, a.n FROM b.r r, b.above a`), read)
	}
	table := func() {
		t.Helper()
		f.remove("models/s/foo.sql")
		tick(asTable, "99", "1 99 1")
	}
	model := func(foo, read string) {
		t.Helper()
		f.write(asModel)
		tick("", foo, read)
		f.expect(f.query(`SELECT count(*) FROM atoll.tables WHERE table_name = 's.foo'`), "0")
	}
	tick("", "6", "1 6 1")
	table()
	f.expect(f.query(`SELECT count(*) FROM atoll.views WHERE view_name = 's.foo'`), "0")
	model("6", "1 6 1")
	tick("-- data/t/2.json --\n{\"id\": 2}\n", "6\n7", "2 7 2")
	tick("-- data/t/3.json --\n{\"id\": 3}\n", "6\n7\n8", "3 8 3")
	f.expect(f.verify(10, "*.*"), "s.foo equal 0 0\nb.r equal 0 0\nb.above equal 0 0")
	table()
	f.write("-- data/foo/2.json --\n{\"id\": 100}\n")
	tick("", "99\n100", "2 100 2")
	f.expect(f.verify(10, "b.*"), "b.r equal 0 0\nb.above equal 0 0")
}

// A model that does not run leaves nothing of the table whose name it has.
func TestAFailingModelTakesTheNameOfATable(t *testing.T) {
	f := newFolder(t, handed)
	f.remove("models/s/foo.sql")
	f.write(asTable)
	f.run(pipeline.RunOptions{})
	f.write(asModel + "-- models/s/foo.sql --\nSELECT 1 / (id - 1) AS id FROM s.t\n")
	for range 2 {
		if r := f.run(pipeline.RunOptions{}); viewStateOf(r)["s.foo"] != pipeline.ViewFailed || viewStateOf(r)["b.r"] != pipeline.ViewBlocked {
			t.Errorf("the views: %+v", r.Views)
		}
	}
	f.write(asModel)
	f.tick(always, pipeline.RunOptions{})
	f.expect(f.query(`SELECT r.n, r.most, a.n FROM b.r r, b.above a`), "1 6 1")
}

// Nor does a copy of the warehouse from before hold it up, which catches up with a table
// where it has a view.
func TestAnOlderCopyHasAViewOfTheTablesName(t *testing.T) {
	f := newFolder(t, handed)
	f.tick(always, pipeline.RunOptions{})
	putBack(t, f, func() {
		f.remove("models/s/foo.sql")
		f.write(asTable)
		f.tick(always, pipeline.RunOptions{})
	})
	f.tick(always, pipeline.RunOptions{})
	f.expect(f.query(`SELECT r.n, r.most, a.n FROM b.r r, b.above a`), "1 99 1")
}

// Nor one from when the table was gone: it is loaded again as a whole.
func TestAnOlderCopyIsFromWhenTheTableWasGone(t *testing.T) {
	for _, more := range []string{"", "-- data/foo/2.json --\n{\"id\": 100}\n"} {
		f := newFolder(t, handed)
		f.remove("models/s/foo.sql")
		f.write(asTable)
		f.tick(always, pipeline.RunOptions{})
		f.write(asModel)
		f.tick(always, pipeline.RunOptions{})
		putBack(t, f, func() {
			f.remove("models/s/foo.sql")
			f.write(asTable + more)
			f.tick(always, pipeline.RunOptions{})
		})
		f.tick(always, pipeline.RunOptions{})
		want := "99"
		if more != "" {
			want = "99\n100"
		}
		f.expect(f.query(`SELECT id FROM s.foo ORDER BY 1`), want)
		f.expect(f.query(`SELECT count(*) = r.n FROM s.foo, b.r r GROUP BY r.n`), "true")
	}
}

// A tick that leaves the model out leaves the table.
func TestAModelThatIsNotSelectedLeavesTheTableOfItsName(t *testing.T) {
	f := newFolder(t, handed)
	f.remove("models/s/foo.sql")
	f.write(asTable)
	f.tick(always, pipeline.RunOptions{})
	f.write(asModel)
	f.run(pipeline.RunOptions{Select: "s.t"})
	f.expect(f.query(`SELECT id FROM s.foo`), "99")
	f.tick(always, pipeline.RunOptions{})
	f.expect(f.query(`SELECT id FROM s.foo`), "6")
}
