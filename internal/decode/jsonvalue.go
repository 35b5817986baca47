package decode

import "bytes"

// take stores the value at i in a column of the row at hand and returns its
// end, or -1. It is used on text that has been checked, and in guesses on text
// that has not: there a value that is not well formed is any failure.
func (p *jsonParser) take(out *Batch, c *column, i int) int {
	d := p.d
	switch ch := d[i]; ch {
	case '"':
		if c.op == opSuper {
			return p.takeRaw(out, c, i)
		}
		end, what := scanString(d, i+1)
		s := d[i+1 : end : end]
		var reason string
		switch what {
		case plain:
			if c.op == opVarchar && len(s) <= c.typ.Length {
				out.setBytes(c, s)
				return end + 1
			}
		case escaped:
			from := len(out.arena)
			out.arena, reason = unescape(out.arena, s)
			s = out.arena[from:len(out.arena):len(out.arena)]
		default:
			return -1
		}
		if reason != "" {
			return p.reject(c, "the string has "+reason)
		}
		if reason = out.set(c, s); reason != "" {
			return p.reject(c, reason)
		}
		return end + 1
	case 'n':
		end := p.literal(i, "null")
		if end >= 0 {
			out.setNull(c.index)
		}
		return end
	case 't', 'f', '{', '[':
		return p.takeOther(out, c, i)
	default:
		return p.takeNumber(out, c, i)
	}
}

// takeNumber stores a number: most are whole, and most of their columns too.
func (p *jsonParser) takeNumber(out *Batch, c *column, i int) int {
	if c.whole() {
		v, end, ok := scanInteger(p.d, i)
		if ok && p.d[end] != '.' && p.d[end]|0x20 != 'e' && out.setWhole(c, v) {
			return end
		}
	}
	end, _ := scanNumber(p.d, i)
	if end < 0 {
		return -1
	}
	if c.op == opSuper {
		out.setBytes(c, p.d[i:end:end])
		return end
	}
	if reason := out.set(c, p.d[i:end:end]); reason != "" {
		return p.reject(c, reason)
	}
	return end
}

// takeOther stores true, false, an object or an array: booleans where the type
// has them, and any of them as text.
func (p *jsonParser) takeOther(out *Batch, c *column, i int) int {
	switch c.op {
	case opSuper, opVarchar, opChar:
		return p.takeRaw(out, c, i)
	case opBoolean:
		if ch := p.d[i]; ch == 't' || ch == 'f' {
			end := p.skip(i, 0)
			if end >= 0 {
				out.Cols[c.index].Ints[out.N] = boolInt(ch == 't')
			}
			return end
		}
	}
	end := p.skip(i, 0)
	if end < 0 {
		return -1
	}
	return p.reject(c, c.not(p.d[i:end]))
}

// takeRaw stores a value's JSON text.
func (p *jsonParser) takeRaw(out *Batch, c *column, i int) int {
	end := p.skip(i, 0)
	if end < 0 {
		return -1
	}
	if reason := p.setText(out, c, p.d[i:end:end]); reason != "" {
		return p.reject(c, reason)
	}
	return end
}

// setText stores JSON text that has been checked.
func (p *jsonParser) setText(out *Batch, c *column, s []byte) (reason string) {
	if c.op != opSuper {
		return out.set(c, s)
	}
	if reason := halfPair(s); reason != "" {
		return "the value has " + reason
	}
	out.setBytes(c, s)
	return ""
}

// takeWhole stores the record from start to end, its line feed included, in the
// columns that take all of it.
func (p *jsonParser) takeWhole(out *Batch, start, end int) bool {
	for _, c := range p.whole {
		s := bytes.Trim(p.d[start:end:end], " \t\r\n")
		if reason := p.setText(out, c, s); reason != "" {
			return p.reject(c, reason) >= 0
		}
	}
	return true
}
