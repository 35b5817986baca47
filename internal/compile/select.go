package compile

import (
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// Select returns the nodes that an expression in dbt's selector language names,
// in topological order:
//
//	reports.delivery       a relation; the schema may be left out of a unique name
//	reports.*  *_daily     a glob, over full names if it has a dot
//	tag:daily              the views with a tag
//	path:models/reports    the views of a folder, a file or a glob of files
//	source:smslogs         the tables of a source; source:smslogs.sends is one of them
//	+x  x+  2+x  x+1       also what x reads, or what reads x, up to so many steps away
//	a b                    either
//	a,b                    both
//
// A term that names nothing is a fault of code Usage. System tables are found
// only as what something reads.
func Select(g *Graph, expr string) ([]*Node, error) {
	union := map[*Node]bool{}
	terms := strings.Fields(expr)
	if len(terms) == 0 {
		return nil, fault.New(fault.Usage, "the selector is empty").WithHint("name a model, such as reports.delivery or tag:daily")
	}
	for _, term := range terms {
		var both map[*Node]bool
		for part := range strings.SplitSeq(term, ",") {
			found, err := g.selectPart(part)
			if err != nil {
				return nil, err
			}
			if both == nil {
				both = found
			}
			for n := range both {
				if !found[n] {
					delete(both, n)
				}
			}
		}
		if len(both) == 0 {
			return nil, fault.New(fault.Usage, "the parts of the selector %q have nothing in common", term).
				WithHint("put a space instead of a comma for either")
		}
		for n := range both {
			union[n] = true
		}
	}
	return g.inOrder(union), nil
}

// inOrder lists a set of nodes in topological order.
func (g *Graph) inOrder(set map[*Node]bool) []*Node {
	var out []*Node
	for _, n := range g.Nodes {
		if set[n] {
			out = append(out, n)
		}
	}
	return out
}

// selectPart selects by one name or method with its plus signs.
func (g *Graph) selectPart(part string) (map[*Node]bool, error) {
	core, up, down := part, 0, 0
	if digits, rest, ok := strings.Cut(core, "+"); ok && isNumber(digits) {
		core, up = rest, depth(digits)
	}
	if i := strings.LastIndexByte(core, '+'); i >= 0 && isNumber(core[i+1:]) {
		core, down = core[:i], depth(core[i+1:])
	}
	if core == "" || strings.Contains(core, "+") {
		return nil, fault.New(fault.Usage, "the selector %q cannot be read", part).
			WithHint("write +NAME, NAME+, 2+NAME or NAME+2")
	}
	start, err := g.selectCore(core)
	if err != nil {
		return nil, err
	}
	found := map[*Node]bool{}
	for _, n := range start {
		found[n] = true
	}
	walk(found, start, up, func(n *Node) []*Node { return n.Upstream })
	walk(found, start, down, func(n *Node) []*Node { return n.Downstream })
	return found, nil
}

// isNumber reports digits, or nothing.
func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// depth is how many steps the digits at a plus sign mean; none mean all.
func depth(digits string) int {
	if n, err := strconv.Atoi(digits); err == nil {
		return n
	}
	return math.MaxInt
}

// walk adds what is at most so many steps from the start.
func walk(found map[*Node]bool, start []*Node, depth int, next func(*Node) []*Node) {
	seen := map[*Node]bool{}
	for level := start; depth > 0 && len(level) > 0; depth-- {
		var further []*Node
		for _, n := range level {
			for _, m := range next(n) {
				if !seen[m] {
					seen[m], found[m] = true, true
					further = append(further, m)
				}
			}
		}
		level = further
	}
}

// selectCore selects by one name or method.
func (g *Graph) selectCore(core string) ([]*Node, error) {
	method, value, hasMethod := strings.Cut(core, ":")
	if !hasMethod {
		return g.selectName(core)
	}
	switch method {
	case "tag":
		return g.selectBy(core, value, func(n *Node) []string {
			if n.Model == nil {
				return nil
			}
			return n.Model.Tags
		})
	case "path":
		return g.selectBy(core, strings.TrimSuffix(path.Clean(value), "/"), filesAndFolders)
	case "source":
		return g.selectBy(core, value, func(n *Node) []string {
			if n.Source == nil {
				return nil
			}
			return []string{n.Source.Name, n.Name.String()}
		})
	}
	return nil, fault.New(fault.Usage, "the selector %q has the unknown method %q", core, method).
		WithHint("%s", orNearest(method, []string{"tag", "path", "source"}, "the methods are tag, path and source"))
}

// selectBy selects the nodes of which one value matches a pattern.
func (g *Graph) selectBy(core, pattern string, values func(*Node) []string) ([]*Node, error) {
	var out []*Node
	var all []string
	for _, n := range g.Nodes {
		v := values(n)
		all = append(all, v...)
		if slices.ContainsFunc(v, func(s string) bool { return matches(pattern, s) }) {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		slices.Sort(all)
		return nil, fault.New(fault.Usage, "the selector %q names nothing", core).
			WithHint("%s", orNearest(pattern, all, known(slices.Compact(all))))
	}
	return out, nil
}

// known lists some names as a hint.
func known(names []string) string {
	const most = 10
	switch {
	case len(names) == 0:
		return "there are none in this project"
	case len(names) > most:
		return "known are " + strings.Join(names[:most], ", ") + ", ..."
	}
	return "known are " + strings.Join(names, ", ")
}

// filesAndFolders are a model's file and the folders around it.
func filesAndFolders(n *Node) []string {
	if n.Model == nil {
		return nil
	}
	out := []string{n.Model.File}
	for dir := path.Dir(n.Model.File); dir != "."; dir = path.Dir(dir) {
		out = append(out, dir)
	}
	return out
}

// selectName selects by a full name, a unique short one, or a glob.
func (g *Graph) selectName(name string) ([]*Node, error) {
	folded := strings.ToLower(name)
	var out []*Node
	var full []string
	for _, n := range g.Nodes {
		if n.Kind == System {
			continue
		}
		full = append(full, n.Name.String())
		if matches(folded, n.Name.String()) || !strings.Contains(folded, ".") && matches(folded, n.Name.Name) {
			out = append(out, n)
		}
	}
	switch {
	case len(out) == 0:
		return nil, fault.New(fault.Usage, "the selector %q names nothing", name).WithHint("%s", suggestName(folded, full))
	case len(out) > 1 && !isGlob(name):
		names := make([]string, len(out))
		for i, n := range out {
			names[i] = n.Name.String()
		}
		slices.Sort(names)
		return nil, fault.New(fault.Usage, "the selector %q could be %s", name, strings.Join(names, " or ")).
			WithHint("write the schema too")
	}
	return out, nil
}

// suggestName is the hint for a name that no relation has: one of the full
// names, or for a name without a dot the last part of one.
func suggestName(name string, full []string) string {
	candidates := slices.Clone(full)
	if !strings.Contains(name, ".") {
		for i, f := range full {
			_, candidates[i], _ = strings.Cut(f, ".")
		}
	}
	return orNearest(name, candidates, "list the models with atoll check")
}

func isGlob(s string) bool { return strings.ContainsAny(s, "*?[") }

// matches compares as a glob, or literally if the pattern is none or is broken.
func matches(pattern, s string) bool {
	ok, err := path.Match(pattern, s)
	return pattern == s || err == nil && ok
}

// orNearest is the hint for an unknown name.
func orNearest(name string, candidates []string, otherwise string) string {
	if near := fault.Nearest(name, candidates); near != "" {
		return `did you mean "` + near + `"?`
	}
	return otherwise
}
