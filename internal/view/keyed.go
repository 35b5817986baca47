package view

import (
	"slices"
	"strconv"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// merge adds a merge stage: it decides which columns hold keys and slots.
func (p *planner) merge(r *Relation) (*Relation, error) {
	g := r.groups
	if !slices.ContainsFunc(g.slots, func(s slot) bool { return s.kind == countRows }) {
		g.slots = append(g.slots, slot{name: rowsSlot, kind: countRows})
	}
	g.held = map[string]string{}
	for _, k := range r.Keys {
		r.Input.used[k] = true
		r.Held = append(r.Held, r.hold(g.outputs, column(grouped, k), "#k"+strconv.Itoa(len(r.Held)+1)))
	}
	for _, s := range g.slots {
		r.Input.used[s.arg] = true
		value := ast.Expr(column(grouped, s.name))
		g.held[s.name] = r.hold(g.outputs, value, s.name)
	}
	return p.stage(r)
}

// hold is the column of a stage that has a value: an output that is just that,
// or else a further column of the stage's state.
func (r *Relation) hold(outputs []*ast.SelectItem, value ast.Expr, name string) string {
	for _, it := range outputs {
		if sameExpr(it.Expr, value) {
			return it.Alias.Name
		}
	}
	r.State = append(r.State, stateColumn(name))
	return name
}

// keyed adds a keyed stage: its rows carry their key. Place is where the query has
// the key.
func (p *planner) keyed(r *Relation, place ast.Node) (*Relation, error) {
	p.readsAll(r, place)
	sel := r.query.Body.(*ast.Select)
	for _, k := range r.Keys {
		r.Held = append(r.Held, r.holdInput(sel, k, "#k"+strconv.Itoa(len(r.Held)+1)))
	}
	return p.stage(r)
}

// holdInput is the column of a stage that has a column of its input: an output of its
// query, or else a further one of this name.
func (r *Relation) holdInput(sel *ast.Select, name, as string) string {
	known := len(r.State)
	held := r.hold(sel.Items, column(input, name), as)
	if len(r.State) > known {
		sel.Items = append(slices.Clip(sel.Items), item(column(input, name), held))
	}
	return held
}

// windowed plans a SELECT with window functions. Its rows are recomputed
// partition by partition: by the columns that all its windows are partitioned by.
// Without such columns they are recomputed as a whole, from what stages below have.
func (p *planner) windowed(sel *ast.Select) (*Relation, error) {
	if err := p.abovePartitions(sel); err != nil {
		return nil, err
	}
	br, err := p.from(sel.From)
	if err != nil {
		return nil, err
	}
	c := &core{prefix: "e"}
	for _, e := range br.tieColumns(sel) {
		c.add(e)
	}
	keys, whole := p.partition(sel)
	r := &Relation{Kind: Keyed, Stored: true}
	for _, k := range keys {
		if name := c.add(br.rename(k)); !slices.Contains(r.Keys, name) {
			r.Keys = append(r.Keys, name)
		}
	}
	top := &ast.Select{From: []ast.TableExpr{leafTable(input)}, Qualify: br.lift(sel.Qualify, c)}
	for _, it := range sel.Items {
		top.Items = append(top.Items, item(br.lift(it.Expr, c), it.Alias.Name))
	}
	b, err := br.finish(sel.Where, c.items)
	if err != nil {
		return nil, err
	}
	if r.Input, err = p.stage(&Relation{Kind: Bag, Branches: []*Branch{b}}); err != nil {
		return nil, err
	}
	r.query = &ast.Query{Body: top}
	if whole != nil {
		r.Kind, r.Reason = Full, whole.(*fault.Error)
		return p.reads(r)
	}
	p.first(r, top)
	return p.keyed(r, keys[0])
}

// tieColumns are the columns of a row, in their order, that break ties in the windows of
// a SELECT: all of them; with one window those behind the last one that is asked for make
// no difference, as rows that are alike before are alike in what is asked.
func (br *brancher) tieColumns(sel *ast.Select) []ast.Expr {
	all := br.rowColumns(sel.From)
	asked := []ast.Expr{sel.Qualify}
	for _, it := range sel.Items {
		asked = append(asked, it.Expr)
	}
	var windows []*ast.FuncCall // that differ
	last := -1
	for _, e := range asked {
		if e == nil {
			continue
		}
		for _, w := range windowsIn(e) {
			if !slices.ContainsFunc(windows, func(have *ast.FuncCall) bool { return sameExpr(have, w) }) {
				windows = append(windows, w)
			}
		}
		ast.Inspect(br.rename(e), func(n ast.Node) bool {
			if ref, ok := n.(*ast.ColumnRef); ok && len(ref.Name) >= 2 {
				whole := &ast.ColumnRef{Name: ref.Name[:2]}
				last = max(last, slices.IndexFunc(all, func(c ast.Expr) bool { return sameExpr(c, whole) }))
			}
			return true
		})
	}
	if len(windows) > 1 {
		return all
	}
	return all[:last+1]
}

// abovePartitions refuses what a SELECT with windows asks of its rows that does not
// follow from the rows of their partition.
func (p *planner) abovePartitions(sel *ast.Select) error {
	asked := make([]ast.Expr, 0, len(sel.Items)+1)
	for _, it := range sel.Items {
		asked = append(asked, it.Expr)
	}
	if sel.Qualify != nil {
		asked = append(asked, sel.Qualify)
	}
	for _, e := range asked {
		if clock := p.clockIn(e); clock != nil {
			return p.refuse(clock, "leave the clock to WHERE, or to the query that reads the view",
				"the clock stands beside a window, where it may change every row as the label moves")
		}
		if sought := p.windowSought(e); sought != nil {
			return p.refuse(sought, "put the window into a view or subquery, and compare its column",
				"a window is looked for in a subquery")
		}
	}
	return nil
}

// windowSought finds a window that is compared with the rows of a subquery.
func (p *planner) windowSought(e ast.Expr) (found ast.Node) {
	ast.Inspect(e, func(n ast.Node) bool {
		var x ast.Expr
		switch n := n.(type) {
		case *ast.InQuery:
			x = n.X
		case *ast.Quantified:
			x = n.X
		}
		if x != nil && len(windowsIn(x)) > 0 {
			found = n
		}
		return found == nil
	})
	return found
}

// lift writes an expression over the columns of a core.
func (br *brancher) lift(e ast.Expr, c *core) ast.Expr {
	if e == nil {
		return nil
	}
	var visit func(ast.Node) ast.Node
	visit = func(n ast.Node) ast.Node {
		e, ok := n.(ast.Expr)
		if !ok {
			return ast.MapChildren(n, visit)
		}
		for _, it := range c.items {
			if sameExpr(it.Expr, e) {
				return column(input, it.Alias.Name)
			}
		}
		if ref, ok := e.(*ast.ColumnRef); ok && len(ref.Name) > 2 {
			name := ast.NewName(input, c.add(&ast.ColumnRef{Name: ref.Name[:2]}))
			return &ast.ColumnRef{Span: ref.Span, Name: append(name, ref.Name[2:]...)}
		}
		if queryOf(e) != nil {
			return column(input, c.add(e))
		}
		return ast.MapChildren(n, visit)
	}
	return visit(br.rename(e)).(ast.Expr)
}

// partition is what all windows of a SELECT are partitioned by. The error is the
// *fault.Error that says why there is nothing.
func (p *planner) partition(sel *ast.Select) ([]ast.Expr, error) {
	var windows []*ast.FuncCall
	for _, it := range sel.Items {
		windows = append(windows, windowsIn(it.Expr)...)
	}
	if sel.Qualify != nil {
		windows = append(windows, windowsIn(sel.Qualify)...)
	}
	if len(windows) == 0 {
		return nil, p.refuse(sel.Qualify, "write the condition in WHERE", "QUALIFY has no window function")
	}
	if i := slices.IndexFunc(windows, func(w *ast.FuncCall) bool { return len(w.Over.PartitionBy) == 0 }); i >= 0 {
		return nil, p.refuse(windows[i], "write PARTITION BY a column, so that only the partitions that change are recomputed", "the window spans all rows, so that any change may touch any row")
	}
	common := windows[0].Over.PartitionBy
	for _, w := range windows[1:] {
		common = slices.DeleteFunc(slices.Clone(common), func(e ast.Expr) bool {
			return !slices.ContainsFunc(w.Over.PartitionBy, func(o ast.Expr) bool { return sameExpr(e, o) })
		})
		if len(common) == 0 {
			return nil, p.refuse(w, "partition all windows of a SELECT by a common column, or put each into a view or subquery of its own",
				"the windows have no common partition, so that any change may touch any row")
		}
	}
	return common, nil
}
