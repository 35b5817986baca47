package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/types"
)

// grouped is the alias under which what is computed for a group is read: its
// keys and slots.
const grouped = "#g"

// rowsSlot counts the rows of a group, which decides whether it is there.
const rowsSlot = "#n"

// groups is how the groups of a merge stage are kept: in slots, which can be
// merged, from which the outputs follow.
type groups struct {
	slots   []slot
	outputs []*ast.SelectItem // over grouped
	held    map[string]string // the stage's column of each slot
}

// slotKind says how a slot is merged.
type slotKind int

const (
	countRows   slotKind = iota // rows
	countValues                 // values that are not NULL
	addUp                       // an exact sum
	addUpFloat                  // a sum of DOUBLE PRECISION: rows that leave are not subtracted
	least
	greatest
	mean    // of DOUBLE PRECISION, with count and squares
	squares // the sum of squared differences from the mean
)

// slot is a partial state of an aggregate over the input's column arg.
type slot struct {
	name string
	kind slotKind
	arg  string
	as   schema.Type // that arg is summed as
}

// fragile slots cannot take rows back.
func (s slot) fragile() bool { return s.kind == addUpFloat || s.kind == mean || s.kind == squares }

// core collects the columns that a stage needs of the rows below it.
type core struct {
	prefix string
	items  []*ast.SelectItem
}

// add has an expression computed, and returns the column that holds it.
func (c *core) add(e ast.Expr) string {
	for _, it := range c.items {
		if sameExpr(it.Expr, e) {
			return it.Alias.Name
		}
	}
	name := c.prefix + strconv.Itoa(len(c.items)+1)
	if alias, column, ok := plainColumn(e); ok {
		name = alias + "." + column
	}
	c.items = append(c.items, item(e, name))
	return name
}

// grouped plans a SELECT with groups: its core, the groups, and what is made of
// them.
func (p *planner) grouped(sel *ast.Select) (*Relation, error) {
	var items []ast.Expr
	if sel.GroupBy != nil {
		items = sel.GroupBy.Items
	}
	sets := expand(items)
	g := &grouper{p: p, core: core{prefix: "e"}, slots: &groups{}, several: len(sets) > 1}
	for _, set := range sets {
		for _, k := range set {
			g.addKey(k)
		}
	}
	post := &ast.Select{Span: sel.Span, Qualify: g.over(sel.Qualify), Where: g.over(sel.Having)}
	for _, it := range sel.Items {
		post.Items = append(post.Items, item(g.over(it.Expr), it.Alias.Name))
	}
	g.prepare(slices.ContainsFunc(sets, func(s []ast.Expr) bool { return len(s) == 0 }))
	b, err := p.branch(sel.From, sel.Where, g.core.items)
	if err != nil {
		return nil, err
	}
	in, err := p.stage(&Relation{Kind: Bag, Branches: []*Branch{b}})
	if err != nil {
		return nil, err
	}
	plain := post.Where == nil && !p.hasWindows(post) && !slices.ContainsFunc(post.Items, func(it *ast.SelectItem) bool {
		return ast.HasQuery(it.Expr) || p.clockIn(it.Expr) != nil
	})
	if plain && !g.several {
		return g.stage(in, sets[0], post.Items)
	}
	// HAVING, windows and subqueries over the groups are a SELECT of their own, and
	// so is the list where there are several grouping sets.
	r, err := g.stages(in, sets)
	if err != nil {
		return nil, err
	}
	return p.over(r, post)
}

// stages makes a stage of each grouping set, and one of all their rows where
// there are several.
func (g *grouper) stages(in *Relation, sets [][]ast.Expr) (*Relation, error) {
	if !g.several {
		return g.stage(in, sets[0], g.all(sets[0]))
	}
	union := &Relation{Kind: Bag}
	for _, set := range sets {
		r, err := g.stage(in, set, g.all(set))
		if err != nil {
			return nil, err
		}
		b, err := g.p.branchOf(r, nil)
		if err != nil {
			return nil, err
		}
		union.Branches = append(union.Branches, b)
	}
	return g.p.stage(union)
}

