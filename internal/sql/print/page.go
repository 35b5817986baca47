package print

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// Page is a tree printed in Redshift's SQL whose lines are not broken yet, so
// that comments can be put between its tokens.
type Page struct{ items []item }

// NewPage prints a tree, and after it an end such as ";".
func NewPage(n ast.Node, end string) *Page {
	p := printer{dialect: &redshift}
	p.group(0)
	p.group(0)
	p.node(n)
	p.end()
	if end != "" {
		p.text(end)
	}
	p.end()
	return &Page{p.items}
}

// Text is the page on one line. Offsets of notes are offsets in it.
func (p *Page) Text() string {
	var b strings.Builder
	for _, it := range p.items {
		b.WriteString(it.text)
	}
	return b.String()
}

// Keep says that the text between two offsets is one token, in which no note has
// a place: a query in quotes is printed with breaks.
func (p *Page) Keep(from, to int) {
	at := 0
	for i := range p.items {
		if p.items[i].kind == breakItem && at > from && at < to {
			p.items[i].solid = true
		}
		at += len(p.items[i].text)
	}
}

// Place says how a comment stands among the tokens.
type Place uint8

// The places.
const (
	Inline   Place = iota // between two tokens of a line
	Trailing              // at the end of a line, after a token
	OwnLine               // on a line of its own, before a token
	Joined                // on the line of the comment before it
)

// Note is a comment and its place. At is the offset in the page's text of the
// token that follows it, or of the end of the token before it if it is Trailing;
// a Joined note has none.
type Note struct {
	Text  string
	Place Place
	At    int
}

// endsLine reports a comment that runs to the end of its line.
func (n Note) endsLine() bool { return strings.HasPrefix(n.Text, "--") }

// String breaks the page into lines, with notes in between, which keep their
// order. A note that ends a line or has its own goes to a break of the layout
// where one is near:
//
//   - Trailing moves behind what ends its line, such as a comma or an alias, as
//     long as nothing is opened; behind an AND that starts a line, it moves to
//     the end of the line before, to stay with what it stood behind.
//   - OwnLine moves behind commas and closing brackets; before a bracket that
//     starts a line, it is indented as what the bracket closes.
func (p *Page) String(notes []Note) string {
	items := split(p.items, notes)
	placed := make([][]Note, len(items))
	c := cursor{items: items}
	least := 0
	for _, n := range notes {
		if n.Place != Joined {
			least = max(least, c.place(n))
		}
		if b := lineStart(items, least-1); n.Place != Inline && len(placed[least]) > 0 && b >= 0 && joined(items[b+1:least]) == "" {
			placed[b] = append(placed[b], placed[least]...) // one line of comments starts above the token, not before it
			placed[least], least = nil, b
		}
		placed[least] = append(placed[least], n)
	}
	l := layout{}
	for i, it := range items {
		if l.notes(placed[i], items[i:]) {
			it.text = strings.TrimLeft(it.text, " ")
		}
		l.items = append(l.items, it)
	}
	l.measure()
	return l.String()
}

// split cuts text items so that one starts at the offset of every note.
func split(items []item, notes []Note) []item {
	cuts := map[int]bool{}
	for _, n := range notes {
		if n.Place != Joined {
			cuts[n.At] = true
		}
	}
	out := make([]item, 0, len(items)+len(notes))
	at := 0
	for _, it := range items {
		from := 0
		for i := 1; it.kind == textItem && i < len(it.text); i++ {
			if cuts[at+i] {
				out = append(out, item{kind: textItem, text: it.text[from:i]})
				from = i
			}
		}
		at += len(it.text)
		it.text = it.text[from:]
		out = append(out, it)
	}
	return out
}

// cursor walks over items.
type cursor struct {
	items []item
	i     int // the present item
	at    int // its offset in the text
}

// place finds the item that a note goes before, which is at most the last one,
// the end of the page. Notes come in their order.
func (c *cursor) place(n Note) int {
	onToken := func() bool { return c.items[c.i].kind == textItem && c.items[c.i].text != "" }
	for c.i < len(c.items)-1 && (c.at < n.At || n.Place != Trailing && !onToken()) {
		c.at += len(c.items[c.i].text)
		c.i++
	}
	items, i := c.items, c.i
	switch n.Place {
	case Trailing:
		return placeTrailing(items, i)
	case OwnLine:
		return placeOwnLine(items, i)
	}
	return i
}

