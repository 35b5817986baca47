package warehousetest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// everyType has a column of each type that a file can hold.
const everyType = `
columns:
  a_bool: boolean
  a_small: smallint
  an_int: integer
  a_big: bigint
  a_dec4: decimal(4,1)
  a_dec9: decimal(9,2)
  a_dec18: decimal(18,4)
  a_dec38: decimal(38,5)
  a_real: real
  a_double: double precision
  a_char: char(3)
  a_varchar: varchar(30)
  a_date: date
  a_time: time
  a_ts: timestamp
  a_tz: timestamptz
  a_super: super
`

// everyRow is what the types' rows hold, in every format: values, and NULLs.
var everyRow = []string{
	"true|-32768|2147483647|-9223372036854775808|-999.9|1234567.89|-12345678901234.5678|" +
		"-123456789012345678901234567890123.45678|1.5|-2.25|abc|größer als zwölf Bytes|1969-12-31T00:00:00Z|23:59:59.5|" +
		"1969-12-31T23:59:59.999999Z|2024-07-01T10:00:00Z|" + `{"a":[1,null]}`,
	strings.TrimSuffix(strings.Repeat("null|", 17), "|"),
}

func jsonTypes(w *world) {
	table := w.declare("format: json\n" + strings.TrimSpace(everyType))
	w.load(table, w.file(1, "a.json", lines(
		`{"a_bool":true,"a_small":-32768,"an_int":2147483647,"a_big":-9223372036854775808,"a_dec4":-999.9,"a_dec9":1234567.89,`+
			`"a_dec18":-12345678901234.5678,"a_dec38":-123456789012345678901234567890123.45678,"a_real":1.5,"a_double":-2.25,`+
			`"a_char":"abc","a_varchar":"größer als zwölf Bytes","a_date":"1969-12-31","a_time":"23:59:59.5",`+
			`"a_ts":"1969-12-31 23:59:59.999999","a_tz":"2024-07-01T12:00:00+02:00","a_super":{"a":[1,null]}}`,
		`{"a_bool":null}`)))
	w.want(`SELECT * FROM smslogs.sends`, everyRow...)
}

func csvTypes(w *world) {
	table := w.declare("format: csv\n" + strings.TrimSpace(everyType))
	w.load(table, w.file(1, "a.csv", lines(
		"a_bool,a_small,an_int,a_big,a_dec4,a_dec9,a_dec18,a_dec38,a_real,a_double,a_char,a_varchar,a_date,a_time,a_ts,a_tz,a_super",
		`t,-32768,2147483647,-9223372036854775808,-999.9,1234567.89,-12345678901234.5678,-123456789012345678901234567890123.45678,`+
			`1.5,-2.25,abc,größer als zwölf Bytes,1969-12-31,23:59:59.5,1969-12-31 23:59:59.999999,2024-07-01T12:00:00+02:00,"{""a"":[1,null]}"`,
		strings.Repeat(",", 16))))
	w.want(`SELECT * FROM smslogs.sends`, everyRow...)
}

// texts are of lengths around those at which engines change how they keep them.
func texts(w *world) {
	table := w.declare("format: json\ncolumns:\n  n: integer\n  body: varchar(65535)\n")
	var records, want []string
	for n := range 6000 {
		size := n % 41
		if n%500 == 0 {
			size = n * 10
		}
		body := strings.Repeat("x", size)
		switch {
		case n%7 == 0:
			records = append(records, fmt.Sprintf(`{"n":%d}`, n))
			want = append(want, fmt.Sprintf("%d|null|null", n))
			continue
		case n%11 == 0 && size > 0:
			body = body[1:] + "é"
		}
		records = append(records, fmt.Sprintf(`{"n":%d,"body":%q}`, n, body))
		want = append(want, fmt.Sprintf("%d|%d|%s", n, len([]rune(body)), strings.TrimLeft(body, "x")))
	}
	w.load(table, w.file(1, "a.json", lines(records...)))
	w.want(`SELECT n, length(body), trim(leading 'x' from body) FROM smslogs.sends`, want...)
}

