package viewtest

import (
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/refresh"
	"github.com/atolldata/atoll/internal/schema"
)

// statement is a line that begins at the margin, and the indented lines below.
type statement struct {
	line       int
	word, rest string
	body       []string // as they are written, from line+1 on
}

// parser reads one file.
type parser struct {
	file, text string
}

// Parse reads the cases of a file. Tables, views, their plans and settings that
// stand above the first case belong to every case. An error is a fault with the line.
func Parse(file, text string) ([]Case, error) {
	p := &parser{file, text}
	statements, err := p.statements()
	if err != nil {
		return nil, err
	}
	var cases []Case
	shared := Case{Small: refresh.LookUp}
	current := &shared
	for _, s := range statements {
		if s.word == "case" {
			if s.rest == "" {
				return nil, p.fail(s.line, "a case without a title").WithHint("write: case what it shows")
			}
			cases = append(cases, Case{Title: s.rest, Pos: p.at(s.line), OneByOne: shared.OneByOne, Small: shared.Small,
				Tables: slices.Clone(shared.Tables), Views: slices.Clone(shared.Views), Steps: slices.Clone(shared.Steps)})
			current = &cases[len(cases)-1]
			continue
		}
		if err := p.add(current, s); err != nil {
			return nil, err
		}
		if begun(shared.Steps) {
			return nil, p.fail(s.line, "%q stands above the first case", s.word).WithHint("begin a case: case what it shows")
		}
	}
	if len(cases) == 0 {
		return nil, p.fail(1, "the file has no case").WithHint("begin one: case what it shows")
	}
	return cases, nil
}

func (p *parser) at(line int) fault.Position {
	return fault.Position{File: p.file, Line: line, Column: 1}
}

func (p *parser) fail(line int, format string, args ...any) *fault.Error {
	return fault.New(fault.Syntax, format, args...).At(p.at(line)).In(p.file, p.text)
}

// statements cuts the text. Lines that begin with # are comments.
func (p *parser) statements() ([]statement, error) {
	var out []statement
	for i, line := range strings.Split(p.text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		switch {
		case strings.HasPrefix(line, "#"), line == "" && len(out) == 0:
		case line == "" || indented:
			if len(out) == 0 {
				return nil, p.fail(i+1, "a line that belongs to nothing: %q", strings.TrimSpace(line)).
					WithHint("begin statements at the margin")
			}
			last := &out[len(out)-1]
			last.body = append(last.body, line)
		default:
			word, rest, _ := strings.Cut(line, " ")
			out = append(out, statement{line: i + 1, word: word, rest: strings.TrimSpace(rest)})
		}
	}
	return out, nil
}

// add reads a statement into a case.
func (p *parser) add(c *Case, s statement) error {
	switch s.word {
	case "table":
		t, err := p.table(s)
		c.Tables = append(c.Tables, t)
		return err
	case "view":
		v, err := p.view(s)
		if begun(c.Steps) {
			c.Steps = append(c.Steps, Define{v})
		} else {
			c.Views = append(c.Views, v)
		}
		return err
	case "one":
		c.OneByOne = true
		return p.phrase(s, "one by one")
	case "read":
		c.Small = refresh.ReadWhole
		return p.phrase(s, "read whole")
	case "compute":
		c.Small = refresh.ComputeWhole
		return p.phrase(s, "compute whole")
	}
	step, err := p.step(s)
	if err == nil {
		c.Steps = append(c.Steps, step)
	}
	return err
}

// phrase checks a statement that is always the same.
func (p *parser) phrase(s statement, want string) error {
	if got := s.word + " " + s.rest; got != want {
		return p.fail(s.line, "%q is not known, expected %s", got, want)
	}
	return p.noBody(s)
}

// begun reports that a case does something, so that its declarations are over.
func begun(steps []Step) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { _, plan := s.(Plan); return !plan })
}

