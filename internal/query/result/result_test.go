package result

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// memoryRows are rows in memory.
type memoryRows struct {
	columns []schema.Column
	rows    [][]any
	at      int
	err     error
	scanErr error
}

func (r *memoryRows) Columns() []schema.Column { return r.columns }
func (r *memoryRows) Err() error               { return r.err }
func (r *memoryRows) Close() error             { return nil }
func (r *memoryRows) Next() bool               { r.at++; return r.at <= len(r.rows) }

func (r *memoryRows) Scan(dest ...any) error {
	for i, v := range r.rows[r.at-1] {
		*dest[i].(*any) = v
	}
	return r.scanErr
}

func columnsOf(t *testing.T, specs ...string) []schema.Column {
	t.Helper()
	var out []schema.Column
	for _, s := range specs {
		name, typ, _ := strings.Cut(s, " ")
		parsed, err := schema.ParseType(typ)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, schema.Column{Name: name, Type: parsed})
	}
	return out
}

// everything has a column of every type, a row of values and a row of NULLs.
func everything(t *testing.T) *memoryRows {
	at := time.Date(2026, 3, 15, 10, 20, 30, 123400000, time.UTC)
	return &memoryRows{
		columns: columnsOf(t, "b boolean", "i2 smallint", "i4 integer", "i8 bigint", "d decimal(38,2)", "f4 real", "f8 double precision",
			"s varchar(20)", "c char(3)", "day date", "t time", "tz timetz", "ts timestamp", "tstz timestamptz",
			"span interval day to second", "j super", "x varbyte"),
		rows: [][]any{
			{true, int64(-7), int64(70000), int64(9007199254740993), "123456789012345678901234567890123456.78", float64(float32(0.1)), 0.1,
				"a \"b\", c", "abc", at.Truncate(24 * time.Hour), "10:20:30.5", "10:20:30+02:00", at, at.In(time.FixedZone("", 7200)),
				"1 day 02:00:00", `{"a": [1.50]}`, []byte{1, 0xab}},
			make([]any, 17),
		},
	}
}

func write(t *testing.T, f Format, rows *memoryRows) string {
	t.Helper()
	var b bytes.Buffer
	n, err := Write(&b, f, rows)
	if err != nil {
		t.Fatal(err)
	}
	if n != int64(len(rows.rows)) {
		t.Errorf("%d rows counted of %d", n, len(rows.rows))
	}
	return b.String()
}

