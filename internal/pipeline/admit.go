package pipeline

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/view"
)

// admit decides what a model that does not compile means. One that is new, or
// was edited since it was deployed, makes the project invalid: nothing is done.
// One that is as it was deployed broke because something below it changed: its
// view keeps its content and the loads go on.
func (t *tick) admit() error {
	var invalid fault.List
	for _, n := range t.p.Graph.Views() {
		faults := n.Faults
		if !n.Broken {
			print, err := view.Fingerprint(n)
			if err == nil {
				err = view.Refused(n)
			}
			t.prints[n.Name] = fingerprint{print, err}
			faults = fault.All(err)
		}
		if len(faults) > 0 && t.views[n.Name].Model != modelHash(n) {
			invalid = append(invalid, faults...)
		}
	}
	invalid.Sort()
	return invalid.Err()
}

// fingerprint is a model's fingerprint, or why it has none.
type fingerprint struct {
	print string
	err   error
}

// modelHash is the SHA-256 of a model's file, in hex.
func modelHash(n *compile.Node) string {
	sum := sha256.Sum256([]byte(n.Model.Text))
	return hex.EncodeToString(sum[:])
}