// branchOf reads a stage as it is, its columns as the types given if there are
// any.
func (p *planner) branchOf(r *Relation, as []schema.Column) (*Branch, error) {
	alias := p.alias()
	items := make([]*ast.SelectItem, len(r.Columns))
	for i, c := range r.Columns {
		items[i] = item(column(alias, c.Name), c.Name)
		if as != nil {
			items[i].Alias.Name = as[i].Name
			if as[i].Type != c.Type {
				items[i].Expr = castTo(items[i].Expr, as[i].Type)
			}
		}
	}
	return p.branch([]ast.TableExpr{p.made(r, alias)}, nil, items)
}

// over plans a SELECT whose expressions read a stage as grouped.
func (p *planner) over(r *Relation, sel *ast.Select) (*Relation, error) {
	sel.From = []ast.TableExpr{p.made(r, grouped)}
	if p.hasWindows(sel) {
		return p.windowed(sel)
	}
	b, err := p.branch(sel.From, sel.Where, sel.Items)
	if err != nil {
		return nil, err
	}
	return p.stage(&Relation{Kind: Bag, Branches: []*Branch{b}})
}

// stageSchema is the schema under which FROM names stages, by their number, in a
// SELECT that the planner makes.
const stageSchema = "#stage"

// made is a FROM item that reads a stage.
func (p *planner) made(r *Relation, alias string) *ast.TableName {
	i := slices.Index(p.stages, r)
	return &ast.TableName{Name: ast.NewName(stageSchema, strconv.Itoa(i)), Alias: ast.Alias{Name: ast.Ident{Name: alias}}}
}

// expand lists the grouping sets of a GROUP BY: the combinations of what its
// items stand for ("Aggregation extensions").
func expand(items []ast.Expr) [][]ast.Expr {
	sets := [][]ast.Expr{nil}
	for _, e := range items {
		var next [][]ast.Expr
		for _, s := range sets {
			for _, more := range setsOf(e) {
				next = append(next, slices.Concat(s, more))
			}
		}
		sets = next
	}
	return sets
}

// setsOf are the sets that one item of GROUP BY stands for.
func setsOf(e ast.Expr) [][]ast.Expr {
	switch e := e.(type) {
	case *ast.Row:
		return [][]ast.Expr{e.Items}
	case *ast.GroupingSets:
		var out [][]ast.Expr
		switch e.Kind {
		case ast.Sets:
			for _, x := range e.Items {
				out = append(out, setsOf(x)...)
			}
		case ast.Rollup:
			for n := len(e.Items); n >= 0; n-- {
				out = append(out, expand(e.Items[:n])...)
			}
		case ast.Cube:
			for mask := 1<<len(e.Items) - 1; mask >= 0; mask-- {
				var some []ast.Expr
				for i, x := range e.Items {
					if mask>>(len(e.Items)-1-i)&1 == 1 {
						some = append(some, x)
					}
				}
				out = append(out, expand(some)...)
			}
		}
		return out
	}
	return [][]ast.Expr{{e}}
}

// grouper replaces what a SELECT computes over groups by columns of grouped.
type grouper struct {
	p        *planner
	core     core
	several  bool     // there are several grouping sets
	keys     []string // columns of the core
	keyExprs []ast.Expr
	aggs     []*ast.FuncCall // each once
	names    []string        // the columns of grouped that hold them
	slots    *groups
	finals   map[string]ast.Expr // of the aggregates; nil if one cannot be merged
	parts    []*part             // of the aggregates over all rows, if they are kept apart
	needsAll *ast.FuncCall       // the aggregate that keeps them from it
}

