// Package sqltest helps the tests of the steps after parsing: files of cases,
// golden files beside them, and a catalogue of tables.
//
// A file of cases holds many. Each starts with a line "--- title"; what follows,
// up to the next such line, is its text.
package sqltest

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Case is one case of a file.
type Case struct{ Title, Text string }

// Read reads a file of cases.
func Read(t testing.TB, file string) []Case {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []Case
	for _, part := range strings.Split("\n"+string(data), "\n--- ")[1:] {
		title, text, _ := strings.Cut(part, "\n")
		cases = append(cases, Case{Title: title, Text: strings.TrimSpace(text)})
	}
	return cases
}

// Golden runs f over every case of a file and compares what it returns with the
// golden file, which holds a case of the same title for each. With -update it
// writes the golden file instead.
func Golden(t *testing.T, file, golden string, f func(text string) string) {
	t.Helper()
	var got []Case
	for _, c := range Read(t, file) {
		got = append(got, Case{Title: c.Title, Text: strings.TrimSpace(f(c.Text))})
	}
	if *update {
		var b strings.Builder
		for _, c := range got {
			b.WriteString("--- " + c.Title + "\n" + c.Text + "\n\n")
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := map[string]string{}
	for _, c := range Read(t, golden) {
		want[c.Title] = c.Text
	}
	for _, c := range got {
		if text, ok := want[c.Title]; !ok {
			t.Errorf("%s has no case %q; run the tests with -update", golden, c.Title)
		} else if text != c.Text {
			t.Errorf("%s, %s: got\n%s\nwant\n%s", file, c.Title, c.Text, text)
		}
		delete(want, c.Title)
	}
	for title := range want {
		t.Errorf("%s has the case %q, which %s has not", golden, title, file)
	}
}

// GoldenText compares a text with a golden file, or with -update writes the file.
func GoldenText(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is another; run the tests with -update and read what changes. Got\n%s", golden, got)
	}
}

// Catalog is a set of tables.
type Catalog map[schema.Name]*schema.Table

// NewCatalog makes tables from lines such as
//
//	public.users: userid integer; firstname varchar(30)
func NewCatalog(t testing.TB, lines ...string) Catalog {
	t.Helper()
	c := Catalog{}
	for _, line := range lines {
		name, columns, _ := strings.Cut(line, ":")
		full, ok := schema.ParseName(name)
		if !ok {
			t.Fatalf("%q is not schema.table", name)
		}
		table := &schema.Table{Name: full}
		for _, column := range strings.Split(columns, ";") {
			name, typ, _ := strings.Cut(strings.TrimSpace(column), " ")
			parsed, err := schema.ParseType(typ)
			if err != nil {
				t.Fatal(err)
			}
			table.Columns = append(table.Columns, schema.Column{Name: name, Type: parsed})
		}
		c[full] = table
	}
	return c
}

// Table finds a table.
func (c Catalog) Table(n schema.Name) (*schema.Table, bool) {
	t, ok := c[n]
	return t, ok
}

// Names lists the tables.
func (c Catalog) Names() []schema.Name {
	names := make([]schema.Name, 0, len(c))
	for n := range c {
		names = append(names, n)
	}
	return names
}

// Shop is a small shop's catalogue: users, sales, events and all column types.
func Shop(t testing.TB) Catalog {
	return NewCatalog(t,
		"public.users: userid integer; firstname varchar(30); city varchar(30); state char(2); likes boolean; amount varchar(20); joined date",
		"public.sales: salesid integer; listid integer; userid integer; qtysold smallint; pricepaid decimal(8,2); commission decimal(8,2); saletime timestamp",
		"web.events: eventid bigint; userid integer; url varchar(2000); at timestamptz; seconds double precision; props super",
		"public.numbers: i2 smallint; i4 integer; i8 bigint; d decimal(8,2); f4 real; f8 double precision; s varchar(20)",
	)
}

// GoldenSection compares a text with what a page of documentation has between two
// of its lines, or with -update writes it there.
func GoldenSection(t *testing.T, page, begin, end, got string) {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), begin+"\n")
	section, after, closed := strings.Cut(rest, end+"\n")
	switch {
	case !found || !closed:
		t.Errorf("%s has no lines %q and %q", page, begin, end)
	case *update:
		if err := os.WriteFile(page, []byte(before+begin+"\n"+got+end+"\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case section != got:
		t.Errorf("%s is not up to date; run the tests with -update. It should have\n%s", page, got)
	}
}