// zonedTimes has types that not every format has.
func zonedTimes(w *world) {
	table := w.declare("format: csv\ncolumns:\n  t: timetz\n  b: varbyte(4)\n")
	w.load(table, w.file(1, "a.csv", "t,b\n23:59:59.5+02,00ff10\n00:30:00-01,\n"))
	w.want(`SELECT * FROM smslogs.sends`, "21:59:59.5Z|00ff10", "01:30:00Z|null")
}

func rowNumbers(w *world) {
	table := w.declare("format: csv\ncolumns:\n  id: integer\n")
	w.load(table, w.file(41, "a.csv", "id\n10\n\nbad\n11\n"), w.file(42, "b.csv", "id\n20\n"))
	w.want(`SELECT id, _batch, _file, _row FROM atoll_store."smslogs.sends"`, "10|7|41|1", "11|7|41|3", "20|7|42|1")
}

func rejects(w *world) {
	table := w.declare(twoColumns)
	result := w.load(table,
		w.file(1, "a.json", lines(`{"id":1}`, `{"id":1.5,"body":"half"}`, ``, `{"id":2}`, `no json`)),
		w.file(2, "b.json", lines(`{"id":true}`)))
	w.want(`SELECT id FROM smslogs.sends`, "1", "2")
	for i, want := range []warehouse.FileResult{{ID: 1, Rows: 2, Rejected: 2}, {ID: 2, Rejected: 1}} {
		if result.Files[i] != want {
			w.Errorf("file %d: %+v", i, result.Files[i])
		}
	}
	if len(result.Rejects) != 3 {
		w.Fatalf("rejects: %+v", result.Rejects)
	}
	for i, want := range []warehouse.Reject{
		{File: 1, Line: 2, Column: "id", Raw: `{"id":1.5,"body":"half"}`},
		{File: 1, Line: 5, Raw: `no json`},
		{File: 2, Line: 1, Column: "id", Raw: `{"id":true}`},
	} {
		got := result.Rejects[i]
		if got.Reason == "" {
			w.Errorf("reject %d has no reason", i)
		}
		got.Reason = ""
		if got != want {
			w.Errorf("reject %d: %+v", i, got)
		}
	}
}

func tooManyRejects(w *world) {
	table := w.declare(twoColumns + "max_rejects: 2 or 50%\n")
	file := func(id int32, good, bad int) warehouse.LoadFile {
		return w.file(id, fmt.Sprintf("%d.json", id), strings.Repeat("{\"id\":1}\n", good)+strings.Repeat("bad\n", bad))
	}
	result := w.attempt(table, file(1, 0, 2), file(2, 3, 3), file(3, 2, 3), file(4, 5, 0))
	for i, turnedAway := range []bool{false, false, true, false} {
		if got := result.Files[i]; (got.Err != nil) != turnedAway {
			w.Errorf("file %d: %+v", i+1, got)
		}
	}
	w.wantFault(result.Files[2].Err, "3.json", "3 of 5 rows were rejected", "line 3", "max_rejects")
	if code := fault.CodeOf(result.Files[2].Err); code != fault.Data {
		w.Errorf("code %q", code)
	}
	if len(result.Rejects) != 5 {
		w.Errorf("%d rejects: those of a file that is turned away are not told", len(result.Rejects))
	}
}

// endlessRejects has a file that a share of rejects would allow, but there are
// more than anyone reads, or memory should hold.
func endlessRejects(w *world) {
	table := w.declare(twoColumns + "max_rejects: 100%\n")
	result := w.attempt(table, w.file(1, "a.json", strings.Repeat("{}}\n", 2_000_000)))
	w.wantFault(result.Files[0].Err, "a.json", "more than 100000 rows were rejected")
	if n := result.Files[0].Rejected; n != 100_001 {
		w.Errorf("%d rejects were kept", n)
	}
}

// zipped compresses a text and cuts the end off.
func zipped(text string, cut int) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()[:b.Len()-cut]
}

