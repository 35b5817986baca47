package ast

import (
	"reflect"
	"slices"
)

// visitor is what a node's slots are presented to. It sees each child that is
// there and may return another one for its place.
type visitor struct {
	visit   func(Node) Node
	changed bool
}

// child is a slot that holds one node; a nil child is skipped.
func child[N interface {
	comparable
	Node
}](v *visitor, slot *N) {
	var none N
	if *slot == none {
		return
	}
	if got := v.visit(*slot); got != Node(*slot) {
		*slot = got.(N)
		v.changed = true
	}
}

// children is a slot that holds a list of nodes. The list is copied before the
// first change, so that lists shared with another tree stay as they are.
func children[N interface {
	comparable
	Node
}](v *visitor, slot *[]N) {
	var out []N
	for i, n := range *slot {
		if got := v.visit(n); got != Node(n) {
			if out == nil {
				out = slices.Clone(*slot)
			}
			out[i] = got.(N)
		}
	}
	if out != nil {
		*slot = out
		v.changed = true
	}
}

// Inspect calls f for the node and everything below it, in the order of the
// text; where f returns false, what is below that node is left out.
func Inspect(n Node, f func(Node) bool) {
	v := visitor{}
	v.visit = func(n Node) Node {
		if f(n) {
			n.slots(&v)
		}
		return n
	}
	v.visit(n)
}

// HasQuery reports an expression that is a subquery, or has one in it; nil has none.
func HasQuery(e Expr) bool {
	found := false
	if e != nil {
		Inspect(e, func(n Node) bool {
			_, isQuery := n.(*Query)
			found = found || isQuery
			return !found
		})
	}
	return found
}

// MapChildren calls f for each child of the node, in the order of the text, and
// returns the node itself if f returned every child unchanged, or else a copy
// with the children that f returned. What f returns must fit the place: an
// [Expr] for an Expr, a [*Query] for a *Query; anything else panics.
func MapChildren(n Node, f func(Node) Node) Node {
	c := n.shallow()
	v := visitor{visit: f}
	c.slots(&v)
	if !v.changed {
		return n
	}
	return c
}

// Rewrite rebuilds a tree from its leaves up. For each node it calls f with the
// node as it is in the input, and with the same node as it stands after what is
// below it was rewritten (the identical pointer if nothing was); what f returns
// takes the node's place. The input tree is not changed.
func Rewrite[N Node](root N, f func(old, now Node) Node) N {
	var visit func(Node) Node
	visit = func(n Node) Node { return f(n, MapChildren(n, visit)) }
	return visit(root).(N)
}

// Clone copies a tree; the copy shares no node with it.
func Clone[N Node](root N) N {
	return Rewrite(root, func(old, now Node) Node {
		if old == now {
			return now.shallow()
		}
		return now
	})
}

var spanType = reflect.TypeFor[Span]()

// Equal reports whether two trees are the same but for positions. A missing
// list and an empty one are the same.
func Equal(a, b Node) bool {
	return equal(reflect.ValueOf(a), reflect.ValueOf(b))
}

func equal(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Interface, reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return equal(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !equal(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		if a.Type() == spanType {
			return true
		}
		for i := range a.NumField() {
			if !equal(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	default:
		return a.Equal(b)
	}
}
