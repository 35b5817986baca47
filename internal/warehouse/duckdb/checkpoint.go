package duckdb

import (
	"context"
	"fmt"
	"os"
	"strings"
)

// A checkpoint writes what is in the write-ahead log into the warehouse's file. The rows
// that came are row groups of their own then, if short ones, and those that rows left
// stay as they are. The engine would merge them in any checkpoint, often short ones with
// full ones before them, so that a checkpoint now and then takes several times as long as
// the others. Merging all that there are after a while writes each row less often.

const (
	// checkpointAfter is the size of the write-ahead log, in bytes, after which a
	// commit makes a checkpoint. Loads write their rows to the warehouse's file
	// directly and leave a short log; what fills it is many small batches.
	checkpointAfter = 16 << 20
	// compactEvery is how many checkpoints there are to one that merges row groups. The
	// first one of a process does, as it may be the only one.
	compactEvery = 16
	// compactShare is how many rows there are for each that left since, at least, where
	// merging can wait: a twentieth of what the relations hold that are in use.
	compactShare = 20

	// compacting is the engine's setting of how many merges a checkpoint may do of
	// each table, and mostMerges are as many as it does by itself.
	compacting = "max_vacuum_tasks"
	mostMerges = 100
)

// Checkpoint implements [warehouse.Warehouse]. Where readers still need an older
// state it does nothing: the next one will do.
func (w *Warehouse) Checkpoint(ctx context.Context) error {
	if err := w.acquire(ctx); err != nil {
		return err
	}
	defer w.release()
	return w.checkpoint(ctx)
}

func (w *Warehouse) checkpoint(ctx context.Context) error {
	merge := w.mergeDue()
	if err := w.compact(ctx, merge); err != nil {
		return err
	}
	_, err := w.writer.ExecContext(ctx, "CHECKPOINT")
	switch {
	case err == nil && merge:
		w.checkpoints, w.gone = 1, 0
	case err == nil:
		w.checkpoints++
	case strings.Contains(err.Error(), "Cannot CHECKPOINT"):
		return nil
	}
	return translate(err, "making a checkpoint")
}

// mergeDue reports that the next checkpoint is to merge row groups.
func (w *Warehouse) mergeDue() bool {
	rows := int64(0)
	for _, r := range w.memory.relations {
		rows += r.rows
	}
	return w.checkpoints%compactEvery == 0 || w.gone*compactShare > rows
}

// compact says whether checkpoints from now on merge row groups.
func (w *Warehouse) compact(ctx context.Context, merge bool) error {
	merges := 0
	if merge {
		merges = mostMerges
	}
	_, err := w.writer.ExecContext(ctx, fmt.Sprintf("SET GLOBAL %s = %d", compacting, merges))
	return translate(err, "setting up a checkpoint")
}

// checkpointDue reports that the write-ahead log has grown long.
func (w *Warehouse) checkpointDue() bool {
	info, err := os.Stat(w.options.Path + ".wal")
	return w.options.Path != "" && err == nil && info.Size() > checkpointAfter
}
