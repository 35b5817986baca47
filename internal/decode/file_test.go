package decode

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// fileCase is a file and what becomes of it, row by row and reject by reject.
type fileCase struct {
	name    string
	csv     func(*project.CSVOptions)
	text    string
	rows    []string
	rejects []string
	err     string // the file is turned away
}

func (c *fileCase) run(t *testing.T, columns *project.Table) {
	t.Run(c.name, func(t *testing.T) {
		columns := *columns
		if c.csv != nil {
			c.csv(&columns.CSV)
		}
		out := decodeAll(t, &columns, strings.NewReader(c.text))
		if !slices.Equal(out.rows, c.rows) {
			t.Errorf("rows:\n\t%s\nwant:\n\t%s", strings.Join(out.rows, "\n\t"), strings.Join(c.rows, "\n\t"))
		}
		if !slices.Equal(out.rejects, c.rejects) {
			t.Errorf("rejects:\n\t%s\nwant:\n\t%s", strings.Join(out.rejects, "\n\t"), strings.Join(c.rejects, "\n\t"))
		}
		if got := fmt.Sprint(out.err); out.err != nil && got != c.err || out.err == nil && c.err != "" {
			t.Errorf("error %q, want %q", got, c.err)
		}
	})
}

func TestJSONFiles(t *testing.T) {
	columns := table(t, project.JSON, "a integer", "b varchar $.x.b")
	for _, c := range []fileCase{
		{name: "empty"},
		{name: "blank lines only", text: "\n \r\n\t\n"},
		{name: "no final line feed", text: `{"a":1}`, rows: []string{"1 | 1 | NULL"}},
		{
			name: "blank lines have lines but no rows", text: "\n{\"a\":1}\n  \n\r\n{\"a\":x}\n{\"a\":2}\n",
			rows:    []string{"1 | 1 | NULL", "3 | 2 | NULL"},
			rejects: []string{`5 | 2 |  | invalid JSON at byte 6: found "x", expected a value`},
		},
		{
			name: "byte order mark and CRLF", text: "\xef\xbb\xbf{\"a\":1}\r\n{\"a\":2}\r\n{\"a\":\"2\"}\r",
			rows: []string{"1 | 1 | NULL", "2 | 2 | NULL", "3 | 2 | NULL"},
		},
		{
			name: "missing, extra, null and reordered keys",
			text: `{"a":1,"x":{"b":"p"}}` + "\n" + `{"x":{"b":"q","c":[{}]},"y":null,"a":2}` + "\n" + `{}` + "\n" +
				`{"a":null,"x":null}` + "\n" + `{"x":{}}` + "\n" + `{"x":[1]}` + "\n" + `{"x":7,"a":3}` + "\n" + `{ "a" : 4 , "x" : { "b" : "r" } } ` + "\n",
			rows: []string{
				`1 | 1 | "p"`, `2 | 2 | "q"`, "3 | NULL | NULL", "4 | NULL | NULL", "5 | NULL | NULL", "6 | NULL | NULL",
				"7 | 3 | NULL", `8 | 4 | "r"`,
			},
		},
		{
			name: "the same shapes with other kinds of values",
			text: `{"a":1,"x":null}` + "\n" + `{"a":1,"x":{"b":"inside"}}` + "\n" + `{"a":1,"x":null}` + "\n" + `{"a":null,"x":{"b":"again"}}` + "\n",
			rows: []string{"1 | 1 | NULL", `2 | 1 | "inside"`, "3 | 1 | NULL", `4 | NULL | "again"`},
		},
		{
			name: "the last of two equal keys counts",
			text: `{"a":1,"a":2}` + "\n" + `{"a":1,"a":null}` + "\n" + `{"x":{"b":"p"},"x":{}}` + "\n" + `{"x":{"b":"p"},"x":{"b":"q","b":"r"}}` + "\n" +
				`{"a":null,"a":3}` + "\n" + `{"a":"x","a":3}` + "\n",
			rows:    []string{"1 | 2 | NULL", "2 | NULL | NULL", "3 | NULL | NULL", `4 | NULL | "r"`, "5 | 3 | NULL"},
			rejects: []string{`6 | 6 | a | "x" is not a value of type integer: expected digits with an optional sign`},
		},
		{
			name: "keys are matched in their case, escapes undone",
			text: `{"A":1}` + "\n" + `{"\u0061":1}` + "\n" + `{"\ud800":1,"a":2}` + "\n",
			rows: []string{"1 | NULL | NULL", "2 | 1 | NULL", "3 | 2 | NULL"},
		},
		{
			name: "an object over several lines", text: "{\n\"a\":1\n}\n{\"a\":2}\n", rows: []string{"4 | 2 | NULL"},
			rejects: []string{
				"1 | 1 |  | invalid JSON at byte 2: the line ends, expected a key in double quotes",
				`2 | 2 |  | invalid JSON at byte 1: found "\"", expected an object in braces`,
				`3 | 3 |  | invalid JSON at byte 1: found "}", expected an object in braces`,
			},
		},
		{
			name: "lines that are no object", text: "[1]\n{\"a\":1}{\"a\":2}\n{\"a\":1} x\n{'a':1}\n{\"a\":1,}\n{\"a\" 1}\nnull\n",
			rejects: []string{
				`1 | 1 |  | invalid JSON at byte 1: found "[", expected an object in braces`,
				`2 | 2 |  | invalid JSON at byte 8: found "{", expected the end of the line: one object a line`,
				`3 | 3 |  | invalid JSON at byte 9: found "x", expected the end of the line: one object a line`,
				`4 | 4 |  | invalid JSON at byte 2: found "'", expected a key in double quotes`,
				`5 | 5 |  | invalid JSON at byte 8: found "}", expected a key in double quotes`,
				`6 | 6 |  | invalid JSON at byte 6: found "1", expected a colon after the key`,
				`7 | 7 |  | invalid JSON at byte 1: found "n", expected an object in braces`,
			},
		},
		{
			name: "text that JSON does not allow",
			text: "{\"a\":1,\"z\":\"\xff\"}\n{\"a\":1,\"z\":\"\x00\"}\n{\"a\":1,\x00}\n{\"a\":1,\"z\":\"\t\"}\n{\"a\":1,\"z\":\"open}\n{\"a\":1,\"z\":tru}\n{\"a\":1,\"\xff\":2}\n{\"a\":1,\"z\":\"\\\n{\"a\":2}\n",
			rows: []string{"9 | 2 | NULL"},
			rejects: []string{
				"1 | 1 |  | the row is not valid UTF-8",
				`2 | 2 |  | invalid JSON at byte 13: found "\x00", expected no control character: write it as \u and four digits`,
				`3 | 3 |  | invalid JSON at byte 8: found "\x00", expected a key in double quotes`,
				`4 | 4 |  | invalid JSON at byte 13: found "\t", expected no control character: write it as \u and four digits`,
				"5 | 5 |  | invalid JSON at byte 18: the line ends, expected the string to be closed",
				`6 | 6 |  | invalid JSON at byte 15: found "}", expected the rest of true`,
				"7 | 7 |  | the row is not valid UTF-8",
				"8 | 8 |  | invalid JSON at byte 14: the line ends, expected the string to be closed",
			},
		},
		{
			name: "text inside what is skipped", text: "{\"z\":{\"a\" 1}}\n{\"z\":[1 2]}\n{\"z\":{\"a\":1 \"b\":2}}\n{\"z\":[{\"a\":x}]}\n{\"a\":1 \"z\":2}\n{\"z\":[1,]}\n",
			rejects: []string{
				`1 | 1 |  | invalid JSON at byte 11: found "1", expected a colon after the key`,
				`2 | 2 |  | invalid JSON at byte 9: found "2", expected a comma or a closing bracket`,
				`3 | 3 |  | invalid JSON at byte 13: found "\"", expected a comma or a closing brace`,
				`4 | 4 |  | invalid JSON at byte 12: found "x", expected a value`,
				`5 | 5 |  | invalid JSON at byte 8: found "\"", expected a comma or a closing brace`,
				`6 | 6 |  | invalid JSON at byte 9: found "]", expected a value`,
			},
		},
		{name: "gzip without its name", text: "\x1f\x8b\x08rest", err: "file:1:1: the file is compressed with gzip (set compression to gzip, or name the files *.gz)"},
		{name: "UTF-16", text: "\xff\xfe{\x00", err: "file:1:1: the file is text in UTF-16 (write it in UTF-8)"},
	} {
		c.run(t, columns)
	}
}

