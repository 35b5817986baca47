package decode

import (
	"bytes"
	"slices"
)

// shapes is what a batch has learned about the text between the values of its
// records: a tree in which each path from the root is a record that was parsed.
// Following it replaces reading keys by comparing whole stretches of text.
//
// A stretch is compared with the same stretch after the same ones before it, so
// that it means what it meant then: which columns take the next value, which
// keys are absent, that no key comes twice.
type shapes struct {
	root shape
	size int // bytes, roughly
}

// Records whose keys are other ones each time are not worth learning much of:
// maxShapes bounds a batch's memory in bytes, maxEdges what is tried at a place.
const (
	maxShapes = 128 << 10
	maxEdges  = 32
)

// shape is a place in the tree, between a value and the text after it.
type shape struct{ edges []edge }

// edge is a stretch of text and what follows it.
type edge struct {
	text       []byte
	head, mask uint64 // its first eight bytes, and which of them it has
	tail       uint64 // its last eight bytes, if it has more

	columns []*column // that take the value, or none: it is skipped
	scalar  bool      // the value must be no object or array: something inside would be wanted
	next    *shape

	last    bool  // the text ends the record
	missing []int // the columns that such a record leaves NULL
}

func (s *shapes) full() bool { return s.size > maxShapes }

// match finds the edge whose text is at i.
func (s *shape) match(d []byte, i int) *edge {
	head := load8(d, i)
	for k := range s.edges {
		e := &s.edges[k]
		if (head^e.head)&e.mask != 0 {
			continue
		}
		n := len(e.text)
		if n <= 8 || n <= padding && load8(d, i+n-8) == e.tail || len(d)-i >= n && string(d[i:i+n]) == string(e.text) {
			return e
		}
	}
	return nil
}

// follow decodes the record at i into the row at hand if it has a known shape
// and nothing in it is wrong, and returns its end, or -1.
func (p *jsonParser) follow(out *Batch, i int) int {
	start, at := i, &p.shapes.root
	for {
		e := at.match(p.d, i)
		if e == nil {
			return -1
		}
		i += len(e.text)
		if e.last {
			for _, c := range e.missing {
				out.setNull(c)
			}
			if p.whole != nil && !p.takeWhole(out, start, i) {
				return -1
			}
			return i
		}
		if e.scalar && (p.d[i] == '{' || p.d[i] == '[') {
			return -1
		}
		value := i
		if len(e.columns) == 0 {
			i = p.skip(value, 0)
		}
		for _, c := range e.columns {
			if i = p.take(out, c, value); i < 0 {
				return -1
			}
		}
		if i < 0 {
			return -1
		}
		at = e.next
	}
}

// lesson is the shape of the record that is being parsed.
type lesson struct {
	from  int  // where the stretch after the last value begins
	off   bool // there is nothing to learn from the record
	steps []step
}

// step is a stretch of text and the value after it.
type step struct {
	from, to int
	columns  []*column
	scalar   bool
}

func (l *lesson) begin(start int, off bool) {
	l.from, l.off, l.steps = start, off, l.steps[:0]
}

// value notes that a value begins at i, which the columns take. The caller sets
// from to its end.
func (l *lesson) value(i int, columns []*column, scalar bool) {
	if !l.off {
		l.steps = append(l.steps, step{from: l.from, to: i, columns: columns, scalar: scalar})
	}
}

// learn adds a record, which ends at end, to the tree.
func (s *shapes) learn(l *lesson, d []byte, end int, missing []int) {
	if l.off {
		return
	}
	at := &s.root
	for _, step := range l.steps {
		e := s.edge(at, d[step.from:step.to], func(e *edge) {
			e.columns, e.scalar, e.next = step.columns, step.scalar, &shape{}
		})
		if e == nil {
			return
		}
		at = e.next
	}
	s.edge(at, d[l.from:end], func(e *edge) { e.last, e.missing = true, missing })
}

// edge finds or adds the edge with that text; nil if there are too many. Two edges of a shape differ in
// their texts: the text decides what comes next. Longer texts come first, so
// that stepping into an object is tried before taking it for a value.
func (s *shapes) edge(at *shape, text []byte, fill func(*edge)) *edge {
	for k := range at.edges {
		if string(at.edges[k].text) == string(text) {
			return &at.edges[k]
		}
	}
	if len(at.edges) == maxEdges {
		return nil
	}
	e := edge{text: bytes.Clone(text)}
	for k := range min(len(text), 8) {
		e.head |= uint64(text[k]) << (8 * k)
		e.mask |= 0xFF << (8 * k)
	}
	if len(text) > 8 {
		e.tail = load8(text, len(text)-8)
	}
	fill(&e)
	k := 0
	for k < len(at.edges) && len(at.edges[k].text) > len(text) {
		k++
	}
	at.edges = slices.Insert(at.edges, k, e)
	s.size += len(text) + 128
	return &at.edges[k]
}