// step reads a statement that is a step.
func (p *parser) step(s statement) (Step, error) {
	switch s.word {
	case "load", "change", "delete", "expect":
		return p.rowsStep(s)
	case "at":
		label, ok := parseTime(s.rest)
		if !ok {
			return nil, p.fail(s.line, "%q is not a time", s.rest).WithHint("write 2026-01-31 or 2026-01-31 12:00:00, in UTC")
		}
		return At{label}, p.noBody(s)
	case "refresh", "rebuild":
		if s.rest != "" {
			return nil, p.fail(s.line, "%q takes nothing, not %q", s.word, s.rest)
		}
		return Refresh{Rebuild: s.word == "rebuild"}, p.noBody(s)
	case "plan", "did", "fails":
		name, err := p.name(s)
		if err != nil {
			return nil, err
		}
		_, rest, _ := strings.Cut(s.rest, " ")
		rest = strings.TrimSpace(rest)
		switch s.word {
		case "plan":
			return Plan{name, rest}, p.oneOf(s, rest, planKinds)
		case "did":
			return Did{name, rest}, p.oneOf(s, rest, []string{Incremental, Full, Nothing})
		}
		reason, err := p.fields(s.line, rest)
		if err != nil || len(reason) > 1 {
			return nil, p.fail(s.line, "%q is not one text", rest).WithHint("put it in quotes: '...'")
		}
		if len(reason) == 0 {
			reason = []Value{{}}
		}
		return Fails{name, reason[0].Text}, p.noBody(s)
	}
	return nil, p.fail(s.line, "%q is not known", s.word).WithHint("the statements are %s", strings.Join(words, ", "))
}

// words are what a line at the margin may begin with.
var words = []string{"case", "table", "view", "one by one", "read whole", "compute whole", "load", "change", "delete", "at", "refresh", "rebuild",
	"expect", "plan", "did", "fails"}

// rowsStep reads a step with rows below it.
func (p *parser) rowsStep(s statement) (Step, error) {
	name, err := p.name(s)
	if err != nil {
		return nil, err
	}
	rows, err := p.rows(s)
	if err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(s.rest, " ")
	rest = strings.TrimSpace(rest)
	switch s.word {
	case "load":
		file, named := strings.CutPrefix(rest, "as ")
		if rest != "" && (!named || !isWord(file)) {
			return nil, p.fail(s.line, "%q is not as and a file's name", rest).WithHint("write: load %s as a", name)
		}
		return Load{name, file, rows}, nil
	case "change":
		if !isWord(rest) {
			return nil, p.fail(s.line, "%q is not a file's name", rest).WithHint("write: change %s a, after load %s as a", name, name)
		}
		return Change{name, rest, rows}, nil
	case "delete":
		if rest != "" {
			return nil, p.fail(s.line, "%q after the table's name", rest).WithHint("write the rows that leave below")
		}
		return Delete{name, rows}, nil
	}
	columns, err := p.columns(s, rest)
	return Expect{name, columns, rows}, err
}

// columns reads names in parentheses, of the columns that are looked at.
func (p *parser) columns(s statement, text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	inner, ok := strings.CutPrefix(text, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if !ok || !closed {
		return nil, p.fail(s.line, "%q is not a list of columns", text).WithHint("write: (a, b)")
	}
	columns := strings.Split(inner, ",")
	for i, c := range columns {
		columns[i] = strings.TrimSpace(c)
	}
	return columns, nil
}

// isWord reports letters, digits, _ and -.
func isWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}

func (p *parser) oneOf(s statement, got string, want []string) error {
	if !slices.Contains(want, got) {
		return p.fail(s.line, "%q is not known, expected one of %s", got, strings.Join(want, ", "))
	}
	return p.noBody(s)
}

func (p *parser) noBody(s statement) error {
	for i, line := range s.body {
		if line != "" {
			return p.fail(s.line+i+1, "%q takes no lines below it, not %q", s.word, strings.TrimSpace(line))
		}
	}
	return nil
}

// name reads the schema.name that a statement begins with.
func (p *parser) name(s statement) (schema.Name, error) {
	text, _, _ := strings.Cut(s.rest, " ")
	name, ok := schema.ParseName(text)
	if !ok {
		return name, p.fail(s.line, "%q is not schema.name", text).WithHint("name a table or view, such as shop.orders")
	}
	return name, nil
}