func TestJSONPaths(t *testing.T) {
	columns := table(t, project.JSON,
		"whole super $", "again varchar(60) $", "member integer $.a.b", "parent super $.a", "key varchar $['a.key']",
		"first varchar $.list[0]", "deep integer $.list[2].n", "twice bigint $.a.b")
	row := `{"a":{"b":7},"a.key":"k","list":["x",0,{"n":3}]}`
	quoted := fmt.Sprintf("%q", row)
	want := func(n int) string {
		return fmt.Sprintf(`%d | %s | %s | 7 | "{\"b\":7}" | "k" | "x" | 3 | 7`, n, quoted, quoted)
	}
	(&fileCase{
		name: "paths", text: row + "\n " + row + " \r\n" + `{"list":{},"a":[]}` + "\n" + `{"list":[]}` + "\n" + `{"list":[[1],2]}` + "\n" + `{"list":[1 2]}` + "\n" + `{"list":[x]}` + "\n" +
			`{"list":[],"z":"............................................."}` + "\n",
		rows: []string{
			want(1), want(2), `3 | "{\"list\":{},\"a\":[]}" | "{\"list\":{},\"a\":[]}" | NULL | "[]" | NULL | NULL | NULL | NULL`,
			`4 | "{\"list\":[]}" | "{\"list\":[]}" | NULL | NULL | NULL | NULL | NULL | NULL`,
			`5 | "{\"list\":[[1],2]}" | "{\"list\":[[1],2]}" | NULL | NULL | NULL | "[1]" | NULL | NULL`,
		},
		rejects: []string{
			`6 | 6 |  | invalid JSON at byte 12: found "2", expected a comma or a closing bracket`,
			`7 | 7 |  | invalid JSON at byte 10: found "x", expected a value`,
			`8 | 8 | again | "{\"list\":[],\"z\":\".............................................\"}" has 63 bytes, which is too long for varchar(60)`,
		},
	}).run(t, columns)
}

