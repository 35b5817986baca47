package pipeline

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
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
			faults = fault.All(t.p.fingerprintOf(n).err)
		}
		if len(faults) > 0 && t.views[n.Name].Model != modelHash(n) {
			invalid = append(invalid, faults...)
		}
	}
	invalid.Sort()
	return invalid.Err()
}

// modelHash is the SHA-256 of a model's file, in hex.
func modelHash(n *compile.Node) string {
	sum := sha256.Sum256([]byte(n.Model.Text))
	return hex.EncodeToString(sum[:])
}
