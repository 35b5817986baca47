package bind

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// scope is what column names can mean inside one SELECT, and the scope of the
// query around it.
type scope struct {
	parent  *scope
	with    *ctes
	items   []*Item
	columns []*Column // in the order of *, USING columns merged
	// aliases are the outputs that a name may fall back to: in the select list
	// those before it, elsewhere all of them.
	aliases []*Output
	windows map[string]*ast.WindowSpec
	place   place
	info    *SelectInfo // of the SELECT, nil for VALUES and the like
	filter  place       // what WHERE was written as

	// Of a hierarchical query: what LEVEL is, what PRIOR looks at, and in the
	// clauses after CONNECT BY what takes the place of FROM.
	level     *Column
	prior     *scope
	hierarchy *ast.Subquery
}

// newScope is the scope of a SELECT before its FROM is bound.
func newScope(parent *scope, with *ctes) *scope {
	return &scope{parent: parent, with: with, place: inFrom, filter: inWhere, windows: map[string]*ast.WindowSpec{}}
}

// place is a clause and what may stand in it.
type place struct {
	name              string
	aggregate, window bool
	hint              string // what to do about an aggregate or window here
}

var (
	inList    = place{name: "the select list", aggregate: true, window: true}
	inWhere   = place{name: "WHERE", hint: "filter groups with HAVING, and window functions with QUALIFY"}
	inStart   = place{name: "START WITH", hint: "compute it in a subquery"}
	inConnect = place{name: "CONNECT BY", hint: "compute it in a subquery"}
	inOn      = place{name: "JOIN conditions", hint: "compute it in a subquery and join that"}
	inGroupBy = place{name: "GROUP BY", hint: "compute it in a subquery and group that"}
	inHaving  = place{name: "HAVING", aggregate: true, hint: "filter window functions with QUALIFY"}
	inQualify = place{name: "QUALIFY", aggregate: true, window: true}
	inOrderBy = place{name: "ORDER BY", aggregate: true, window: true}
	inLimit   = place{name: "LIMIT", hint: "write a number"}
	inPivot   = place{name: "PIVOT", aggregate: true, hint: "compute it in a subquery"}
	inFrom    = place{name: "FROM", hint: "compute it in a subquery"}
	inValues  = place{name: "VALUES", hint: "use SELECT"}
	inAgg     = place{name: "the argument of an aggregate", hint: "aggregate in a subquery first"}
	inWindow  = place{name: "a window", aggregate: true, hint: "compute the inner window function in a subquery first"}
)

// at returns the scope for another clause of the same SELECT.
func (s *scope) at(p place) *scope {
	c := *s
	c.place = p
	return &c
}

// ctes is the chain of common table expressions in sight.
type ctes struct {
	parent *ctes
	name   string
	cte    *ast.CTE
	// outputs are the columns; for the recursive reference those of its first part.
	outputs []*Output
	broken  bool
	// recursive is set if the expression reads itself.
	recursive bool
}

func (c *ctes) find(name string) *ctes {
	for ; c != nil; c = c.parent {
		if c.name == name {
			return c
		}
	}
	return nil
}

// item finds a FROM item by the name that qualifies its columns.
func (s *scope) item(qualifier ast.Name) *Item {
	for _, it := range s.items {
		switch len(qualifier) {
		case 1:
			if it.Name == qualifier[0].Name {
				return it
			}
		default:
			n := len(qualifier)
			full := schema.Name{Schema: qualifier[n-2].Name, Name: qualifier[n-1].Name}
			if !it.aliased && it.Relation == full {
				return it
			}
		}
	}
	return nil
}

// scopeOf is the scope, this one or one around it, in which a name means
// something, and nil if there is none.
func (s *scope) scopeOf(name ast.Name) *scope {
	for ; s != nil; s = s.parent {
		if _, ok := s.find(name); ok {
			return s
		}
	}
	return nil
}

// within reports a scope inside another one.
func (s *scope) within(outer *scope) bool {
	for s = s.parent; s != nil; s = s.parent {
		if s == outer {
			return true
		}
	}
	return false
}

