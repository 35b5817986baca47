package compile

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// order puts the nodes into topological order and returns them by levels, of
// which each reads only those before it. Models that read each other are
// reported, marked broken, and share a level.
func (g *Graph) order() [][]*Node {
	var levels [][]*Node
	levelOf := map[*Node]int{}
	for _, group := range components(g.Nodes) {
		reportCycle(group)
		level := 0
		for _, n := range group {
			for _, up := range n.Upstream {
				if !slices.Contains(group, up) {
					level = max(level, levelOf[up]+1)
				}
			}
		}
		for len(levels) <= level {
			levels = append(levels, nil)
		}
		for _, n := range group {
			levelOf[n] = level
		}
		levels[level] = append(levels[level], group...)
	}
	g.Nodes = g.Nodes[:0]
	for _, level := range levels {
		slices.SortFunc(level, compareNames)
		g.Nodes = append(g.Nodes, level...)
	}
	for _, n := range g.Nodes {
		slices.SortFunc(n.Downstream, compareNames)
	}
	return levels
}

// reportCycle reports the shortest cycle of a group of models that read each
// other, from the first of them by name, and marks the group broken. Most groups
// are one model that does not read itself.
func reportCycle(group []*Node) {
	first := slices.MinFunc(group, compareNames)
	path := shortestCycle(first, group)
	if path == nil {
		return
	}
	names := make([]string, len(path))
	for i, n := range path {
		names[i] = n.Name.String()
	}
	e := fault.New(fault.Cycle, "models read each other: %s", strings.Join(names, " → ")).
		WithHint("take one of these reads out of its query")
	if len(path) == 2 {
		e = fault.New(fault.Cycle, "the model reads itself: %s", strings.Join(names, " → ")).
			WithHint("read what it is made from instead")
	}
	first.fail(e, first.reads[path[1].Name][0])
	for _, n := range group {
		n.Loop = e
		n.setBroken()
	}
}

// shortestCycle is a shortest path from a node back to itself within a group,
// both ends included, or nil.
func shortestCycle(from *Node, group []*Node) []*Node {
	cameFrom := map[*Node]*Node{}
	for queue := []*Node{from}; len(queue) > 0; queue = queue[1:] {
		for _, up := range queue[0].Upstream {
			if up == from {
				path := []*Node{from}
				for n := queue[0]; n != from; n = cameFrom[n] {
					path = append(path, n)
				}
				path = append(path, from)
				slices.Reverse(path)
				return path
			}
			if _, seen := cameFrom[up]; !seen && slices.Contains(group, up) {
				cameFrom[up] = queue[0]
				queue = append(queue, up)
			}
		}
	}
	return nil
}

// components are the strongly connected components of the graph by Tarjan's
// algorithm, each after all that it reads.
func components(nodes []*Node) [][]*Node {
	t := tarjan{index: map[*Node]int{}, low: map[*Node]int{}, onStack: map[*Node]bool{}}
	for _, n := range nodes {
		if t.index[n] == 0 {
			t.visit(n)
		}
	}
	return t.found
}

type tarjan struct {
	index, low map[*Node]int // from 1
	onStack    map[*Node]bool
	stack      []*Node
	found      [][]*Node
}

func (t *tarjan) visit(n *Node) {
	t.index[n] = len(t.index) + 1
	t.low[n] = t.index[n]
	t.stack = append(t.stack, n)
	t.onStack[n] = true
	for _, up := range n.Upstream {
		if t.index[up] == 0 {
			t.visit(up)
			t.low[n] = min(t.low[n], t.low[up])
		} else if t.onStack[up] {
			t.low[n] = min(t.low[n], t.index[up])
		}
	}
	if t.low[n] != t.index[n] {
		return
	}
	start := slices.Index(t.stack, n)
	group := slices.Clone(t.stack[start:])
	t.stack = t.stack[:start]
	for _, member := range group {
		t.onStack[member] = false
	}
	t.found = append(t.found, group)
}
