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
		printed := parse.Tokens(page.Text())
		for _, t := range printed {
			if t.Text[0] == '\'' {
				page.Keep(int(t.Start), int(t.End()))
			}
		}
		before, notes := s.notes(p, printed)
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
		!slices.Equal(texts(before), texts(after)) {
		return fault.List{fault.New(fault.Internal, "formatting would change more than the layout").WithHint("please report it with the text")}
	}
	if slices.ContainsFunc(was, isUnload) {
		return quoted(before, after)
	}
	return nil
}

func isUnload(s ast.Statement) bool {
	_, ok := s.(*ast.Unload)
	return ok
}

// quoted checks that formatting kept the comments within strings: the query of an
// UNLOAD is one, which is read and printed again.
func quoted(before, after string) error {
	kept := map[string]bool{}
	for _, t := range parse.Tokens(after) {
		kept[t.Text] = true
	}
	for _, t := range parse.Tokens(before) {
		if text, is := strings.CutPrefix(t.Text, "'"); is && !kept[t.Text] && len(texts(text)) > 0 {
			line, column := ast.LineColumn(before, t.Pos())
			return fault.List{fault.New(fault.Unsupported, "the comments within a query in quotes would be lost").
				At(fault.Position{Line: line, Column: column}).WithHint("move them out of the quotes")}
		}
	}
	return nil
}

// texts are the comments of a text.
func texts(text string) []string {
	var out []string
	for _, c := range parse.Comments(text) {
		out = append(out, clean(c.Text))
	}
	return out
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