func (g *grouper) addKey(k ast.Expr) string {
	name := g.core.add(k)
	if !slices.Contains(g.keys, name) {
		g.keys, g.keyExprs = append(g.keys, name), append(g.keyExprs, k)
	}
	return name
}

// over writes an expression over the groups: keys and aggregates become columns
// of grouped.
func (g *grouper) over(e ast.Expr) ast.Expr {
	if e == nil {
		return nil
	}
	below := 0 // subqueries around the node
	var visit func(ast.Node) ast.Node
	visit = func(n ast.Node) ast.Node {
		if _, sub := n.(*ast.Query); sub {
			below++
			defer func() { below-- }()
		}
		e, ok := n.(ast.Expr)
		if !ok {
			return ast.MapChildren(n, visit)
		}
		for i, k := range g.keyExprs {
			if sameExpr(k, e) {
				return column(grouped, g.keys[i])
			}
		}
		if c, ok := e.(*ast.FuncCall); ok && g.owns(c, below) {
			if g.p.info.Calls[c].Func.Name == function.GroupingName {
				return g.grouping(c)
			}
			return column(grouped, g.aggregate(c))
		}
		return ast.MapChildren(n, visit)
	}
	return visit(e).(ast.Expr)
}

// owns reports an aggregate over the groups: one of the list itself, or one in a
// subquery that is over the rows outside of it.
func (g *grouper) owns(c *ast.FuncCall, below int) bool {
	if c.Over != nil || !g.p.isAggregate(c) {
		return false
	}
	return below == 0 || g.p.info.Calls[c].Owner != nil
}

// grouping is GROUPING over the columns of grouped that say, for each key,
// whether its row adds it up.
func (g *grouper) grouping(c *ast.FuncCall) ast.Expr {
	var out ast.Expr
	for _, arg := range c.Args {
		var bit ast.Expr = number("0")
		if g.several {
			bit = column(grouped, groupingColumn(g.addKey(arg)))
		}
		if out == nil {
			out = bit
		} else {
			out = binary(ast.Add, binary(ast.Mul, out, number("2")), bit)
		}
	}
	return castTo(out, types.Integer)
}

// groupingColumn is the column of grouped that is 1 where a key is added up.
func groupingColumn(key string) string { return "grouping " + key }

func (p *planner) isAggregate(c *ast.FuncCall) bool {
	b := p.info.Calls[c]
	return b != nil && b.Window == nil && b.Func.Class == function.Aggregate
}

// aggregate is the column of grouped that holds an aggregate.
func (g *grouper) aggregate(c *ast.FuncCall) string {
	if i := slices.IndexFunc(g.aggs, func(o *ast.FuncCall) bool { return sameExpr(o, c) }); i >= 0 {
		return g.names[i]
	}
	name := "a" + strconv.Itoa(len(g.aggs)+1)
	g.aggs, g.names = append(g.aggs, c), append(g.names, name)
	return name
}

// all are the keys, which of them a grouping set adds up, and the aggregates.
func (g *grouper) all(set []ast.Expr) []*ast.SelectItem {
	var out []*ast.SelectItem
	for i, k := range g.keys {
		in := slices.ContainsFunc(set, func(e ast.Expr) bool { return sameExpr(e, g.keyExprs[i]) })
		key, added := ast.Expr(column(grouped, k)), number("0")
		if !in {
			key, added = castTo(&ast.NullLit{}, g.p.info.TypeOf(g.keyExprs[i])), number("1")
		}
		out = append(out, item(key, k))
		if g.several {
			out = append(out, item(added, groupingColumn(k)))
		}
	}
	for _, name := range g.names {
		out = append(out, item(column(grouped, name), name))
	}
	return someColumn(out)
}

// prepare finds what the aggregates need of the rows. Whole is set if a grouping
// set takes all rows as one group.
func (g *grouper) prepare(whole bool) {
	g.finals = map[string]ast.Expr{}
	merges := true
	for i, c := range g.aggs {
		f, ok := g.final(c)
		if merges = merges && ok; ok {
			g.finals[g.names[i]] = f
		}
	}
	if !merges {
		for _, c := range g.aggs {
			g.overCore(c)
		}
		if whole {
			g.needsAll = g.takeApart()
		}
		g.finals = nil
	}
}

