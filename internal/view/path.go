package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// Path is a way to the rows of a branch that have certain keys: through one leaf,
// by columns that are keys, or that keys are computed from.
type Path struct {
	Leaf    *Leaf
	Columns []string // of the leaf's relation
	// Keys are the positions of the keys that Columns are, one for each. There are
	// none where the keys are computed: then [Path.Values] finds the columns' values.
	Keys []int

	computed []computedKey
}

// computedKey is a key that is an expression of one leaf's columns.
type computedKey struct {
	at   int // its position among the keys
	expr ast.Expr
	as   schema.Type
}

// Paths lists the ways to the rows of one of a bag's branches that have certain
// values in the columns key. With nulls NULL is among the values: then there is
// no way through the optional side of an outer join, whose columns are NULL where
// it has no row.
func (r *Relation) Paths(b *Branch, key []string, nulls bool) []*Path {
	var out []*Path
	for _, l := range b.Leaves {
		if nulls && !l.Linear {
			continue
		}
		plain, computed := &Path{Leaf: l}, &Path{Leaf: l}
		for i, k := range key {
			if c, ok := b.Passes(k, l); ok {
				plain.Columns, plain.Keys = append(plain.Columns, c), append(plain.Keys, i)
			} else if e, ok := b.computes(k, l); ok {
				c, _ := r.column(k)
				computed.computed = append(computed.computed, computedKey{i, e, c.Type})
				computed.Columns = l.addColumns(computed.Columns, e)
			}
		}
		switch {
		case len(plain.Columns) > 0 && l.Of.finds(plain.Columns):
			out = append(out, plain)
		case len(computed.Columns) > 0 && l.Of.finds(computed.Columns):
			out = append(out, computed)
		}
	}
	return out
}

// computes is the expression that a column of the branch is, if it reads columns
// of one leaf by which rows can be found. An optional leaf has no such columns:
// an expression of its NULLs need not be NULL.
func (b *Branch) computes(name string, l *Leaf) (ast.Expr, bool) {
	i := slices.IndexFunc(b.items, func(it *ast.SelectItem) bool { return it.Alias.Name == name })
	if i < 0 || !l.Linear {
		return nil, false
	}
	e := b.items[i].Expr
	if reads := readsOf(e); len(reads) != 1 || !reads[l.Alias] || ast.HasQuery(e) {
		return nil, false
	}
	for _, name := range l.addColumns(nil, e) {
		if c, _ := l.Of.column(name); !findable(c.Type, c.Type) {
			return nil, false
		}
	}
	return e, true
}

// addColumns adds the columns of the leaf's relation that an expression reads.
func (l *Leaf) addColumns(to []string, e ast.Expr) []string {
	ast.Inspect(e, func(n ast.Node) bool {
		if alias, name, ok := columnAt(n); ok && alias == l.Alias && !slices.Contains(to, l.source(name)) {
			to = append(to, l.source(name))
		}
		return true
	})
	return to
}

// Values is the query of the values of a path's columns that make a key of
// [Keys], where the keys are under the names given, over the rows of the leaf.
func (p *Path) Values(names []string, nulls bool) *Statement {
	sel := &ast.Select{Distinct: true}
	shapes := map[string][]schema.Column{p.Leaf.Alias: p.Leaf.Of.Columns}
	var conditions []ast.Expr
	for _, k := range p.computed {
		conditions = append(conditions, sameKey(column(Keys, names[k.at]), p.Leaf.over(p.Leaf.Alias, k.expr), k.as, nulls))
		shapes[Keys] = append(shapes[Keys], schema.Column{Name: names[k.at], Type: k.as})
	}
	for _, name := range p.Columns {
		sel.Items = append(sel.Items, item(column(p.Leaf.Alias, name), name))
	}
	sel.From, sel.Where = []ast.TableExpr{leafTable(p.Leaf.Alias)}, existsKey(allOf(conditions...))
	return &Statement{query: &ast.Query{Body: sel}, shapes: shapes, model: p.Leaf.Of.Name.String()}
}

// finds reports that the rows with some values in the columns given are found
// without reading all rows of a relation that is stored.
func (r *Relation) finds(columns []string) bool {
	if r.Kind != Bag || r.Stored {
		return r.findable(columns)
	}
	return !slices.ContainsFunc(r.Branches, func(b *Branch) bool {
		return len(b.Leaves) > 0 && len(r.Paths(b, columns, false)) == 0
	})
}

// findable reports a column, among some, by whose values rows can be found.
func (r *Relation) findable(columns []string) bool {
	return slices.ContainsFunc(columns, func(name string) bool {
		c, _ := r.column(name)
		return findable(c.Type, c.Type)
	})
}

// readsAll says why a keyed stage reads all rows of its input, if it does not find
// those of the keys that changed. Key is the place where the query has the keys.
func (p *planner) readsAll(r *Relation, key ast.Node) {
	in := r.Input
	if in.finds(r.Keys) {
		return
	}
	var why error
	unfound, optional := in.computedOf(r.Keys)
	switch {
	case in.constant(r.Keys):
		why = p.refuse(key, "write a column that tells rows apart", "the key is the same in all rows")
	case !in.findable(r.Keys):
		c, _ := in.column(r.Keys[0])
		why = p.refuse(key, "add a column of another type to the key", "rows are not found by values of type %s, so that all have to be read", c.Type)
	case unfound != "":
		why = p.refuse(key, "add a column of another type to the key, or compute the key in a table or view that is read here",
			"the key is computed of the column %q, by whose type rows are not found, so that all have to be read", unfound)
	case optional:
		why = p.refuse(key, "add a column of the other side to the key, or the column as it is, and compute over the result",
			"the key is computed of the optional side of an outer join, where it has a value without a row too, so that all have to be read")
	default:
		why = p.refuse(key, "add a column of one table to the key, or an expression of one table's columns",
			"rows with a key are not found by columns of one table, so that all have to be read")
	}
	r.Reason = why.(*fault.Error)
}

// computedOf is what keeps keys that are expressions of one leaf from finding rows: a
// column of a type by which rows are not found, or that the leaf is optional.
func (r *Relation) computedOf(key []string) (column string, optional bool) {
	for _, b := range r.Branches {
		for _, it := range b.items {
			if _, _, plain := plainColumn(it.Expr); plain || !slices.Contains(key, it.Alias.Name) || len(readsOf(it.Expr)) != 1 {
				continue
			}
			for _, l := range b.Leaves {
				for _, name := range l.addColumns(nil, it.Expr) {
					optional = optional || !l.Linear
					if c, _ := l.Of.column(name); !findable(c.Type, c.Type) {
						column = name
					}
				}
			}
		}
	}
	return column, optional
}

// constant reports columns of a bag that read nothing.
func (r *Relation) constant(columns []string) bool {
	for _, b := range r.Branches {
		for _, it := range b.items {
			if slices.Contains(columns, it.Alias.Name) && len(readsOf(it.Expr)) > 0 {
				return false
			}
		}
	}
	return len(r.Branches) > 0
}
