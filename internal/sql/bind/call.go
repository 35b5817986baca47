package bind

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/types"
)

// call binds a function call: the function by name, where it may stand, its
// arguments and its window.
func (b *binder) call(e *ast.FuncCall, s *scope) schema.Type {
	f := b.function(e)
	if f == nil {
		for _, a := range e.Args {
			if !isWord(a) {
				b.expr(a, s)
			}
		}
		return types.Unknown
	}
	c := &Call{Func: f}
	b.info.Calls[e] = c
	b.usesNow = b.usesNow || f.Now
	if f.Volatile && b.opts.Model {
		b.fail(e, fault.Unsupported, "compute it before the data is landed", "%s gives another answer each time, and a view must give the same", upper(f.Name))
	}
	owner := s
	if f.Class == function.Aggregate && e.Over == nil {
		owner = b.ownerOf(e, c, s)
	}
	b.placeOf(e, f, owner)
	if e.Over != nil {
		c.Window = b.window(e, f, s)
	}
	inner := s
	if f.Class == function.Aggregate && e.Over == nil {
		inner = s.at(inAgg)
	} else if e.Over != nil {
		inner = s.at(inWindow)
	}
	if e.Filter != nil {
		b.condition(e.Filter, inner)
	}
	for _, o := range slices.Concat(e.WithinGroup, e.OrderBy) {
		b.plain(o.Expr, inner)
	}
	if !b.modifiers(e, f) {
		return types.Unknown
	}
	return b.arguments(e, f, inner)
}

func upper(s string) string { return strings.ToUpper(s) }

// isWord reports a date part, which is not a value.
func isWord(e ast.Expr) bool {
	_, ok := e.(*ast.DatePart)
	return ok
}

// function finds a call's function, or reports that there is none.
func (b *binder) function(e *ast.FuncCall) *function.Func {
	name := e.Name.Last()
	if len(e.Name) == 1 || len(e.Name) == 2 && e.Name[0].Name == "pg_catalog" {
		if f, ok := function.Lookup(name); ok {
			b.warnEmbedded(e, f)
			return f
		}
	}
	hint := ""
	if advice, ok := function.Unavailable(name); ok {
		b.fail(e, fault.Unsupported, advice, "%s is not available here", upper(name))
		return nil
	}
	if advice, ok := function.Elsewhere(name); ok {
		hint = advice
	} else {
		hint = suggest(name, function.Names())
	}
	b.fail(e, fault.Name, hint, "unknown function %q", e.Name.String())
	return nil
}

// warnEmbedded tells a call that other engines than the embedded one cannot run.
func (b *binder) warnEmbedded(e *ast.FuncCall, f *function.Func) {
	if f.Embedded() {
		b.warnings = append(b.warnings, b.faultAt(e, fault.Unsupported, f.Instead(), "%s runs on the embedded engine only", upper(f.Name)))
	}
}

// placeOf refuses aggregates and windows where they may not stand.
func (b *binder) placeOf(e *ast.FuncCall, f *function.Func, s *scope) {
	switch {
	case e.Over != nil && f.Class == function.Scalar:
		b.fail(e, fault.Type, "", "%s is not a window function", upper(f.Name))
	case e.Over == nil && f.Class == function.Window:
		b.fail(e, fault.Type, "add OVER (...)", "%s needs a window", upper(f.Name))
	case e.Over != nil && !s.place.window:
		b.fail(e, fault.Type, s.place.hint, "window function %s cannot stand in %s", upper(f.Name), s.place.name)
	case e.Over == nil && f.Class == function.Aggregate && !s.place.aggregate:
		b.fail(e, fault.Type, s.place.hint, "aggregate %s cannot stand in %s", upper(f.Name), s.place.name)
	}
}

