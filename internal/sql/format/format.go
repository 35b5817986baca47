package format

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

// Text formats a text of any number of statements. Lines of the result end with
// LF, also within comments, and a byte order mark is dropped; strings keep what
// they hold. Comments before a statement keep the empty lines between them, one
// at most. A semicolon at the end stays if there is one.
//
// The error is a [fault.List] of syntax errors.
func Text(text string) (string, error) {
	out, err := once(text)
	if err != nil {
		return "", err
	}
	if err := same(text, out); err != nil {
		return "", err
	}
	// A comment beside a word that is not printed finds its place in two steps.
	for range 3 {
		again, err := once(out)
		if err != nil || again == out || same(out, again) != nil {
			break
		}
		out = again
	}
	return out, nil
}

// once formats a text, and does not look at the result.
func once(text string) (string, error) {
	statements, err := parse.Statements(text)
	if err != nil {
		return "", err
	}
	out := sheet{}
	s := read(text)
	parts := s.parts()
	for i, p := range parts {
		end := ""
		if i+1 < len(parts) || s.tokens[p.stop-1].Text == ";" {
			end = ";"
		}
		page := print.NewPage(statements[i], end)
		before, notes := s.notes(p, page.Text())
		out.comments(before)
		out.statement(page.String(notes))
	}
	out.comments(s.rest())
	return out.String(), nil
}

// sheet is the formatted text while it grows.
type sheet struct {
	strings.Builder
	commented bool // a comment came last
}

// comments writes comments that stand outside statements, with the empty lines
// between them.
func (s *sheet) comments(list []comment) {
	for _, c := range list {
		switch {
		case s.Len() == 0:
		case c.lines > 1:
			s.WriteString("\n\n")
		case c.lines == 1 || !s.commented:
			s.WriteString("\n")
		default:
			s.WriteString(" ")
		}
		s.WriteString(c.text)
		s.commented = true
	}
	if len(list) > 0 && list[len(list)-1].apart {
		s.WriteString("\n")
	}
}

// statement writes a statement, an empty line below the one before it.
func (s *sheet) statement(text string) {
	switch {
	case s.Len() == 0:
	case s.commented:
		s.WriteString("\n")
	default:
		s.WriteString("\n\n")
	}
	s.WriteString(text)
	s.commented = false
}

// String returns the text with the end of its last line.
func (s *sheet) String() string {
	if s.Len() == 0 {
		return ""
	}
	return s.Builder.String() + "\n"
}

// same checks that formatting kept statements and comments.
func same(before, after string) error {
	was, _ := parse.Statements(before)
	is, err := parse.Statements(after)
	if err != nil || !slices.EqualFunc(was, is, func(a, b ast.Statement) bool { return ast.Equal(a, b) }) ||
		!slices.EqualFunc(parse.Comments(before), parse.Comments(after), func(a, b ast.Comment) bool { return clean(a.Text) == clean(b.Text) }) {
		return fault.List{fault.New(fault.Internal, "formatting would change more than the layout").WithHint("please report it with the text")}
	}
	return nil
}

// clean is a comment as it is written: with LF at the ends of lines, and nothing
// invisible after a line comment.
func clean(comment string) string {
	comment = strings.ReplaceAll(comment, "\r\n", "\n")
	if strings.HasPrefix(comment, "--") {
		comment = strings.TrimRight(comment, " \t\r\f\v")
	}
	return comment
}
