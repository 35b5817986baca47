package normal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// Result is the plain form of a query.
type Result struct {
	Query *ast.Query
	// SameAs has the common table expression that a subquery of FROM was written
	// from. Those of one expression return the same rows, column by column; their
	// aliases and the names of their outputs differ. Expressions that read a query
	// around them are left out: what they return depends on where they stand.
	SameAs map[*ast.Subquery]*ast.CTE
}

// maxQueries bounds the queries that common table expressions are written out
// to: uses of uses multiply.
const maxQueries = 1000

// Query returns the plain form of a bound query. The error is a [*fault.Error]
// of code Unsupported, with the place, at the first construct that has none, such
// as a recursive query.
func Query(res *bind.Result) (*Result, error) {
	n := &normalizer{
		res: res, info: res.Info,
		taken: map[string]bool{}, names: map[*bind.Item]string{}, columns: map[*bind.Item][]string{},
		owners: map[*bind.Output]*bind.SelectInfo{}, open: map[*ast.CTE]bool{},
		sameAs: map[*ast.Subquery]*ast.CTE{},
	}
	n.prepare()
	out := n.query(res.Query, names(res.Info.Outputs[res.Query]), true)
	if n.refused != nil {
		return nil, n.refused
	}
	return &Result{Query: out, SameAs: n.sameAs}, nil
}

// normalizer is the state of one call.
type normalizer struct {
	res     *bind.Result
	info    *bind.Info
	taken   map[string]bool                   // names that no further alias can have
	names   map[*bind.Item]string             // the alias of each FROM item in sight
	columns map[*bind.Item][]string           // and the names of its columns
	owners  map[*bind.Output]*bind.SelectInfo // the SELECT of each output
	open    map[*ast.CTE]bool                 // common table expressions being written
	queries int                               // written so far
	sameAs  map[*ast.Subquery]*ast.CTE
	refused *fault.Error // the first construct without a plain form
}

// prepare names the columns of all items, and takes the names that an alias must
// not have: where a.b can be a column b of a, a schema or a SUPER column of name
// a would be found instead.
func (n *normalizer) prepare() {
	for _, it := range n.info.Items {
		n.columns[it] = columnNames(it)
		n.taken[it.Relation.Schema] = true
		for i, c := range it.Columns {
			if c.Type.Kind == schema.Super {
				n.taken[n.columns[it][i]] = true
			}
		}
	}
	for _, sel := range n.info.Selects {
		for _, o := range sel.Outputs {
			n.owners[o] = sel
		}
	}
}

// columnNames are the names that the columns of an item have in the plain form:
// a relation's own, and elsewhere those that the query gives them. None begins with
// _ or #, as those do that plans add to what they keep of the query.
func columnNames(it *bind.Item) []string {
	out := make([]string, len(it.Columns))
	for i, c := range it.Columns {
		switch {
		case it.Relation != (schema.Name{}):
			out[i] = c.Sources[0].Column
		case it.Unnest != nil && i == 0:
			out[i] = "value"
		case strings.HasPrefix(c.Name, "_") || strings.HasPrefix(c.Name, "#"):
			out[i] = "c" + c.Name
		default:
			out[i] = c.Name
		}
	}
	return unique(out)
}

// refuse notes a construct that has no plain form.
func (n *normalizer) refuse(node ast.Node, hint, format string, args ...any) {
	if n.refused != nil {
		return
	}
	o := n.res.Options
	line, column := ast.LineColumn(o.Text, node.Pos())
	n.refused = fault.New(fault.Unsupported, format, args...).At(fault.Position{File: o.File, Line: line, Column: column}).In(o.File, o.Text)
	n.refused.Hint = hint
}

// query writes a whole query, whose outputs get the names given. Below the top
// the order of rows says nothing unless it decides which of them there are.
func (n *normalizer) query(q *ast.Query, outputs []string, top bool) *ast.Query {
	if n.queries++; n.queries > maxQueries {
		n.refuse(q, "make a model of what is used more than once",
			"a query that has more than %d subqueries with its common table expressions written out is recomputed", maxQueries)
	}
	if n.refused != nil {
		return q
	}
	inner, parenthesized := q.Body.(*ast.Query)
	if parenthesized && len(q.OrderBy) == 0 && q.Limit == nil && q.Offset == nil {
		return n.query(inner, outputs, top)
	}
	out := &ast.Query{Span: q.Span, Body: n.body(q.Body, outputs), Limit: n.optional(q.Limit), Offset: n.optional(q.Offset)}
	if sel, ok := q.Body.(*ast.Select); ok && sel.Top != nil {
		out.Limit = n.expr(sel.Top)
	}
	if top || limited(out) {
		out.OrderBy = n.orderBy(q.OrderBy)
	}
	return out
}

