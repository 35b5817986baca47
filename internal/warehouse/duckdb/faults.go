package duckdb

import (
	"context"
	"errors"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// codes says whose trouble an engine's error is. Types that are not listed are
// the engine's own.
var codes = map[duckdb.ErrorType]fault.Code{
	duckdb.ErrorTypeConversion:   fault.Data,
	duckdb.ErrorTypeOutOfRange:   fault.Data,
	duckdb.ErrorTypeDivideByZero: fault.Data,
	duckdb.ErrorTypeInvalidInput: fault.Data,
	duckdb.ErrorTypeMismatchType: fault.Data,
	duckdb.ErrorTypeConstraint:   fault.Data,
	duckdb.ErrorTypeInvalid:      fault.Data, // a scalar function's own error, and error()
	duckdb.ErrorTypeCatalog:      fault.Name,
	duckdb.ErrorTypeParser:       fault.Internal,
	duckdb.ErrorTypeSyntax:       fault.Internal,
	duckdb.ErrorTypeBinder:       fault.Internal,
	duckdb.ErrorTypePermission:   fault.Denied,
}

var hints = map[duckdb.ErrorType]string{
	duckdb.ErrorTypeOutOfMemory: "raise memory in atoll.yaml, or lower threads",
	duckdb.ErrorTypeCatalog:     "atoll run creates what a project declares",
	duckdb.ErrorTypeTransaction: "do the transaction again from its start",
	duckdb.ErrorTypeFatal:       "close the warehouse and open it again",
}

// translate makes a fault of an engine's error; doing says what was being done.
// Cancelled contexts and faults pass through, so that callers can tell them.
func translate(err error, doing string) error {
	var already *fault.Error
	if err == nil || errors.As(err, &already) {
		return err
	}
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, cause) {
			return cause
		}
	}
	var engine *duckdb.Error
	if !errors.As(err, &engine) {
		return fault.Wrap(err, fault.Engine, "%s", doing)
	}
	if engine.Type == duckdb.ErrorTypeInterrupt {
		return context.Canceled
	}
	code, ok := codes[engine.Type]
	if !ok {
		code = fault.Engine
	}
	e := fault.New(code, "%s: %s", doing, plain(engine.Msg))
	e.Hint = hints[engine.Type]
	if message, hint, ok := misfit(plain(engine.Msg)); ok && code == fault.Data {
		e.Message, e.Hint = doing+": "+message, hint
	}
	switch {
	case strings.Contains(engine.Msg, "No space left on device"):
		e.Code, e.Hint = fault.Engine, "free disk space and run again: nothing is lost"
	case strings.HasPrefix(plain(engine.Msg), "More than one row returned by a subquery"):
		e.Message = doing + ": a subquery that stands for one value has several rows"
		e.Hint = "make it one row, with an aggregate such as MAX, or compare with IN"
	case plain(engine.Msg) == "division by zero":
		e.Hint = "divide by NULLIF(divisor, 0) to get NULL instead"
	case strings.Contains(engine.Msg, "Could not set lock on file"):
		e.Code, e.Hint = fault.Busy, "wait until the other process is done, or stop it"
	case strings.Contains(engine.Msg, "replaying WAL"), strings.Contains(engine.Msg, "Corrupt database file"),
		strings.Contains(engine.Msg, "not a valid DuckDB database file"):
		e.Code, e.Hint = fault.Engine, "move the warehouse file and its .wal aside, keeping both, and run again: the lake holds all that is needed to rebuild"
	}
	if engine.Type == duckdb.ErrorTypeFatal || strings.Contains(engine.Msg, "database has been invalidated") {
		e.Code, e.Cause = fault.Engine, warehouse.ErrInvalid
	}
	return e
}

// orCancelled is ctx's error where that is why a statement failed: the engine says
// only that it was interrupted.
func orCancelled(ctx context.Context, err error) error {
	if cancelled := ctx.Err(); err != nil && cancelled != nil {
		return cancelled
	}
	return err
}

// goFunction is what the driver puts before the error of a function of package
// scalar.
const goFunction = "database/sql/driver: API error: "

// plain is an engine's message without its class ("Conversion Error: ") and
// without the lines that point into text which no user wrote.
func plain(msg string) string {
	msg, _, _ = strings.Cut(msg, "\n\nLINE ")
	if _, own, ok := strings.Cut(msg, goFunction); ok {
		return own
	}
	if class, rest, ok := strings.Cut(msg, " Error: "); ok && !strings.ContainsAny(class, `"'(`) {
		msg = rest
	}
	return strings.TrimSpace(msg)
}
