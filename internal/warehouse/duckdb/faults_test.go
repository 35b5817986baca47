package duckdb

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// TestTranslate has messages as the engine gave them, most on a full disk.
func TestTranslate(t *testing.T) {
	for _, test := range []struct {
		err     error
		code    fault.Code
		invalid bool
		text    string
	}{
		{&duckdb.Error{Type: duckdb.ErrorTypeConversion, Msg: "Conversion Error: Could not convert string 'abc' to INT32\n\nLINE 1: INSERT INTO q VALUES ('abc')\n        ^"},
			fault.Data, false, `doing: "abc" is no value of INTEGER`},
		{&duckdb.Error{Type: duckdb.ErrorTypeCatalog, Msg: "Catalog Error: Table with name x does not exist!\nDid you mean \"y\"?"},
			fault.Name, false, "doing: Table with name x does not exist!\nDid you mean \"y\"? (atoll run creates what a project declares)"},
		{&duckdb.Error{Type: duckdb.ErrorTypeInvalidInput, Msg: "Invalid Input Error: the value \"An Error: here\" is odd"},
			fault.Data, false, "doing: the value \"An Error: here\" is odd"},
		{&duckdb.Error{Type: duckdb.ErrorTypeOutOfMemory, Msg: "Out of Memory Error: failed to allocate"},
			fault.Engine, false, "doing: failed to allocate (raise memory in atoll.yaml, or lower threads)"},
		{&duckdb.Error{Type: duckdb.ErrorTypeIO, Msg: `IO Error: Could not write file "w.db": No space left on device`},
			fault.Engine, false, `doing: Could not write file "w.db": No space left on device (free disk space and run again: nothing is lost)`},
		{&duckdb.Error{Type: duckdb.ErrorTypeTransaction, Msg: `TransactionContext Error: Failed to commit: Could not write file "w.db.wal": No space left on device`},
			fault.Engine, false, `doing: Failed to commit: Could not write file "w.db.wal": No space left on device (free disk space and run again: nothing is lost)`},
		{&duckdb.Error{Type: duckdb.ErrorTypeFatal, Msg: `FATAL Error: Failed to create checkpoint because of error: Could not write file "w.db": No space left on device`},
			fault.Engine, true, `doing: Failed to create checkpoint because of error: Could not write file "w.db": No space left on device: the warehouse has to be closed and opened again (free disk space and run again: nothing is lost)`},
		{&duckdb.Error{Type: duckdb.ErrorTypeFatal, Msg: "FATAL Error: Failed: database has been invalidated because of a previous fatal error."},
			fault.Engine, true, "doing: Failed: database has been invalidated because of a previous fatal error.: the warehouse has to be closed and opened again (close the warehouse and open it again)"},
		{fmt.Errorf("driver: %w", &duckdb.Error{Type: duckdb.ErrorTypeIO, Msg: `IO Error: Could not set lock on file "w.db": Conflicting lock is held in atoll (PID 20658).`}),
			fault.Busy, false, `doing: Could not set lock on file "w.db": Conflicting lock is held in atoll (PID 20658). (wait until the other process is done, or stop it)`},
		{&duckdb.Error{Type: duckdb.ErrorTypeInvalidInput, Msg: "Invalid Input Error: More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.\n\nUse \"SET x=false\" to revert."},
			fault.Data, false, "doing: a subquery that stands for one value has several rows (make it one row, with an aggregate such as MAX, or compare with IN)"},
		{&duckdb.Error{Type: duckdb.ErrorTypeInvalidInput, Msg: "Invalid Input Error: division by zero"},
			fault.Data, false, "doing: division by zero (divide by NULLIF(divisor, 0) to get NULL instead)"},
		{errors.New("odd"), fault.Engine, false, "doing: odd"},
		{fault.New(fault.Source, "kept"), fault.Source, false, "kept"},
	} {
		got := translate(test.err, "doing")
		if got.Error() != test.text || fault.CodeOf(got) != test.code || errors.Is(got, warehouse.ErrInvalid) != test.invalid {
			t.Errorf("%v\n got %s: %v\nwant %s: %s", test.err, fault.CodeOf(got), got, test.code, test.text)
		}
	}
	if got := translate(errors.Join(context.Canceled, &duckdb.Error{Type: duckdb.ErrorTypeInterrupt}), "doing"); got != context.Canceled {
		t.Errorf("a cancelled context became %v", got)
	}
	if got := translate(&duckdb.Error{Type: duckdb.ErrorTypeInterrupt, Msg: "INTERRUPT Error: Interrupted!"}, "doing"); got != context.Canceled {
		t.Errorf("an interrupt became %v", got)
	}
	if translate(nil, "doing") != nil {
		t.Error("no error became one")
	}
}