// modifiers checks DISTINCT, FILTER, ORDER BY and NULL treatment against the
// function.
func (b *binder) modifiers(e *ast.FuncCall, f *function.Func) bool {
	before := len(b.faults)
	aggregate := f.Class == function.Aggregate
	switch {
	case f.Name == function.GroupingName && (e.Distinct || e.Filter != nil || e.Over != nil):
		b.fail(e, fault.Type, "", "GROUPING takes no DISTINCT, FILTER or OVER")
	case e.Distinct && !aggregate:
		b.fail(e, fault.Type, "", "DISTINCT belongs in aggregates, and %s is none", upper(f.Name))
	case e.Distinct && e.Over != nil:
		b.fail(e, fault.Unsupported, "aggregate in a subquery and join it", "DISTINCT in a window is not available in Redshift")
	case e.Filter != nil && !aggregate:
		b.fail(e, fault.Type, "", "FILTER belongs to aggregates, and %s is none", upper(f.Name))
	case e.Approximate && (f.Name != "count" || !e.Distinct) && f.Name != "percentile_disc":
		b.fail(e, fault.Type, "", "APPROXIMATE goes with COUNT(DISTINCT ...) and PERCENTILE_DISC")
	case len(e.WithinGroup) > 0 && f.Order == function.NoOrder:
		b.fail(e, fault.Type, "", "%s takes no WITHIN GROUP", upper(f.Name))
	case len(e.WithinGroup) == 0 && f.Order == function.MustOrder:
		b.fail(e, fault.Type, "add WITHIN GROUP (ORDER BY ...)", "%s needs an order", upper(f.Name))
	case len(e.OrderBy) > 0:
		b.fail(e, fault.Unsupported, "write WITHIN GROUP (ORDER BY ...)", "ORDER BY inside the arguments is not Redshift's")
	case e.Nulls != ast.NullsUnsaid && !takesNulls[f.Name]:
		b.fail(e, fault.Type, "", "%s takes no IGNORE NULLS or RESPECT NULLS", upper(f.Name))
	}
	return len(b.faults) == before
}

// takesNulls lists the window functions with a NULL treatment.
var takesNulls = map[string]bool{"lag": true, "lead": true, "first_value": true, "last_value": true, "nth_value": true}

// arguments binds a call's arguments and gives its result type.
func (b *binder) arguments(e *ast.FuncCall, f *function.Func, s *scope) schema.Type {
	if f.Name == "count" && len(e.Args) == 1 && !e.Distinct {
		if _, ok := e.Args[0].(*ast.Star); ok {
			return types.BigInt
		}
	}
	if f.Name == function.DecodeName {
		return b.decode(e, s)
	}
	args := slices.Clone(e.Args)
	if f.Order == function.MustOrder {
		for _, o := range e.WithinGroup {
			args = append(args, o.Expr)
		}
	}
	bound := make([]schema.Type, len(args))
	for i, a := range args {
		switch {
		case isWord(a):
		case i < len(e.Args):
			bound[i] = b.expr(a, s)
		default:
			bound[i] = b.info.TypeOf(a)
		}
	}
	for _, sig := range f.Signatures {
		if t, ok := b.tryCall(e, f, sig, args, bound); ok {
			return t
		}
	}
	b.noSignature(e, f, args, bound)
	return types.Unknown
}

// tryCall matches the arguments to one signature and, if they fit, converts them.
func (b *binder) tryCall(e *ast.FuncCall, f *function.Func, sig function.Signature, args []ast.Expr, bound []schema.Type) (schema.Type, bool) {
	if !sig.Accepts(len(args)) {
		return types.Unknown, false
	}
	to := make([]schema.Type, len(args))
	var same []ast.Expr
	var sameTypes []schema.Type
	for i, a := range args {
		p := sig.Param(i)
		if isWord(a) != (p == function.Part) && !(p == function.Part && isString(a)) {
			return types.Unknown, false
		}
		if p == function.Pattern && !isString(a) {
			return types.Unknown, false
		}
		if p == function.Same {
			same, sameTypes = append(same, a), append(sameTypes, bound[i])
			continue
		}
		t, ok := p.Accept(bound[i])
		if !ok {
			return types.Unknown, false
		}
		to[i] = t
	}
	common := types.Unknown
	if len(same) > 0 {
		common = b.unify(e, upper(f.Name), same, sameTypes)
	}
	for i, a := range args {
		switch sig.Param(i) {
		case function.Part:
		case function.Same:
			to[i] = common
		default:
			b.convert(a, to[i])
		}
	}
	return sig.Result(function.Call{
		Args: to,
		Int:  func(i int) (int, bool) { return intLiteral(args[i]) },
		Text: func(i int) (string, bool) { return textLiteral(args[i]) },
	}), true
}

func isString(e ast.Expr) bool {
	_, ok := e.(*ast.StringLit)
	return ok
}

// intLiteral reads a whole number literal, with or without a sign.
func intLiteral(e ast.Expr) (int, bool) {
	switch e := e.(type) {
	case *ast.NumberLit:
		return wholeNumber(e)
	case *ast.Unary:
		if n, ok := intLiteral(e.X); ok && e.Op == ast.Neg {
			return -n, true
		}
	}
	return 0, false
}

// textLiteral reads a string literal or a date part.
func textLiteral(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.StringLit:
		return e.Value, true
	case *ast.DatePart:
		return e.Name, true
	}
	return "", false
}

