package refresh

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Tick is the refreshes of one transaction, one after the other, each view after
// those that it reads. They share what changed in a relation, and the rows of a
// relation that were looked up: views that join the same tables touch the same
// rows. The relations that a refresh reads must not change until the last one.
type Tick struct {
	Small Small

	tx      warehouse.Tx
	lookups map[view.Column]*view.Lookup
	tables  map[schema.Name]table
	used    map[view.Column]bool // the columns of inputs that some view reads
	changes map[window]*delta
	found   map[sought]*found
	rows    map[schema.Name]*found // the same by their working relations
	told    map[schema.Name]told
	origins map[schema.Name]origin
	made    int
	keep    []string // the working tables that they share
}

// Small says what a refresh does where relations have so few rows that it need not
// spare them. Tests have all of it done.
type Small int

// The ways of refreshes with small relations, each of which does what those behind
// it do not.
const (
	// ComputeWhole computes all rows of a stage over few rows, and compares them with
	// the stored ones.
	ComputeWhole Small = iota
	// ReadWhole has the changes of a stage meet all rows of small relations.
	ReadWhole
	// LookUp looks rows up by their keys, as in large relations.
	LookUp
)

// table is a table that views are expected to take changes in of.
type table struct {
	of *view.Relation
	Window
}

// window is a window of a relation.
type window struct {
	of schema.Name
	Window
}

// Begin begins the refreshes of a transaction. The jobs are those that may follow,
// as far as that is known beforehand, with the windows of the tables that they
// read: what they will look up is looked up together.
func Begin(tx warehouse.Tx, expected []Job) *Tick {
	t := &Tick{
		tx: tx, tables: map[schema.Name]table{}, used: map[view.Column]bool{},
		changes: map[window]*delta{}, told: map[schema.Name]told{},
		found: map[sought]*found{}, rows: map[schema.Name]*found{}, origins: map[schema.Name]origin{},
	}
	programs := make([]*view.Program, len(expected))
	for i, job := range expected {
		programs[i] = job.Program
		for _, in := range job.Program.Inputs {
			t.uses(in)
			w, known := job.Windows[in.Name]
			if was, twice := t.tables[in.Name]; twice {
				w.After = min(w.After, was.After)
			}
			if known {
				t.tables[in.Name] = table{in, w}
			}
		}
	}
	t.lookups = view.Lookups(programs)
	return t
}

// uses notes the columns that a view reads of an input.
func (t *Tick) uses(of *view.Relation) {
	for _, c := range of.Used() {
		t.used[view.Column{Of: of.Name, Name: c}] = true
	}
}

// columns are those columns of a relation, in its order, that meet a condition.
func columns(of *view.Relation, wanted func(name string) bool) (out []string) {
	for _, c := range of.All() {
		if wanted(c.Name) {
			out = append(out, c.Name)
		}
	}
	return out
}

// share makes the name of a working table that stays for the next refreshes.
func (t *Tick) share(what string, of schema.Name) string {
	t.made++
	name := fmt.Sprintf("%s of %s, %d", what, of, t.made)
	t.keep = append(t.keep, name)
	return name
}

// change is the signed rows of an input in a window.
func (t *Tick) change(ctx context.Context, of *view.Relation, w Window) (*delta, error) {
	at := window{of.Name, w}
	if d, ok := t.changes[at]; ok && has(d.columns, of.Used()) {
		return d, nil
	}
	if d, ok := t.fromRefresh(of, w); ok {
		t.changes[at] = d
		return d, nil
	}
	t.uses(of)
	d := &delta{name: t.share("changes", of.Name)}
	d.columns = columns(of, func(c string) bool { return t.used[view.Column{Of: of.Name, Name: c}] })
	came, left, err := t.tx.Changes(ctx, warehouse.Changes{From: of.Name, Columns: d.columns, After: w.After, To: w.To, As: d.name})
	d.rows, d.left = came+left, left > 0
	t.changes[at] = d
	return d, err
}

// told is what a refresh of the tick changed in a view's rows, which did not change
// since a version before.
type told struct {
	*delta
	since, at int64
}

// tell keeps what a refresh changed for the readers of the view.
func (t *Tick) tell(job Job, d *delta) {
	top := job.Program.Top()
	if d.rows > 0 && d.name == "" {
		return
	}
	t.told[top.Name] = told{&delta{name: d.name, rows: d.rows, left: d.left, columns: top.Reading()}, job.Changed, job.Version}
	if d.rows > 0 && !slices.Contains(t.keep, d.name) {
		t.keep = append(t.keep, d.name)
	}
}

