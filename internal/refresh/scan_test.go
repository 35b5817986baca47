package refresh

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

const (
	groupRows = 122_880        // that the engine reads or skips together
	history   = 12 * groupRows // rows of each table before the first tick
	tickRows  = 100            // rows that a tick brings to each table
)

// messages are two tables of as many rows, and views of each kind over them.
var messages = fstest.MapFS{
	"atoll.yaml": {Data: []byte("name: messages\n")},
	"sources/sms.yaml": {Data: []byte(`
source: sms
type: files
url: file://data/
tables:
  sends:    {match: 's*.json', format: json, columns: {id: bigint, person: bigint, cost: integer, moment: timestamp}}
  receipts: {match: 'r*.json', format: json, columns: {send: bigint, state: varchar(10)}}
`)},
	"models/v/joined.sql": {Data: []byte("SELECT s.id, s.person, r.state FROM sms.sends s JOIN sms.receipts r ON r.send = s.id WHERE r.state <> 'sent'")},
	"models/v/failed.sql": {Data: []byte("SELECT s.id, s.moment FROM sms.sends s WHERE EXISTS (SELECT 1 FROM sms.receipts r WHERE r.send = s.id AND r.state = 'failed')")},
	"models/v/merged.sql": {Data: []byte("SELECT send, COUNT(*) AS receipts, MAX(state) AS last FROM sms.receipts GROUP BY send")},
	"models/v/keyed.sql":  {Data: []byte("SELECT id, person, ROW_NUMBER() OVER (PARTITION BY person ORDER BY moment, id) AS n FROM sms.sends")},
	"models/v/visits.sql": {Data: []byte("/* @kind sessions\n@partition-by person\n@order-by moment\n@gap 10s */ SELECT id, person, moment FROM sms.sends")},
}

// finds is how often a refresh of each view looks rows up: of the inputs by what
// changed in the others, and of the view those that are replaced.
var finds = map[string]int64{
	"joined": 2, // sends, receipts
	"failed": 3, // receipts, sends, and the receipts of all these sends
	"merged": 1, // groups
	"keyed":  2, // view, sends
	"visits": 2, // spans near the rows, spans that change
}

// scans is a warehouse with tables and views, that counts the rows which are scanned.
type scans struct {
	*testing.T
	warehouse.Warehouse
	sends, receipts *compile.Node
	views           []*view.Program
	version         int64
	tx              warehouse.Tx
}

func (s *scans) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// newScans opens a warehouse whose engine logs each statement and its profile, and
// plans the views of a project with messages.
func newScans(t *testing.T, files fs.FS) *scans {
	t.Helper()
	profiled := []string{
		"SET enable_profiling = 'no_output'",
		`SET custom_profiling_settings = '{"CUMULATIVE_ROWS_SCANNED": "true"}'`,
		"CALL enable_logging(['Metrics', 'QueryLog'], storage = 'memory')",
	}
	s := &scans{T: t}
	var err error
	// More threads write more row groups side by side, of which each holds a wider range.
	s.Warehouse, err = duckdb.Open(t.Context(), duckdb.Options{Threads: 2, Settings: lower.Settings(), Prelude: slices.Concat(lower.Prelude(), profiled), Functions: scalar.All()})
	s.must(err)
	t.Cleanup(func() { s.must(s.Close()) })
	p, err := project.LoadFS(files)
	s.must(err)
	g, err := compile.Compile(p)
	s.must(err)
	for _, n := range g.Nodes {
		switch {
		case n.Kind == compile.View:
			program, err := view.ProgramOf(n)
			s.must(err)
			s.views = append(s.views, program)
		case n.Name.Name == "sends":
			s.sends = n
		default:
			s.receipts = n
		}
	}
	return s
}

// commit does something in a transaction of the next version, and commits it.
func (s *scans) commit(do func()) {
	s.Helper()
	var err error
	s.tx, err = s.Begin(s.Context())
	s.must(err)
	defer s.tx.Rollback()
	s.version++
	do()
	s.must(s.tx.Commit(s.Context()))
}

// scanned is how many rows the statements read that something runs. Those that count
// the rows of a table, or delete rows by their places alone, read no column of it and
// are left out.
func (s *scans) scanned(do func()) int64 {
	s.Helper()
	s.must(s.tx.SQL().Exec(s.Context(), "CALL truncate_duckdb_logs()"))
	do()
	rows, err := warehouse.Number(s.Context(), s.tx.SQL(), `
		SELECT CAST(sum(CAST(m.value AS BIGINT)) AS BIGINT)
		FROM duckdb_logs_parsed('Metrics') AS m JOIN duckdb_logs_parsed('QueryLog') AS q USING (context_id)
		WHERE m.metric = 'CUMULATIVE_ROWS_SCANNED'
			AND NOT (starts_with(q.message, 'SELECT count(*) FROM ') AND NOT contains(q.message, ' WHERE '))
			AND NOT (starts_with(q.message, 'DELETE FROM ') AND contains(q.message, ' WHERE rowid IN '))`)
	s.must(err)
	return rows
}

