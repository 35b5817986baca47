package warehousetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Open makes an empty warehouse that may read files below dir. The suite closes it.
type Open func(t *testing.T, dir string) warehouse.Warehouse

// test is a test of the suite.
type test struct {
	name string
	run  func(*world)
}

// Run runs the suite against warehouses that open makes, one for each test.
func Run(t *testing.T, open Open) {
	run(t, open, []test{
		{"a table holds its columns and rows", tableHoldsRows},
		{"creating a table again replaces it", createAgain},
		{"names may hold any character", oddNames},
		{"dropping", dropping},
		{"every type comes through json", jsonTypes},
		{"every type comes through csv", csvTypes},
		{"every type comes through parquet", parquetTypes},
		{"long and short texts come through", texts},
		{"the engine takes every super value that the decoder takes", superValues},
		{"times with zones and bytes come through", zonedTimes},
		{"rows say batch, file and row", rowNumbers},
		{"rejects are told and the rest loads", rejects},
		{"too many rejects turn a file away", tooManyRejects},
		{"a file of rejects is given up", endlessRejects},
		{"unreadable files are turned away, all of them at once", unreadable},
		{"parquet rows that do not fit are rejects", parquetRejects},
		{"parquet types convert where nothing is lost", parquetConversions},
		{"parquet files that do not fit are turned away, all of them at once", parquetTurnedAway},
		{"a damaged parquet file is told from the others", parquetDamaged},
		{"parquet files of the same form are loaded together", parquetTogether},
		{"many files and blocks", manyFiles},
		{"an empty load", emptyLoad},
		{"progress adds up", progress},
		{"a cancelled load stops", cancelledLoad},
		{"deleting the rows of files", deleteFiles},
		{"a refreshed view holds its query's rows", refresh},
		{"a view is switched between two states", refreshUnderReaders},
		{"a failed refresh is the view's, and ends the transaction", refreshFails},
		{"rolling back leaves nothing", rollback},
		{"commit after an error is refused", commitAfterError},
		{"a transaction ends once", endsOnce},
		{"one writer at a time", oneWriter},
		{"Atoll's own tables", ledger},
		{"the states of tables, views and cursors", states},
		{"the values of Atoll's own tables", ownValues},
		{"values of a query", values},
		{"a cancelled query stops", cancelledQuery},
	})
	RunDeltas(t, open)
}

// RunDeltas runs the part of the suite that is about changes.
func RunDeltas(t *testing.T, open Open) {
	run(t, open, []test{
		{"changes and states between versions", changesBetween},
		{"a state outlasts a change", stateOutlastsChange},
		{"changes are applied", applying},
		{"what comes and leaves at one version leaves no trace", sameVersion},
		{"changes that do not fit are faults", applyMisfits},
		{"rows are overwritten where they were found", overwriting},
		{"rows are overwritten more than once in a transaction", overwritingAgain},
		{"what was overwritten is read in the same transaction", overwritingRead},
		{"existence is asked again and again", existenceAgain},
		{"what is not tracked is overwritten", overwritingUntracked},
		{"NaN is overwritten as one value, and others in their types", overwritingTypes},
		{"rows that are there once are overwritten", overwritingUnique},
		{"rows to overwrite that are gone are faults", overwritingGone},
		{"pending changes are counted", pendingChanges},
		{"dropped stages leave the views", droppedStages},
		{"what left is forgotten up to a version", pruning},
		{"what is not tracked keeps nothing", untracked},
		{"what is built anew is tracked still", builtAnew},
		{"a refresh by what differs", difference},
		{"stages and state columns are not seen", stages},
		{"columns of odd names change", oddColumns},
		{"raw tables change by batches and files", rawTables},
		{"working tables end with the transaction", workingTables},
		{"working views stand for what they name", workingViews},
		{"cancelled work ends the transaction", cancelledWork},
		{"unknown relations are faults", unknownRelations},
		{"rows are found by keys", rowsByKey},
		{"keys with NULLs in every way", manyNulls},
		{"keys may have other types", rowsByOtherTypes},
		{"rows are found as of a version", rowsAsOf},
		{"a table is prepared for lookups", seeking},
		{"a view is prepared for lookups", seekingViews},
		{"lookups that are none are faults", rowsMisused},
		{"values of every type change and are found", deltasOfTypes},
	})
}

// RunHistories changes views at random, and holds what is said about their past to
// a model.
func RunHistories(t *testing.T, open Open) {
	run(t, open, []test{{"changes lead from each state to each later one", histories}})
}

