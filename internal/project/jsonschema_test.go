package project

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
)

func TestJSONSchema(t *testing.T) {
	for _, file := range []string{AtollFile, SourceFile} {
		got, err := JSONSchema(file)
		if err != nil || !json.Valid(got) {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "schema", file+".schema.json")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, _ := os.ReadFile(golden); string(want) != string(got) {
			t.Errorf("%s differs from %s; run the test with -update and look at the difference", file, golden)
		}
	}
	if _, err := JSONSchema("model"); fault.CodeOf(err) != fault.Usage {
		t.Error(err)
	}
}