// bring builds a table of a query's rows, or has them come to it.
func (s *scans) bring(to *compile.Node, rows string) {
	s.Helper()
	if s.version == 1 {
		_, err := s.tx.Refresh(s.Context(), warehouse.View{Name: to.Name, Columns: to.Shape.Columns, Query: rows, Version: s.version})
		s.must(err)
		s.must(s.tx.Track(s.Context(), to.Name))
		return
	}
	delta, names := to.Name.String()+" come", (&schema.Table{Columns: to.Shape.Columns}).ColumnNames()
	_, err := s.tx.Work(s.Context(), delta, fmt.Sprintf("SELECT *, 1 AS _w FROM (%s) AS r(%s)", rows, strings.Join(names, ", ")))
	s.must(err)
	_, _, err = s.tx.Apply(s.Context(), warehouse.Apply{To: to.Name, Delta: delta, Version: s.version})
	s.must(err)
}

// come brings the rows first, first+1, ... to both tables. Their key is an expression
// of their number i; two sends that follow each other go to one person.
func (s *scans) come(key string, first, rows int) {
	s.Helper()
	from := " FROM (SELECT i, " + key + fmt.Sprintf(" AS n FROM range(%d, %d) AS r(i))", first, first+rows)
	s.bring(s.sends, "SELECT n, n // 2, 1 + i % 3, make_timestamp(1700000000000000 + 1000000 * CASE WHEN n < 1000000000 THEN n ELSE i END)"+from)
	s.bring(s.receipts, "SELECT n, CASE i % 3 WHEN 0 THEN 'sent' WHEN 1 THEN 'failed' ELSE 'delivered' END"+from)
}

// job is a refresh of a view by the changes of this version.
func (s *scans) job(program *view.Program) Job {
	label := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	job := Job{Program: program, Version: s.version, Label: label, Before: label, Windows: map[schema.Name]Window{}}
	for _, in := range program.Inputs {
		job.Windows[in.Name] = Window{After: s.version - 1, To: s.version}
	}
	return job
}

// refreshed refreshes all views from what changed, as one tick, and checks how many
// rows each refresh reads: for each lookup up to some, and of each input what came
// last. What an earlier view has looked up is not read again.
func (s *scans) refreshed(what string, lookup int64) {
	s.Helper()
	var jobs []Job
	for _, program := range s.views {
		jobs = append(jobs, s.job(program))
	}
	tick := Begin(s.tx, jobs)
	for _, job := range jobs {
		program := job.Program
		name := program.Node.Name.Name
		rows := s.scanned(func() {
			done, err := tick.FromChanges(s.Context(), job)
			s.must(err)
			if done.Delta == 0 || !done.Changed {
				s.Errorf("%s: %s takes %d rows in, and changed is %t", what, name, done.Delta, done.Changed)
			}
		})
		const working = 20_000 // rows of working tables
		most := finds[name]*lookup + int64(len(program.Inputs))*groupRows + working
		if program.Top().Kind == view.SessionsKind {
			// Sessions are found by time, and rows come in its order. The lengths that they
			// are sorted into are a column, which is read as a whole.
			spans, err := s.tx.Size(s.Context(), view.SessionsOf(program.Node).Spans)
			s.must(err)
			most = finds[name]*min(lookup, 3*groupRows) + groupRows + spans + working
		}
		if rows > most {
			s.Errorf("%s: %s reads %d rows, more than %d", what, name, rows, most)
		}
	}
}

// built builds tables and views, and checks that recomputing reads a table at least.
func (s *scans) built(key string) {
	s.Helper()
	s.commit(func() {
		s.come(key, 0, history)
		tick := Begin(s.tx, nil)
		for _, program := range s.views {
			rows := s.scanned(func() {
				_, err := tick.FromAll(s.Context(), s.job(program), false)
				s.must(err)
			})
			if rows < history {
				s.Errorf("building %s reads %d rows of %d", program.Node.Name, rows, history)
			}
		}
	})
}

// Where keys grow with time, or nearly so, a refresh of any kind reads for each lookup
// the row groups that the keys lie in, and one more where it samples a table: not the
// tables, however long they are.
func TestRowsScannedInOrder(t *testing.T) {
	s := newScans(t, messages)
	s.built(fmt.Sprintf("CASE WHEN i %% 100 = 7 THEN greatest(0, i - CAST(hash(i) %% %d AS BIGINT)) ELSE i END", history/10))
	s.commit(func() {
		s.come("i", history, tickRows)
		s.refreshed("in order", 2*groupRows)
	})
	s.commit(func() {
		s.come(fmt.Sprintf("CASE WHEN i %% 100 = 7 THEN i - %d ELSE i END", history/10), history+tickRows, tickRows)
		s.refreshed("one late", 3*groupRows)
	})
}

