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
	d, err := New(table(t, project.JSON, "a integer"))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	const records = 10_000
	for i := range records {
		fmt.Fprintf(&text, `{"key %d":0,"a":%d}`+"\n", i, i)
	}
	batch := d.NewBatch()
	rows, _, err := drain(d, &text, batch)
	if err != nil || rows != records {
		t.Fatalf("%d rows, %v", rows, err)
	}
	if size := batch.parser.shapes.size; size < maxShapes || size > maxShapes+1000 {
		t.Errorf("the shapes have %d bytes, want about %d", size, maxShapes)
	}
}