// noSignature explains why no signature took the arguments.
func (b *binder) noSignature(e *ast.FuncCall, f *function.Func, args []ast.Expr, bound []schema.Type) {
	got := make([]string, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case *ast.DatePart:
			got[i] = a.Name
		case *ast.StringLit:
			got[i] = "text literal"
		case *ast.NullLit:
			got[i] = "null"
		default:
			if bound[i].Kind == schema.Unknown {
				return // the argument is in error already
			}
			got[i] = bound[i].String()
		}
	}
	takes := make([]string, len(f.Signatures))
	for i, sig := range f.Signatures {
		takes[i] = f.Name + "(" + sig.String() + ")"
	}
	b.fail(e, fault.Type, "it takes "+strings.Join(takes, " or "), "%s does not take (%s)", upper(f.Name), strings.Join(got, ", "))
}

// ownerOf finds the scope of the SELECT that an aggregate belongs to: the
// innermost one whose columns it runs over, which may be a query around it.
func (b *binder) ownerOf(e *ast.FuncCall, c *Call, s *scope) *scope {
	owner := s
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		ref, ok := n.(*ast.ColumnRef)
		if !ok {
			_, isQuery := n.(*ast.Query)
			return !isQuery
		}
		of := s.scopeOf(ref.Name)
		if of != nil && (!found || of.within(owner)) {
			owner, found = of, true
		}
		return true
	})
	if owner == s {
		return s
	}
	if e.Name.Last() == function.GroupingName || owner.place.name == inOrderBy.name && !owner.info.Grouped {
		b.fail(e, fault.Unsupported, "compute it in the outer query", "%s runs over columns of the outer query, which does not group there", upper(e.Name.Last()))
		return s
	}
	c.Owner = owner.info
	if owner.place.aggregate {
		owner.info.Grouped = true
	}
	return owner
}

// decode binds DECODE: searches are compared with the expression, results have
// one type ("DECODE expression").
func (b *binder) decode(e *ast.FuncCall, s *scope) schema.Type {
	if len(e.Args) < 3 {
		b.fail(e, fault.Type, "it takes decode(expression, search, result [, search, result]... [, default])", "DECODE has too few arguments")
		return types.Unknown
	}
	compared, results := []ast.Expr{e.Args[0]}, []ast.Expr{}
	rest := e.Args[1:]
	for len(rest) >= 2 {
		compared, results = append(compared, rest[0]), append(results, rest[1])
		rest = rest[2:]
	}
	results = append(results, rest...)
	b.comparison(e, s, compared...)
	t := b.common(e, "DECODE", results, s)
	if t.Kind == schema.Unknown {
		for _, r := range results {
			b.convert(r, types.Varchar)
		}
		return types.Varchar
	}
	return t
}

// window binds an OVER clause and merges in the windows it builds on.
func (b *binder) window(e *ast.FuncCall, f *function.Func, s *scope) *Window {
	w := b.windowSpec(e.Over, s, map[string]bool{})
	if (f.Class == function.Aggregate || needsFrame[f.Name]) && f.Order == function.NoOrder && len(w.OrderBy) > 0 && w.Frame == nil {
		b.fail(e, fault.Type, "add ROWS UNBOUNDED PRECEDING, or another frame", "%s over an ordered window needs a frame in Redshift", upper(f.Name))
	}
	return w
}

// needsFrame lists the window functions besides the aggregates that need a frame
// where the window is ordered ("FIRST_VALUE and LAST_VALUE window functions").
var needsFrame = map[string]bool{"first_value": true, "last_value": true, "nth_value": true}

func (b *binder) windowSpec(spec *ast.WindowSpec, s *scope, seen map[string]bool) *Window {
	w := &Window{}
	if base := spec.Base.Name; base != "" {
		def, ok := s.windows[base]
		switch {
		case !ok:
			var names []string
			for n := range s.windows {
				names = append(names, n)
			}
			slices.Sort(names)
			b.fail(spec, fault.Name, suggest(base, names), "unknown window %q", base)
		case seen[base]:
			b.fail(spec, fault.Name, "", "window %q is defined by itself", base)
		default:
			seen[base] = true
			w = b.windowSpec(def, s, seen)
		}
	}
	in := s.at(inWindow)
	for _, p := range spec.PartitionBy {
		b.key(p, in)
	}
	for _, o := range spec.OrderBy {
		b.key(o.Expr, in)
	}
	if spec.Frame != nil {
		if edges := spec.Frame; edges.Mode == ast.Range && (edges.Low.Offset != nil || edges.High.Offset != nil) {
			b.fail(edges, fault.Unsupported, "use ROWS", "RANGE frames that begin or end at a distance are not available in Redshift")
		}
		b.count(spec.Frame.Low.Offset, s)
		b.count(spec.Frame.High.Offset, s)
		w.Frame = spec.Frame
	}
	w.PartitionBy = append(w.PartitionBy, spec.PartitionBy...)
	w.OrderBy = append(w.OrderBy, spec.OrderBy...)
	return w
}
