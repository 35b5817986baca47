package pipeline

import (
	"context"
	"errors"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// joinFaults makes one list of two.
func joinFaults(a, b error) error {
	list := append(fault.All(a), fault.All(b)...)
	list.Sort()
	return list.Err()
}

// blameless reports an error that is no fault of the view or file at hand: the
// engine, the machine or the caller gave up.
func blameless(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, warehouse.ErrInvalid) || fault.CodeOf(err) == fault.Engine
}

// message is an error as it is kept in Atoll's tables: with its hint, without
// the source line.
func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
