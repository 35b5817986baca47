package example_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/example"
	"github.com/atolldata/atoll/internal/example/expect"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/query"
	"github.com/atolldata/atoll/internal/schema"
)

// sizes are the rows that each example is tested with: enough that every oddity
// of the data occurs.
var sizes = map[string]int{"sms": 4_000, "chat": 6_000, "health": 300}

// TestViews creates each example, runs a tick and compares every view with what
// is computed from the files.
func TestViews(t *testing.T) {
	for _, name := range example.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := create(t, name)
			tick(t, dir)
			check(t, dir, name)
			checkDocs(t, dir, name)
		})
	}
}

// TestViewsInTwoPortions loads half of the files in a first tick and the rest in
// a second one, cut in two ways: the views are those of all files. Late rows of
// chat come in the second portion.
func TestViewsInTwoPortions(t *testing.T) {
	for _, name := range example.Names() {
		for cut, second := range map[string]func(i int, path string) bool{
			"every other file": func(i int, _ string) bool { return i%2 == 1 },
			"late files":       func(i int, path string) bool { return strings.Contains(path, "late-") || i%7 == 0 },
		} {
			t.Run(name+"/"+cut, func(t *testing.T) {
				t.Parallel()
				dir := create(t, name)
				held := hold(t, dir, second)
				tick(t, dir)
				release(t, dir, held)
				tick(t, dir)
				check(t, dir, name)
			})
		}
	}
}

