package project

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// decodeProject reads and checks atoll.yaml.
func decodeProject(file, text string) (*Project, fault.List) {
	p := &Project{}
	d := decode(file, text, p)
	if pos, ok := d.at[&p.Name]; ok && !projectName(p.Name) {
		d.report(pos, "the project name %q is not a plain name", p.Name).
			WithHint("begin with a letter, then use letters, digits, _ and -")
	}
	d.checkURL(&p.Warehouse, "a warehouse", SchemeDuckDB)
	d.checkURL(&p.Lake, "a lake", SchemeFile, SchemeS3)
	return p, d.faults
}

func projectName(s string) bool {
	return checkIdentifier("project", strings.ReplaceAll(s, "-", "_")) == nil && s[0] != '-'
}

// decodeSource reads and checks a source's file.
func decodeSource(file, text string) (*Source, fault.List) {
	s := &Source{File: file}
	d := decode(file, text, s)
	s.Pos = d.at[&s.Name]
	s.Pos.File = file
	s.Name = strings.ToLower(s.Name)
	if pos, written := d.at[&s.Name]; written {
		d.add(checkSchema("source", s.Name), pos)
	}
	d.checkURL(&s.URL, "a source of files", SchemeFile, SchemeS3)
	d.checkCredentials(s)
	if s.Copy && !s.URL.IsZero() && !strings.HasPrefix(s.URL.written, SchemeS3+"://") {
		d.report(d.at[&s.Copy], "copy is for sources on s3://, not %q", s.URL).WithHint("remove it: files in a folder are always copied")
	}
	d.checkTables(s)
	return s, d.faults
}

// checkCredentials checks that credentials are references, and come in pairs.
func (d *decoder) checkCredentials(s *Source) {
	for _, c := range []struct {
		name  string
		value *Secret
	}{{"access_key_id", &s.AccessKeyID}, {"secret_access_key", &s.SecretAccessKey}} {
		if c.value.IsZero() {
			continue
		}
		if _, err := c.value.expand(func(string, string) (string, error) { return "", nil }); err != nil || !c.value.onlyReference() {
			e := d.report(d.at[c.value], "%s is written in the file", c.name)
			e.WithHint("keep it in an environment variable or a file, and write ${env:NAME} or ${file:/path}")
			e.Source = "" // it holds the secret
		}
		if !strings.HasPrefix(s.URL.written, SchemeS3+"://") {
			d.report(d.at[c.value], "%s is for sources on s3://, not %q", c.name, s.URL).WithHint("remove it")
		}
	}
	if s.AccessKeyID.IsZero() != s.SecretAccessKey.IsZero() {
		pos := d.at[&s.AccessKeyID]
		if s.AccessKeyID.IsZero() {
			pos = d.at[&s.SecretAccessKey]
		}
		d.report(pos, "one of access_key_id and secret_access_key is missing").WithHint("write both or none")
	}
}

func (d *decoder) checkTables(s *Source) {
	if pos, ok := d.at[&s.Tables]; ok && len(s.Tables) == 0 {
		d.report(pos, "the source has no tables").WithHint("declare a table under tables")
	}
	names, matches := map[string]*Table{}, map[string]*Table{}
	for _, t := range s.Tables {
		t.Name = strings.ToLower(t.Name)
		d.add(checkIdentifier("table", t.Name), t.Pos)
		if first, dup := names[t.Name]; dup {
			d.report(t.Pos, "the table %q is declared twice, first on line %d", t.Name, first.Pos.Line).WithHint("rename one of the two")
		}
		if first, dup := matches[t.Match]; dup && t.Match != "" {
			d.report(d.at[&t.Match], "the tables %q and %q match the same files %q", first.Name, t.Name, t.Match).
				WithHint("a file feeds one table: make the patterns different")
		}
		names[t.Name], matches[t.Match] = t, t
		d.checkTable(t)
	}
	slices.SortFunc(s.Tables, func(a, b *Table) int { return strings.Compare(a.Name, b.Name) })
}

func (d *decoder) checkTable(t *Table) {
	if pos, written := d.at[&t.Match]; written {
		d.add(checkMatch(t.Match), pos)
	}
	if pos, written := d.at[&t.Load]; written && t.Load != Append {
		e := d.report(pos, "load %q is not available in this version", t.Load).WithHint("use append")
		e.Code = fault.Unsupported
	}
	_, known := d.at[&t.Format]
	if pos, written := d.at[&t.CSV]; written && known && t.Format != CSV {
		d.report(pos, "csv options on a table whose format is %q", t.Format).WithHint("remove csv, or change format to csv")
	}
	if pos, written := d.at[&t.Compression]; written && t.Format == Parquet && t.Compression != Auto && t.Compression != None {
		d.report(pos, "compression %q on a parquet table", t.Compression).WithHint("remove it: parquet files are compressed inside")
	}
	d.checkCSV(t)
	d.checkColumns(t)
	seen := map[string]bool{}
	for i, k := range t.Key {
		pos, valid := d.at[&t.Key[i]]
		if !valid {
			continue
		}
		k = strings.ToLower(k)
		t.Key[i] = k
		if seen[k] {
			d.report(pos, "the key names %q twice", k).WithHint("remove one of the two")
		} else if !slices.Contains(columnNames(t), k) {
			e := d.report(pos, "the key names the column %q, which the table %q does not have", k, t.Name)
			e.Hint = didYouMean(k, columnNames(t), "declare it under columns")
		}
		seen[k] = true
	}
}

