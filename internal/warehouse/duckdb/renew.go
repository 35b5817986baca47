package duckdb

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// Once something did not fit into memory, and the engine put it aside in its scratch folder,
// it asks the file system about each piece of memory that it frees, for as long as the
// instance lives: 2 to 4 ms in each tick after a large build. Its checkpoints take as long
// again, as they go through all segments that the build wrote. So the instance makes way for a
// new one before the next transaction, if nobody reads just then.

// renewEvery is how often the right to write is had, at least, between two renewals. One takes
// up to half a second, and where queries spill all the time the new instance soon is as the old.
const renewEvery = 64

// renew begins a new instance of the engine if this one has spilled and nobody reads, or if there
// is none because that failed the last time. Who begins to read meanwhile waits for it. The
// caller has the right to write.
func (w *Warehouse) renew(ctx context.Context) error {
	w.age++
	switch {
	case w.db == nil:
		w.reading.Lock()
	case w.age < renewEvery || !w.spilled() || !w.reading.TryLock():
		return nil
	}
	defer w.reading.Unlock()
	w.scattered()
	err := w.stop()
	if err == nil {
		err = w.start(ctx)
	}
	if err != nil {
		_ = w.stop() // what began of it
	}
	w.lost, w.age = err, 0
	return err
}

// scratch is the folder for what does not fit into memory. The engine makes it when it has
// something to put aside, and removes it when the instance ends.
func (w *Warehouse) scratch() string {
	if w.options.Path == "" {
		return ""
	}
	return w.options.Path + ".tmp"
}

// clearScratch removes what a process that was killed had put aside. A folder that holds
// something else, or a link to one, is left as it is.
func (w *Warehouse) clearScratch() {
	files, _ := os.ReadDir(w.scratch())
	for _, f := range files {
		if strings.HasPrefix(f.Name(), "duckdb_temp_") {
			_ = os.Remove(filepath.Join(w.scratch(), f.Name()))
		}
	}
	if info, err := os.Lstat(w.scratch()); err == nil && info.IsDir() {
		_ = os.Remove(w.scratch()) // if nothing is left in it
	}
	w.clear = !exists(w.scratch())
}

// spilled reports that the engine has put something aside: it has made the folder for that.
func (w *Warehouse) spilled() bool { return w.clear && exists(w.scratch()) }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
