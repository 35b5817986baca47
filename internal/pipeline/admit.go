package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

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
		switch {
		case !n.Broken:
			faults = fault.All(t.p.fingerprintOf(n).err)
		case len(faults) == 0 && n.Loop != nil: // told by another of those that read each other
			faults = fault.List{n.Loop}
		}
		if len(faults) > 0 && t.views[n.Name].Model != modelHash(n) {
			for _, e := range faults {
				if !slices.Contains(invalid, e) {
					invalid = append(invalid, e)
				}
			}
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
