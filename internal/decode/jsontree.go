package decode

import "github.com/atolldata/atoll/internal/project"

// node is a place in a JSON record at which something is wanted: the value
// there, or values inside it.
type node struct {
	id       int
	columns  []*column // that take the value at this place
	members  map[string]*node
	elements map[int]*node
}

func (d *Decoder) newNode() *node {
	d.nodes++
	return &node{id: d.nodes - 1}
}

// want adds the path of a column to the tree.
func (d *Decoder) want(path []project.PathStep, column int) {
	at := d.json
	for _, step := range path {
		var next *node
		if step.IsArray {
			next = at.elements[step.Element]
		} else {
			next = at.members[step.Member]
		}
		if next == nil {
			next = d.newNode()
			if step.IsArray {
				at.elements = put(at.elements, step.Element, next)
			} else {
				at.members = put(at.members, step.Member, next)
			}
		}
		at = next
	}
	at.columns = append(at.columns, &d.columns[column])
}

func put[K comparable](m map[K]*node, key K, n *node) map[K]*node {
	if m == nil {
		m = map[K]*node{}
	}
	m[key] = n
	return m
}

// leaf reports that nothing inside the value is wanted.
func (n *node) leaf() bool { return n.members == nil && n.elements == nil }

// each calls f for the node's columns and those below it.
func (n *node) each(f func(*column)) {
	for _, c := range n.columns {
		f(c)
	}
	for _, m := range n.members {
		m.each(f)
	}
	for _, e := range n.elements {
		e.each(f)
	}
}
