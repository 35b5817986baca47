package project

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestDocsNameEveryKey holds the tables of docs/project.md to the tags.
func TestDocsNameEveryKey(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "project.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name, table := range docTables() {
		if !strings.Contains(string(page), table) {
			t.Errorf("docs/project.md should have this table of %s:\n%s", name, table)
		}
	}
}

func docTables() map[string]string {
	out := map[string]string{}
	for _, of := range []reflect.Type{
		reflect.TypeFor[Project](), reflect.TypeFor[Source](), reflect.TypeFor[Table](),
		reflect.TypeFor[Column](), reflect.TypeFor[MaxRejects](), reflect.TypeFor[CSVOptions](),
	} {
		b := "| key | default | |\n|---|---|---|\n"
		for _, f := range fieldsOf(of) {
			def := ""
			switch {
			case f.required:
				def = "required"
			case f.def != "":
				def = "`" + f.def + "`"
			}
			doc := f.doc
			if len(f.enum) > 1 {
				doc += " One of `" + strings.Join(f.enum, "`, `") + "`."
			} else if len(f.enum) == 1 {
				doc += " Always `" + f.enum[0] + "`."
			}
			b += fmt.Sprintf("| `%s` | %s | %s |\n", f.name, def, doc)
		}
		out[of.Name()] = b
	}
	for name, keys := range map[string][]headerKey{
		"headers": sqlKeys[:len(sqlKeys)-len(sessionKeys)], "sessions": sessionKeys, "dpl": dplKeys[:len(dplKeys)-len(commonKeys)],
	} {
		b := "| key | |\n|---|---|\n"
		for _, k := range keys {
			b += fmt.Sprintf("| `@%s` | %s |\n", k.name, k.doc)
		}
		out[name] = b
	}
	return out
}
