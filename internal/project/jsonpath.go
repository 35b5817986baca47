package project

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// PathStep is one step of a path into JSON: a member of an object, or an
// element of an array, counted from 0.
type PathStep struct {
	Member  string
	Element int
	IsArray bool
}

// ParseJSONPath reads the part of JSONPath (RFC 9535) that names exactly one
// value: $, then .member, ["member"], ['member'] or [0]. The error is a fault
// of code Config.
func ParseJSONPath(text string) ([]PathStep, error) {
	bad := func(format string, args ...any) ([]PathStep, error) {
		return nil, fault.New(fault.Config, "the path %q "+format, append([]any{text}, args...)...).
			WithHint("write a path such as $.campaign.id, $[\"a key\"] or $.items[0]")
	}
	rest, ok := strings.CutPrefix(text, "$")
	if !ok {
		return bad("does not begin with $")
	}
	var steps []PathStep
	for rest != "" {
		switch {
		case strings.HasPrefix(rest, ".."), strings.HasPrefix(rest, ".*"), strings.HasPrefix(rest, "[*"), strings.HasPrefix(rest, "[?"):
			return bad("could name several values")
		case rest[0] == '.':
			member := rest[1:]
			if end := strings.IndexAny(member, ".["); end >= 0 {
				member = member[:end]
			}
			if member == "" || strings.ContainsAny(member, " \t\"'*]") {
				return bad("has no plain name after %q", text[:len(text)-len(rest)+1])
			}
			steps = append(steps, PathStep{Member: member})
			rest = rest[1+len(member):]
		case rest[0] == '[':
			step, tail, ok := bracketStep(rest[1:])
			if !ok {
				return bad("has a bad bracket after %q", text[:len(text)-len(rest)])
			}
			steps = append(steps, step)
			rest = tail
		default:
			return bad("has %q where a . or [ should be", rest[:1])
		}
	}
	return steps, nil
}

// bracketStep reads what follows an opening bracket: a quoted member without
// escapes, or an element's number.
func bracketStep(s string) (step PathStep, rest string, ok bool) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		member, rest, ok := strings.Cut(s[1:], s[:1]+"]")
		return PathStep{Member: member}, rest, ok && member != "" && !strings.ContainsAny(member, `"'\`)
	}
	digits, rest, ok := strings.Cut(s, "]")
	n, err := strconv.ParseUint(digits, 10, 31)
	return PathStep{Element: int(n), IsArray: true}, rest, ok && err == nil
}
