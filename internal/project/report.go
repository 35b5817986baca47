package project

import "github.com/atolldata/atoll/internal/fault"

// reporter collects the mistakes of one file.
type reporter struct {
	file, text string
	faults     fault.List
}

// report adds a mistake at a line and column of the file and returns it, for a
// hint.
func (r *reporter) report(pos fault.Position, format string, args ...any) *fault.Error {
	e := fault.New(fault.Config, format, args...).At(pos).In(r.file, r.text)
	r.faults = append(r.faults, e)
	return e
}

// add adds a fault that does not know its place, unless it is nil.
func (r *reporter) add(e *fault.Error, pos fault.Position) {
	if e != nil {
		r.faults = append(r.faults, e.At(pos).In(r.file, r.text))
	}
}

// addError is add for an error that is a fault or nil.
func (r *reporter) addError(err error, pos fault.Position) {
	for _, e := range fault.All(err) {
		r.add(e, pos)
	}
}

// hint gives the last fault a hint if it has none.
func (r *reporter) hint(text string) {
	if e := r.faults[len(r.faults)-1]; e.Hint == "" {
		e.Hint = text
	}
}
