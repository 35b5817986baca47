package compile

import (
	"fmt"
	"slices"
	"strings"
)

// Mermaid draws the lineage as a Mermaid flowchart. Dotted arrows say how a
// column decides about what it gives no value to.
func (l *Lineage) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	ids := map[string]string{}
	for i, p := range l.Points {
		ids[p.ID] = fmt.Sprintf("n%d", i)
		open, shut := "[", "]"
		if p.Kind != View {
			open, shut = "[(", ")]"
		}
		fmt.Fprintf(&b, "  %s%s\"%s\"%s\n", ids[p.ID], open, strings.ReplaceAll(p.ID, `"`, "#quot;"), shut)
	}
	for _, e := range l.Edges {
		arrow := "-->"
		if e.only() {
			arrow = "-.->|" + string(e.Kind) + "|"
		}
		fmt.Fprintf(&b, "  %s %s %s\n", ids[e.From], arrow, ids[e.To])
	}
	if l.Focus != "" {
		fmt.Fprintf(&b, "  style %s stroke-width:3px\n", ids[l.Focus])
	}
	return b.String()
}

// Text draws the lineage as an indented tree from the focus, or for a project one
// from each raw table. A column of a view is followed by its expression and,
// behind bars, the steps to it; what only decides about the line above says how.
// What a point leads to is drawn once.
func (l *Lineage) Text() string {
	t := tree{direction: l.Direction, points: map[string]Point{}, edges: map[string][]Edge{}, drawn: map[string]bool{}}
	reached := map[string]bool{}
	for _, p := range l.Points {
		t.points[p.ID] = p
	}
	for _, e := range l.Edges {
		reached[e.To] = true
		if l.Direction == Upstream {
			e.From, e.To = e.To, e.From
		}
		t.edges[e.From] = append(t.edges[e.From], e)
	}
	for _, edges := range t.edges {
		slices.SortStableFunc(edges, valuesFirst)
	}
	for _, p := range l.Points {
		if p.ID == l.Focus || l.Focus == "" && !reached[p.ID] {
			t.point(0, p.ID, "")
		}
	}
	return t.out.String()
}

func valuesFirst(a, b Edge) int {
	switch {
	case a.only() == b.only():
		return 0
	case a.only():
		return 1
	}
	return -1
}

// tree draws what edges lead to.
type tree struct {
	out       strings.Builder
	direction Direction
	points    map[string]Point
	edges     map[string][]Edge
	drawn     map[string]bool
}

func (t *tree) line(depth int, text string) {
	t.out.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

// point draws a point and what it leads to.
func (t *tree) point(depth int, id, note string) {
	steps := t.points[id].Steps
	if note != "" && t.direction == Upstream {
		t.line(depth, id+note) // it is not followed
		return
	}
	if t.drawn[id] && len(steps)+len(t.edges[id]) > 0 {
		t.line(depth, id+note+" (see above)")
		return
	}
	t.drawn[id] = true
	if len(steps) == 0 {
		t.line(depth, id+note)
	}
	for i, s := range steps {
		name := "| " + s.Name
		if i == 0 {
			name = id + note
		}
		t.line(depth+min(i, 1), fmt.Sprintf("%s = %s  (%s:%d)", name, s.Expression, s.File, s.Line))
	}
	for _, e := range t.edges[id] {
		note := ""
		if e.only() {
			note = " (" + string(e.Kind) + ")"
		}
		t.point(depth+1, e.To, note)
	}
}