// fromRefresh is the change of a view in a window in which only a refresh of the
// tick changed it.
func (t *Tick) fromRefresh(of *view.Relation, w Window) (*delta, bool) {
	d, ok := t.told[of.Name]
	if !ok || w.To != d.at || w.After < d.since || !has(d.columns, of.Used()) {
		return nil, false
	}
	return d.delta, true
}

// has reports that all wanted columns are among some.
func has(columns, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(c string) bool { return !slices.Contains(columns, c) })
}

// sought is rows of a relation at a version, by some columns; with once they are
// the values of these columns alone, and of equal ones at least one.
type sought struct {
	of   schema.Name
	at   int64
	key  string
	once bool
}

// found is rows that were looked up.
type found struct {
	sought
	columns []string      // of the relation, that the rows have
	rows    schema.Name   // the working relation of all of them
	parts   []schema.Name // the working relations that they are in, which have no key in common
	keys    []schema.Name // the working tables of the keys that they were looked up by
	asked   map[keys]bool // the keys that are known to be among these
}

// keys are those in some columns of a working table.
type keys struct {
	in      schema.Name
	columns string
}

// origin says that each row of a working table has, in some of its columns, what a
// row of another has in those that they stand for.
type origin struct {
	in      schema.Name
	columns map[string]string
}

// from notes the origin of a working table.
func (t *Tick) from(name, in schema.Name, columns, of []string) {
	o := origin{in, map[string]string{}}
	for i, c := range columns {
		o.columns[c] = of[i]
	}
	t.origins[name] = o
}

// known reports that some keys are among those that rows were looked up by: they, or
// all that they can be.
func (t *Tick) known(f *found, k keys) bool {
	if f.asked[k] {
		return true
	}
	if g := t.rows[k.in]; g != nil && k.columns == g.key {
		for asked := range g.asked {
			if !t.known(f, asked) {
				return false
			}
		}
		return true
	}
	o, ok := t.origins[k.in]
	if !ok {
		return false
	}
	columns := strings.Split(k.columns, "\x00")
	for i, c := range columns {
		if columns[i], ok = o.columns[c]; !ok {
			return false
		}
	}
	return t.known(f, keys{o.in, strings.Join(columns, "\x00")})
}

// guessed is how many rows of a relation there are for each changed row at least
// where the keys of changed rows are looked up on the chance that a view asks for
// them.
const guessed = 16

// find looks up the rows of a relation with some keys, as they are at a version:
// those that no refresh of the tick looked up before, and with the first lookup what
// others are expected to ask for. Exact reports that there are no rows with other keys.
func (t *Tick) find(ctx context.Context, of *view.Relation, at int64, by lookup) (rows schema.Name, exact bool, err error) {
	id := sought{of.Name, at, strings.Join(by.key, "\x00"), by.once}
	f, ok := t.found[id]
	if !ok || !has(f.columns, of.Reading()) {
		f = &found{sought: id, asked: map[keys]bool{}}
		wanted := t.forecast(of, by).Columns
		f.columns = by.key
		if !by.once {
			f.columns = columns(of, func(c string) bool { return slices.Contains(of.Reading(), c) || wanted[c] })
		}
		t.found[id] = f
	}
	asked := keys{by.keys, strings.Join(by.columns, "\x00")}
	if !t.known(f, asked) {
		if err := t.extend(ctx, f, of, by); err != nil {
			return schema.Name{}, false, err
		}
		f.asked[asked] = true
	}
	return f.rows, len(f.asked) == 1 && f.asked[asked], nil
}

