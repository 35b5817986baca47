package decode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/project"
)

// decodeBlocks decodes a file in blocks of about that size, which two
// goroutines take as they come, and puts the outcome in the order of its rows.
func decodeBlocks(t rapid.TB, columns *project.Table, text []byte, size int) (lines []string) {
	t.Helper()
	d, err := New(columns)
	if err != nil {
		t.Fatal(err)
	}
	d.size = size
	s := d.Split("file", bytes.NewReader(text))
	var wg sync.WaitGroup
	var mu sync.Mutex
	byRow := map[int64]string{}
	for range 2 {
		wg.Go(func() {
			batch := d.NewBatch()
			for {
				b, err := s.Next()
				if err != nil {
					if err != io.EOF {
						t.Error(err)
					}
					return
				}
				for more := true; more; {
					more = d.Decode(b, batch)
					mu.Lock()
					collect(t, byRow, batch)
					mu.Unlock()
				}
				b.Release()
			}
		})
	}
	wg.Wait()
	for row := range int64(len(byRow)) {
		line, ok := byRow[row+1]
		if !ok {
			t.Fatalf("of %d rows, number %d is missing", len(byRow), row+1)
		}
		lines = append(lines, line)
	}
	return lines
}

// collect adds a batch's rows, and its rejects as their lines.
func collect(t rapid.TB, byRow map[int64]string, b *Batch) {
	add := func(row int64, text string) {
		if _, twice := byRow[row]; twice {
			t.Errorf("row %d is there twice", row)
		}
		byRow[row] = text
	}
	for i := range b.N {
		var values []string
		for k := range b.Cols {
			values = append(values, show(&b.Cols[k], i))
		}
		add(b.Rows[i], strings.Join(values, " | "))
	}
	for _, r := range b.Rejects {
		if len(r.Raw) > MaxRaw || !utf8.ValidString(r.Raw) || !utf8.ValidString(r.Reason) || r.Reason == "" {
			t.Errorf("reject %+q", r)
		}
		add(r.Row, fmt.Sprintf("reject on line %d", r.Line))
	}
}

// drawText draws a text that JSON and CSV have to escape in places.
func drawText(t *rapid.T, name string) string {
	return rapid.StringOf(rapid.SampledFrom([]rune("abc \\\"',;\n\té€😀{}[]:"))).Draw(t, name)
}

// TestJSONFilesProperty writes files record by record, in various ways, and
// expects each record on its line and row, however the file is cut into blocks.
func TestJSONFilesProperty(t *testing.T) {
	columns := table(t, project.JSON, "a bigint", "b varchar(65535) $.in.b", "c double")
	rapid.Check(t, func(t *rapid.T) {
		var text bytes.Buffer
		var want []string
		line := 1
		if rapid.Bool().Draw(t, "mark") {
			text.WriteString(byteOrderMark)
		}
		for range rapid.IntRange(0, 40).Draw(t, "records") {
			switch rapid.IntRange(0, 9).Draw(t, "kind") {
			case 0:
				text.WriteString(rapid.SampledFrom([]string{"", " ", "\t "}).Draw(t, "blank"))
			case 1:
				text.WriteString(rapid.SampledFrom([]string{`{"a":1.5}`, "{", `{"a":"x","in":{"b":"y"},"c":1}`, "\xff", `{"in":{"b":"\u0000"}}`}).Draw(t, "bad"))
				want = append(want, fmt.Sprintf("reject on line %d", line))
			default:
				want = append(want, drawRecord(t, &text))
			}
			text.WriteString(rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(t, "break"))
			line++
		}
		file := text.Bytes()
		if rapid.Bool().Draw(t, "cut") {
			file = bytes.TrimSuffix(file, newline)
		}
		got := decodeBlocks(t, columns, file, rapid.IntRange(16, 2000).Draw(t, "block"))
		if !slices.Equal(got, want) {
			t.Fatalf("%q\nbecomes\n%s\nwant\n%s", file, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// drawRecord writes an object whose keys are there or not, in any order and
// spacing, and returns what becomes of it.
func drawRecord(t *rapid.T, to *bytes.Buffer) string {
	space := rapid.SampledFrom([]string{"", "", "", " "}).Draw(t, "space")
	values := []string{"NULL", "NULL", "NULL"}
	var members []string
	if rapid.IntRange(0, 3).Draw(t, "a") > 0 {
		v := rapid.Int64().Draw(t, "av")
		values[0] = strconv.FormatInt(v, 10)
		members = append(members, `"a":`+space+strconv.FormatInt(v, 10))
	}
	if rapid.IntRange(0, 3).Draw(t, "b") > 0 {
		v := drawText(t, "bv")
		values[1] = strconv.Quote(v)
		written, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, `"in":`+space+`{"z":[1,{}],"b":`+string(written)+space+"}")
	}
	if rapid.IntRange(0, 3).Draw(t, "c") > 0 {
		v := rapid.Float64().Draw(t, "cv")
		values[2] = fmt.Sprint(v)
		members = append(members, `"c":`+strconv.FormatFloat(v, 'g', -1, 64))
	}
	members = append(members, rapid.SampledFrom([]string{`"y":"é"`, `"y":null`, `"":-0.5e1`}).Draw(t, "unwanted"))
	members = rapid.Permutation(members).Draw(t, "order")
	to.WriteString(space + "{" + strings.Join(members, ","+space) + space + "}")
	return strings.Join(values, " | ")
}

// TestCSVFilesProperty is the same for CSV.
func TestCSVFilesProperty(t *testing.T) {
	columns := table(t, project.CSV, "a bigint", "b varchar(65535)")
	rapid.Check(t, func(t *rapid.T) {
		text := bytes.NewBufferString("b,z,a\r\n")
		var want []string
		line := 2
		for range rapid.IntRange(0, 40).Draw(t, "records") {
			switch rapid.IntRange(0, 9).Draw(t, "kind") {
			case 0: // a blank line
			case 1:
				text.WriteString(rapid.SampledFrom([]string{"x,y", "x,y,1.5", `"x"y,,1`, `x"y,,1`, "\xff,,1", "\x00,,1"}).Draw(t, "bad"))
				want = append(want, fmt.Sprintf("reject on line %d", line))
			default:
				v := drawText(t, "bv")
				value := strconv.Quote(v)
				written := `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
				if !strings.ContainsAny(v, "\",\n") && rapid.Bool().Draw(t, "bare") {
					written = v
					if v == "" {
						value = "NULL"
					}
				}
				number := rapid.Int64().Draw(t, "av")
				fmt.Fprintf(text, "%s,,%d", written, number)
				want = append(want, fmt.Sprintf("%d | %s", number, value))
				line += strings.Count(v, "\n")
			}
			text.WriteString(rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(t, "break"))
			line++
		}
		file := text.Bytes()
		if rapid.Bool().Draw(t, "cut") {
			file = bytes.TrimSuffix(file, newline)
		}
		got := decodeBlocks(t, columns, file, rapid.IntRange(16, 2000).Draw(t, "block"))
		if !slices.Equal(got, want) {
			t.Fatalf("%q\nbecomes\n%s\nwant\n%s", file, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
