package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/schema"
)

// This file holds what Atoll's own tables have in common for their readers and
// writers: collecting rows, and inserting many at a time.

// insertRows is how many rows one INSERT takes.
const insertRows = 64

// Insert adds rows to one of Atoll's own tables. Each row has a value for each
// column.
func Insert(ctx context.Context, db SQL, table string, columns []string, rows [][]any) error {
	for part := range slices.Chunk(rows, insertRows) {
		var w written
		lists := make([]string, len(part))
		for i, r := range part {
			lists[i] = w.list(r)
		}
		text := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES " + strings.Join(lists, ", ")
		if err := db.Exec(ctx, text, w.args...); err != nil {
			return err
		}
	}
	return nil
}

// deleteKeys is how many keys one DELETE takes.
const deleteKeys = 512

// Delete removes the rows of one of Atoll's own tables whose column has one of
// the values.
func Delete(ctx context.Context, db SQL, table, column string, values []any) error {
	for part := range slices.Chunk(values, deleteKeys) {
		var w written
		if err := db.Exec(ctx, "DELETE FROM "+table+" WHERE "+column+" IN "+w.list(part), w.args...); err != nil {
			return err
		}
	}
	return nil
}

// written writes values into a statement's text: engines plan a statement with
// many parameters several times slower. What a literal cannot hold is a parameter.
type written struct{ args []any }

// list writes values in parentheses.
func (w *written) list(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		text, ok := literal(v)
		if !ok {
			text, w.args = "?", append(w.args, v)
		}
		texts[i] = text
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

// maxLiteral is how long a text in a statement is at most, in bytes.
const maxLiteral = 4096

// literal writes a value as SQL; ok is false for one that has to be a parameter.
func literal(v any) (text string, ok bool) {
	switch v := v.(type) {
	case nil:
		return "NULL", true
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'", len(v) <= maxLiteral && utf8.ValidString(v) && !strings.ContainsRune(v, 0)
	case int, int32, int64:
		return fmt.Sprint(v), true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'e', -1, 64), !math.IsNaN(v) && !math.IsInf(v, 0)
	case time.Time:
		return "TIMESTAMP '" + v.UTC().Format("2006-01-02 15:04:05.000000") + "'", v.Year() > 0 && v.Year() < 10_000
	case *time.Time:
		if v == nil {
			return "NULL", true
		}
		return literal(*v)
	}
	return "", false
}

// Replace adds rows to one of Atoll's own tables in place of those with the same
// keys. The first column is the key.
func Replace(ctx context.Context, db SQL, table string, columns []string, rows [][]any) error {
	keys := make([]any, len(rows))
	for i, r := range rows {
		keys[i] = r[0]
	}
	if err := Delete(ctx, db, table, columns[0], keys); err != nil {
		return err
	}
	return Insert(ctx, db, table, columns, rows)
}

// Collect reads all rows of a query over Atoll's own tables, each with scan.
func Collect[T any](ctx context.Context, db SQL, scan func(Rows) (T, error), text string, args ...any) ([]T, error) {
	rows, err := db.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// Number reads a query's one number; NULL and no row are 0.
func Number(ctx context.Context, db SQL, text string, args ...any) (int64, error) {
	all, err := Collect(ctx, db, func(r Rows) (int64, error) {
		var n *int64
		if err := r.Scan(&n); err != nil || n == nil {
			return 0, err
		}
		return *n, nil
	}, text, args...)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0], nil
}

// TableState is a row of atoll.tables.
type TableState struct {
	Name       schema.Name
	Shape      string // as ShapeText makes it
	Rows       int64
	Label      time.Time // zero before the first
	ChangedRun int64
	Error      string
	BuiltRun   int64 // in which it was created anew; what its readers know of it before is void
}

// TableStates reads atoll.tables.
func TableStates(ctx context.Context, db SQL) (map[schema.Name]TableState, error) {
	list, err := Collect(ctx, db, func(r Rows) (t TableState, err error) {
		var name string
		var label *time.Time
		err = r.Scan(&name, &t.Shape, &t.Rows, &label, &t.ChangedRun, &t.Error, &t.BuiltRun)
		t.Name, _ = schema.ParseName(name)
		t.Label = orZero(label)
		return t, err
	}, `SELECT table_name, shape, rows_held, label, changed_run, error, coalesce(built_run, 0) FROM atoll.tables`)
	out := map[schema.Name]TableState{}
	for _, t := range list {
		out[t.Name] = t
	}
	return out, err
}

// PutTables replaces tables' rows in atoll.tables.
func PutTables(ctx context.Context, db SQL, tables []TableState) error {
	rows := make([][]any, len(tables))
	for i, t := range tables {
		rows[i] = []any{t.Name.String(), t.Shape, t.Rows, orNull(t.Label), t.ChangedRun, t.Error, t.BuiltRun}
	}
	return Replace(ctx, db, "atoll.tables", []string{"table_name", "shape", "rows_held", "label", "changed_run", "error", "built_run"}, rows)
}

