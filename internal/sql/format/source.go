package format

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

// source is a text, cut into tokens and the gaps between them.
type source struct {
	tokens []parse.Token
	gaps   [][]comment // gaps[i] comes before token i, the last one after all
}

// comment is a comment and how it stands in its gap.
type comment struct {
	text  string
	place print.Place
	lines int  // the ends of lines before it, since the token or comment before
	apart bool // an empty line follows, before the next token
}

// part is the tokens of one statement, from start up to stop, with its semicolon.
type part struct{ start, stop int }

// read cuts a text.
func read(text string) *source {
	s := &source{}
	for _, t := range parse.Tokens(text) {
		if n := len(s.tokens); t.Text != ";" || n > 0 && s.tokens[n-1].Text != ";" {
			s.tokens = append(s.tokens, t) // all but empty statements
		}
	}
	comments := parse.Comments(text)
	at := ast.Pos(0) // the end of the last token
	for i := 0; i <= len(s.tokens); i++ {
		next := ast.Pos(len(text))
		if i < len(s.tokens) {
			next = s.tokens[i].Start
		}
		n := 0
		for n < len(comments) && comments[n].Start < next {
			n++
		}
		s.gaps = append(s.gaps, gap(text, at, next, comments[:n]))
		comments = comments[n:]
		if i < len(s.tokens) {
			at = s.tokens[i].End()
		}
	}
	return s
}

// gap tells how the comments between two places stand.
func gap(text string, from, to ast.Pos, comments []ast.Comment) []comment {
	out := make([]comment, len(comments))
	first, last := len(comments), -1 // what is before the first and the last end of a line
	lines := func(i int, until ast.Pos) int {
		n := strings.Count(text[from:until], "\n")
		if n > 0 || int(until) == len(text) {
			first, last = min(first, i), i
		}
		return n
	}
	for i, c := range comments {
		out[i] = comment{text: clean(c.Text), lines: lines(i, c.Start)}
		from = c.End()
	}
	if len(out) > 0 {
		out[len(out)-1].apart = lines(len(out), to) > 1
	}
	for i := range out {
		switch {
		case i < first && last >= 0:
			out[i].place = print.Trailing
		case i < last && out[i].lines > 0:
			out[i].place = print.OwnLine
		case i < last:
			out[i].place = print.Joined
		default:
			out[i].place = print.Inline
		}
	}
	return out
}

// parts finds the statements.
func (s *source) parts() []part {
	var out []part
	start := 0
	for i, t := range s.tokens {
		if t.Text == ";" || i+1 == len(s.tokens) {
			out = append(out, part{start, i + 1})
			start = i + 1
		}
	}
	return out
}

// notes returns the comments that come before a statement and those within it,
// placed in the printed text. Trailing comments of its last line are within it.
func (s *source) notes(p part, tokens []parse.Token) (before []comment, notes []print.Note) {
	end := int(tokens[len(tokens)-1].End())
	to := align(s.tokens[p.start:p.stop], tokens)
	for i := p.start; i <= p.stop; i++ {
		for _, c := range s.gaps[i] {
			note := print.Note{Text: c.text, Place: c.place, At: end}
			next := len(tokens)
			switch {
			case i == p.start && (c.place != print.Trailing || p.start == 0):
				before = append(before, c)
				continue
			case i == p.start || i == p.stop && c.place != print.Trailing:
				continue // of the statement before or after
			case i < p.stop:
				next = to[i-p.start]
			}
			switch {
			case next == 0:
				c.lines = max(c.lines, 1)
				before = append(before, c)
				continue
			case c.place == print.Trailing:
				note.At = int(tokens[next-1].End())
			case next < len(tokens):
				note.At = int(tokens[next].Start)
			}
			notes = append(notes, note)
		}
	}
	return before, notes
}

// rest returns the comments after the last statement.
func (s *source) rest() []comment {
	var out []comment
	for _, c := range s.gaps[len(s.tokens)] {
		if len(s.tokens) == 0 || c.place != print.Trailing {
			c.apart = false
			out = append(out, c)
		}
	}
	return out
}

// window is how far apart two texts are looked through for what they share
// again: longer than any part that the printer spells in its own way.
const window = 64

// align returns for each token of a text the token of the printed text that it
// became, or before which it was left out. What the texts share stays in step,
// and a text that was printed is aligned with itself exactly.
func align(text, printed []parse.Token) []int {
	to := make([]int, 0, len(text))
	j := 0
	for len(to) < len(text) {
		left, added := step(text[len(to):], printed[j:])
		for range left {
			to = append(to, j)
		}
		j += added
		if len(to) < len(text) {
			to = append(to, min(j, len(printed)))
			j = min(j+1, len(printed))
		}
	}
	return to
}

// step counts the tokens that were left out of a text and added to the printed
// one up to the next that they share, the fewest.
func step(text, printed []parse.Token) (left, added int) {
	for apart := range window {
		for left := range apart + 1 {
			added := apart - left
			if left < len(text) && added < len(printed) && text[left].Text == printed[added].Text {
				return left, added
			}
		}
	}
	return 0, 0
}
