package lower

import (
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// Redshift writes a bound query for Redshift, whose SQL it is in already: its
// relations get their full names, or those of opts, and functions of the clock
// become the time that they mean in a model.
func Redshift(res *bind.Result, opts Options) (*ast.Query, error) {
	if res.UsesNow && opts.Now.IsZero() {
		return nil, fault.New(fault.Internal, "the query uses the clock, and no time was given to it")
	}
	l := &lowering{res: res, info: res.Info, opts: opts}
	return ast.Rewrite(res.Query, func(old, now ast.Node) ast.Node {
		switch n := old.(type) {
		case *ast.TableName:
			return l.fullName(n)
		case *ast.FuncCall:
			if c := l.info.Calls[n]; c != nil && c.Func.Now {
				return dateRules[c.Func.Name](l, n, nil, schema.Type{})
			}
		}
		return now
	}), nil
}

// fullName names a base relation with its schema; what qualified its columns
// stays as its alias.
func (l *lowering) fullName(t *ast.TableName) ast.Node {
	it := l.info.Items[t]
	if it == nil || it.CTE != nil || it.Relation == (schema.Name{}) {
		return t
	}
	out := *t
	out.Name = l.relationName(it.Relation)
	if out.Alias.Name.Name == "" && out.Name.Last() != it.Name {
		out.Alias.Name = ast.Ident{Name: it.Name}
	}
	return &out
}
