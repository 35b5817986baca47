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

// Models that an edit has read each other are told with the edit, wherever the name of the
// edited one stands among them.
func TestModelsThatReadEachOtherAreNotAdmitted(t *testing.T) {
	for _, edited := range []string{"a", "b", "c"} {
		f := newFolder(t, shop+"-- models/m/a.sql --\nSELECT id FROM shop.orders\n-- models/m/b.sql --\nSELECT id FROM shop.orders\n-- models/m/c.sql --\nSELECT id FROM shop.orders\n")
		loop := map[string]string{"a": "c", "b": "a", "c": "b"}
		for model, reads := range loop {
			if model != edited {
				f.write("-- models/m/" + model + ".sql --\nSELECT id FROM m." + reads + "\n")
			}
		}
		f.run(pipeline.RunOptions{})
		f.write("-- models/m/" + edited + ".sql --\nSELECT id FROM m." + loop[edited] + "\n")
		_, err := f.try(pipeline.RunOptions{})
		if l := fault.All(err); len(l) != 1 || l[0].Code != fault.Cycle || l[0].Pos.File != "models/m/a.sql" {
			t.Errorf("with %s edited last: %v", edited, err)
		}
	}
}

// What reads a broken model through others is told which one to mend.
func TestWhatIsBrokenFarBelowIsNamed(t *testing.T) {
	f := newFolder(t, shop+"-- models/m/a.sql --\nSELECT id, customer FROM shop.orders\n-- models/m/b.sql --\nSELECT customer FROM m.a\n"+
		"-- models/m/c.sql --\nSELECT customer FROM m.b\n-- models/m/d.sql --\nSELECT customer FROM m.c\n")
	f.run(pipeline.RunOptions{})
	f.write("-- models/m/a.sql --\nSELECT id, customer AS who FROM shop.orders\n")
	told := map[string]string{}
	for _, v := range f.run(pipeline.RunOptions{}).Views {
		told[v.Name.String()] = v.Error
	}
	for view, want := range map[string]string{"m.c": `it reads "m.b", whose model is broken (mend models/m/b.sql)`,
		"m.d": `it reads what is made of "m.b", whose model is broken (mend models/m/b.sql)`} {
		if told[view] != want {
			t.Errorf("%s: %s", view, told[view])
		}
	}
}