func unreadable(w *world) {
	table := w.declare(twoColumns)
	good := strings.Repeat("{\"id\":1}\n", 50_000)
	broken := errors.New("the download broke off")
	result := w.attempt(table,
		w.file(1, "whole.json.gz", zipped(good, 0)),
		w.file(2, "cut.json.gz", zipped(good, 4)),
		w.file(3, "no.json.gz", "no gzip at all"),
		local(4, filepath.Join(w.dir, "missing.json")),
		warehouse.LoadFile{ID: 5, URI: "s3://b/broken", Local: func(context.Context) (string, func(), error) { return "", nil, broken }},
		w.file(6, "last.json", lines(`{"id":6}`)))
	for i, want := range []string{"", "truncated", "not gzip", "missing.json", "broke off", ""} {
		switch err := result.Files[i].Err; {
		case want == "" && err != nil:
			w.Errorf("file %d: %v", i+1, err)
		case want != "":
			w.wantFault(err, want)
		}
	}
	if !errors.Is(result.Files[4].Err, broken) {
		w.Errorf("the cause is lost: %v", result.Files[4].Err)
	}
	for i, want := range map[int]fault.Code{1: fault.Data, 2: fault.Data, 3: fault.Source, 4: fault.Source} {
		if code := fault.CodeOf(result.Files[i].Err); code != want {
			w.Errorf("file %d: code %q", i+1, code)
		}
	}
	if got := result.Files[0].Rows; got != 50_000 {
		w.Errorf("the whole file has %d rows", got)
	}
}

func manyFiles(w *world) {
	table := w.declare(twoColumns)
	var files []warehouse.LoadFile
	var held, released atomic.Int32
	for i := range 50 {
		records := make([]string, 100*i)
		for k := range records {
			records[k] = fmt.Sprintf(`{"id":%d,"body":"a body that is long enough %d"}`, k, i)
		}
		text := strings.Join(records, "\n")
		name := fmt.Sprintf("%d.json", i)
		if i%2 == 1 {
			name, text = name+".gz", zipped(text, 0)
		}
		file := w.file(int32(i), name, text)
		path := filepath.Join(w.dir, name)
		file.Local = func(context.Context) (string, func(), error) {
			if n := held.Add(1); n > 8 {
				w.Errorf("%d files are held at once", n)
			}
			return path, func() { held.Add(-1); released.Add(1); os.Remove(path) }, nil
		}
		files = append(files, file)
	}
	result := w.load(table, files...)
	for i, f := range result.Files {
		if f.ID != int32(i) || f.Rows != int64(100*i) {
			w.Errorf("file %d: %+v", i, f)
		}
	}
	if got := released.Load(); got != 50 {
		w.Errorf("%d of 50 files were released", got)
	}
	w.want(`SELECT count(*), count(DISTINCT _file * 10000 + _row), max(_row), sum(id - _row + 1)::BIGINT, sum(CASE WHEN body = 'a body that is long enough ' || _file THEN 0 ELSE 1 END)::BIGINT
		FROM atoll_store."smslogs.sends"`, "122500|122500|4900|0|0")
}

func emptyLoad(w *world) {
	table := w.declare(twoColumns)
	result := w.load(table, w.file(1, "a.json", ""), w.file(2, "b.json", "\n\n"))
	if got := result.Files; got[0] != (warehouse.FileResult{ID: 1}) || got[1] != (warehouse.FileResult{ID: 2}) {
		w.Errorf("%+v", got)
	}
	w.load(table)
	w.want(`SELECT * FROM smslogs.sends`)
}

func progress(w *world) {
	table := w.declare(twoColumns)
	tx := w.begin()
	w.must(tx.CreateTable(w.ctx, sends, table, nil))
	var rows, calls int64
	_, err := tx.Load(w.ctx, warehouse.Load{
		Name: sends, Table: table, Batch: 1,
		Files:    []warehouse.LoadFile{w.file(1, "a.json", strings.Repeat("{\"id\":1}\n", 200_000))},
		Progress: func(n int64) { rows += n; calls++ },
	})
	w.must(err)
	if rows != 200_000 || calls < 2 || calls > 50 {
		w.Errorf("%d rows in %d calls", rows, calls)
	}
}

