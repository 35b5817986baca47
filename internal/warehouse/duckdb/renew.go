package duckdb

import (
	"context"
	"fmt"
	"os"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Once something did not fit into memory, and the engine put it aside in its scratch folder,
// it asks the file system about each piece of memory that it frees, for as long as the
// instance lives: 2 to 4 ms in each tick after a large build. So the instance makes way for a
// new one, which also gives back what such a build leaves in memory.

// scratch is the folder for what does not fit into memory. The engine makes it when it has
// something to put aside, and removes it when the instance ends.
func (w *Warehouse) scratch() string {
	if w.options.Path == "" {
		return ""
	}
	return w.options.Path + ".tmp"
}

// clearScratch removes what a process that was killed had put aside.
func (w *Warehouse) clearScratch() error {
	if w.scratch() == "" {
		return nil
	}
	if err := os.RemoveAll(w.scratch()); err != nil {
		return fault.Wrap(err, fault.Engine, "cannot clear the warehouse's scratch folder").
			WithHint("remove it")
	}
	return nil
}

// spilled reports that the engine has put something aside.
func (w *Warehouse) spilled() bool {
	_, err := os.Stat(w.scratch())
	return err == nil
}

// renew begins a new instance of the engine after a checkpoint, if this one has spilled and
// nobody reads; who begins to read meanwhile waits for it.
func (w *Warehouse) renew(ctx context.Context) error {
	if !w.spilled() || !w.reading.TryLock() {
		return nil
	}
	defer w.reading.Unlock()
	err := w.stop()
	if err == nil {
		w.scattered()
		err = w.start(ctx)
	}
	if err != nil {
		_ = w.stop()
		w.lost = fault.Wrap(fmt.Errorf("%w: %w", warehouse.ErrInvalid, err), fault.Engine, "the warehouse cannot be opened again").
			WithHint("find out why, and start Atoll anew: nothing that was committed is lost")
	}
	return w.lost
}
