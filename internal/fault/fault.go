package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// Code classes a fault by what its reader can do about it.
type Code string

// The codes. A transport maps each of them to its own vocabulary.
const (
	Usage       Code = "usage"       // the command line is wrong
	Config      Code = "config"      // atoll.yaml, a source or a model header is wrong
	Syntax      Code = "syntax"      // SQL that does not parse
	Name        Code = "name"        // an unknown or ambiguous table, column or function
	Type        Code = "type"        // an operator or function over types it does not take
	Unsupported Code = "unsupported" // understood, and not available here
	Cycle       Code = "cycle"       // models that depend on each other
	Data        Code = "data"        // a file or a row that cannot be loaded
	Source      Code = "source"      // a source that cannot be reached or read
	View        Code = "view"        // a view whose refresh failed
	Busy        Code = "busy"        // another process holds the warehouse
	Engine      Code = "engine"      // the warehouse engine failed
	Denied      Code = "denied"      // statement, function or relation that is not allowed
	Internal    Code = "internal"    // a defect in Atoll
)

// Position is a place in a text a user wrote. Line and Column count from 1, in
// characters; a zero Line means that only the file is known.
type Position struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String prints the position as file:line:column, leaving out what is unknown.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.File == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// Error is a fault. Message says what is wrong, with the offending value
// quoted; Hint says what to do next, as an instruction. Source, where set, is
// the line of text that Pos points into, printed with a caret under it.
type Error struct {
	Code    Code     `json:"code"`
	Message string   `json:"message"`
	Pos     Position `json:"position,omitzero"`
	Source  string   `json:"source,omitempty"`
	Hint    string   `json:"hint,omitempty"`
	Cause   error    `json:"-"`
}

// New makes a fault with a formatted message.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes a fault with a cause, whose text follows the message.
func Wrap(cause error, code Code, format string, args ...any) *Error {
	e := New(code, format, args...)
	e.Cause = cause
	return e
}

// At sets the position and returns the fault.
func (e *Error) At(pos Position) *Error { e.Pos = pos; return e }

// WithHint sets the hint and returns the fault.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// In sets the file of the position and, from the file's text, the source line.
func (e *Error) In(file, text string) *Error {
	e.Pos.File = file
	for line := 1; e.Pos.Line > 0; line++ {
		first, rest, more := strings.Cut(text, "\n")
		if line == e.Pos.Line {
			e.Source = strings.TrimRight(first, "\r")
		}
		if line == e.Pos.Line || !more {
			break
		}
		text = rest
	}
	return e
}

// Error prints the fault on one line: position, message, cause, hint.
func (e *Error) Error() string {
	var b strings.Builder
	if p := e.Pos.String(); p != "" {
		b.WriteString(p + ": ")
	}
	b.WriteString(e.Message)
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	if e.Hint != "" {
		b.WriteString(" (" + e.Hint + ")")
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Pretty prints the fault over several lines, with the source line, a caret
// under the column and the hint.
func (e *Error) Pretty() string {
	var b strings.Builder
	if p := e.Pos.String(); p != "" {
		b.WriteString(p + ": ")
	}
	b.WriteString(e.Message)
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	if e.Source != "" {
		b.WriteString("\n    " + strings.ReplaceAll(e.Source, "\t", " "))
		b.WriteString("\n    " + strings.Repeat(" ", max(0, e.Pos.Column-1)) + "^")
	}
	if e.Hint != "" {
		b.WriteString("\n  hint: " + e.Hint)
	}
	return b.String()
}

// List is several faults, reported in one go.
type List []*Error

// Error prints one fault a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As look into the list.
func (l List) Unwrap() []error {
	out := make([]error, len(l))
	for i, e := range l {
		out[i] = e
	}
	return out
}

// Sort orders the list by file, line and column, stable otherwise.
func (l List) Sort() {
	sort.SliceStable(l, func(i, j int) bool {
		a, b := l[i].Pos, l[j].Pos
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
}

// Err returns nil for an empty list and the list otherwise.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// All returns the faults in err: those of a [List], a single [Error], or a new
// [Internal] fault around an error that is neither.
func All(err error) List {
	if err == nil {
		return nil
	}
	var l List
	if errors.As(err, &l) {
		return l
	}
	var e *Error
	if errors.As(err, &e) {
		return List{e}
	}
	return List{Wrap(err, Internal, "unexpected error")}
}

// CodeOf returns the code of the first fault in err, or [Internal].
func CodeOf(err error) Code {
	if l := All(err); len(l) > 0 {
		return l[0].Code
	}
	return Internal
}

// Nearest returns the candidate closest to name by edit distance, for "did you
// mean" hints, and "" if none is close: more than a third of its letters away,
// rounded up, or with no letter in common.
func Nearest(name string, candidates []string) string {
	letters := utf8.RuneCountInString(name)
	best, bestDist := "", (letters+2)/3+1
	for _, c := range candidates {
		d := distance(strings.ToLower(name), strings.ToLower(c))
		if d < bestDist && d < max(letters, utf8.RuneCountInString(c)) {
			best, bestDist = c, d
		}
	}
	return best
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours count 1.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	prev2, prev := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		cur := make([]int, len(t)+1)
		cur[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev = prev, cur
	}
	return prev[len(t)]
}