func cancelledLoad(w *world) {
	table := w.declare(twoColumns)
	tx := w.begin()
	w.must(tx.CreateTable(w.ctx, sends, table, nil))
	ctx, cancel := context.WithCancel(w.ctx)
	endless := local(1, "")
	endless.Local = func(ctx context.Context) (string, func(), error) {
		cancel()
		<-ctx.Done()
		return "", nil, ctx.Err()
	}
	_, err := tx.Load(ctx, warehouse.Load{Name: sends, Table: table, Batch: 1, Files: []warehouse.LoadFile{endless}})
	if !errors.Is(err, context.Canceled) {
		w.Errorf("error %v", err)
	}
	if tx.Commit(w.ctx) == nil {
		w.Error("half a load was committed")
	}
	w.load(table, w.file(2, "b.json", lines(`{"id":2}`)))
	w.want(`SELECT id FROM smslogs.sends`, "2")
}

func deleteFiles(w *world) {
	table := w.declare(twoColumns)
	w.load(table, w.file(1, "a.json", lines(`{"id":1}`, `{"id":2}`)), w.file(2, "b.json", lines(`{"id":3}`)), w.file(3, "c.json", lines(`{"id":4}`)))
	tx := w.begin()
	for _, test := range []struct {
		ids  []int32
		want int64
	}{{nil, 0}, {[]int32{1, 3}, 3}, {[]int32{1, 99}, 0}} {
		if n, err := tx.DeleteFiles(w.ctx, sends, test.ids, 9); err != nil || n != test.want {
			w.Errorf("deleting %v: %d rows, error %v", test.ids, n, err)
		}
	}
	_, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: 8, Files: []warehouse.LoadFile{w.file(4, "a2.json", lines(`{"id":10}`))}})
	w.must(err)
	w.want(`SELECT id FROM smslogs.sends`, "1", "2", "3", "4")
	w.must(tx.Commit(w.ctx))
	w.want(`SELECT id FROM smslogs.sends`, "3", "10")
}

// superValues loads JSON that parsers disagree about: what the decoder takes as
// super, the engine must take too, or one row would stop its whole load.
func superValues(w *world) {
	table := w.declare("format: json\ncolumns:\n  n: integer\n  v: super\n")
	values := []string{
		`null`, `"\u0000"`, `"\ud83d\ude00"`, `"\ud800"`, `{"a":"\udc00\ud800"}`, `"\\ud800"`, `"\/"`, `1e999`, `-1e-999`, `-0`, `0.10`, `1E+2`, `01`, `+1`, `.5`, `1.`, `NaN`, `"a\qb"`,
		`123456789012345678901234567890123456789012345678901234567890`, `{"a":1,"a":2}`, `{"":[]}`, `[1,]`, `{,}`, `"tab	inside"`, "\"\x7f\"", "\"\u2028\"", `{"a" : [ 1 , { } ] }`,
		strings.Repeat("[", 900) + strings.Repeat("]", 900), strings.Repeat(`{"a":`, 900) + "1" + strings.Repeat("}", 900), strings.Repeat("9", 400) + "." + strings.Repeat("9", 400),
	}
	var records []string
	for i, v := range values {
		records = append(records, fmt.Sprintf(`{"n":%d,"v":%s}`, i, v))
	}
	result := w.load(table, w.file(1, "a.json", lines(records...)))
	if got := result.Files[0]; got.Rows+got.Rejected != int64(len(values)) || got.Rows < 10 {
		w.Errorf("%+v", got)
	}
	for _, row := range w.rows(`SELECT n, v FROM smslogs.sends WHERE v IS NOT NULL`) {
		n, v, _ := strings.Cut(row, "|")
		i, _ := strconv.Atoi(n)
		if v != values[i] {
			w.Errorf("%s came back as %s", values[i], v)
		}
	}
}
