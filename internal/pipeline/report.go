package pipeline

import (
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

// RunOptions say what a tick does.
type RunOptions struct {
	AsOf        time.Time // the tick's label; zero is now
	Select      string    // a selector (see compile.Select); empty is everything
	All         bool      // refresh every selected view, due or not
	FullRefresh bool      // rebuild the selected views, and reload the selected tables from the lake
}

// Progress is told what a tick does while it does it. Its methods may be called
// from several goroutines.
type Progress interface {
	// Landing says how many of the files that were found are in the lake, and how
	// many bytes they have together.
	Landing(done, total int, bytes int64)
	// Loading says how many rows a batch has added to a table since the last call.
	Loading(table schema.Name, rows int64)
	// Refreshing says that a view's refresh begins; done of total are finished.
	Refreshing(view schema.Name, done, total int)
}

// Report is what a tick did.
type Report struct {
	Run      int64         `json:"run"`
	Label    time.Time     `json:"label"`
	Batches  int           `json:"batches"`
	Files    int           `json:"files"`    // loaded
	Rows     int64         `json:"rows"`     // loaded
	Rejected int64         `json:"rejected"` // rows that could not be converted
	Waiting  []WaitingFile `json:"waiting"`
	Away     []FileFault   `json:"turned_away"`
	Sources  []SourceFault `json:"sources"` // tables whose source could not be read
	Views    []ViewResult  `json:"views"`   // refreshed, failed or broken, in order
	Rebuilt  int           `json:"rebuilt"` // batches replayed from the lake before the tick
	Seconds  float64       `json:"seconds"`
}

// WaitingFile is a file that is left for the next tick.
type WaitingFile struct {
	Table  schema.Name `json:"table"`
	URI    string      `json:"uri"`
	Reason string      `json:"reason"`
}

// FileFault is a file that was turned away.
type FileFault struct {
	Table schema.Name `json:"table"`
	URI   string      `json:"uri"`
	Err   error       `json:"-"`
	Error string      `json:"error"`
}

// SourceFault is a table whose source could not be listed or read.
type SourceFault struct {
	Table schema.Name `json:"table"`
	Err   error       `json:"-"`
	Error string      `json:"error"`
}

// ViewState is what became of a view.
type ViewState string

// The states of a view, in reports and in atoll.views.
const (
	ViewCurrent ViewState = "current" // refreshed to its label
	ViewFailed  ViewState = "failed"  // its query failed; it keeps its old content
	ViewBroken  ViewState = "broken"  // its model does not bind; it keeps its old content
	ViewBlocked ViewState = "blocked" // a view it reads failed or is broken; it keeps its old content
)

// ViewResult is what became of a view in a tick.
type ViewResult struct {
	Name    schema.Name `json:"name"`
	State   ViewState   `json:"state"`
	Plan    string      `json:"plan"`
	Rows    int64       `json:"rows"`
	Seconds float64     `json:"seconds"`
	Err     error       `json:"-"`
	Error   string      `json:"error,omitempty"`
}

// Nothing reports a tick that found nothing to do.
func (r *Report) Nothing() bool {
	return r.Files == 0 && len(r.Away)+len(r.Sources)+len(r.Views)+r.Rebuilt == 0
}

// Failed reports a tick in which a file was turned away, a source could not be
// read or a view failed. What did succeed is committed.
func (r *Report) Failed() bool {
	for _, v := range r.Views {
		if v.State != ViewCurrent {
			return true
		}
	}
	return len(r.Away)+len(r.Sources) > 0
}
