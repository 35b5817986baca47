package project

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// headerLine is a "@key value" line of a model's header.
type headerLine struct {
	key, value string
	keyPos     fault.Position
	pos        fault.Position // of the value, or of the key if there is none
}

// readHeader finds the header: the first block comment above the SQL in which a
// line begins with @, a leading * aside. Lines that follow @doc continue it up
// to an empty line; other lines without @ are remarks.
//
// A key in a comment further down would be taken for one that is set: it is a mistake.
func readHeader(r *reporter, keys []headerKey) []headerLine {
	var header []headerLine
	s := scanner{text: r.text, line: 1, column: 1}
	s.skipByteOrderMark()
	for {
		s.skipSpace()
		switch {
		case strings.HasPrefix(s.rest(), "--"):
			pos := s.position()
			line := s.take(lineEnd(s.rest()))
			body := strings.TrimLeft(line, "- \t")
			switch {
			case !strings.HasPrefix(body, "@"):
			case header == nil:
				r.report(pos, "header key %q in a -- comment is not read", strings.Fields(body)[0]).
					WithHint("write the header as a block comment: /* ... */")
			default:
				r.keyBelow(strings.Fields(body)[0], pos, keys)
			}
		case strings.HasPrefix(s.rest(), "/*"):
			start := s.position()
			lines, closed := s.comment()
			if !closed {
				r.report(start, "the comment is not closed").WithHint("end it with */")
				return header
			}
			if len(lines) > 0 && header != nil {
				r.report(lines[0].keyPos, "header key %q stands outside the header", "@"+lines[0].key).
					WithHint("move it into the first comment")
				continue
			}
			header = append(header, lines...)
		default:
			r.keysBelow(s.offset, keys)
			return header
		}
	}
}

// keysBelow reports the keys of a header in comments from a byte of the text on.
func (r *reporter) keysBelow(from int, keys []headerKey) {
	for _, c := range parse.Comments(r.text) {
		at := int(c.Start)
		for line := range strings.SplitAfterSeq(c.Text, "\n") {
			words := strings.FieldsFunc(strings.TrimLeft(line, "/*- \t"), func(c rune) bool { return strings.ContainsRune(" \t\r\n*/", c) })
			if at >= from && len(words) > 0 {
				l, column := ast.LineColumn(r.text, ast.Pos(at+strings.Index(line, words[0])))
				r.keyBelow(words[0], fault.Position{Line: l, Column: column}, keys)
			}
			at += len(line)
		}
	}
}

// keyBelow reports the first word of a comment below the header if it is one of the keys.
func (r *reporter) keyBelow(word string, pos fault.Position, keys []headerKey) {
	if key, ok := strings.CutPrefix(word, "@"); ok && slices.ContainsFunc(keys, func(k headerKey) bool { return k.name == key }) {
		r.report(pos, "header key %q stands outside the header", word).WithHint("move it into the first comment, above the query")
	}
}

// scanner walks over a text and knows the line and column, in characters.
type scanner struct {
	text         string
	offset       int
	line, column int
}

func (s *scanner) rest() string { return s.text[s.offset:] }

func (s *scanner) position() fault.Position { return fault.Position{Line: s.line, Column: s.column} }

// take moves over n bytes and returns them.
func (s *scanner) take(n int) string {
	taken := s.text[s.offset : s.offset+n]
	s.offset += n
	if i := strings.LastIndexByte(taken, '\n'); i >= 0 {
		s.line += strings.Count(taken, "\n")
		s.column = 1
		s.column += utf8.RuneCountInString(taken[i+1:])
	} else {
		s.column += utf8.RuneCountInString(taken)
	}
	return taken
}

func (s *scanner) skipByteOrderMark() {
	if strings.HasPrefix(s.text, "\ufeff") {
		s.offset = len("\ufeff")
	}
}

func (s *scanner) skipSpace() {
	s.take(len(s.rest()) - len(strings.TrimLeft(s.rest(), " \t\r\n\f\v")))
}

func lineEnd(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i
	}
	return len(s)
}

// comment reads a block comment, which may hold others, and its header lines.
func (s *scanner) comment() (lines []headerLine, closed bool) {
	end := commentEnd(s.rest())
	if end < 0 {
		return nil, false
	}
	stop := s.offset + end
	s.take(len("/*"))
	inDoc := false
	for s.offset < stop {
		n := min(lineEnd(s.rest()), stop-len("*/")-s.offset)
		s.take(len(s.rest()[:n]) - len(strings.TrimLeft(s.rest()[:n], " \t*")))
		n = min(lineEnd(s.rest()), stop-len("*/")-s.offset)
		content := strings.TrimRight(s.rest()[:n], " \t\r*")
		switch {
		case strings.HasPrefix(content, "@"):
			lines = append(lines, s.headerLine(content))
			inDoc = lines[len(lines)-1].key == "doc"
		case inDoc && content != "":
			last := &lines[len(lines)-1]
			last.value = strings.TrimSpace(last.value + " " + content)
		default:
			inDoc = false
		}
		s.take(n)
		if s.offset == stop-len("*/") {
			s.take(len("*/"))
		} else {
			s.take(1) // the line break
		}
	}
	return lines, true
}

// headerLine takes "@key value" apart without moving.
func (s *scanner) headerLine(content string) headerLine {
	key, value := content[1:], ""
	if i := strings.IndexAny(content, " \t"); i >= 0 {
		key, value = content[1:i], strings.TrimSpace(content[i:])
	}
	l := headerLine{key: key, value: value, keyPos: s.position(), pos: s.position()}
	if value != "" {
		l.pos.Column += utf8.RuneCountInString(content[:strings.LastIndex(content, value)])
	}
	return l
}

// commentEnd is the length of the block comment that s begins with, with the
// comments inside it, or -1 if it is not closed.
func commentEnd(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			return i + 1
		}
	}
	return -1
}