// TestIntervals loads the rest of the files of health and ticks as time passes:
// half an hour later only engagement, which is refreshed every 30 minutes, holds
// them, and after four hours the score that it is a part of does.
func TestIntervals(t *testing.T) {
	t.Parallel()
	midnight := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	dir := create(t, "health")
	all, err := expect.Views(dir, "health")
	if err != nil {
		t.Fatal(err)
	}
	held := hold(t, dir, func(_ int, path string) bool { return strings.Contains(path, "0002.") })
	half, err := expect.Views(dir, "health")
	if err != nil {
		t.Fatal(err)
	}
	run(t, dir, pipeline.RunOptions{AsOf: midnight})
	release(t, dir, held)
	for _, step := range []struct {
		minutes int
		current []string // views that hold all files; the others hold the first
	}{
		{30, []string{"engagement"}},
		{60, []string{"engagement", "satisfaction"}},
		{120, []string{"engagement", "satisfaction", "lifetime_value"}},
		{240, []string{"engagement", "satisfaction", "lifetime_value", "health_score", "health_by_segment"}},
	} {
		run(t, dir, pipeline.RunOptions{AsOf: midnight.Add(time.Duration(step.minutes) * time.Minute)})
		p := open(t, dir)
		for _, view := range []string{"engagement", "satisfaction", "lifetime_value", "health_score", "health_by_segment"} {
			name, want := schema.Name{Schema: "reports", Name: view}, half
			if slices.Contains(step.current, view) {
				want = all
			}
			if diff := want[name].Diff(read(t, p, name)); diff != "" {
				t.Errorf("after %d minutes, %s: %s", step.minutes, view, diff)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLateFilesMatter makes sure that the late messages of chat change its
// sessions, so that the test above can fail.
func TestLateFilesMatter(t *testing.T) {
	dir := create(t, "chat")
	all, err := expect.Views(dir, "chat")
	if err != nil {
		t.Fatal(err)
	}
	hold(t, dir, func(_ int, path string) bool { return strings.Contains(path, "late-") })
	inTime, err := expect.Views(dir, "chat")
	if err != nil {
		t.Fatal(err)
	}
	view := schema.Name{Schema: "star", Name: "fact_session"}
	bridged := len(inTime[view].Rows) - len(all[view].Rows)
	if all[view].Diff(inTime[view]) == "" || bridged < 10 {
		t.Errorf("late messages join %d sessions", bridged)
	}
}

// TestOddities makes sure that the data holds what the examples claim.
func TestOddities(t *testing.T) {
	cells := func(name, view, column string) map[any]int {
		dir := create(t, name)
		tables, err := expect.Views(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := schema.ParseName(view)
		counts, i := map[any]int{}, slices.Index(tables[n].Columns, column)
		for _, row := range tables[n].Rows {
			counts[row[i]]++
		}
		return counts
	}
	for _, c := range []struct {
		name, view, column string
		values             []any
	}{
		{"sms", "reports.delivery", "status", []any{nil, "sent", "delivered", "failed", "rejected"}},
		{"sms", "reports.delivery", "campaign_type", []any{nil, "promotion", "survey"}},
		{"sms", "reports.countries", "country", []any{nil, "DE"}},
		{"chat", "star.fact_message", "session_id", []any{nil}},
		{"chat", "star.fact_message", "user_id", []any{nil, int64(1)}},
		{"chat", "star.fact_message", "body_length", []any{nil, int64(1), int64(11)}},
		{"chat", "star.fact_session", "duration_ms", []any{int64(0), int64(10_000)}},
		{"chat", "star.dim_user", "name", []any{nil}},
		{"health", "reports.lifetime_value", "orders", []any{int64(0), int64(1)}},
		{"health", "reports.satisfaction", "rating", []any{nil, expect.Decimal("5")}},
		{"health", "reports.health_score", "grade", []any{"healthy", "watch", "at risk"}},
	} {
		counts := cells(c.name, c.view, c.column)
		for _, v := range c.values {
			if counts[v] == 0 {
				t.Errorf("%s: no row of %s has %v as its %s", c.name, c.view, v, c.column)
			}
		}
	}
}

// TestRows counts the rows of the main tables for small and uneven sizes.
func TestRows(t *testing.T) {
	for _, rows := range []int{1, 3, 1_234} {
		for name, view := range map[string]string{"sms": "daily", "chat": "fact_message", "health": "lifetime_value"} {
			dir := t.TempDir()
			if err := example.Create(dir, name, rows, 1); err != nil {
				t.Fatal(err)
			}
			tables, err := expect.Views(dir, name)
			if err != nil {
				t.Fatal(err)
			}
			got := 0
			for n, table := range tables {
				if n.Name != view {
					continue
				}
				got = len(table.Rows)
				if name == "sms" {
					got = 0
					for _, day := range table.Rows {
						got += int(day[slices.Index(table.Columns, "sent")].(int64))
					}
				}
			}
			if got != rows {
				t.Errorf("%s has %d rows, expected %d", name, got, rows)
			}
		}
	}
}

// TestOutageShows finds the day on which a carrier failed in the report.
func TestOutageShows(t *testing.T) {
	tables, err := expect.Views(create(t, "sms"), "sms")
	if err != nil {
		t.Fatal(err)
	}
	rates := tables[schema.Name{Schema: "reports", Name: "delivery_rate"}]
	sent, delivered := map[string]int64{}, map[string]int64{}
	for _, row := range rates.Rows {
		day := row[1].(time.Time).Format(time.DateOnly)
		sent[day] += row[2].(int64)
		delivered[day] += row[3].(int64)
	}
	for day := range sent {
		if bad := delivered[day]*100/sent[day] < 85; bad != (day == "2025-03-03") {
			t.Errorf("on %s %d of %d messages were delivered", day, delivered[day], sent[day])
		}
	}
}

func create(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := example.Create(dir, name, sizes[name], 1); err != nil {
		t.Fatal(err)
	}
	return dir
}

// hold moves the data files that second picks out of the project folder and
// returns where they are.
func hold(t *testing.T, dir string, second func(i int, path string) bool) string {
	t.Helper()
	held := t.TempDir()
	i := 0
	err := fs.WalkDir(os.DirFS(dir), "data", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		i++
		if !second(i, path) {
			return nil
		}
		return move(filepath.Join(dir, path), filepath.Join(held, path))
	})
	if err != nil {
		t.Fatal(err)
	}
	return held
}

// release moves the files back.
func release(t *testing.T, dir, held string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(held), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return move(filepath.Join(held, path), filepath.Join(dir, path))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func move(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// open opens a project.
func open(t *testing.T, dir string) *pipeline.Project {
	t.Helper()
	p, err := pipeline.Open(context.Background(), dir, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// tick runs one tick in which everything is refreshed; run runs any. Nothing may
// fail.
func tick(t *testing.T, dir string) {
	t.Helper()
	run(t, dir, pipeline.RunOptions{All: true})
}

func run(t *testing.T, dir string, o pipeline.RunOptions) {
	t.Helper()
	p := open(t, dir)
	report, err := p.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if report.Failed() || report.Rejected > 0 || len(report.Waiting) > 0 {
		t.Errorf("the tick did not go well: %+v", report)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

// check compares every view of an example with what is expected.
func check(t *testing.T, dir, name string) {
	t.Helper()
	want, err := expect.Views(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, dir)
	defer p.Close()
	got := map[schema.Name]expect.Table{}
	for _, v := range p.Graph.Views() {
		got[v.Name] = read(t, p, v.Name)
	}
	nameSessions(t, got)
	for _, view := range slices.SortedFunc(maps.Keys(got), schema.Name.Compare) {
		expected, ok := want[view]
		if !ok {
			t.Errorf("nothing is expected of %s", view)
			continue
		}
		if len(expected.Rows) == 0 {
			t.Errorf("%s is expected to be empty, which tells nothing", view)
		}
		if diff := expected.Diff(got[view]); diff != "" {
			t.Errorf("%s: %s", view, diff)
		}
	}
	for view := range want {
		if _, ok := got[view]; !ok {
			t.Errorf("there is no view %s", view)
		}
	}
}

// nameSessions calls the session ids of the chat example by their names.
func nameSessions(t *testing.T, tables map[schema.Name]expect.Table) {
	t.Helper()
	fact, ok := tables[schema.Name{Schema: "star", Name: "fact_message"}]
	if !ok {
		return
	}
	cell := func(row []any, column string) any { return row[slices.Index(fact.Columns, column)] }
	at := func(row []any) time.Time { return cell(row, "sent_at").(time.Time) }
	names, err := expect.SessionNames(fact,
		func(row []any) any { return cell(row, expect.SessionColumn) }, at,
		func(row []any) expect.Session {
			return expect.SessionName(cell(row, "bot_id"), cell(row, "channel"), cell(row, "user_id"), at(row))
		})
	if err != nil {
		t.Error(err)
	}
	for _, table := range tables {
		table.NameSessions(names)
	}
}

// read reads a relation with all columns that users see.
func read(t *testing.T, p *pipeline.Project, name schema.Name) expect.Table {
	t.Helper()
	return answer(t, p, "SELECT * FROM "+name.String())
}

// answer asks a query as a user does.
func answer(t *testing.T, p *pipeline.Project, text string) expect.Table {
	t.Helper()
	compiled, err := query.Compile(p.Graph.Catalog(), text, time.Time{})
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	rows, err := query.Run(context.Background(), p.Warehouse, compiled)
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	defer rows.Close()
	var table expect.Table
	for _, c := range compiled.Columns {
		table.Columns = append(table.Columns, c.Name)
	}
	for rows.Next() {
		row, into := make([]any, len(table.Columns)), make([]any, len(table.Columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, c := range compiled.Columns {
			if text, ok := row[i].(string); ok && c.Type.Kind == schema.Decimal {
				if row[i], err = expect.ParseDecimal(text); err != nil {
					t.Fatal(err)
				}
			}
		}
		table.Rows = append(table.Rows, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return table
}
