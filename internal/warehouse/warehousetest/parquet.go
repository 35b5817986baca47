package warehousetest

import (
	"embed"
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/warehouse"
)

// testdata holds Parquet files, written by DuckDB: types, a row of values and one
// of NULLs; misfits and widths, rows of which most do not fit; rows, 20,000
// rows in row groups of 2,048.
//
//go:embed testdata
var testdata embed.FS

// parquet writes one of the files of testdata, without its last bytes.
func (w *world) parquet(id int32, name string, cut int) warehouse.LoadFile {
	w.Helper()
	data, err := testdata.ReadFile("testdata/" + name)
	w.must(err)
	return w.file(id, name, string(data[:len(data)-cut]))
}

func parquetTypes(w *world) {
	table := w.declare("format: parquet\n" + strings.TrimSpace(everyType))
	w.load(table, w.parquet(1, "types.parquet", 0))
	w.want(`SELECT * FROM smslogs.sends`, everyRow...)
	w.want(`SELECT a_small, _batch, _file, _row FROM atoll_store."smslogs.sends"`, "-32768|7|1|1", "null|7|1|2")
}

func parquetRejects(w *world) {
	table := w.declare("format: parquet\ncolumns:\n  id: smallint\n  label: {type: varchar(6), from: name}\n  amount: decimal(6,2)\n  missing: date")
	result := w.load(table, w.parquet(3, "misfits.parquet", 0))
	w.want(`SELECT *, _row FROM atoll_store."smslogs.sends"`, "1|one|1.50|null|7|3|1|1", "null|null|null|null|7|3|4|4")
	if got := result.Files[0]; got != (warehouse.FileResult{ID: 3, Rows: 2, Rejected: 5}) {
		w.Errorf("%+v", got)
	}
	for i, want := range []struct {
		line           int64
		column, reason string
	}{
		{2, "id", `"40000" does not fit smallint`},
		{3, "label", `"much too long" does not fit varchar(6)`},
		{5, "label", `does not fit varchar(6)`},
		{6, "amount", `"123456.00" does not fit decimal(6,2)`},
		{7, "label", `"größe" does not fit varchar(6)`},
	} {
		r := result.Rejects[i]
		if r.File != 3 || r.Line != want.line || r.Column != want.column || !strings.Contains(r.Reason, want.reason) {
			w.Errorf("%+v", r)
		}
	}
	if got, want := result.Rejects[0].Raw, `{"Id":40000,"name":"two","amount":2.25,"share":0.5}`; got != want {
		w.Errorf("raw: %s", got)
	}
}

func parquetTurnedAway(w *world) {
	head := "format: parquet\nmax_rejects: 2\ncolumns:\n"
	for _, test := range []struct{ columns, want string }{
		{"  share: real", `"share" is double, which does not convert to real`},
		{"  share: bigint", `does not convert to bigint`},
		{"  id: {type: boolean, from: Id}", `does not convert to boolean`},
		{"  name: timestamp", `does not convert to timestamp`},
		{"  nothing: integer", `none of the table's columns`},
		{"  name: varchar(3)", "3 of 7 rows were rejected"},
	} {
		result := w.attempt(w.declare(head+test.columns), w.parquet(1, "misfits.parquet", 0))
		w.wantFault(result.Files[0].Err, test.want)
	}
	table := w.declare(head + "  id: bigint\n  body: varchar(20)")
	result := w.attempt(table,
		w.parquet(1, "misfits.parquet", 10),
		w.parquet(2, "rows.parquet", 0),
		w.file(3, "tiny.parquet", "PAR1"),
		w.file(4, "text.parquet", lines(`{"id":1}`)),
		w.file(5, "hole.parquet", w.holed("rows.parquet")),
		w.parquet(6, "types.parquet", 0),
		local(7, "/no/such.parquet"))
	for i, want := range []string{"No magic bytes", "", "too small", "too small", "cannot be read", "none of the table's columns", "no such file"} {
		switch err := result.Files[i].Err; {
		case want == "" && (err != nil || result.Files[i].Rows != 20_000):
			w.Errorf("file %d: %+v", i+1, result.Files[i])
		case want != "":
			w.wantFault(err, want)
		}
	}
}

