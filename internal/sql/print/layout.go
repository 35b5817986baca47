package print

import (
	"strings"
	"unicode/utf8"
)

// width is the length of a line, in characters, that a group is broken to stay
// within.
const width = 88

// layout collects text, possible line breaks and groups, and then lays them out:
// a group that fits into the rest of its line stays on it; of one that does not,
// every break of its own becomes a new line.
type layout struct {
	items []item
	open  []int // the groups that are not closed yet
	size  int   // of everything so far, were it on one line
}

type itemKind uint8

const (
	textItem  itemKind = iota
	breakItem          // a new line, or else text
	openItem           // a group starts; its size is known when it is closed
	closeItem
	noteItem // a comment
)

type item struct {
	kind   itemKind
	text   string
	indent int  // of an openItem: how much further its new lines are indented
	size   int  // of an openItem: the group's size on one line
	solid  bool // of a breakItem: it is within a token, where no comment goes
	alone  bool // of a noteItem: a new line follows, so that no group around it fits
}

func (l *layout) text(s string) {
	l.items = append(l.items, item{kind: textItem, text: s})
	l.size += utf8.RuneCountInString(s)
}

// line is a new line or a space.
func (l *layout) line() { l.breakOr(" ") }

// soft is a new line or nothing.
func (l *layout) soft() { l.breakOr("") }

func (l *layout) breakOr(s string) {
	l.items = append(l.items, item{kind: breakItem, text: s})
	l.size += len(s)
}

// group starts a group whose new lines are indented further.
func (l *layout) group(indent int) {
	l.open = append(l.open, len(l.items))
	l.items = append(l.items, item{kind: openItem, indent: indent, size: l.size})
}

// end ends the group that was started last.
func (l *layout) end() {
	last := len(l.open) - 1
	group := &l.items[l.open[last]]
	group.size = l.size - group.size
	l.open = l.open[:last]
	l.items = append(l.items, item{kind: closeItem})
}

// String lays everything out.
func (l *layout) String() string {
	type state struct {
		indent int
		flat   bool
	}
	var b strings.Builder
	b.Grow(l.size)
	stack := []state{{flat: true}}
	column := 0
	for _, it := range l.items {
		top := stack[len(stack)-1]
		switch it.kind {
		case textItem, noteItem:
			b.WriteString(it.text)
			if n := strings.LastIndexByte(it.text, '\n'); n >= 0 {
				column = utf8.RuneCountInString(it.text[n+1:])
			} else {
				column += utf8.RuneCountInString(it.text)
			}
		case breakItem:
			if top.flat {
				b.WriteString(it.text)
				column += len(it.text)
			} else {
				b.WriteByte('\n')
				b.WriteString(strings.Repeat(" ", top.indent))
				column = top.indent
			}
		case openItem:
			stack = append(stack, state{
				indent: top.indent + it.indent,
				flat:   len(stack) > 1 && top.flat || column+it.size <= width,
			})
		case closeItem:
			stack = stack[:len(stack)-1]
		}
	}
	return b.String()
}
