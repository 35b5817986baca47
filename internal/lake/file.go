package lake

import (
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

// State is what became of a lake file.
type State string

// The states of a file in the ledger.
const (
	Landed   State = "landed"   // in the lake, not yet in its raw table
	Loaded   State = "loaded"   // its rows are in its raw table or the rejects
	Replaced State = "replaced" // its rows left when a newer version was loaded
	Rejected State = "rejected" // turned away: none of its rows were loaded
)

// File is one row of the ledger, atoll.files. Within a table URI is its
// identity: the same URI with another Version or Checksum is another version
// of the same file.
type File struct {
	ID       int32       `json:"id"` // the _file of its rows
	Table    schema.Name `json:"table"`
	URI      string      `json:"uri"`                // where it was found
	Object   string      `json:"object,omitempty"`   // its key in the lake; empty when referenced in place
	Version  string      `json:"version,omitempty"`  // object version or ETag; a local file's stat fingerprint
	Size     int64       `json:"size"`               // bytes
	Checksum string      `json:"checksum,omitempty"` // SHA-256 in hex, where the bytes went through Atoll
	Modified time.Time   `json:"modified"`
	State    State       `json:"state"`
	Batch    int64       `json:"batch"`
	Rows     int64       `json:"rows"`
	Rejected int64       `json:"rejected"`
	Reason   string      `json:"reason,omitempty"` // why it was turned away
}
