package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	if bareChild() {
		return
	}
	os.Exit(m.Run())
}

// The benchmark runs, small, and what it loads is what it generated; a load that
// left something else is found out.
func TestBench(t *testing.T) {
	binary := builtBinary(t)
	t.Run("smoke", func(t *testing.T) { testSmoke(t, binary) })
	t.Run("wrong contents", func(t *testing.T) { testWrongContents(t, atoll(binary)) })
}

// builtBinary builds Atoll.
func builtBinary(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "atoll")
	if said, err := exec.Command("go", "build", "-buildvcs=false", "-o", binary, "../cmd/atoll").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return binary
}

// A process takes more statements than an environment or a command line would.
func TestManyStatements(t *testing.T) {
	statements := make([]string, 1000)
	for i := range statements {
		statements[i] = "SELECT 1 -- " + strings.Repeat("x", 4<<10)
	}
	if _, err := bareEngine(t.Context(), "", statements...); err != nil {
		t.Errorf("%.200v", err)
	}
}

func TestUnknownPart(t *testing.T) {
	if err := new(options).setOnly("sms,smz"); err == nil || !strings.Contains(err.Error(), `"smz"`) {
		t.Errorf("a part that does not exist: %v", err)
	}
}

func TestOrdersOfArrival(t *testing.T) {
	var o options
	if err := o.setArrivals("random keys, in order"); err != nil || len(o.arrivals) != 2 || !o.arrivals[0].random || o.arrivals[1].random {
		t.Errorf("%+v, %v", o.arrivals, err)
	}
	if err := o.setArrivals("in order,shuffled"); err == nil || !strings.Contains(err.Error(), `"shuffled"`) {
		t.Errorf("an order that does not exist: %v", err)
	}
}

func testSmoke(t *testing.T, binary string) {
	o := options{atoll: binary, rows: 20_000, repeat: 1, models: 20}
	mustSay(t, o, "load models parse", "load json", "load csv", "load parquet", "load gzip", "1,000 files, one bad row", "20 models:", "5,000 lines", "nested 400 deep")
}

// mustSay measures some parts, and looks for what must be printed.
func mustSay(t *testing.T, o options, parts string, lines ...string) {
	t.Helper()
	var out strings.Builder
	o.dir = t.TempDir()
	if err := o.setOnly(parts); err != nil {
		t.Fatal(err)
	}
	if err := bench(t.Context(), &out, o); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if !strings.Contains(out.String(), line) {
			t.Errorf("%q is missing in\n%s", line, out.String())
		}
	}
}

// Refreshes are measured, small; what they leave is what is computed anew and, of
// the views kept by hand, what those hold.
func TestRefreshes(t *testing.T) {
	both := arrival{name: "late, of random keys", late: true, random: true}
	o := options{atoll: builtBinary(t), repeat: 1, scale: 0.0002, arrivals: []arrival{both}}
	t.Run("sms", func(t *testing.T) {
		t.Parallel()
		o := o
		o.arrivals = []arrival{{name: "in order"}, both}
		mustSay(t, o, "sms", "sms, in order", "sms, "+both.name, "0.1 % new", "1 % new", "staging.last_status", "reports.mv_spend")
	})
	for part, line := range map[string]string{"history": "10000 ", "groups": "view of 1000 groups", "sessions": "10000 ", "storage": "20 ticks"} {
		t.Run(part, func(t *testing.T) {
			t.Parallel()
			mustSay(t, o, part, line, both.name)
		})
	}
}

func testWrongContents(t *testing.T, a atoll) {
	d, err := generate(t.Context(), t.TempDir(), dataset{format: "json", rows: 100, files: 4})
	if err != nil {
		t.Fatal(err)
	}
	if err := writeProject(d); err != nil {
		t.Fatal(err)
	}
	if _, err := a.run(t.Context(), d.dir, "run", "--quiet"); err != nil {
		t.Fatal(err)
	}
	if err := a.verify(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	more := d
	more.rows++
	if err := a.verify(t.Context(), more); err == nil || !strings.Contains(err.Error(), "the table holds") {
		t.Errorf("a row too few: %v", err)
	}
	if err := os.WriteFile(d.file(2), []byte("{}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := a.verify(t.Context(), d); err == nil || !strings.Contains(err.Error(), "the ledger holds") {
		t.Errorf("another checksum: %v", err)
	}
	if err := os.RemoveAll(filepath.Join(d.dir, ".atoll", "lake", "manifests")); err != nil {
		t.Fatal(err)
	}
	if err := verifyLake(t.Context(), d, []string{"lost"}); err == nil || !strings.Contains(err.Error(), "lack 1 of 1") {
		t.Errorf("no committed batch: %v", err)
	}
}