func placeTrailing(items []item, i int) int {
	if b := lineStart(items, i-1); b >= 0 && isOperator(items[b+1:i]) {
		return b
	}
	for k := i; k < len(items); k++ {
		switch it := items[k]; {
		case it.takesNotes() || k == len(items)-1:
			return k
		case it.kind == textItem && strings.ContainsAny(it.text, "(["):
			return i
		}
	}
	return i
}

func placeOwnLine(items []item, i int) int {
	if b := lineStart(items, i-1); b >= 0 && joined(items[b+1:i]) == "" {
		if b > 0 && items[b-1].kind == closeItem && strings.HasPrefix(items[i].text, ")") {
			return b - 1
		}
		return b
	}
	for k := i; k < len(items); k++ {
		switch it := items[k]; {
		case it.takesNotes() && k > i || k == len(items)-1:
			return k
		case it.kind == textItem && strings.Trim(it.text, ",); ") != "":
			return i
		}
	}
	return i
}

// takesNotes reports a break that comments can stand at.
func (it item) takesNotes() bool { return it.kind == breakItem && !it.solid }

// lineStart finds the last possible line break before an item, -1 if there is
// none.
func lineStart(items []item, i int) int {
	for i >= 0 && !items[i].takesNotes() {
		i--
	}
	return i
}

// joined is the text of some items.
func joined(items []item) string {
	text := ""
	for _, it := range items {
		text += it.text
	}
	return text
}

// isOperator reports that some items are just an operator that joins what stands
// before it with what follows.
func isOperator(items []item) bool {
	return slices.Contains([]string{"AND", "OR", "||", "+", "-", "*", "/", "%"}, strings.TrimSpace(joined(items)))
}

// notes puts notes before the first of the items that are left. It reports
// whether it broke the line after them itself.
func (l *layout) notes(notes []Note, rest []item) bool {
	if len(notes) == 0 {
		return false
	}
	next := rest[0]
	for i := 1; next.kind == closeItem && i < len(rest); i++ {
		next = rest[i]
	}
	atBreak := next.kind == breakItem || next.kind == closeItem
	fresh, full := endsWith(l.items, ""), false // the line is empty; it can take no more
	for _, n := range notes {
		if full || n.Place == OwnLine && !fresh {
			l.newLine()
			fresh = true
		}
		inline := n.Place == Inline && !atBreak
		lead, trail := "", ""
		if !fresh && (!inline && !endsWith(l.items, " ") || inline && !endsWith(l.items, " ([")) {
			lead = " "
		}
		if inline && !strings.ContainsRune(" ,);]", rune(next.text[0])) {
			trail = " "
		}
		l.items = append(l.items, item{kind: noteItem, text: lead + n.Text + trail, alone: !inline || n.endsLine()})
		fresh, full = false, n.endsLine() || !inline && !atBreak
	}
	if full && !atBreak {
		l.newLine()
		return true
	}
	return false
}

// newLine breaks the line where the layout has no break.
func (l *layout) newLine() {
	if last := &l.items[len(l.items)-1]; last.kind != breakItem {
		last.text = strings.TrimRight(last.text, " ")
	}
	l.items = append(l.items, item{kind: breakItem, text: " "})
}

// endsWith reports that the text of some items ends with one of these
// characters, or with a line break.
func endsWith(items []item, chars string) bool {
	for _, it := range slices.Backward(items) {
		if it.kind == breakItem {
			return true
		}
		if it.text != "" {
			return strings.IndexByte(chars, it.text[len(it.text)-1]) >= 0
		}
	}
	return true
}

// measure sets the sizes of the groups. One with a comment that has to be
// followed by a new line fits nowhere.
func (l *layout) measure() {
	var open []int
	size := 0
	for i, it := range l.items {
		switch it.kind {
		case openItem:
			open = append(open, i)
			l.items[i].size = size
		case closeItem:
			last := len(open) - 1
			l.items[open[last]].size = size - l.items[open[last]].size
			open = open[:last]
		}
		size += utf8.RuneCountInString(it.text)
		if it.alone {
			for _, at := range open {
				l.items[at].size -= width + 1 // the size so far is taken off the end's
			}
		}
	}
}