// lookup is one way to read a name in one scope.
type lookup struct {
	ref       *Ref
	item      *Item // the qualifier's item, if there is one
	missing   bool  // the item has no such column
	ambiguous []*Column
}

// find reads a name in this scope only. It reports false if nothing here is
// meant.
func (s *scope) find(name ast.Name) (lookup, bool) {
	for q := min(len(name)-1, 3); q > 0; q-- {
		it := s.item(name[:q])
		if it == nil {
			continue
		}
		if it.value != nil {
			return lookup{ref: &Ref{Column: it.value, Path: name[q:]}}, true
		}
		c, more := columnOf(it.Columns, name[q].Name)
		if c == nil {
			return lookup{item: it, missing: true}, true
		}
		if len(more) > 0 {
			return lookup{item: it, ambiguous: more}, true
		}
		return lookup{ref: &Ref{Column: c, Path: name[q+1:]}}, true
	}
	c, more := columnOf(s.columns, name[0].Name)
	switch {
	case len(more) > 0:
		return lookup{ambiguous: more}, true
	case c != nil && (len(name) == 1 || c.Type.Kind == schema.Super):
		return lookup{ref: &Ref{Column: c, Path: name[1:]}}, true
	case len(name) == 1 && name[0].Name == levelName && s.level != nil:
		return lookup{ref: &Ref{Column: s.level}}, true
	case len(name) == 1:
		for _, o := range s.aliases {
			if o.aliased && o.Name == name[0].Name {
				return lookup{ref: &Ref{Alias: o}}, true
			}
		}
	}
	return lookup{}, false
}