// parquetDamaged has a file that fails while its rows are inserted.
func parquetDamaged(w *world) {
	table := w.declare("format: parquet\ncolumns:\n  id: bigint\n  body: varchar(20)")
	result := w.attempt(table, w.file(1, "hole.parquet", w.holed("rows.parquet")), w.parquet(2, "rows.parquet", 0), w.parquet(3, "types.parquet", 0))
	w.wantFault(result.Files[0].Err, "hole.parquet", "cannot be read")
	w.must(result.Files[1].Err)
	w.wantFault(result.Files[2].Err, "none of the table's columns")
}

// parquetTogether has files of the same form, which may be loaded together, next
// to others, with rejects in some of them and a gap in their identities.
func parquetTogether(w *world) {
	table := w.declare("format: parquet\ncolumns:\n  id: smallint")
	result := w.load(table, w.copy(1, "rows.parquet"), w.copy(2, "misfits.parquet"), w.copy(3, "misfits.parquet"),
		w.copy(5, "misfits.parquet"), w.copy(6, "rows.parquet"), w.copy(7, "rows.parquet"))
	var got []string
	for _, f := range result.Files {
		got = append(got, fmt.Sprintf("%d: %d and %d", f.ID, f.Rows, f.Rejected))
	}
	if got, want := strings.Join(got, ", "), "1: 20000 and 0, 2: 6 and 1, 3: 6 and 1, 5: 6 and 1, 6: 20000 and 0, 7: 20000 and 0"; got != want {
		w.Errorf("files: %s", got)
	}
	w.want(`SELECT _file, count(*), count(DISTINCT _row), max(_row) FROM atoll_store."smslogs.sends" GROUP BY 1 ORDER BY 1`,
		"1|20000|20000|20000", "2|6|6|7", "3|6|6|7", "5|6|6|7", "6|20000|20000|20000", "7|20000|20000|20000")
	for i, r := range result.Rejects {
		if want := []int32{2, 3, 5}[i]; r.File != want || r.Line != 2 {
			w.Errorf("%+v", r)
		}
	}
	damaged := w.file(2, "hole.parquet", w.holed("rows.parquet"))
	result = w.attempt(table, w.copy(1, "rows.parquet"), damaged, w.copy(3, "rows.parquet"))
	w.must(result.Files[0].Err)
	w.wantFault(result.Files[1].Err, "hole.parquet", "cannot be read")
	w.must(result.Files[2].Err)
}

// copy writes one of the files of testdata under a name of its own.
func (w *world) copy(id int32, name string) warehouse.LoadFile {
	w.Helper()
	data, err := testdata.ReadFile("testdata/" + name)
	w.must(err)
	return w.file(id, fmt.Sprint(id, "-", name), string(data))
}

// holed is a Parquet file with damaged pages and a footer that is whole.
func (w *world) holed(name string) string {
	data, err := testdata.ReadFile("testdata/" + name)
	w.must(err)
	for i := 20_000; i < 24_000; i++ {
		data[i] = 0xFF
	}
	return string(data)
}

// parquetConversions takes what converts without loss, and the rows that do not.
func parquetConversions(w *world) {
	table := w.declare(`
format: parquet
columns:
  text: {type: varchar(6), from: v}
  fixed: {type: char(3), from: c}
  millis: {type: timestamp, format: epoch_ms, from: ms}
  seconds: {type: timestamptz, format: epoch_s, from: s}
  wide: {type: "decimal(3,1)", from: u}
  doc: {type: super, from: j}
  raw: {type: varbyte(5), from: b}
  nanos: {type: timestamp, from: ns}
  float: {type: double precision, from: f}
`)
	result := w.load(table, w.parquet(1, "widths.parquet", 0))
	w.want(`SELECT *, length("text") FROM smslogs.sends`,
		`exact|abc|2015-09-11T00:46:58Z|2015-09-11T00:46:58Z|7.0|{"a":1}|626c6f62|2024-01-01T00:00:00.123456Z|1.5|5`,
		`blanks|ab|null|null|null|null|null|null|null|6`)
	var rejected []string
	for _, r := range result.Rejects {
		rejected = append(rejected, fmt.Sprintf("%d %s", r.Line, r.Column))
	}
	if got, want := strings.Join(rejected, ", "), "3 text, 4 fixed, 5 millis, 6 doc, 7 raw"; got != want {
		w.Errorf("rejects: %s", got)
	}
}