// table reads "table schema.name (column type, ...)".
func (p *parser) table(s statement) (t Table, err error) {
	if t.Name, err = p.name(s); err != nil {
		return t, err
	}
	_, list, _ := strings.Cut(s.rest, " ")
	inner, opened := strings.CutPrefix(strings.TrimSpace(list), "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if !opened || !closed {
		return t, p.fail(s.line, "table %q has no columns", t.Name).WithHint("write: table %s (id integer, name varchar(10))", t.Name)
	}
	for _, text := range splitOutside(inner) {
		name, typeText, _ := strings.Cut(strings.TrimSpace(text), " ")
		typ, err := schema.ParseType(typeText)
		if err != nil {
			return t, fault.Wrap(err, fault.Syntax, "column %q", name).At(p.at(s.line)).In(p.file, p.text)
		}
		t.Columns = append(t.Columns, schema.Column{Name: name, Type: typ})
	}
	return t, p.noBody(s)
}

// splitOutside splits at the commas that are in no parentheses.
func splitOutside(s string) (parts []string) {
	depth, start := 0, 0
	for i, c := range s {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// view reads "view schema.name" with header and query below.
func (p *parser) view(s statement) (v View, err error) {
	if v.Name, err = p.name(s); err != nil {
		return v, err
	}
	if v.Name.String() != s.rest {
		return v, p.fail(s.line, "%q after the view's name", strings.TrimSpace(strings.TrimPrefix(s.rest, v.Name.String()))).
			WithHint("write the query on the lines below, indented")
	}
	indent := margin(s.body)
	var query []string
	for _, line := range s.body {
		line = strings.TrimPrefix(line, indent)
		if strings.HasPrefix(line, "@") {
			v.Header = append(v.Header, line)
		} else {
			query = append(query, line)
		}
	}
	v.SQL = strings.TrimSpace(strings.Join(query, "\n"))
	if v.SQL == "" {
		return v, p.fail(s.line, "view %q has no query", v.Name).WithHint("write it on the lines below, indented")
	}
	return v, nil
}

// margin is what all lines but empty ones begin with: blanks.
func margin(lines []string) string {
	found, first := "", true
	for _, line := range lines {
		blanks := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if line != "" && (first || len(blanks) < len(found)) {
			found, first = blanks, false
		}
	}
	return found
}

// rows reads the rows below a statement.
func (p *parser) rows(s statement) (rows []Row, err error) {
	for i, line := range s.body {
		values, err := p.fields(s.line+i+1, line)
		if err != nil {
			return nil, err
		}
		if len(values) > 0 {
			rows = append(rows, values)
		}
	}
	return rows, nil
}

// fields reads values with blanks between them, up to a comment.
func (p *parser) fields(line int, text string) (values []Value, err error) {
	for {
		text = strings.TrimLeft(text, " \t")
		if text == "" || text[0] == '#' {
			return values, nil
		}
		if text[0] != '\'' {
			end := strings.IndexAny(text+" ", " \t")
			word := text[:end]
			text = text[end:]
			if strings.EqualFold(word, "NULL") {
				values = append(values, Null)
			} else {
				values = append(values, Text(word))
			}
			continue
		}
		value, rest, ok := unquote(text)
		if !ok {
			return nil, p.fail(line, "a quote that is not closed, or text right behind it: %s", text).
				WithHint("end the text with ', and write '' for a quote within")
		}
		values, text = append(values, Text(value)), rest
	}
}

// unquote reads a text in quotes that s begins with, and what follows.
func unquote(s string) (value, rest string, ok bool) {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] != '\'':
			value += s[i : i+1]
		case strings.HasPrefix(s[i:], "''"):
			value += "'"
			i++
		default:
			rest = s[i+1:]
			return value, rest, rest == "" || rest[0] == ' ' || rest[0] == '\t'
		}
	}
	return "", "", false
}

// parseTime reads a date, or a date and a time, in UTC.
func parseTime(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