// Where keys are in no order, it reads the column of the keys once for each lookup,
// and of the row groups that hold one the rows.
func TestRowsScannedInNoOrder(t *testing.T) {
	s := newScans(t, messages)
	const key = "1000000000 + CAST(hash(i) % 1000000000 AS BIGINT)"
	s.built(key)
	s.commit(func() {
		s.come(key, history, tickRows)
		s.refreshed("no order", 2*history)
	})
}

// The first few rows of each key are brought up to date without those that were there, as
// long as none leaves: where keys are in no order, only the view's own are looked up.
func TestFirstRowsReadTheirOwn(t *testing.T) {
	s := newScans(t, oneView("SELECT send, state FROM sms.receipts QUALIFY ROW_NUMBER() OVER (PARTITION BY send ORDER BY state DESC) = 1"))
	s.built("CAST(hash(i) % 1000000000 AS BIGINT)")
	s.commit(func() {
		s.come("CAST(hash(i - 50) % 1000000000 AS BIGINT)", history, tickRows)
		rows := s.scanned(func() {
			_, err := Begin(s.tx, nil).FromChanges(s.Context(), s.job(s.views[0]))
			s.must(err)
		})
		if most := int64(history + 2*groupRows + 20_000); rows < history || rows > most {
			s.Errorf("%d rows are read, more than %d, or fewer than the view's", rows, most)
		}
	})
}

// TestFirstRowsAreNotForeseen: others do not look up the rows of an input for the view of
// the first few, which needs none of them as a rule.
func TestFirstRowsAreNotForeseen(t *testing.T) {
	for query, want := range map[string]int{
		"SELECT send, state FROM sms.receipts QUALIFY ROW_NUMBER() OVER (PARTITION BY send ORDER BY state) = 1": 0,
		"SELECT send, state FROM sms.receipts QUALIFY ROW_NUMBER() OVER (PARTITION BY send ORDER BY state) = 2": 1,
	} {
		s := newScans(t, oneView(query))
		if got := view.Lookups(s.views); len(got) != want {
			s.Errorf("%s: %d columns are expected to be looked up, want %d", query, len(got), want)
		}
	}
}

// TestTiesReadWhatIsUsed: of the columns that break ties in a window those behind the last
// one that is asked for are not read; with two windows, all are.
func TestTiesReadWhatIsUsed(t *testing.T) {
	const number = "ROW_NUMBER() OVER (PARTITION BY id ORDER BY "
	for query, want := range map[string][]string{
		"SELECT id, person FROM sms.sends QUALIFY " + number + "person) = 1":                    {"id", "person"},
		"SELECT id, cost FROM sms.sends QUALIFY " + number + "person) = 1":                      {"id", "person", "cost"},
		"SELECT id, " + number + "person) AS a, " + number + "person DESC) AS b FROM sms.sends": {"id", "person", "cost", "moment"},
	} {
		s := newScans(t, oneView(query))
		if got := s.views[0].Inputs[0].Used(); !slices.Equal(got, want) {
			s.Errorf("%s reads %q, want %q", query, got, want)
		}
	}
}

// oneView is the messages with one view instead of theirs.
func oneView(query string) fs.FS {
	files := maps.Clone(messages)
	maps.DeleteFunc(files, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, "models/") })
	files["models/v/one.sql"] = &fstest.MapFile{Data: []byte(query)}
	return files
}

// What has one row for each key is built to be found by it, if there are texts in it.
func TestKeysWithTexts(t *testing.T) {
	files := maps.Clone(messages)
	maps.DeleteFunc(files, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, "models/") })
	files["models/v/states.sql"] = &fstest.MapFile{Data: []byte("SELECT send, state, COUNT(*) AS n FROM sms.receipts GROUP BY send, state")}
	files["models/v/sums.sql"] = &fstest.MapFile{Data: []byte("SELECT send, COUNT(*) AS n FROM sms.receipts GROUP BY send")}
	files["models/v/first.sql"] = &fstest.MapFile{Data: []byte("SELECT send, state, ROW_NUMBER() OVER (PARTITION BY state ORDER BY send) AS n FROM sms.receipts")}
	s := newScans(t, files)
	s.commit(func() {
		s.come("i", 0, tickRows)
		tick := Begin(s.tx, nil)
		for _, program := range s.views {
			_, err := tick.FromAll(s.Context(), s.job(program), false)
			s.must(err)
		}
	})
	rows, err := s.SQL().Query(s.Context(), `SELECT table_name || ' ' || regexp_extract(column_name, '\[.*\]') FROM duckdb_columns() WHERE starts_with(column_name, '_hash ')`)
	s.must(err)
	defer rows.Close()
	var got []string
	for rows.Next() {
		var column string
		s.must(rows.Scan(&column))
		got = append(got, column)
	}
	s.must(rows.Err())
	if want := []string{`v.states@1 ["send","state"]`}; !slices.Equal(got, want) {
		t.Errorf("hashes of %q, want %q", got, want)
	}
}