// columnOf finds a column by name; where several have it, they are the second
// result.
func columnOf(columns []*Column, name string) (*Column, []*Column) {
	var found []*Column
	for _, c := range columns {
		if c.Name == name {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return found[0], nil
	default:
		return found[0], found
	}
}

// broken reports an item in sight whose columns are not known, because its
// relation is not.
func (s *scope) broken() bool {
	for ; s != nil; s = s.parent {
		if slices.ContainsFunc(s.items, func(it *Item) bool { return it.broken }) {
			return true
		}
	}
	return false
}

// column resolves and types a column reference.
func (b *binder) column(ref *ast.ColumnRef, s *scope) schema.Type {
	if made := b.info.Refs[ref]; made != nil && made.Column != nil && len(made.Path) == 0 {
		return made.Column.Type // a reference that was made for a column
	}
	if ref.OuterMark && s.place.name != inWhere.name {
		b.fail(ref, fault.Syntax, "write LEFT JOIN", "(+) stands only in WHERE")
	}
	depth := 0
	for in := s; in != nil; in, depth = in.parent, depth+1 {
		found, ok := in.find(ref.Name)
		switch {
		case !ok:
			continue
		case found.ref != nil:
			found.ref.Depth = depth
			return b.resolved(ref, found.ref, in)
		case found.item != nil && found.item.broken:
			return types.Unknown
		case len(found.ambiguous) > 0:
			b.ambiguous(ref, found)
		default:
			b.noColumn(ref, found.item)
		}
		return types.Unknown
	}
	b.unknownColumn(ref, s)
	return types.Unknown
}

// resolved records what a reference is and gives its type.
func (b *binder) resolved(ref *ast.ColumnRef, r *Ref, s *scope) schema.Type {
	b.info.Refs[ref] = r
	if r.Alias != nil {
		if r.Alias.size > maxSize {
			delete(b.info.Refs, ref) // reported where the alias is defined
			return types.Unknown
		}
		b.checkAliasUse(ref, r, s)
		return r.Alias.Type
	}
	if len(r.Path) == 0 {
		return r.Column.Type
	}
	if r.Column.Type.Kind != schema.Super {
		b.fail(ref, fault.Type, "only SUPER columns have attributes", "column %q is %s, which has no attribute %q",
			r.Column.Name, r.Column.Type, r.Path[0].Name)
	}
	return types.Super
}

// inFromInstead is what to do about an alias that a subquery cannot use.
const inFromInstead = "compute it in a subquery in FROM, and use that one's column"

// checkAliasUse refuses the alias of an aggregate or window function where these
// themselves may not stand, and in a subquery, where the expression that it stands
// for would run over the subquery's rows.
func (b *binder) checkAliasUse(ref *ast.ColumnRef, r *Ref, s *scope) {
	aggregate, window := b.has(r.Alias.Expr, isAggregate), b.has(r.Alias.Expr, isWindow)
	switch {
	case !s.place.aggregate && aggregate:
		b.fail(ref, fault.Type, s.place.hint, "%q is an aggregate, which cannot stand in %s", r.Alias.Name, s.place.name)
	case !s.place.window && window:
		b.fail(ref, fault.Type, s.place.hint, "%q is a window function, which cannot stand in %s", r.Alias.Name, s.place.name)
	case r.Depth > 0 && (aggregate || window):
		b.fail(ref, fault.Unsupported, inFromInstead,
			"%q is an aggregate or window function of the query around, which a subquery cannot use", r.Alias.Name)
	}
}

func (b *binder) ambiguous(ref *ast.ColumnRef, found lookup) {
	if found.item != nil {
		b.fail(ref, fault.Name, "give the columns of "+found.item.Name+" different names", "column %q appears twice in %q",
			ref.Name.Last(), found.item.Name)
		return
	}
	var in []string
	for _, c := range found.ambiguous {
		if c.Item != nil && c.Item.Name != "" {
			in = append(in, c.Item.Name+"."+c.Name)
		}
	}
	hint := "qualify it with a table"
	if len(in) > 1 {
		hint = "write " + in[0] + " or " + in[1]
	}
	b.fail(ref, fault.Name, hint, "column %q is ambiguous", ref.Name.String())
}

func (b *binder) noColumn(ref *ast.ColumnRef, it *Item) {
	name := ref.Name.Last()
	var names []string
	for _, c := range it.Columns {
		names = append(names, c.Name)
	}
	b.fail(ref, fault.Name, suggest(name, names), "unknown column %q in %q", name, it.Name)
}

// unknownColumn explains a name that nothing in sight has.
func (b *binder) unknownColumn(ref *ast.ColumnRef, s *scope) {
	if len(ref.Name) > 1 {
		var names []string
		for in := s; in != nil; in = in.parent {
			for _, it := range in.items {
				names = append(names, it.Name)
			}
		}
		table := ref.Name[:len(ref.Name)-1].String()
		hint := suggestItem(table, names)
		if it := s.hidden(ref.Name[len(ref.Name)-2].Name); it != nil {
			hint = "its alias stands for it: write " + it.Name + "." + ref.Name.Last()
		}
		b.fail(ref, fault.Name, hint, "unknown table %q in %q", table, ref.Name.String())
		return
	}
	if s.broken() {
		return
	}
	var names []string
	for in := s; in != nil; in = in.parent {
		for _, c := range in.columns {
			names = append(names, c.Name)
		}
		for _, o := range in.aliases {
			names = append(names, o.Name)
		}
	}
	hint := suggest(ref.Name.Last(), names)
	if text := b.quoted(ref); hint == "" && text != "" {
		hint = "double quotes are for names: a string is written '" + text + "'"
	}
	b.fail(ref, fault.Name, hint, "unknown column %q", ref.Name.Last())
}

// suggestItem advises on a table that is none of those in sight.
func suggestItem(table string, names []string) string {
	named := slices.DeleteFunc(names, func(n string) bool { return n == "" })
	if hint := suggest(table, named); hint != "" || len(named) == 0 {
		return hint
	}
	return "FROM has " + strings.Join(named, ", ")
}

// hidden finds an item in sight that an alias hides the table name of.
func (s *scope) hidden(table string) *Item {
	for ; s != nil; s = s.parent {
		for _, it := range s.items {
			if it.aliased && it.Relation.Name == table {
				return it
			}
		}
	}
	return nil
}

// quoted is what a name in double quotes was written as, and "" for others.
func (b *binder) quoted(ref *ast.ColumnRef) string {
	from, to := int(ref.Pos()), int(ref.End())
	if to > len(b.opts.Text) || to-from < 2 || b.opts.Text[from] != '"' {
		return ""
	}
	return b.opts.Text[from+1 : to-1]
}