func columnNames(t *Table) []string {
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = c.Name
	}
	return out
}

func didYouMean(name string, candidates []string, otherwise string) string {
	if near := fault.Nearest(name, candidates); near != "" {
		return `did you mean "` + near + `"?`
	}
	return otherwise
}

// checkMatch checks a glob over paths below the source's url.
func checkMatch(match string) *fault.Error {
	e := fault.New(fault.Config, "match %q ", match).WithHint(`write a pattern such as "orders/**/*.csv.gz"`)
	switch {
	case strings.TrimSpace(match) == "":
		e.Message = "match is empty"
	case strings.HasPrefix(match, "/"):
		e.Message += "begins with a slash, but is relative to the source's url"
	case strings.Contains(match, `\`):
		e.Message += "has a backslash; folders are separated by /"
	case slices.Contains(strings.Split(match, "/"), ".."):
		e.Message += "leaves the source's url with .."
	case path.Clean(match) != match:
		e.Message += "has an empty folder name or a ."
	case !doublestar.ValidatePattern(match):
		e.Message += "has brackets or braces that do not match"
	default:
		return nil
	}
	return e
}

// checkCSV checks the characters that structure csv files.
func (d *decoder) checkCSV(t *Table) {
	o := &t.CSV
	for _, c := range []struct {
		name     string
		value    *string
		optional bool
	}{{"delimiter", &o.Delimiter, false}, {"quote", &o.Quote, true}, {"escape", &o.Escape, true}} {
		if *c.value == `\t` {
			*c.value = "\t"
		}
		if n := utf8.RuneCountInString(*c.value); n > 1 || n == 0 && !c.optional || strings.ContainsAny(*c.value, "\r\n\x00") || len(*c.value) > 1 {
			d.report(d.at[c.value], "%s %q is not one ASCII character", c.name, *c.value).WithHint(`write one, such as ";", "|" or "\t"`)
		}
	}
	if pos, written := d.at[&o.Delimiter]; written && o.Delimiter != "" && (o.Delimiter == o.Quote || o.Delimiter == o.Escape) {
		d.report(pos, "delimiter %q is also the quote or escape", o.Delimiter).WithHint("choose another delimiter")
	}
}

func (d *decoder) checkColumns(t *Table) {
	if pos, ok := d.at[&t.Columns]; ok && len(t.Columns) == 0 {
		d.report(pos, "the table %q has no columns", t.Name).WithHint("declare its columns as name: type")
	}
	seen := map[string]fault.Position{}
	for i := range t.Columns {
		c := &t.Columns[i]
		written := c.Name
		c.Name = strings.ToLower(c.Name)
		d.add(checkColumn(c.Name), c.Pos)
		if first, dup := seen[c.Name]; dup {
			d.report(c.Pos, "the column %q is declared twice, first on line %d", c.Name, first.Line).WithHint("remove or rename one of the two")
		}
		seen[c.Name] = c.Pos
		if _, known := d.at[&t.Format]; known {
			d.checkFrom(t, c, written)
		}
		d.checkColumnFormat(c)
	}
}

// checkFrom checks where a column's value comes from and fills in the default:
// its name, as it is written.
func (d *decoder) checkFrom(t *Table, c *Column, name string) {
	pos, written := d.at[&c.From]
	switch {
	case !written && t.Format == JSON:
		c.From = "$." + name
	case !written:
		c.From = name
	case t.Format == JSON:
		if steps, err := ParseJSONPath(c.From); err != nil {
			d.addError(err, pos)
		} else if len(steps) == 0 && c.Type.Kind != schema.Super && c.Type.Kind != schema.Varchar {
			d.report(pos, "from %q is the whole object, which is no %s", c.From, c.Type).WithHint("name a member, or make the column super or varchar")
		}
	case c.From == "":
		d.report(pos, "from is empty").WithHint("write a name, or remove from")
	case strings.HasPrefix(c.From, "$"):
		d.report(pos, "from %q is a path into JSON, but the format is %q", c.From, t.Format).WithHint("write the name of the field, or change format to json")
	case t.Format == CSV && !t.CSV.Header:
		d.report(pos, "from %q names a field of the csv header, but header is false", c.From).
			WithHint("remove from: without a header, fields are taken in the order of the columns")
	}
}

// checkColumnFormat checks how a date or time is written; auto is the default.
func (d *decoder) checkColumnFormat(c *Column) {
	pos, written := d.at[&c.Format]
	if !written {
		if c.Type.IsTemporal() {
			c.Format = FormatAuto
		}
		return
	}
	switch {
	case !c.Type.IsTemporal():
		d.report(pos, "format %q on a column of type %s", c.Format, c.Type).WithHint("format is for date, timestamp and timestamptz: remove it")
	case c.Format == FormatAuto:
	case c.Format == EpochSeconds || c.Format == EpochMillis:
		if c.Type.Kind == schema.Date {
			d.report(pos, "format %q on a date", c.Format).WithHint("make the column a timestamp")
		}
	case slices.Contains([]string{"epochsecs", "epochmillisecs", "epoch", "epoch_us", "epoch_ns"}, strings.ToLower(c.Format)):
		d.report(pos, "format %q is not known", c.Format).WithHint("write epoch_s for seconds or epoch_ms for milliseconds")
	default:
		d.addError(checkFormat(c.Format, c.Type.Kind == schema.Date), pos)
	}
}
