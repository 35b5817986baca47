package project

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
)

var update = flag.Bool("update", false, "write what the tests get as what they want")

// TestBad reads each testdata/bad file, which ends in a comment with the faults
// that it must give. The first part of a YAML file's name says what it stands
// for: atoll-*.bad.yaml or source-*.bad.yaml.
func TestBad(t *testing.T) {
	count := 0
	for _, name := range append(glob(t, "bad/*.bad.yaml"), append(glob(t, "bad/*.bad.sql"), glob(t, "bad/*.bad.dpl")...)...) {
		count++
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			mark := "# "
			if filepath.Ext(name) != ".yaml" {
				mark = "-- "
			}
			text, want, _ := strings.Cut(string(data), "\n"+mark+"want:\n")
			var got strings.Builder
			faults := badFaults(filepath.Base(name), text+"\n")
			faults.Sort()
			for _, e := range faults {
				for line := range strings.SplitSeq(e.Pretty(), "\n") {
					got.WriteString(strings.TrimRight(mark+line, " ") + "\n")
				}
				if e.Hint == "" || e.Pos.Line == 0 {
					t.Errorf("no hint or no line: %v", e)
				}
			}
			if len(faults) == 0 {
				t.Error("no fault found")
			}
			if *update {
				if err := os.WriteFile(name, []byte(text+"\n"+mark+"want:\n"+got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got.String() != want {
				t.Errorf("got:\n%s\nwant:\n%s", &got, want)
			}
		})
	}
	if count < 60 {
		t.Errorf("only %d bad files were found", count)
	}
}

func badFaults(name, text string) fault.List {
	stem, _, _ := strings.Cut(name, ".bad")
	switch {
	case strings.HasPrefix(name, "atoll-"):
		_, faults := decodeProject("atoll.yaml", text)
		return faults
	case strings.HasPrefix(name, "source-"):
		_, faults := decodeSource("sources/bad.yaml", text)
		return faults
	default:
		_, faults := parseModel("models/reports/"+strings.ReplaceAll(stem, "-", "_")+filepath.Ext(name), text)
		return faults
	}
}
