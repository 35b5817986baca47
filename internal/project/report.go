package project

import (
	"errors"

	"github.com/atolldata/atoll/internal/fault"
)

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

// add adds a fault that does not know its place.
func (r *reporter) add(err error, pos fault.Position) {
	var e *fault.Error
	if !errors.As(err, &e) {
		e = fault.Wrap(err, fault.Config, "cannot be read")
	}
	r.faults = append(r.faults, e.At(pos).In(r.file, r.text))
}
