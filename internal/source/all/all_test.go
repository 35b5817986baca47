package all_test

import (
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/source/all"
)

func TestOpen(t *testing.T) {
	for typ, want := range map[string]string{
		"files": "",
		"file":  `sources/s.yaml: the source "s" has the unknown type "file" (the types are files)`,
	} {
		s := &project.Source{Name: "s", Type: typ, URL: project.NewSecret("file://data"), Pos: fault.Position{File: "sources/s.yaml"}}
		opened, err := all.Open(t.Context(), s, t.TempDir())
		if want == "" && (err != nil || opened == nil) {
			t.Errorf("%s: %v, %v", typ, opened, err)
		}
		if want != "" && (err == nil || err.Error() != want) {
			t.Errorf("%s: got %v, want %s", typ, err, want)
		}
	}
}