func run(t *testing.T, open Open, tests []test) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			w := &world{T: t, ctx: t.Context(), dir: dir, Warehouse: open(t, dir)}
			t.Cleanup(func() {
				if err := w.Close(); err != nil {
					t.Errorf("closing: %v", err)
				}
			})
			test.run(w)
		})
	}
}

// world is a warehouse under test.
type world struct {
	*testing.T
	warehouse.Warehouse
	ctx context.Context
	dir string
}

var sends = schema.Name{Schema: "smslogs", Name: "sends"}

// declare reads a table as a project declares it, from the lines below its name.
func (w *world) declare(text string) *project.Table {
	w.Helper()
	source := "source: smslogs\ntype: files\nurl: file://data/\ntables:\n  sends:\n    match: \"*\"\n"
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		source += "    " + strings.ReplaceAll(line, "\t", "  ") + "\n"
	}
	p, err := project.LoadFS(fstest.MapFS{
		"atoll.yaml":           {Data: []byte("name: test\n")},
		"sources/smslogs.yaml": {Data: []byte(source)},
	})
	if err != nil {
		w.Fatalf("declaring the table: %v", err)
	}
	return p.Sources[0].Tables[0]
}

// file writes a file to load.
func (w *world) file(id int32, name, content string) warehouse.LoadFile {
	w.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		w.Fatal(err)
	}
	return local(id, path)
}

// local is a file to load that is there already.
func local(id int32, path string) warehouse.LoadFile {
	size := int64(0)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	return warehouse.LoadFile{ID: id, URI: "file://" + path, Size: size, Local: func(context.Context) (string, func(), error) {
		return path, func() {}, nil
	}}
}

// begin begins a transaction, which is rolled back at the end if need be.
func (w *world) begin() warehouse.Tx {
	w.Helper()
	tx, err := w.Begin(w.ctx)
	if err != nil {
		w.Fatalf("beginning: %v", err)
	}
	w.Cleanup(func() { tx.Rollback() })
	return tx
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// load creates the table and loads files into it as batch 7, in a transaction
// that is committed.
func (w *world) load(table *project.Table, files ...warehouse.LoadFile) warehouse.LoadResult {
	w.Helper()
	tx := w.begin()
	w.must(tx.CreateTable(w.ctx, sends, table, nil))
	result, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: 7, Files: files})
	w.must(err)
	for _, f := range result.Files {
		if f.Err != nil {
			w.Fatalf("file %d was turned away: %v", f.ID, f.Err)
		}
	}
	w.must(tx.Commit(w.ctx))
	return result
}

// attempt creates the table and loads files into it in a transaction that is
// rolled back.
func (w *world) attempt(table *project.Table, files ...warehouse.LoadFile) warehouse.LoadResult {
	w.Helper()
	tx := w.begin()
	w.must(tx.CreateTable(w.ctx, sends, table, nil))
	result, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: 7, Files: files})
	w.must(err)
	w.must(tx.Rollback())
	return result
}

// rows runs a query and prints its rows, values separated by bars, NULL as null.
func (w *world) rows(text string) []string {
	w.Helper()
	rows, err := w.Query(w.ctx, text)
	w.must(err)
	return w.print(rows)
}

func (w *world) print(rows warehouse.Rows) []string {
	w.Helper()
	defer rows.Close()
	values, dest := make([]any, len(rows.Columns())), make([]any, len(rows.Columns()))
	for i := range values {
		dest[i] = &values[i]
	}
	var out []string
	for rows.Next() {
		w.must(rows.Scan(dest...))
		printed := make([]string, len(values))
		for i, v := range values {
			printed[i] = printValue(v)
		}
		out = append(out, strings.Join(printed, "|"))
	}
	w.must(rows.Err())
	return out
}

// want compares what a query returns, in any order.
func (w *world) want(text string, want ...string) {
	w.Helper()
	got := w.rows(text)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		w.Errorf("%s\n got: %s\nwant: %s", text, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

// wantFault checks that an error is a fault whose text has all the parts.
func (w *world) wantFault(err error, parts ...string) {
	w.Helper()
	if err == nil {
		w.Fatalf("no error; want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			w.Errorf("error %q\nlacks %q", err, part)
		}
	}
}

// lines joins records to a file's text.
func lines(records ...string) string { return strings.Join(records, "\n") + "\n" }

// columnText prints columns as "name type, ...".
func columnText(columns []schema.Column) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = fmt.Sprintf("%s %s", c.Name, c.Type)
	}
	return strings.Join(parts, ", ")
}
