package expect

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Tolerance is how far two float64 may be apart, relative to the larger, and
// still count as the same: sums over doubles depend on the order of additions.
const Tolerance = 1e-9

// Session stands for a session id: it names the partition and the first time.
// Different sessions have different names.
type Session string

// SessionColumn is the column of a table that holds session ids.
const SessionColumn = "session_id"

// SessionNames names the session ids of a table that has a row for each event.
// Name gives the partition and time of a row as a [Session]; an id is called by
// the earliest row that has it. Two ids of the same name are an error: they cut
// one session in two, or share a partition and a first time.
func SessionNames(t Table, id func(row []any) any, at func(row []any) time.Time, name func(row []any) Session) (map[any]Session, error) {
	first := map[any][]any{}
	for _, row := range t.Rows {
		key := id(row)
		if key == nil {
			continue
		}
		if earliest, ok := first[key]; !ok || at(row).Before(at(earliest)) {
			first[key] = row
		}
	}
	names, ids := map[any]Session{}, map[Session]any{}
	for key, row := range first {
		n := name(row)
		if other, dup := ids[n]; dup {
			return nil, fmt.Errorf("the ids %v and %v are both of the session %s", other, key, n)
		}
		names[key], ids[n] = n, key
	}
	return names, nil
}

// NameSessions replaces the ids in a table's session column by their names. An
// id without a name is left as it is.
func (t Table) NameSessions(names map[any]Session) {
	column := slices.Index(t.Columns, SessionColumn)
	if column < 0 {
		return
	}
	for _, row := range t.Rows {
		if n, ok := names[row[column]]; ok {
			row[column] = n
		}
	}
}

// Diff tells how got differs from t as a bag of rows, and "" if it does not. It
// shows at most ten rows of each side.
func (t Table) Diff(got Table) string {
	if !slices.Equal(t.Columns, got.Columns) {
		return fmt.Sprintf("the columns are %v, expected %v", got.Columns, t.Columns)
	}
	want, have := sorted(t.Rows), sorted(got.Rows)
	var missing, extra []string
	for len(want) > 0 || len(have) > 0 {
		switch c := compareHeads(want, have); {
		case c < 0:
			missing, want = append(missing, want[0].all()), want[1:]
		case c > 0:
			extra, have = append(extra, have[0].all()), have[1:]
		default:
			want, have = want[1:], have[1:]
		}
	}
	if len(missing)+len(extra) == 0 {
		return ""
	}
	return fmt.Sprintf("%d rows, expected %d\nmissing %s\nunexpected %s", len(got.Rows), len(t.Rows), list(missing), list(extra))
}

func list(rows []string) string {
	const most = 10
	text := fmt.Sprintf("%d:", len(rows))
	for _, r := range rows[:min(most, len(rows))] {
		text += "\n    " + r
	}
	return text
}

// line is a row in two parts: what is exact, spelled, and the floats, in order.
type line struct {
	exact  string
	floats []float64
}

func (l line) all() string {
	if len(l.floats) == 0 {
		return l.exact
	}
	return fmt.Sprintf("%s %v", l.exact, l.floats)
}

func sorted(rows [][]any) []line {
	lines := make([]line, len(rows))
	for i, row := range rows {
		cells := make([]string, len(row))
		for j, cell := range row {
			if f, ok := cell.(float64); ok {
				lines[i].floats = append(lines[i].floats, f)
				cells[j] = "~"
				continue
			}
			cells[j] = spell(cell)
		}
		lines[i].exact = strings.Join(cells, " | ")
	}
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.exact, b.exact), slices.Compare(a.floats, b.floats))
	})
	return lines
}

// compareHeads compares the first lines, floats within the tolerance; an empty
// list comes last.
func compareHeads(a, b []line) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	if c := cmp.Compare(a[0].exact, b[0].exact); c != 0 {
		return c
	}
	return slices.CompareFunc(a[0].floats, b[0].floats, func(x, y float64) int {
		if math.Abs(x-y) <= Tolerance*max(math.Abs(x), math.Abs(y)) {
			return 0
		}
		return cmp.Compare(x, y)
	})
}

// spell writes a cell so that equal values are spelled alike, and values of
// different kinds are not, but for numbers.
func spell(cell any) string {
	switch v := cell.(type) {
	case nil:
		return "NULL"
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case string:
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprint(cell)
}
