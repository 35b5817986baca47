package source

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
)

// ErrUnsettled is returned by Land for a file that is still being written: it
// changed while it was copied, or it is not complete by its format. It is left
// for the next tick. The wrapping error names the file and says which.
var ErrUnsettled = errors.New("still being written")

// Source is where data comes from. Its methods may be called concurrently; they
// retry passing faults themselves and return what a retry will not mend.
type Source interface {
	// List finds a table's files, each once, in a stable order (by URI).
	List(ctx context.Context, t *project.Table) ([]Candidate, error)
	// Land brings a candidate into the lake: copied, or referenced where it is.
	// The result's State is Landed; ID and Batch are the caller's to set. Its
	// Version is the candidate's, or a later one if the file changed since. An
	// error stops this file only.
	Land(ctx context.Context, t *project.Table, c Candidate, into *lake.Lake) (lake.File, error)
	// Open reads the bytes of a file that Land referenced in place, at the
	// version it recorded: those bytes or a fault, also from Read.
	Open(ctx context.Context, f lake.File) (io.ReadCloser, error)
}

// Candidate is a file that a source shows. Version changes whenever its content
// may have.
type Candidate struct {
	URI      string
	Version  string
	Size     int64
	Modified time.Time
	// Settled says that the last tick saw the file exactly as it is now: if it
	// is not complete by its format, it is damaged rather than growing, and
	// Land takes it as it is.
	Settled bool
}
