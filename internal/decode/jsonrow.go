package decode

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// MaxDepth is how deep a value of a JSON record may be nested: the limit of
// Redshift's super.
const MaxDepth = 1000

// decodeJSON decodes lines: each guessed by its shape, or parsed.
func (d *Decoder) decodeJSON(b *Block, out *Batch) {
	p := &out.parser
	p.d = b.data
	for out.N < BatchRows && b.pos < b.end {
		arena := len(out.arena)
		end := p.follow(out, b.pos)
		if end < 0 {
			out.undo(arena)
			end = b.pos + bytes.IndexByte(b.data[b.pos:], '\n') + 1
			if b.data[blank(b.data, b.pos)] == '\n' {
				b.pos = end
				continue
			}
			if !p.parse(out, b.pos, end) {
				out.undo(arena)
				b.reject(out, end, p.column, p.reason)
				b.pos = end
				b.Row++
				continue
			}
		}
		out.Rows[out.N] = b.Row
		out.N++
		b.Row++
		b.pos = end
	}
}

// jsonParser is the full parser of a batch: it decodes any record, finds out
// why one is rejected, and learns shapes for the guess.
type jsonParser struct {
	d      []byte // the block
	start  int    // of the record
	tree   *node
	wants  []*column // all that take something inside the record
	whole  []*column // those that take all of it
	shapes shapes

	row    uint32   // counts records, so that seen and filled need no clearing
	seen   []uint32 // by node: the record in which its key was read last
	filled []uint32 // by column: the record in which it was set last

	lesson lesson
	key    []byte // an unescaped key
	column string // of the reject
	reason string
}

func (p *jsonParser) init(d *Decoder) {
	if d.json == nil {
		return
	}
	p.tree = d.json
	p.seen, p.filled = make([]uint32, d.nodes), make([]uint32, len(d.columns))
	p.tree.each(func(c *column) { p.wants = append(p.wants, c) })
	p.whole = d.whole
}

// parse decodes the record from start to end, its line feed included, into the
// row at hand. If it fails, column and reason say why.
func (p *jsonParser) parse(out *Batch, start, end int) bool {
	p.start = start
	p.row++
	p.lesson.begin(start, p.shapes.full())
	i := blank(p.d, start)
	if p.d[i] != '{' {
		return p.fail(i, "an object in braces") >= 0
	}
	if i = p.object(out, i, p.tree); i < 0 {
		return false
	}
	if i = blank(p.d, i); p.d[i] != '\n' {
		return p.fail(i, "the end of the line: one object a line") >= 0
	}
	if !p.takeWhole(out, start, end) {
		return false
	}
	var missing []int
	for _, c := range p.wants {
		if p.filled[c.index] != p.row {
			out.setNull(c.index)
			missing = append(missing, c.index)
		}
	}
	p.shapes.learn(&p.lesson, p.d, end, missing)
	return true
}

// fail says what should be at i, and returns -1.
func (p *jsonParser) fail(i int, want string) int {
	p.column = ""
	found := "the line ends"
	if p.d[i] != '\n' {
		_, size := utf8.DecodeRune(p.d[i:])
		found = "found " + quote(p.d[i:i+size])
	}
	p.reason = fmt.Sprintf("invalid JSON at byte %d: %s, expected %s", i-p.start+1, found, want)
	return -1
}

// reject says why a column cannot take its value, and returns -1.
func (p *jsonParser) reject(c *column, reason string) int {
	p.column, p.reason = c.name, reason
	return -1
}

// value reads the value at i, of which the node tells what is wanted, and
// returns its end, or -1. Values inside one that is wanted itself are read
// first; such records teach no shape.
func (p *jsonParser) value(out *Batch, i int, n *node) (end int) {
	c := p.d[i]
	switch {
	case n == nil:
		p.lesson.value(i, nil, false)
		end = p.skip(i, 0)
		p.lesson.from = end
		return end
	case n.members != nil && c == '{':
		end = p.object(out, i, n)
	case n.elements != nil && c == '[':
		end = p.array(out, i, n)
	default:
		p.lesson.value(i, n.columns, !n.leaf())
		end = p.skip(i, 0)
		p.lesson.from = end
	}
	if end >= 0 && n.columns != nil {
		p.lesson.off = p.lesson.off || !n.leaf()
		for _, c := range n.columns {
			p.filled[c.index] = p.row
			if p.take(out, c, i) < 0 {
				return -1
			}
		}
	}
	return end
}

// object reads the object that begins at i.
func (p *jsonParser) object(out *Batch, i int, n *node) int {
	if i = blank(p.d, i+1); p.d[i] == '}' {
		return i + 1
	}
	for {
		member, next := p.memberOf(i, n)
		if next < 0 {
			return -1
		}
		if member != nil {
			p.forget(out, member)
		}
		if i = p.value(out, next, member); i < 0 {
			return -1
		}
		switch i = blank(p.d, i); p.d[i] {
		case ',':
			i = blank(p.d, i+1)
		case '}':
			return i + 1
		default:
			return p.fail(i, "a comma or a closing brace")
		}
	}
}

