package viewtest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// group draws GROUP BY and HAVING, and what the list after SELECT may use: the
// keys and aggregates. Without keys it is one row over everything.
func (g *generator) group(s scope, depth int, mayRough bool) (tail string, visible scope) {
	keys := g.keys(s, 0)
	visible = append(keys, g.aggregates(s, mayRough)...)
	if len(keys) > 0 {
		tail = " GROUP BY " + names(keys)
	}
	switch rapid.SampledFrom([]string{"no", "no", "no", "plain", "scalar"}).Draw(g.t, "having") {
	case "plain":
		tail += " HAVING " + g.expr(truth, visible, 2)
	case "scalar":
		c := rapid.SampledFrom([]class{whole, exact}).Draw(g.t, "class")
		tail += " HAVING " + g.expr(c, visible, 0) + " >= " + g.scalar(c, nil, depth)
	}
	if len(visible.of(keyClasses...)) > 0 && g.chance("window over groups", 6) {
		visible = append(visible, g.windows(visible, keys)...)
	}
	return tail, visible
}

// groupingSets draws a GROUP BY of several sets of keys.
func (g *generator) groupingSets(s scope) (tail string, visible scope) {
	keys := g.keys(s, 1)
	visible = append(keys, g.aggregates(s, false)...)
	visible = append(visible, column{"GROUPING(" + keys[0].name + ")", whole})
	list := names(keys)
	return " GROUP BY " + rapid.SampledFrom([]string{
		"ROLLUP (" + list + ")", "CUBE (" + list + ")", "GROUPING SETS ((" + list + "), ())",
		"GROUPING SETS ((" + keys[0].name + "), (" + list + "))",
	}).Draw(g.t, "grouping sets"), visible
}

// keys draws up to two keys that differ, and at least so many.
func (g *generator) keys(s scope, least int) scope {
	keys := make(scope, 0, 4)
	for range rapid.SampledFrom([]int{1, 1, 2, 2, least}).Draw(g.t, "keys") {
		if k := g.key(s); !strings.Contains(names(keys), k.name) {
			keys = append(keys, k)
		}
	}
	return keys
}

// aggregates draws up to three aggregates.
func (g *generator) aggregates(s scope, mayRough bool) scope {
	var out scope
	for range rapid.IntRange(1, 3).Draw(g.t, "aggregates") {
		a := rapid.SampledFrom(aggregates).Draw(g.t, "aggregate")
		if mayRough && g.chance("rough aggregate", 3) {
			a = column{rapid.SampledFrom(roughAggregates).Draw(g.t, "rough"), rough}
		}
		out = append(out, column{g.fill(a.name, s, 1), a.class})
	}
	return out
}

// windowed draws window functions and QUALIFY over them.
func (g *generator) windowed(s scope) (tail string, visible scope) {
	visible = append(s[:len(s):len(s)], g.windows(s, s.of(keyClasses...))...)
	if g.chance("qualify", 3) {
		last := visible[len(visible)-1]
		tail = fmt.Sprintf(" QUALIFY %s = %s", last.name, g.expr(last.class, s, 0))
		if last.class == whole {
			tail = fmt.Sprintf(" QUALIFY %s <= 2", last.name)
		}
	}
	return tail, visible
}

// firstRows draws a QUALIFY that keeps the first few rows of each partition.
func (g *generator) firstRows(s scope) string {
	return " QUALIFY " + g.rank(s) + " " + rapid.SampledFrom([]string{"= 1", "<= 2", "< 4"}).Draw(g.t, "limit")
}

// rank draws a number of each row in its partition.
func (g *generator) rank(s scope) string {
	keys := s.of(keyClasses...)
	of := func(what string) string { return rapid.SampledFrom(keys).Draw(g.t, what).name }
	return fmt.Sprintf("%s() OVER (PARTITION BY %s ORDER BY %s%s)", rapid.SampledFrom([]string{"ROW_NUMBER", "RANK", "DENSE_RANK"}).Draw(g.t, "rank"),
		of("partition"), of("order"), rapid.SampledFrom([]string{"", " DESC", " NULLS FIRST"}).Draw(g.t, "direction"))
}

// windows draws one or two window functions, which partition by the same
// columns, mostly.
func (g *generator) windows(s, keys scope) scope {
	partition := ""
	if len(keys) > 0 && !g.chance("no partition", 8) {
		partition = "PARTITION BY " + rapid.SampledFrom(keys).Draw(g.t, "partition").name + " "
	}
	var out scope
	for range rapid.IntRange(1, 2).Draw(g.t, "windows") {
		shape := rapid.SampledFrom(windows).Draw(g.t, "window")
		finer := partition
		if partition != "" && g.chance("finer partition", 4) {
			finer = strings.TrimSuffix(partition, " ") + ", " + rapid.SampledFrom(keys).Draw(g.t, "partition").name + " "
		}
		order := "ORDER BY " + rapid.SampledFrom(s.of(keyClasses...)).Draw(g.t, "order").name + rapid.SampledFrom([]string{"", " DESC", " NULLS FIRST"}).Draw(g.t, "direction")
		text := strings.NewReplacer("{P}", finer, "{O}", order, "{F}", rapid.SampledFrom(frames).Draw(g.t, "frame")).Replace(shape.name)
		out = append(out, column{g.fill(text, s, 0), shape.class})
	}
	return out
}

// names are the texts of a scope, as a list.
func names(s scope) string {
	texts := make([]string, len(s))
	for i, c := range s {
		texts[i] = c.name
	}
	return strings.Join(texts, ", ")
}