// extend looks up what was not looked up before.
func (t *Tick) extend(ctx context.Context, f *found, of *view.Relation, by lookup) error {
	queries := []string{f.unknown(by)}
	if len(f.keys) == 0 {
		more, err := t.foresee(ctx, f, of, by)
		if err != nil {
			return err
		}
		queries = append(queries, more...)
	}
	wanted := t.share("keys", of.Name)
	n, err := t.tx.Work(ctx, wanted, strings.Join(queries, "\nUNION ALL\n"))
	if err != nil || n == 0 && len(f.keys) > 0 {
		return err
	}
	rows := t.share("rows by key", of.Name)
	set := warehouse.Rowset{From: of.Name, Columns: f.columns, At: f.at, Key: by.key, Keys: wanted, Once: f.once, Places: !f.once, As: rows}
	for i := range by.key {
		set.KeyColumns = append(set.KeyColumns, keyName(i))
	}
	if _, err := t.tx.Rows(ctx, set); err != nil {
		return err
	}
	f.keys, f.parts, f.rows = append(f.keys, warehouse.Working(wanted)), append(f.parts, warehouse.Working(rows)), warehouse.Working(rows)
	t.rows[f.rows] = f
	if len(f.parts) == 1 {
		return nil
	}
	all := make([]string, len(f.parts))
	for i, p := range f.parts {
		all[i] = "SELECT * FROM " + text(p)
	}
	f.rows = warehouse.Working(t.share("rows by keys", of.Name))
	t.rows[f.rows] = f
	return t.tx.View(ctx, f.rows.Name, strings.Join(all, "\nUNION ALL\n"), true)
}

// renew brings what was looked up in a relation by some columns up to what it holds
// since some of its rows were overwritten. The changes are in a working table.
func (t *Tick) renew(ctx context.Context, of *view.Relation, key []string, changes string, version int64) error {
	t.keep = append(t.keep, changes)
	f := t.found[sought{of.Name, warehouse.Latest, strings.Join(key, "\x00"), false}]
	now := warehouse.Working(t.share("rows by key now", of.Name))
	columns, change := list(f.columns), text(warehouse.Working(changes))
	query := fmt.Sprintf("SELECT %[1]s, %[2]s, %[3]s FROM %[4]s WHERE %[2]s NOT IN (SELECT %[2]s FROM %[5]s WHERE %[6]s < 0)\nUNION ALL\nSELECT %[1]s, NULL, %[7]d FROM %[5]s WHERE %[6]s > 0",
		columns, warehouse.PlaceColumn, warehouse.VersionColumn, text(f.rows), change, warehouse.Weight, version)
	f.parts, f.rows, t.rows[now] = []schema.Name{now}, now, f
	return t.tx.View(ctx, now.Name, query, true)
}

// keyName is the name of column i of the keys of a part.
func keyName(i int) string { return fmt.Sprintf("key%d", i+1) }

// unknown is the query of the keys that were not looked up. NULL is none, as it finds
// nothing.
func (f *found) unknown(by lookup) string {
	list, same, where := make([]string, len(by.key)), make([]string, len(by.key)), make([]string, len(by.key))
	for i, c := range by.columns {
		list[i] = "k." + quote(c) + " AS " + keyName(i)
		same[i] = "p." + keyName(i) + " = k." + quote(c)
		where[i] = "k." + quote(c) + " IS NOT NULL"
	}
	for _, known := range f.keys {
		where = append(where, "NOT EXISTS (SELECT 1 FROM "+text(known)+" AS p WHERE "+strings.Join(same, " AND ")+")")
	}
	return "SELECT " + strings.Join(list, ", ") + " FROM " + text(by.keys) + " AS k WHERE " + strings.Join(where, " AND ")
}

// forecast is what refreshes are expected to look up in a relation by the same key.
func (t *Tick) forecast(of *view.Relation, by lookup) view.Lookup {
	if len(by.key) == 1 {
		if l := t.lookups[view.Column{Of: of.Name, Name: by.key[0]}]; l != nil {
			return *l
		}
	}
	return view.Lookup{}
}

// foresee are the queries of the keys that other lookups of a relation by a column
// are expected to have, because rows with them changed.
func (t *Tick) foresee(ctx context.Context, f *found, of *view.Relation, by lookup) (queries []string, err error) {
	size, err := t.tx.Size(ctx, of.Name)
	if err != nil {
		return nil, err
	}
	for _, from := range t.forecast(of, by).From {
		changed, ok := t.tables[from.Of]
		if !ok || changed.After >= changed.To {
			continue
		}
		d, err := t.change(ctx, changed.of, changed.Window)
		if err != nil {
			return nil, err
		}
		k := keys{warehouse.Working(d.name), from.Name}
		if d.rows == 0 || d.rows > size/guessed || k.in == by.keys && k.columns == by.columns[0] {
			continue
		}
		f.asked[k] = true
		queries = append(queries, fmt.Sprintf("SELECT %s FROM %s WHERE %[1]s IS NOT NULL", quote(from.Name), text(k.in)))
	}
	return queries, nil
}