func TestCSV(t *testing.T) {
	want := "b,i2,i4,i8,d,f4,f8,s,c,day,t,tz,ts,tstz,span,j,x\r\n" +
		"true,-7,70000,9007199254740993,123456789012345678901234567890123456.78,0.1,0.1,\"a \"\"b\"\", c\",abc,2026-03-15,10:20:30.5,10:20:30+02:00," +
		"2026-03-15 10:20:30.1234,2026-03-15 10:20:30.1234+00,1 day 02:00:00,\"{\"\"a\"\": [1.50]}\",01ab\r\n" +
		",,,,,,,,,,,,,,,,\r\n"
	if got := write(t, CSV, everything(t)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	odd := &memoryRows{columns: columnsOf(t, "s varchar(9)", "u varchar(9)"), rows: [][]any{{"", nil}, {"a\nb", " c"}}}
	got := write(t, CSV, odd)
	if want := "s,u\r\n\"\",\r\n\"a\nb\",\" c\"\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	records, err := csv.NewReader(strings.NewReader(got)).ReadAll()
	if err != nil || len(records) != 3 {
		t.Errorf("%v, %v", records, err)
	}
	if got := write(t, CSV, &memoryRows{columns: odd.columns}); got != "s,u\r\n" {
		t.Errorf("no rows: %q", got)
	}
}

func TestJSON(t *testing.T) {
	got := write(t, JSON, everything(t))
	want := `{"b":true,"i2":-7,"i4":70000,"i8":9007199254740993,"d":123456789012345678901234567890123456.78,"f4":0.1,"f8":0.1,` +
		`"s":"a \"b\", c","c":"abc","day":"2026-03-15","t":"10:20:30.5","tz":"10:20:30+02:00","ts":"2026-03-15 10:20:30.1234",` +
		`"tstz":"2026-03-15 10:20:30.1234+00","span":"1 day 02:00:00","j":{"a": [1.50]},"x":"01ab"}`
	lines := strings.Split(got, "\n")
	if len(lines) != 5 || lines[0] != "[" || lines[1] != want+"," || lines[3] != "]" {
		t.Errorf("got\n%s", got)
	}
	var rows []map[string]any
	if err := json.Unmarshal([]byte(got), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || len(rows[1]) != 17 || rows[1]["d"] != nil {
		t.Errorf("%v", rows)
	}
	if got := write(t, JSON, &memoryRows{columns: columnsOf(t, "a integer")}); got != "[]\n" {
		t.Errorf("no rows: %q", got)
	}
}

// What JSON has no numbers for, and characters that need care.
func TestJSONCorners(t *testing.T) {
	rows := &memoryRows{columns: columnsOf(t, "f double precision", "s varchar(9)", "j super"), rows: [][]any{
		{math.NaN(), "<&>\u2028", `"text"`}, {math.Inf(1), "a\x00b", `not json`}, {math.Inf(-1), "", `null`}, {1e21, "ü", `1`},
	}}
	var got []map[string]any
	if err := json.Unmarshal([]byte(write(t, JSON, rows)), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{
		{"f": "NaN", "s": "<&>\u2028", "j": "text"}, {"f": "Infinity", "s": "a\x00b", "j": "not json"},
		{"f": "-Infinity", "s": "", "j": nil}, {"f": 1e21, "s": "ü", "j": 1.0},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestTable(t *testing.T) {
	rows := &memoryRows{columns: columnsOf(t, "name varchar(20)", "n bigint", "ratio decimal(4,2)"), rows: [][]any{
		{"winback", int64(7), "12.50"}, {nil, nil, nil}, {"日本", int64(12345), "-0.10"}, {"a\nb\x1b[2J", int64(0), "1.00"}, {"e\u0301", int64(1), "1.00"},
	}}
	want := strings.Join([]string{
		" name        |     n | ratio",
		"-------------+-------+-------",
		" winback     |     7 | 12.50",
		" NULL        |  NULL |  NULL",
		" 日本        | 12345 | -0.10",
		` a\nb\x1b[2J |     0 |  1.00`,
		" e\u0301           |     1 |  1.00",
	}, "\n") + "\n"
	if got := write(t, Table, rows); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := write(t, Table, &memoryRows{columns: rows.columns}); got != " name | n | ratio\n------+---+-------\n" {
		t.Errorf("no rows: %q", got)
	}
}

// A long answer is written while it comes; a wide value far down keeps its row.
func TestTableStreams(t *testing.T) {
	rows := &memoryRows{columns: columnsOf(t, "n bigint")}
	for i := range measured {
		rows.rows = append(rows.rows, []any{int64(i)})
	}
	rows.rows = append(rows.rows, []any{int64(1e10)})
	lines := strings.Split(write(t, Table, rows), "\n")
	if len(lines) != measured+4 || lines[2] != "   0" || lines[measured+2] != " 10000000000" {
		t.Errorf("%d lines, %q, %q", len(lines), lines[2], lines[measured+2])
	}
}

func TestFloats(t *testing.T) {
	double, real := schema.Type{Kind: schema.Double}, schema.Type{Kind: schema.Real}
	for _, test := range []struct {
		v    float64
		t    schema.Type
		want string
	}{
		{0, double, "0"}, {1.5, double, "1.5"}, {1e14, double, "100000000000000"}, {1e15, double, "1e+15"}, {0.0001, double, "0.0001"},
		{0.00001, double, "1e-05"}, {float64(float32(16777.217)), real, "16777.217"}, {math.NaN(), double, "NaN"},
	} {
		if got := text(test.v, test.t); got != test.want {
			t.Errorf("%v: %s", test.v, got)
		}
	}
}

func TestParquet(t *testing.T) {
	got := write(t, Parquet, everything(t))
	reader, err := file.NewParquetReader(bytes.NewReader([]byte(got)))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	arrows, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	table, err := arrows.ReadTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer table.Release()
	types := []string{"bool", "int16", "int32", "int64", "decimal(38, 2)", "float32", "float64", "utf8", "utf8", "date32",
		"time64[us]", "utf8", "timestamp[us]", "timestamp[us, tz=UTC]", "utf8", "utf8", "binary"}
	values := []string{"true", "-7", "70000", "9007199254740993", "123456789012345678901234567890123456.78", "0.1", "0.1", `a "b", c`, "abc",
		"2026-03-15", "10:20:30.500000", "10:20:30+02:00", "2026-03-15T10:20:30.1234", "2026-03-15T10:20:30.1234Z", "1 day 02:00:00", `{"a": [1.50]}`, "Aas="}
	for i, c := range everything(t).columns {
		column := table.Column(i)
		if column.Name() != c.Name || column.DataType().String() != types[i] {
			t.Errorf("column %d is %s %s", i, column.Name(), column.DataType())
		}
		chunk := column.Data().Chunk(0)
		if chunk.Len() != 2 || chunk.IsNull(0) || !chunk.IsNull(1) || chunk.ValueStr(0) != values[i] {
			t.Errorf("column %s holds %s", c.Name, chunk.ValueStr(0))
		}
	}
}

// Many rows become several row groups, with nothing lost between them.
func TestParquetRowGroups(t *testing.T) {
	rows := &memoryRows{columns: columnsOf(t, "n bigint")}
	for i := range rowGroup + 1 {
		rows.rows = append(rows.rows, []any{int64(i)})
	}
	reader, err := file.NewParquetReader(bytes.NewReader([]byte(write(t, Parquet, rows))))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if reader.NumRowGroups() != 2 || reader.NumRows() != rowGroup+1 {
		t.Errorf("%d groups, %d rows", reader.NumRowGroups(), reader.NumRows())
	}
	empty, err := file.NewParquetReader(bytes.NewReader([]byte(write(t, Parquet, &memoryRows{columns: rows.columns}))))
	if err != nil || empty.NumRows() != 0 {
		t.Errorf("no rows: %v", err)
	}
}

// A value that is not of its column's type is reported, in no row's place.
func TestParquetHoldsTheEngineToTheTypes(t *testing.T) {
	for typ, v := range map[string]any{"smallint": int64(40000), "bigint": "7", "decimal(4,2)": "7.5", "date": "2026-01-01", "time": "noon", "boolean": int64(1)} {
		_, err := Write(&bytes.Buffer{}, Parquet, &memoryRows{columns: columnsOf(t, "a "+typ), rows: [][]any{{v}}})
		if fault.CodeOf(err) != fault.Internal || !strings.Contains(err.Error(), `column "a" is `) {
			t.Errorf("%s: %v", typ, err)
		}
	}
}

// Whatever the text, other readers of CSV and JSON get it back, and a decimal
// keeps its digits in Parquet.
func TestAnyValueIsReadBack(t *testing.T) {
	columns := columnsOf(t, "s varchar(100)", "d decimal(38,10)")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		digits := rapid.StringMatching(`-?(0|[1-9][0-9]{0,27})\.[0-9]{10}`).Draw(t, "decimal")
		answer := func(f Format) []byte {
			var b bytes.Buffer
			if _, err := Write(&b, f, &memoryRows{columns: columns, rows: [][]any{{s, digits}}}); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
		records, err := csv.NewReader(bytes.NewReader(answer(CSV))).ReadAll()
		// encoding/csv makes one line break of CRLF inside quotes.
		if err != nil || len(records) != 2 || records[1][0] != strings.ReplaceAll(s, "\r\n", "\n") || records[1][1] != digits {
			t.Errorf("csv: %q, %v", records, err)
		}
		var objects []struct {
			S string
			D json.Number
		}
		if err := json.Unmarshal(answer(JSON), &objects); err != nil || objects[0].S != s || objects[0].D.String() != digits {
			t.Errorf("json: %q, %v", objects, err)
		}
		n, ok := parseDecimal(digits, 10)
		back := n.ToString(10)
		if want := strings.Replace(digits, "-0.0000000000", "0.0000000000", 1); !ok || back != want {
			t.Errorf("parquet: %s is %s", digits, back)
		}
	})
}

func TestFaults(t *testing.T) {
	twice := columnsOf(t, "a integer", "a integer")
	for f, want := range map[Format]string{
		"tabel": `there is no output format "tabel" (did you mean "table"?)`,
		"":      `there is no output format "" (the formats are table, csv, json, parquet)`,
		JSON:    `the answer has two columns "a", which json cannot hold (give one of them another name with AS)`,
		Parquet: `the answer has two columns "a", which parquet cannot hold (give one of them another name with AS)`,
	} {
		_, err := Write(&bytes.Buffer{}, f, &memoryRows{columns: twice})
		if err == nil || err.Error() != want || fault.CodeOf(err) != fault.Usage {
			t.Errorf("%s: %v", f, err)
		}
	}
	write(t, CSV, &memoryRows{columns: twice})

	broken := errors.New("broken")
	for _, rows := range []*memoryRows{
		{columns: columnsOf(t, "a integer"), err: broken},
		{columns: columnsOf(t, "a integer"), rows: [][]any{{int64(1)}}, scanErr: broken},
	} {
		if _, err := Write(&bytes.Buffer{}, CSV, rows); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
	for _, f := range Formats() {
		if _, err := Write(full{}, Format(f), everything(t)); !errors.Is(err, errFull) {
			t.Errorf("%s on a full disk: %v", f, err)
		}
	}
}

// full is a writer that takes nothing.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }
