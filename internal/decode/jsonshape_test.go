package decode

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/project"
)

// TestShapes counts how many records are parsed in full: one of each shape.
func TestShapes(t *testing.T) {
	columns := table(t, project.JSON, "a integer", "b varchar $.in.b")
	shapes := []string{
		`{"a":1,"in":null,"z":"x"}`, `{"a":1,"in":{"b":"y"},"z":{"a":[2]}}`, `{"in":{"b":"y","c":1},"a":3}`, `{"a":null}`, `{}`,
		`{ "a": 1 }`, `{"a":1}` + "\r", `{"a":1,"in":{"b":null}}`,
	}
	d, err := New(columns)
	if err != nil {
		t.Fatal(err)
	}
	batch := d.NewBatch()
	text := []byte(strings.Repeat(strings.Join(shapes, "\n")+"\n", 100))
	rows, rejects, err := drain(d, bytes.NewReader(text), batch)
	if err != nil || rows != 100*len(shapes) || rejects != 0 {
		t.Fatalf("%d rows, %d rejects, %v", rows, rejects, err)
	}
	if got := int(batch.parser.row); got != len(shapes) {
		t.Errorf("%d records were parsed in full, want one of each of the %d shapes", got, len(shapes))
	}
}

// TestShapesAreBounded writes records of which no two have the same keys.
func TestShapesAreBounded(t *testing.T) {
	for what, format := range map[string]string{"first": `{"key %[1]d":0,"a":%[1]d}`, "last": `{"a":%[1]d,"b":0,"key %[1]d":0}`} {
		d, err := New(table(t, project.JSON, "a integer"))
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		const records = 1000
		for i := range records {
			fmt.Fprintf(&text, format+"\n", i)
		}
		batch := d.NewBatch()
		rows, _, err := drain(d, &text, batch)
		if size := batch.parser.shapes.size; err != nil || rows != records || size > 4*maxEdges*200 {
			t.Errorf("new keys come %s: %d rows, %v, %d bytes of shapes", what, rows, err, size)
		}
	}
}

// TestShapesAreFull stops learning at the limit.
func TestShapesAreFull(t *testing.T) {
	d, err := New(table(t, project.JSON, "a integer"))
	if err != nil {
		t.Fatal(err)
	}
	batch := d.NewBatch()
	batch.parser.shapes.size = maxShapes + 1
	if rows, _, err := drain(d, strings.NewReader("{\"a\":1}\n{\"a\":2}\n"), batch); err != nil || rows != 2 || batch.parser.row != 2 {
		t.Errorf("%d rows, %d of them parsed in full, %v; want 2 of 2", rows, batch.parser.row, err)
	}
}
