package pipeline_test

import (
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

// A model that insists on an incremental refresh which its query does not allow
// makes the project invalid, as a query that does not bind does.
func TestImpossibleIncrementalIsNotAdmitted(t *testing.T) {
	const model = "\n-- models/reports/places.sql --\n/* @refresh incremental */\nSELECT id, RANK() OVER (ORDER BY amount) AS place FROM shop.orders\n"
	f := newFolder(t, shop+model)
	p := f.open()
	defer p.Close()
	_, err := p.Run(t.Context(), pipeline.RunOptions{})
	if l := fault.All(err); len(l) != 1 || l[0].Code != fault.Unsupported || l[0].Pos.File != "models/reports/places.sql" {
		t.Errorf("error: %v", err)
	}
	if fault.All(p.Faults).Error() != err.Error() {
		t.Errorf("the project's faults are %v", p.Faults)
	}
	if _, _, err := pipeline.Compile(f.dir); len(fault.All(err)) != 1 {
		t.Errorf("compiled: %v", err)
	}
}
