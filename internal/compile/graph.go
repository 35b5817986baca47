package compile

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// Graph is a compiled project. It does not change after [Compile] and may be
// read by several goroutines.
type Graph struct {
	Project  *project.Project
	Nodes    []*Node    // in topological order
	Warnings fault.List // by file and line

	byName map[schema.Name]*Node
}

// Kind says what a node is.
type Kind string

// The kinds of nodes.
const (
	Table  Kind = "table"  // of a source
	View   Kind = "view"   // of a model
	System Kind = "system" // kept by Atoll itself
)

// Node is a relation of the graph.
type Node struct {
	Name schema.Name
	Kind Kind

	// Shape is the columns that the relation shows; nil for a broken model.
	Shape *schema.Table

	Source *project.Source // of a table
	Table  *project.Table  // of a table
	Model  *project.Model  // of a view
	Bound  *bind.Result    // of a view that is not broken

	// Upstream are the nodes that this one reads, Downstream those that read it,
	// each by name.
	Upstream, Downstream []*Node

	// Faults are what is wrong with the model itself. Broken is set if there are
	// any, or if the model reads a broken one.
	Faults fault.List
	Broken bool
	// Loop is the fault of models that read each other, which is among the Faults of
	// the first of them by name; nil for other models.
	Loop *fault.Error

	query *ast.Query
	reads map[schema.Name][]fault.Position // the places where the text names a relation
}

// Node finds a relation by its full name.
func (g *Graph) Node(name schema.Name) (*Node, bool) {
	n, ok := g.byName[name]
	return n, ok
}

// Views lists the nodes that are models' views, in topological order.
func (g *Graph) Views() []*Node {
	var out []*Node
	for _, n := range g.Nodes {
		if n.Kind == View {
			out = append(out, n)
		}
	}
	return out
}

// View finds a model's view by its full name, or by a short one that is unique, in
// any case. The error is a usage fault that suggests the nearest name.
func (g *Graph) View(name string) (*Node, error) {
	n, err := g.relation(strings.ToLower(name))
	switch {
	case err != nil:
		return nil, err
	case n != nil && n.Kind == View:
		return n, nil
	case n != nil && n.Kind == System:
		return nil, fault.New(fault.Usage, "%q is no model: it is a table that Atoll keeps itself", n.Name).
			WithHint("see what it holds with atoll query")
	case n != nil:
		return nil, fault.New(fault.Usage, "%q is no model: it is a %s", n.Name, n.Kind).
			WithHint("atoll lineage %s --downstream shows the views that read it", n.Name)
	}
	var all []string
	for _, v := range g.Views() {
		all = append(all, v.Name.String())
	}
	return nil, fault.New(fault.Usage, "there is no model %q", name).WithHint("%s", suggestName(strings.ToLower(name), all))
}

// fail adds a fault to a model, at a position in its file.
func (n *Node) fail(e *fault.Error, pos fault.Position) {
	n.Faults = append(n.Faults, e.At(pos).In(n.Model.File, n.Model.Text))
	n.setBroken()
}

// setBroken leaves a node that is broken already alone: models that read each
// other are bound at the same time, and each looks whether the others are broken.
func (n *Node) setBroken() {
	if !n.Broken {
		n.Broken = true
	}
}

// Culprit is the nearest node with faults that break this one: itself, or one that it
// reads, through any number of others; nil if it is not broken.
func (n *Node) Culprit() *Node {
	seen := map[*Node]bool{}
	for queue := []*Node{n}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if seen[at] || !at.Broken {
			continue
		}
		if seen[at] = true; len(at.Faults) > 0 {
			return at
		}
		queue = append(queue, at.Upstream...)
	}
	return nil
}

// catalog is what the binder asks: all relations of the graph that are whole.
type catalog struct{ g *Graph }

// Table finds a relation's shape.
func (c catalog) Table(name schema.Name) (*schema.Table, bool) {
	n, ok := c.g.byName[name]
	if !ok || n.Shape == nil {
		return nil, false
	}
	return n.Shape, true
}

// Names lists the relations, for suggestions.
func (c catalog) Names() []schema.Name {
	names := make([]schema.Name, 0, len(c.g.byName))
	for name := range c.g.byName {
		names = append(names, name)
	}
	slices.SortFunc(names, schema.Name.Compare)
	return names
}

// Catalog is the graph's relations as the binder wants them, for queries over
// the project.
func (g *Graph) Catalog() bind.Catalog { return catalog{g} }