func limited(q *ast.Query) bool { return q.Limit != nil || q.Offset != nil }

func (n *normalizer) orderBy(items []*ast.OrderItem) []*ast.OrderItem {
	var out []*ast.OrderItem
	for _, item := range items {
		by := *item
		if o := n.info.Positions[item.Expr]; o != nil {
			by.Expr = &ast.NumberLit{Span: spanOf(item.Expr), Text: strconv.Itoa(o.Position + 1)}
		} else {
			by.Expr = n.expr(item.Expr)
		}
		out = append(out, &by)
	}
	return out
}

// body writes what a query holds. Of a SELECT with TOP the caller makes a LIMIT.
func (n *normalizer) body(body ast.Body, outputs []string) ast.Body {
	switch body := body.(type) {
	case *ast.Select:
		return n.selects(body, outputs)
	case *ast.SetOp:
		return &ast.SetOp{Span: body.Span, Op: body.Op, All: body.All, Left: n.side(body.Left, outputs), Right: n.side(body.Right, outputs)}
	case *ast.Values:
		out := &ast.Values{Span: body.Span}
		for _, r := range body.Rows {
			out.Rows = append(out.Rows, &ast.Row{Span: r.Span, Items: n.exprs(r.Items)})
		}
		return out
	default:
		return n.side(body, outputs)
	}
}

// side writes one side of a set operation, without parentheses where it has no
// limit.
func (n *normalizer) side(body ast.Body, outputs []string) ast.Body {
	q, isQuery := body.(*ast.Query)
	if sel, ok := body.(*ast.Select); ok && sel.Top != nil {
		q, isQuery = &ast.Query{Span: sel.Span, Body: sel}, true
	}
	if !isQuery {
		return n.body(body, outputs)
	}
	out := n.query(q, outputs, false)
	if limited(out) {
		return out
	}
	return out.Body
}

// selects writes one SELECT.
func (n *normalizer) selects(sel *ast.Select, outputs []string) *ast.Select {
	info := n.info.Selects[sel]
	if info.Hierarchy != nil {
		n.refuse(sel.ConnectBy, "join the table with itself as often as there are levels", "a hierarchical query, with CONNECT BY, is recomputed")
		return sel
	}
	for _, it := range info.Items {
		n.nameItem(it)
	}
	out := &ast.Select{Span: sel.Span, Distinct: sel.Distinct}
	out.From, out.Where = n.from(sel)
	for i, o := range info.Outputs {
		e := n.expr(o.Expr)
		if slices.Contains(info.Keys, o.Expr) {
			e = typed(e, o.Type)
		}
		out.Items = append(out.Items, &ast.SelectItem{Span: spanOf(o.Expr), Expr: e, Alias: ast.Ident{Name: outputs[i]}})
	}
	if sel.GroupBy != nil {
		out.GroupBy = n.groupBy(sel, info)
	}
	out.Having, out.Qualify = n.optional(sel.Having), n.optional(sel.Qualify)
	return out
}

// nameItem gives a FROM item an alias that no other has.
func (n *normalizer) nameItem(it *bind.Item) {
	base := it.Name
	if base == "" {
		base = "q"
	}
	name := base
	for k := 2; n.taken[name]; k++ {
		name = base + "_" + strconv.Itoa(k)
	}
	n.taken[name] = true
	n.names[it] = name
}

// names are the names of outputs.
func names(outputs []*bind.Output) []string {
	out := make([]string, len(outputs))
	for i, o := range outputs {
		out[i] = o.Name
	}
	return out
}

// unique keeps the first of equal names and numbers the others.
func unique(names []string) []string {
	taken := map[string]bool{}
	for _, name := range names {
		taken[name] = true
	}
	seen := map[string]bool{}
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = name
		for k := 2; seen[out[i]]; k++ {
			if next := name + "_" + strconv.Itoa(k); !taken[next] {
				out[i] = next
				taken[next] = true
			}
		}
		seen[out[i]] = true
	}
	return out
}

func spanOf(node ast.Node) ast.Span { return ast.Span{Start: node.Pos(), Stop: node.End()} }
