package viewtest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
)

// folder is the project folder of a case, and what is in its files.
type folder struct {
	dir   string
	files map[schema.Name][]*file // in the order in which they came
}

type file struct {
	name string
	rows []Row
}

// The engine gets one thread and little memory: many cases run beside each other.
const projectFile = "name: viewtest\nthreads: 1\nmemory: 256MiB\n"

// write makes the project: its settings, sources and models.
func (f *folder) write(c *Case) error {
	if err := f.put("atoll.yaml", projectFile); err != nil {
		return err
	}
	sources := map[string]string{}
	for _, t := range c.Tables {
		if err := os.MkdirAll(filepath.Join(f.dir, "data", t.Name.Schema), 0o755); err != nil {
			return err
		}
		if sources[t.Name.Schema] == "" {
			sources[t.Name.Schema] = fmt.Sprintf("source: %s\ntype: files\nurl: file://data/%[1]s/\ntables:\n", t.Name.Schema)
		}
		sources[t.Name.Schema] += fmt.Sprintf("  %s:\n    match: %[1]s/*.csv\n    format: csv\n    csv: {null_as: '%s'}\n    columns:\n", t.Name.Name, nullText)
		for _, col := range t.Columns {
			sources[t.Name.Schema] += fmt.Sprintf("      %s: %s\n", col.Name, col.Type)
		}
	}
	for name, text := range sources {
		if err := f.put("sources/"+name+".yaml", text); err != nil {
			return err
		}
	}
	for _, v := range c.Views {
		if err := f.define(v); err != nil {
			return err
		}
	}
	return nil
}

// define writes a view's model.
func (f *folder) define(v View) error {
	text := v.SQL + "\n"
	if len(v.Header) > 0 {
		text = "/*\n" + strings.Join(v.Header, "\n") + "\n*/\n" + text
	}
	return f.put(fmt.Sprintf("models/%s/%s.sql", v.Name.Schema, v.Name.Name), text)
}

// load adds a file; "" is given a name.
func (f *folder) load(t Table, name string, rows []Row) error {
	if name == "" {
		name = fmt.Sprintf("file-%d", len(f.files[t.Name])+1)
	}
	if f.find(t.Name, name) != nil {
		return fmt.Errorf("the file %q is loaded already: change it, or choose another name", name)
	}
	added := &file{name, slices.Clone(rows)}
	f.files[t.Name] = append(f.files[t.Name], added)
	return f.save(t, added)
}

// change replaces the rows of a file.
func (f *folder) change(t Table, name string, rows []Row) error {
	changed := f.find(t.Name, name)
	if changed == nil {
		return fmt.Errorf("no file %q was loaded into %s", name, t.Name)
	}
	changed.rows = slices.Clone(rows)
	return f.save(t, changed)
}

// remove takes one row out of the first file that holds it.
func (f *folder) remove(t Table, row Row) error {
	for _, file := range f.files[t.Name] {
		i := slices.IndexFunc(file.rows, func(r Row) bool { return slices.Equal(r, row) })
		if i >= 0 {
			file.rows = slices.Delete(file.rows, i, i+1)
			return f.save(t, file)
		}
	}
	return fmt.Errorf("no file of %s holds the row %s", t.Name, strings.TrimSpace(body([]Row{row})))
}

func (f *folder) find(table schema.Name, name string) *file {
	for _, file := range f.files[table] {
		if file.name == name {
			return file
		}
	}
	return nil
}

// nullText is NULL in the files; every other value is in quotes.
const nullText = `\N`

// save writes a version of a file.
func (f *folder) save(t Table, file *file) error {
	var b strings.Builder
	for i, c := range t.Columns {
		b.WriteString(strings.Repeat(",", min(i, 1)) + c.Name)
	}
	b.WriteByte('\n')
	for _, row := range file.rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("%s has %d columns, and the row %s has %d values", t.Name, len(t.Columns), strings.TrimSpace(body([]Row{row})), len(row))
		}
		for i, v := range row {
			b.WriteString(strings.Repeat(",", min(i, 1)))
			if v.Null {
				b.WriteString(nullText)
			} else {
				b.WriteString(`"` + strings.ReplaceAll(v.Text, `"`, `""`) + `"`)
			}
		}
		b.WriteByte('\n')
	}
	return f.put(fmt.Sprintf("data/%s/%s/%s.csv", t.Name.Schema, t.Name.Name, file.name), b.String())
}

func (f *folder) put(name, text string) error {
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}
