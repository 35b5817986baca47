package pipeline

import (
	"context"
	"log/slog"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Options say how a project is opened.
type Options struct {
	Log      *slog.Logger     // nil discards
	Progress Progress         // nil is told nothing
	Clock    func() time.Time // nil is time.Now
	// BatchBytes is how many bytes of files one batch loads at most, as they are
	// stored; a larger file is a batch of its own. 0 is DefaultBatchBytes.
	BatchBytes int64
}

// DefaultBatchBytes keeps a batch to minutes of work and a bounded transaction.
const DefaultBatchBytes = 8 << 30

// Project is a project folder with its lake and warehouse open. Its methods are
// for one goroutine at a time.
type Project struct {
	Folder    *project.Project
	Graph     *compile.Graph
	Lake      *lake.Lake
	Warehouse warehouse.Warehouse

	options Options
}

var _ = context.Background