// ViewState is a row of atoll.views.
type ViewState struct {
	Name        schema.Name
	State       string
	Model       string          // SHA-256 of the model file that was deployed
	Fingerprint string          // of what the view was built from
	Columns     []schema.Column // that it holds; none before the first refresh
	Label       time.Time
	Refreshed   time.Time
	Seconds     float64
	Rows        int64
	Plan        string
	ChangedRun  int64
	Failures    int64 // in a row
	RetryAt     time.Time
	Error       string
	BuiltRun    int64 // in which it was built anew; what its readers know of it before is void

	FullSeconds        float64 // that the last recomputation took; 0 before the first
	IncrementalSeconds float64 // that the last incremental refresh took; 0 before the first
	IncrementalRows    int64   // of the deltas that the last incremental refresh read

	ReadRun int64 // in which it last took in what it reads, whether or not its rows changed by that
}

// ViewStates reads atoll.views.
func ViewStates(ctx context.Context, db SQL) (map[schema.Name]ViewState, error) {
	list, err := Collect(ctx, db, func(r Rows) (v ViewState, err error) {
		var name, shape string
		var label, refreshed, retry *time.Time
		err = r.Scan(&name, &v.State, &v.Model, &v.Fingerprint, &shape, &label, &refreshed, &v.Seconds, &v.Rows, &v.Plan,
			&v.ChangedRun, &v.Failures, &retry, &v.Error, &v.BuiltRun, &v.FullSeconds, &v.IncrementalSeconds, &v.IncrementalRows, &v.ReadRun)
		v.Name, _ = schema.ParseName(name)
		v.Label, v.Refreshed, v.RetryAt = orZero(label), orZero(refreshed), orZero(retry)
		if err == nil {
			err = json.Unmarshal([]byte(shape), &v.Columns)
		}
		return v, err
	}, `SELECT view_name, state, model, fingerprint, shape, label, refreshed_at, seconds, rows_held, plan,
		changed_run, failures, retry_at, error, coalesce(built_run, 0), coalesce(full_seconds, 0), coalesce(incremental_seconds, 0),
		coalesce(incremental_rows, 0), coalesce(read_run, changed_run) FROM atoll.views`)
	out := map[schema.Name]ViewState{}
	for _, v := range list {
		out[v.Name] = v
	}
	return out, err
}

// PutViews replaces views' rows in atoll.views.
func PutViews(ctx context.Context, db SQL, views []ViewState) error {
	rows := make([][]any, len(views))
	for i, v := range views {
		shape, err := json.Marshal(v.Columns)
		if err != nil {
			return err
		}
		rows[i] = []any{v.Name.String(), v.State, v.Model, v.Fingerprint, string(shape), orNull(v.Label), orNull(v.Refreshed), v.Seconds, v.Rows,
			v.Plan, v.ChangedRun, v.Failures, orNull(v.RetryAt), v.Error, v.BuiltRun, v.FullSeconds, v.IncrementalSeconds, v.IncrementalRows, v.ReadRun}
	}
	return Replace(ctx, db, "atoll.views", []string{"view_name", "state", "model", "fingerprint", "shape", "label", "refreshed_at",
		"seconds", "rows_held", "plan", "changed_run", "failures", "retry_at", "error", "built_run", "full_seconds",
		"incremental_seconds", "incremental_rows", "read_run"}, rows)
}

// Cursor is a row of atoll.cursors: how far a view has read one of its inputs.
type Cursor struct {
	Input    schema.Name
	Version  int64 // the changes of later versions are still to be read
	BuiltRun int64 // of the input, when it was read
}

// Cursors reads atoll.cursors, by the view that reads.
func Cursors(ctx context.Context, db SQL) (map[schema.Name][]Cursor, error) {
	out := map[schema.Name][]Cursor{}
	_, err := Collect(ctx, db, func(r Rows) (struct{}, error) {
		var reader, input string
		var c Cursor
		err := r.Scan(&reader, &input, &c.Version, &c.BuiltRun)
		name, _ := schema.ParseName(reader)
		c.Input, _ = schema.ParseName(input)
		out[name] = append(out[name], c)
		return struct{}{}, err
	}, `SELECT reader, input, version, built_run FROM atoll.cursors ORDER BY reader, input`)
	return out, err
}

// PutCursors replaces all cursors of the views that it names. A view without any
// reads nothing incrementally.
func PutCursors(ctx context.Context, db SQL, cursors map[schema.Name][]Cursor) error {
	var readers []any
	var rows [][]any
	for reader, list := range cursors {
		readers = append(readers, reader.String())
		for _, c := range list {
			rows = append(rows, []any{reader.String(), c.Input.String(), c.Version, c.BuiltRun})
		}
	}
	if err := Delete(ctx, db, "atoll.cursors", "reader", readers); err != nil {
		return err
	}
	return Insert(ctx, db, "atoll.cursors", []string{"reader", "input", "version", "built_run"}, rows)
}

// Bookmarks reads atoll.bookmarks, by table name.
func Bookmarks(ctx context.Context, db SQL) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	_, err := Collect(ctx, db, func(r Rows) (struct{}, error) {
		var name, text string
		err := r.Scan(&name, &text)
		out[name] = json.RawMessage(text)
		return struct{}{}, err
	}, `SELECT table_name, bookmark FROM atoll.bookmarks`)
	return out, err
}

// PutBookmarks replaces tables' rows in atoll.bookmarks.
func PutBookmarks(ctx context.Context, db SQL, marks map[string]json.RawMessage, batch int64) error {
	var rows [][]any
	for table, mark := range marks {
		rows = append(rows, []any{table, string(mark), batch})
	}
	return Replace(ctx, db, "atoll.bookmarks", []string{"table_name", "bookmark", "batch"}, rows)
}

// orNull passes the zero time as NULL.
func orNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}
