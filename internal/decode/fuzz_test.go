package decode

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/project"
)

// FuzzJSON: no input panics or loses a record, the outcome does not depend on
// blocks or learned shapes, and it agrees with encoding/json.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{
		"", "{}\n{\"a\":\"x\"}\n", "{\"a\":1,\"o\":{\"b\":[true,null]}}\r\n{\"a\":2,\"o\":{\"b\":0}}", "\xef\xbb\xbf\n{\"a\":\"\\ud83d\\ude00\\n\"}\n\n[",
		"{\"a\":\"\xff\"}\n{\"\\u0061\":\"y\",\"a\":\"é\"}\n{\"a\":\"\\\"}", "{\"o\":{\"b\":-1.5e-3},\"a\":{\"a\":[]}}\n", "{\"a\":\"\\ud800\"}\n{\"a\":tru}\n",
	} {
		f.Add([]byte(text), uint8(10))
	}
	columns := table(f, project.JSON, "a varchar(65535)", "b super $.o.b", "n double")
	f.Fuzz(func(t *testing.T, text []byte, size uint8) {
		for _, c := range foreign {
			if bytes.HasPrefix(text, []byte(c.magic)) {
				return
			}
		}
		got := decodeBlocks(t, columns, text, int(size)+16)
		if again := decodeBlocks(t, columns, append(bytes.Clone(text), "\n"+string(text)+"\n"+string(text)...), 1<<16); len(again) < len(got) || !slices.Equal(again[:len(got)], got) {
			t.Fatalf("%q: %q in small blocks, %q in a large one", text, got, again)
		}
		var lines []string
		for _, line := range strings.Split(strings.TrimPrefix(string(text), byteOrderMark), "\n") {
			if strings.Trim(line, " \t\r") != "" {
				lines = append(lines, line)
			}
		}
		if len(got) != len(lines) {
			t.Fatalf("%q has %d records, decoded are %d: %q", text, len(lines), len(got), got)
		}
		for i, line := range lines {
			agree(t, line, got[i])
		}
	})
}

// agree compares what became of a record with what encoding/json makes of it.
func agree(t *testing.T, line, got string) {
	var want map[string]json.RawMessage
	valid := utf8.ValidString(line) && json.Unmarshal([]byte(line), &want) == nil && want != nil
	rejected := strings.HasPrefix(got, "reject")
	if !valid && !rejected {
		t.Fatalf("%q is not a JSON object, but becomes %s", line, got)
	}
	var a any
	if !valid || json.Unmarshal(want["a"], &a) != nil {
		return
	}
	s, isText := a.(string)
	switch {
	case !isText || strings.ContainsRune(s, 0) || strings.ContainsRune(s, utf8.RuneError): // NUL, half of a pair
	case rejected && want["n"] == nil && len(s) <= 65535 && strings.Count(line, `"a"`) == 1:
		t.Fatalf("%q is rejected", line)
	case !rejected && !strings.HasPrefix(got, strconv.Quote(s)+" | "):
		t.Fatalf("%q becomes %s, want %q", line, got, s)
	}
}

// FuzzCSV: no input panics or loses a record, the outcome does not depend on
// blocks, and it agrees with encoding/csv on what that takes.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{
		"", "1,2\n", "\"a\",\"b\nc\"\n\nx,y", "\"a\"\"b\",\"\"\n\"open,\n1,2\n", "1,2,3\n\"a\"b,c\n\xff,\x00\n", "\xef\xbb\xbf\"a\",b\r\n\"\r\n\",\r\n",
	} {
		f.Add([]byte(text), uint8(10))
	}
	columns := table(f, project.CSV, "a varchar(65535)", "b varchar(65535)")
	columns.CSV.Header = false
	columns.CSV.NullAs = "\\N"
	f.Fuzz(func(t *testing.T, text []byte, size uint8) {
		for _, c := range foreign {
			if bytes.HasPrefix(text, []byte(c.magic)) {
				return
			}
		}
		got := decodeBlocks(t, columns, text, int(size)+16)
		if again := decodeBlocks(t, columns, text, 1<<16); !slices.Equal(again, got) {
			t.Fatalf("%q: %q in small blocks, %q in a large one", text, got, again)
		}
		if bytes.ContainsAny(text, "\r\x00") || !utf8.Valid(text) || bytes.Contains(text, []byte(`\N`)) {
			return // where encoding/csv differs, and NULL
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), byteOrderMark)))
		r.FieldsPerRecord = 2
		var want []string
		for {
			record, err := r.Read()
			if err == io.EOF {
				break
			} else if err != nil {
				return
			}
			want = append(want, strconv.Quote(record[0])+" | "+strconv.Quote(record[1]))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q becomes %q, want %q", text, got, want)
		}
	})
}
