package answers

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// example is one case of a file.
type example struct {
	page, query string
	want        []string
	line        int
}

// readExamples reads the cases of a file; doc.go describes the format.
func readExamples(t *testing.T, path string) []example {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []example
	var page string
	var query []string
	scanner := bufio.NewScanner(f)
	for n := 1; scanner.Scan(); n++ {
		line := scanner.Text()
		switch {
		case strings.HasPrefix(line, "# "):
			page = line[2:]
		case strings.HasPrefix(line, "=>"):
			if len(query) > 0 {
				out = append(out, example{page: page, query: strings.Join(query, "\n"), line: n})
				query = nil
			}
			if want := strings.TrimSpace(line[2:]); want != "" {
				last := &out[len(out)-1]
				last.want = append(last.want, want)
			}
		case strings.TrimSpace(line) != "":
			query = append(query, line)
		}
	}
	if len(query) > 0 {
		t.Fatalf("%s ends in a query without an answer", path)
	}
	return out
}

func TestAnswers(t *testing.T) {
	e := newEngine(t)
	samples(t, e)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range files {
		for _, c := range readExamples(t, path) {
			for _, e.few = range []bool{false, true} {
				got, lowered, err := e.run(c.query, false)
				if err != nil {
					got = []string{"error: " + err.Error()}
				}
				if !matches(got, c.want) {
					t.Errorf("%s:%d (%s), for few rows %t\n%s\n got %s\nwant %s\nlowered %s", path, c.line, c.page, e.few, c.query,
						strings.Join(got, "\n     "), strings.Join(c.want, "\n     "), lowered)
				}
			}
		}
	}
}

// matches compares rows; an expected error is a part of the message.
func matches(got, want []string) bool {
	if len(want) == 1 && strings.HasPrefix(want[0], "error: ") {
		text := strings.TrimPrefix(want[0], "error: ")
		return len(got) == 1 && strings.HasPrefix(got[0], "error: ") && strings.Contains(got[0], text)
	}
	return slices.Equal(got, want)
}

// tabler is an engine that tables can be made in: columns by their Redshift
// types, rows as SQL values.
type tabler interface {
	table(t *testing.T, name, columns string, rows ...string)
}

// samples creates the tables of the cases: a few rows in the manner of the TICKIT
// sample database.
func samples(t *testing.T, e tabler) {
	e.table(t, "sales", "salesid integer; listid integer; sellerid integer; qtysold smallint; pricepaid decimal(8,2); commission decimal(8,2); saletime timestamp",
		"1, 1, 36861, 4, 728.00, 109.20, '2008-02-18 02:36:48'",
		"2, 4, 8117, 2, 76.00, 11.40, '2008-06-06 05:00:16'",
		"3, 5, 1616, 2, 350.00, 52.50, '2008-06-06 08:26:17'",
		"4, 5, 1616, 1, 175.00, 26.25, '2008-06-09 08:38:52'",
		"5, 6, 47402, 1, NULL, NULL, NULL")
	e.table(t, "users", "userid integer; firstname varchar(30); city varchar(30); state char(2); likes boolean; amount varchar(20); joined date",
		"1, 'Rafael', 'Kent', 'WA', true, '$10.25', '2008-01-31'",
		"2, 'Vladimir', 'Kent', 'WA', false, '$20.50', '2008-02-29'",
		"3, 'Lars', 'High Point', 'ME', NULL, '$30.00', '2008-12-31'",
		"4, 'Barry', NULL, NULL, true, NULL, NULL")
	e.table(t, "empty", "id integer; name varchar(10)")
	e.table(t, "numbers", "i2 smallint; i4 integer; i8 bigint; d decimal(8,2); f4 real; f8 double precision; s varchar(20)",
		"7, 2, 3, 1.50, 0.5, 0.1, '12'",
		"-7, 0, NULL, -2.25, 2.5, 0.2, ' 3.5 '")
}