// memberOf reads the key at i and the colon after it, and returns what is
// wanted of its value and where that is, or -1.
func (p *jsonParser) memberOf(i int, n *node) (member *node, next int) {
	if p.d[i] != '"' {
		return nil, p.fail(i, "a key in double quotes")
	}
	end := p.skipString(i)
	if end < 0 {
		return nil, -1
	}
	if n != nil {
		key := p.d[i+1 : end-1]
		if bytes.IndexByte(key, '\\') >= 0 {
			p.key, _ = unescape(p.key[:0], key) // a key without meaning names nothing that is wanted
			key = p.key
		}
		member = n.members[string(key)]
	}
	if i = blank(p.d, end); p.d[i] != ':' {
		return nil, p.fail(i, "a colon after the key")
	}
	return member, blank(p.d, i+1)
}

// forget unsets what a key has set if the record has it twice: the last one
// counts.
func (p *jsonParser) forget(out *Batch, n *node) {
	if p.seen[n.id] != p.row {
		p.seen[n.id] = p.row
		return
	}
	p.lesson.off = true
	n.each(func(c *column) {
		p.filled[c.index] = 0
		out.Cols[c.index].Valid[out.N/64] |= 1 << (out.N % 64)
	})
	p.unsee(n)
	p.seen[n.id] = p.row
}

// unsee makes the keys below a node new again.
func (p *jsonParser) unsee(n *node) {
	p.seen[n.id] = 0
	for _, m := range n.members {
		p.unsee(m)
	}
	for _, e := range n.elements {
		p.unsee(e)
	}
}

// array reads the array that begins at i.
func (p *jsonParser) array(out *Batch, i int, n *node) int {
	if i = blank(p.d, i+1); p.d[i] == ']' {
		return i + 1
	}
	for k := 0; ; k++ {
		if i = p.value(out, i, n.elements[k]); i < 0 {
			return -1
		}
		switch i = blank(p.d, i); p.d[i] {
		case ',':
			i = blank(p.d, i+1)
		case ']':
			return i + 1
		default:
			return p.fail(i, "a comma or a closing bracket")
		}
	}
}

// skip checks the value at i and returns its end, or -1.
func (p *jsonParser) skip(i, depth int) int {
	switch c := p.d[i]; c {
	case '"':
		return p.skipString(i)
	case '{', '[':
		return p.skipInside(i, depth+1)
	case 't':
		return p.literal(i, "true")
	case 'f':
		return p.literal(i, "false")
	case 'n':
		return p.literal(i, "null")
	default:
		if c != '-' && !isDigit(c) {
			return p.fail(i, "a value")
		}
		end, bad := scanNumber(p.d, i)
		if end < 0 {
			return p.fail(bad, "a digit")
		}
		return end
	}
}

// skipInside checks the object or array at i, which is so deep.
func (p *jsonParser) skipInside(i, depth int) int {
	if depth > MaxDepth {
		p.column, p.reason = "", fmt.Sprintf("invalid JSON at byte %d: nested more than %d deep", i-p.start+1, MaxDepth)
		return -1
	}
	open := p.d[i]
	closing, want := byte('}'), "a comma or a closing brace"
	if open == '[' {
		closing, want = ']', "a comma or a closing bracket"
	}
	if i = blank(p.d, i+1); p.d[i] == closing {
		return i + 1
	}
	for {
		if open == '{' {
			if _, i = p.memberOf(i, nil); i < 0 {
				return -1
			}
		}
		if i = p.skip(i, depth); i < 0 {
			return -1
		}
		switch i = blank(p.d, i); p.d[i] {
		case ',':
			i = blank(p.d, i+1)
		case closing:
			return i + 1
		default:
			return p.fail(i, want)
		}
	}
}

// skipString checks the string whose opening quote is at i.
func (p *jsonParser) skipString(i int) int {
	end, what := scanString(p.d, i+1)
	switch what {
	case notUTF8:
		p.column, p.reason = "", "the row is not valid UTF-8"
		return -1
	case unclosed:
		if p.d[end] == '\n' {
			return p.fail(end, "the string to be closed")
		}
		return p.fail(end, "no control character: write it as \\u and four digits")
	case escaped:
		if bad := checkEscapes(p.d[i+1 : end]); bad >= 0 {
			return p.fail(i+1+bad, "an escape that JSON knows")
		}
	}
	return end + 1
}

func (p *jsonParser) literal(i int, word string) int {
	for k := range len(word) {
		if p.d[i+k] != word[k] {
			return p.fail(i+k, "the rest of "+word)
		}
	}
	return i + len(word)
}