// stage makes the stage that keeps the groups of one grouping set, with some
// outputs over them: a merge if all aggregates can be merged; else the groups
// that change are recomputed.
func (g *grouper) stage(in *Relation, set []ast.Expr, outputs []*ast.SelectItem) (*Relation, error) {
	var keys []string
	for _, k := range set {
		if name := g.core.add(k); !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	if g.finals == nil {
		return g.recomputed(in, set, keys, outputs)
	}
	made := &groups{slots: slices.Clone(g.slots.slots)}
	for _, it := range outputs {
		made.outputs = append(made.outputs, item(substitute(it.Expr, g.finals), it.Alias.Name))
	}
	return g.p.merge(&Relation{Kind: Merge, Stored: true, Input: in, Keys: keys, groups: made})
}

// substitute puts expressions in the place of columns of grouped.
func substitute(e ast.Expr, by map[string]ast.Expr) ast.Expr {
	return ast.Rewrite(e, func(_, now ast.Node) ast.Node {
		if alias, name, ok := columnAt(now); ok && alias == grouped && by[name] != nil {
			return by[name]
		}
		return now
	})
}

// recomputed makes a stage of the groups whose aggregates cannot be merged.
func (g *grouper) recomputed(in *Relation, set []ast.Expr, keys []string, outputs []*ast.SelectItem) (*Relation, error) {
	r := &Relation{Kind: Keyed, Stored: true, Input: in, Keys: keys, query: g.query(keys, outputs)}
	switch {
	case len(keys) > 0:
		return g.p.keyed(r, set[0])
	case g.parts != nil:
		return g.together(in, outputs)
	}
	r.Kind = Full
	r.Reason = g.p.refuse(g.needsAll, "group by a column, so that only the groups that change are recomputed",
		"%s over all rows needs all rows", strings.ToUpper(g.p.info.Calls[g.needsAll].Func.Name)).(*fault.Error)
	return g.p.stage(r)
}

// query is the SELECT of the groups over the stage's input.
func (g *grouper) query(keys []string, outputs []*ast.SelectItem) *ast.Query {
	sel := &ast.Select{From: []ast.TableExpr{leafTable(input)}}
	by := map[string]ast.Expr{}
	for _, k := range keys {
		by[k] = column(input, k)
	}
	for i, c := range g.aggs {
		by[g.names[i]] = g.overCore(c)
	}
	for _, it := range outputs {
		sel.Items = append(sel.Items, item(substitute(it.Expr, by), it.Alias.Name))
	}
	if len(keys) > 0 {
		sel.GroupBy = &ast.GroupBy{}
		for _, k := range keys {
			sel.GroupBy.Items = append(sel.GroupBy.Items, column(input, k))
		}
	}
	return &ast.Query{Body: sel}
}

// overCore writes an aggregate over the columns of the core.
func (g *grouper) overCore(c *ast.FuncCall) ast.Expr {
	return ast.MapChildren(c, func(n ast.Node) ast.Node {
		switch n := n.(type) {
		case *ast.Star, *ast.NumberLit, *ast.StringLit:
			return n
		case ast.Expr:
			return column(input, g.core.add(n))
		case *ast.OrderItem:
			by := *n
			by.Expr = column(input, g.core.add(n.Expr))
			return &by
		}
		return n
	}).(ast.Expr)
}

// undisturbed are the aggregates that say the same of distinct values as of all.
var undisturbed = []string{"min", "max", "bool_and", "bool_or"}

// final is what an aggregate is of its slots; it reports false where the
// aggregate cannot be merged.
func (g *grouper) final(c *ast.FuncCall) (ast.Expr, bool) {
	if c.Distinct && !slices.Contains(undisturbed, g.p.info.Calls[c].Func.Name) {
		return nil, false
	}
	return g.merged(c)
}

// merged is final of an aggregate over rows that are distinct if it asks for that.
func (g *grouper) merged(c *ast.FuncCall) (ast.Expr, bool) {
	name := g.p.info.Calls[c].Func.Name
	arg, t := c.Args[0], g.p.info.Types[c]
	from := g.p.info.TypeOf(arg)
	if _, star := arg.(*ast.Star); star {
		if c.Filter == nil {
			return g.slot(countRows, nil, schema.Type{}), true
		}
		arg = number("1")
	}
	if c.Filter != nil {
		arg = when(c.Filter, arg, nil)
	}
	count := func() ast.Expr { return g.slot(countValues, arg, schema.Type{}) }
	known := func(e ast.Expr) ast.Expr { return when(binary(ast.Greater, count(), number("0")), e, nil) }
	switch name {
	case "count":
		return count(), true
	case "min", "any_value":
		return g.slot(least, arg, schema.Type{}), from.Kind != schema.Super // whose values have no order
	case "max":
		return g.slot(greatest, arg, schema.Type{}), true
	case "sum":
		return known(g.slot(sumKind(t), arg, t)), true
	case "avg":
		return g.average(arg, from, t, known, count), true
	case "bool_or", "bool_and":
		truths := g.slot(countValues, when(arg, number("1"), nil), schema.Type{})
		if name == "bool_or" {
			return known(binary(ast.Greater, truths, number("0"))), true
		}
		return known(equals(truths, count())), true
	case "stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop":
		return g.deviation(name, arg, count()), true
	}
	return nil, false
}

func sumKind(t schema.Type) slotKind {
	if t.Kind == schema.Double {
		return addUpFloat
	}
	return addUp
}

// average is the sum over the count, divided as AVG divides.
func (g *grouper) average(arg ast.Expr, from, t schema.Type, known func(ast.Expr) ast.Expr, count func() ast.Expr) ast.Expr {
	switch t.Kind {
	case schema.BigInt:
		wide := t
		if from.Kind == schema.BigInt {
			wide = types.Decimal(schema.MaxPrecision, 0) // a sum of them may have more than 64 bits
		}
		return known(castTo(call("avg#", g.slot(addUp, arg, wide), count()), t))
	case schema.Decimal:
		return known(castTo(call("avg#", g.slot(addUp, arg, t), count()), t))
	}
	return known(binary(ast.Div, g.slot(addUpFloat, arg, t), count()))
}

// deviation is a variance, or its root, of the sum of squared differences.
func (g *grouper) deviation(name string, arg, count ast.Expr) ast.Expr {
	g.slot(mean, arg, types.Double)
	m2 := g.slot(squares, arg, types.Double)
	over, least := ast.Expr(binary(ast.Sub, count, number("1"))), "1"
	if name == "stddev_pop" || name == "var_pop" {
		over, least = count, "0"
	}
	out := ast.Expr(binary(ast.Div, m2, over))
	switch name {
	case "stddev", "stddev_samp", "stddev_pop":
		out = call("sqrt", out)
	}
	return when(binary(ast.Greater, count, number(least)), out, nil)
}

// slot is the column of grouped that holds a slot.
func (g *grouper) slot(kind slotKind, arg ast.Expr, as schema.Type) ast.Expr {
	s := slot{name: rowsSlot, kind: kind, as: as}
	if arg != nil {
		s.arg = g.core.add(arg)
		s.name = "#" + strconv.Itoa(len(g.slots.slots)+1)
	}
	for _, o := range g.slots.slots {
		if o.kind == s.kind && o.arg == s.arg && o.as == s.as {
			return column(grouped, o.name)
		}
	}
	g.slots.slots = append(g.slots.slots, s)
	return column(grouped, s.name)
}
