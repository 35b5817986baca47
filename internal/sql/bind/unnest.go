package bind

import (
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// Unnest is what an item of FROM that unnests a SUPER value is made of: the
// elements of an array, or with Object the attributes of an object. What is
// neither has no rows. The item's first column holds the values and, with At,
// the second one the numbers of the elements, from 0, or the attributes' names.
type Unnest struct {
	Value  ast.Expr
	Object bool
	At     bool
}

// unnested reports whether a name in FROM means a SUPER value of an item that
// stands before it, or of a query around it, rather than a relation ("Querying
// semi-structured data", unnesting queries).
func (s *scope) unnested(name ast.Name) bool {
	for ; s != nil; s = s.parent {
		for q := min(len(name), 3); q > 0; q-- {
			it := s.item(name[:q])
			if it != nil && (q < len(name) || it.value != nil) {
				return true
			}
		}
	}
	return false
}

// unnest binds an unnesting item: value AS alias AT at.
func (b *binder) unnest(t ast.TableExpr, u *Unnest, alias ast.Alias, at string, s *scope) side {
	it := &Item{Name: alias.Name.Name, aliased: true, Unnest: u}
	if it.Name == "" {
		it.Name = b.ownName(u.Value)
	}
	if typ := b.expr(u.Value, s.at(inFrom)); typ.Kind != schema.Super {
		switch {
		case typ.Kind != schema.Unknown:
			b.fail(u.Value, fault.Type, "select from a table, or unnest a SUPER column", "only SUPER values are unnested, and this is %s", typ)
		case !b.inError(u.Value):
			b.fail(u.Value, fault.Type, "make a SUPER value of it with JSON_PARSE", "only SUPER values are unnested, and this is text")
		}
		it.broken = true
		return b.item(t, it, nil, ast.Alias{})
	}
	sources := b.sources(u.Value)
	outputs := []*Output{{Name: it.Name, Type: types.Super, Sources: sources}}
	if u.At {
		typ := types.BigInt
		if u.Object {
			typ = types.Varchar
		}
		outputs = append(outputs, &Output{Name: at, Type: typ, Sources: sources})
	}
	side := b.item(t, it, outputs, alias)
	if len(alias.Columns) == 0 {
		it.value = it.Columns[0]
	}
	return side
}

// tableFunc binds UNNEST(value) [WITH OFFSET], the only function in FROM ("UNNEST
// examples").
func (b *binder) tableFunc(t *ast.TableFunc, s *scope) side {
	plain := &ast.FuncCall{Name: t.Call.Name, Args: t.Call.Args}
	if t.Call.Name.String() != "unnest" || len(t.Call.Args) != 1 || !ast.Equal(plain, t.Call) {
		b.fail(t, fault.Unsupported, "write it with joins and subqueries", "of functions, only UNNEST(value) is available in FROM")
		return b.item(t, &Item{broken: true}, nil, ast.Alias{})
	}
	b.info.Types[t.Call] = types.Super
	return b.unnest(t, &Unnest{Value: t.Call.Args[0], At: t.WithOffset}, t.Alias, "offset", s)
}

// noUnnest refuses a join that would have to unnest values of rows that it adds.
func (b *binder) noUnnest(j *ast.Join, right side) {
	if j.Kind != ast.RightJoin && j.Kind != ast.FullJoin {
		return
	}
	if slices.ContainsFunc(right.items, func(it *Item) bool { return it.Unnest != nil }) {
		b.fail(j.Right, fault.Unsupported, "write LEFT JOIN", "SUPER values are not unnested by a RIGHT or FULL JOIN")
	}
}