func TestDepth(t *testing.T) {
	columns := table(t, project.JSON, "a integer", "s super")
	nest := func(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }
	out := decodeAll(t, columns, strings.NewReader(
		`{"a":1,"x":`+nest(MaxDepth)+"}\n"+`{"a":2,"x":`+nest(MaxDepth+1)+"}\n"+`{"a":3,"s":`+strings.Repeat(`{"k":`, 100_000)+"}\n"+`{"a":4}`))
	if fmt.Sprint(out.rows) != "[1 | 1 | NULL 4 | 4 | NULL]" || len(out.rejects) != 2 || !strings.HasSuffix(out.rejects[0], "nested more than 1000 deep") {
		t.Errorf("rows %q, rejects %q", out.rows, out.rejects)
	}
}

func TestCSVFiles(t *testing.T) {
	columns := table(t, project.CSV, "a integer", "b varchar(20)", "c date")
	noHeader := func(o *project.CSVOptions) { o.Header = false }
	for _, c := range []fileCase{
		{name: "empty"},
		{name: "header only", text: "a,b,c\n"},
		{name: "header only, not ended", text: "a,b,c"},
		{name: "no final line feed", text: "a,b,c\n1,x,2015-09-11", rows: []string{`1 | 1 | "x" | 16689`}},
		{
			name: "byte order mark, CRLF and blank lines", text: "\xef\xbb\xbf\r\na,b,c\r\n\r\n1,x,2015-09-11\r\n\n2,\"y\",\r\nz,,\r\n",
			rows:    []string{`1 | 1 | "x" | 16689`, `2 | 2 | "y" | NULL`},
			rejects: []string{`7 | 3 | a | "z" is not a value of type integer: expected digits with an optional sign`},
		},
		{
			name: "reordered, extra and missing columns", text: "x,c, B ,\n9,2015-09-11,p,\n9,,q,\n",
			rows: []string{`1 | NULL | "p" | 16689`, `2 | NULL | "q" | NULL`},
		},
		{
			name: "a name in its own case comes first", text: "A,a,b\n1,2,\n", rows: []string{"1 | 2 | NULL | NULL"},
		},
		{
			name: "equal names that nothing takes", text: "x,a,x\n1,2,3\n", rows: []string{"1 | 2 | NULL | NULL"},
		},
		{
			name: "equal names", text: "\na,b,a\n1,x,2\n",
			err: `file:2:1: the header has the name "a" in fields 1 and 3 (give each field a name of its own)`,
		},
		{
			name: "no header where one is wanted", text: "1,x,2015-09-11\n",
			err: `file:1:1: the header "1,x,2015-09-11" has none of the table's columns (check csv.delimiter and the columns' from, or set csv.header to false)`,
		},
		{
			name: "carriage returns alone end the lines", text: "a,b\r1,x\r2,y\r",
			err: "file:1:1: the lines end with carriage returns only (end them with line feeds)",
		},
		{
			name: "a header that is malformed", text: "a,\"b\"x\n1,x\n",
			err: `file:1:1: the header has text after a closing quote: "\"b\"x"`,
		},
		{
			name: "a header that does not end", text: "a,\"b\n1,x\n",
			err: "file:1:1: the header does not end (close its quotes, or set csv.quote to what the file uses)",
		},
		{
			name: "quotes", text: "a,b,c\n1,\"line\nbreak\",\n2,\"say \"\"hi\"\"\",\n3,\"\",\n4,,\n\"5\",\"x,y\",\"2015-09-11\"\nbad,\"\n\n\",\n6,z,x\n",
			rows: []string{
				`1 | 1 | "line\nbreak" | NULL`, `2 | 2 | "say \"hi\"" | NULL`, `3 | 3 | "" | NULL`, "4 | 4 | NULL | NULL",
				`5 | 5 | "x,y" | 16689`,
			},
			rejects: []string{
				`8 | 6 | a | "bad" is not a value of type integer: expected digits with an optional sign`,
				`11 | 7 | c | "x" is not a value of type date: expected a date such as 2015-09-11`,
			},
		},
		{
			name: "quotes where they do not belong", text: "a,b,c\n1,5\" pipe,\n2,\"x\"y,\n3,z,\n",
			rows: []string{`3 | 3 | "z" | NULL`},
			rejects: []string{
				`2 | 1 |  | the row has a quote inside an unquoted field: "5\" pipe"`,
				`3 | 2 |  | the row has text after a closing quote: "\"x\"y,"`,
			},
		},
		{
			name: "a quote that is not closed spoils its line only", text: "a,b,c\n1,\"open,\n2,x,\n3,y,\n",
			rows:    []string{`2 | 2 | "x" | NULL`, `3 | 3 | "y" | NULL`},
			rejects: []string{"2 | 1 |  | a quoted field begins on this line and is not closed"},
		},
		{
			name: "ragged rows", text: "a,b,c\n1,x\n2,x,,\n\"3\",x\n4,y,\n,\n",
			rows: []string{`4 | 4 | "y" | NULL`},
			rejects: []string{
				"2 | 1 |  | the row has 2 fields: expected 3", "3 | 2 |  | the row has 4 fields: expected 3",
				"4 | 3 |  | the row has 2 fields: expected 3", "6 | 5 |  | the row has 2 fields: expected 3",
			},
		},
		{
			name: "not UTF-8, NUL", text: "a,b,c\n1,\xff,\n2,\x00,\n3,é,\n",
			rows:    []string{`3 | 3 | "é" | NULL`},
			rejects: []string{"2 | 1 |  | the row is not valid UTF-8", "3 | 2 |  | the row has a NUL byte, which no character type can hold"},
		},
		{name: "no header", csv: noHeader, text: "1,x,\n2,y\n", rows: []string{`1 | 1 | "x" | NULL`}, rejects: []string{"2 | 2 |  | the row has 2 fields: expected 3"}},
		{
			name: "another dialect", text: "a|b|c\n1|'it\\'s \\\\ \\n'|NA\n2|\"|'2015-09-11'\nNA|'NA'|NA\n",
			csv: func(o *project.CSVOptions) {
				o.Delimiter, o.Quote, o.Escape, o.NullAs = "|", "'", `\`, "NA"
			},
			rows: []string{`1 | 1 | "it's \\ \\n" | NULL`, `2 | 2 | "\"" | 16689`, `3 | NULL | "NA" | NULL`},
		},
		{
			name: "empty fields where another text means NULL", text: "a,b,c\n,,\n-1,-1,\n",
			csv:  func(o *project.CSVOptions) { o.NullAs = "-1" },
			rows: []string{`1 | NULL | "" | NULL`, "2 | NULL | NULL | NULL"},
		},
		{
			name: "no quotes", text: "a,b,c\n1,\"x,\n", csv: func(o *project.CSVOptions) { o.Quote, o.Escape = "", "" },
			rows: []string{`1 | 1 | "\"x" | NULL`},
		},
		{
			name: "no escape", text: "a,b,c\n1,\"x\\\",\n", csv: func(o *project.CSVOptions) { o.Escape = "" },
			rows: []string{`1 | 1 | "x\\" | NULL`},
		},
		{name: "parquet", text: "PAR1....PAR1", err: "file:1:1: the file is parquet (set format to parquet)"},
	} {
		c.run(t, columns)
	}
}

func TestCSVNames(t *testing.T) {
	columns := table(t, project.CSV, "a integer =id", "b varchar =id", "s super", "n decimal(5,1)")
	(&fileCase{
		name: "two columns of one field, super, decimal", text: "id,s,n\n7,\"{\"\"k\"\":\n1}\",1.25\n8,{,\n9,7,1\n",
		rows:    []string{`1 | 7 | "7" | "{\"k\":\n1}" | 13`, `3 | 9 | "9" | "7" | 10`},
		rejects: []string{`4 | 2 | s | "{" is no JSON: unexpected end of JSON input`},
	}).run(t, columns)
}

// TestLongRecords crosses the limit of a record without holding it.
func TestLongRecords(t *testing.T) {
	body := strings.Repeat("x", 1<<20)
	long := func(size int) io.Reader { // a line of so many MiB
		parts := []io.Reader{strings.NewReader(`{"a":1,"z":"`)}
		for range size {
			parts = append(parts, strings.NewReader(body))
		}
		return io.MultiReader(append(parts, strings.NewReader("\"}\n"))...)
	}
	columns := table(t, project.JSON, "a integer")
	out := decodeAll(t, columns, io.MultiReader(strings.NewReader("{\"a\":0}\n"), long(3), long(15), long(40), strings.NewReader("\n{\"a\":2}\n{\"a\":x}\n"), long(17)))
	if got := fmt.Sprint(out.rows); got != "[1 | 0 2 | 1 3 | 1 5 | 2]" {
		t.Errorf("rows %s", got)
	}
	want := []string{
		"4 | 4 |  | the record is longer than 16 MiB",
		`7 | 6 |  | invalid JSON at byte 6: found "x", expected a value`,
		"8 | 7 |  | the record is longer than 16 MiB",
	}
	if !slices.Equal(out.rejects, want) || len(out.raws[0]) != MaxRaw {
		t.Errorf("rejects %q, the first keeps %d bytes", out.rejects, len(out.raws[0]))
	}
}

// TestLongQuote leaves a quote open in a file that is longer than a record may be.
func TestLongQuote(t *testing.T) {
	columns := table(t, project.CSV, "a integer", "b varchar(100)")
	var text bytes.Buffer
	text.WriteString("a,b\n1,\"open\n")
	rows := 0
	for ; text.Len() < MaxRecord+3*blockSize; rows++ {
		fmt.Fprintf(&text, "%d,%s\n", rows, strings.Repeat("y", 90))
	}
	out := decodeAll(t, columns, &text)
	if len(out.rows) != rows || len(out.rejects) != 1 || !strings.HasPrefix(out.rejects[0], "2 | 1 | ") {
		t.Errorf("%d rows of %d, rejects %q", len(out.rows), rows, out.rejects)
	}
}

func TestRaw(t *testing.T) {
	for _, c := range []struct{ name, record, want string }{
		{"short", "abc", "abc"},
		{"not UTF-8", "a\xffb\x00c", "a\uFFFDb\uFFFDc"},
		{"long", strings.Repeat("a", 2000), strings.Repeat("a", MaxRaw)},
		{"cut before a rune", strings.Repeat("a", MaxRaw-1) + "é", strings.Repeat("a", MaxRaw-1)},
		{"cut after a rune", strings.Repeat("a", MaxRaw-2) + "éx", strings.Repeat("a", MaxRaw-2) + "é"},
		{"replacements are longer", strings.Repeat("\xff", MaxRaw), "\uFFFD"},
	} {
		got := cutRaw([]byte(c.record))
		if got != c.want || len(got) > MaxRaw || !utf8.ValidString(got) {
			t.Errorf("%s: %d bytes %.20q, want %d bytes %.20q", c.name, len(got), got, len(c.want), c.want)
		}
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("the disk is on fire")
	columns := table(t, project.JSON, "a integer")
	for _, text := range []string{"{\"a\":1}\n", strings.Repeat("x", MaxRecord+1)} {
		out := decodeAll(t, columns, io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)))
		if !errors.Is(out.err, broken) {
			t.Errorf("error %v, want %v", out.err, broken)
		}
	}
}

// TestNextAfterTheEnd keeps saying how the file ended.
func TestNextAfterTheEnd(t *testing.T) {
	d, err := New(table(t, project.JSON, "a integer"))
	if err != nil {
		t.Fatal(err)
	}
	s := d.Split("file", strings.NewReader(""))
	for range 2 {
		if b, err := s.Next(); b != nil || err != io.EOF {
			t.Errorf("block %v, error %v; want io.EOF", b, err)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	interval := table(t, project.JSON, "a integer")
	interval.Columns[0].Type.Kind = schema.IntervalYM
	for _, c := range []struct {
		table *project.Table
		want  string
	}{
		{table(t, project.Parquet, "a integer"), "parquet files are not decoded row by row"},
		{interval, `the column "a" is of type interval year to month, which files cannot hold (load it as varchar and convert it in a model)`},
	} {
		_, err := New(c.table)
		if err == nil || err.Error() != c.want || fault.CodeOf(err) != fault.Unsupported {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// TestBatches decodes more rows than a batch holds, and uses memory again.
func TestBatches(t *testing.T) {
	const rows = 3*BatchRows + 100
	text := bytes.Replace(benchJSON(rows), []byte(`"message_id":4000,`), []byte(`"message_id":"-",`), 1)
	out := decodeAll(t, table(t, project.JSON, benchColumns...), bytes.NewReader(text))
	if len(out.rows) != rows-1 || len(out.rejects) != 1 {
		t.Fatalf("%d rows, rejects %q", len(out.rows), out.rejects)
	}
	for i, row := range out.rows {
		id := i
		if i >= 4000 {
			id++
		}
		want := fmt.Sprintf(`%d | %d | %d | %d | "+1555%07d" | "Hello customer %d, your order is on its way"`,
			id+1, id, id%97, (1441932418000+int64(id)*1000)*1000, id, id)
		if row != want {
			t.Fatalf("row %s, want %s", row, want)
		}
	}
}
