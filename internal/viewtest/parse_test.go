package viewtest_test

import (
	"testing"

	"github.com/atolldata/atoll/internal/viewtest"
)

// TestCasesPrintAsTheyAreRead takes every case to text and back.
func TestCasesPrintAsTheyAreRead(t *testing.T) {
	for _, file := range caseFiles(t) {
		for _, c := range read(t, file) {
			text := c.String()
			again, err := viewtest.Parse("again", text)
			if err != nil {
				t.Fatalf("%s: %v", c.Title, err)
			}
			if len(again) != 1 || again[0].String() != text {
				t.Errorf("%s, %s: printed, read and printed:\n%s\nwas:\n%s", file, c.Title, again[0].String(), text)
			}
		}
	}
}

const small = `
# A comment.
table s.t (id integer, d decimal(10,2), name varchar(10))
plan v.x bag

case first # not a comment
one by one
read whole
view v.x
  @every 60m
  SELECT id
    -- two words
  FROM s.t

at 2026-01-02 03:04
load s.t as a
  1 0.5 'it''s' # a comment
  2 NULL ''
load s.t
  3 1 'NULL'
refresh
fails v.x 'no such luck'
view v.x
	SELECT 1 AS one
rebuild
expect v.x (id, d)
  1 ä
change s.t a
case second
`

func TestParse(t *testing.T) {
	cases, err := viewtest.Parse("small.txt", small)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`case first # not a comment
one by one
read whole
table s.t (id integer, d decimal(10,2), name varchar(10))
view v.x
  @every 60m
  SELECT id
    -- two words
  FROM s.t
plan v.x bag
at 2026-01-02 03:04:00
load s.t as a
  1 0.5  'it''s'
  2 NULL ''
load s.t
  3 1 'NULL'
refresh
fails v.x 'no such luck'
view v.x
  SELECT 1 AS one
rebuild
expect v.x (id, d)
  1 ä
change s.t a
`, `case second
table s.t (id integer, d decimal(10,2), name varchar(10))
plan v.x bag
`}
	for i, c := range cases {
		if i < len(want) && c.String() != want[i] {
			t.Errorf("case %d:\n%s\nwant:\n%s", i, c.String(), want[i])
		}
	}
	if len(cases) != len(want) || cases[1].Pos.Line != 29 {
		t.Errorf("%d cases, the second on line %d", len(cases), cases[1].Pos.Line)
	}
}

func TestParseFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    `f.txt:1:1: the file has no case (begin one: case what it shows)`,
		"case":                                `f.txt:1:1: a case without a title (write: case what it shows)`,
		"  x":                                 `f.txt:1:1: a line that belongs to nothing: "x" (begin statements at the margin)`,
		"refresh\ncase x":                     `f.txt:1:1: "refresh" stands above the first case (begin a case: case what it shows)`,
		"case x\nreload":                      `f.txt:2:1: "reload" is not known (the statements are case, table, view, one by one, read whole, compute whole, load, change, delete, at, refresh, rebuild, expect, plan, did, fails)`,
		"case x\none after one":               `f.txt:2:1: "one after one" is not known, expected one by one`,
		"case x\nrefresh all":                 `f.txt:2:1: "refresh" takes nothing, not "all"`,
		"case x\nrefresh\n  1":                `f.txt:3:1: "refresh" takes no lines below it, not "1"`,
		"case x\nat noon":                     `f.txt:2:1: "noon" is not a time (write 2026-01-31 or 2026-01-31 12:00:00, in UTC)`,
		"case x\nload t":                      `f.txt:2:1: "t" is not schema.name (name a table or view, such as shop.orders)`,
		"case x\nload s.t a":                  `f.txt:2:1: "a" is not as and a file's name (write: load s.t as a)`,
		"case x\nchange s.t":                  `f.txt:2:1: "" is not a file's name (write: change s.t a, after load s.t as a)`,
		"case x\ndelete s.t a":                `f.txt:2:1: "a" after the table's name (write the rows that leave below)`,
		"case x\nexpect v.x a":                `f.txt:2:1: "a" is not a list of columns (write: (a, b))`,
		"case x\nload s.t\n  'a":              `f.txt:3:1: a quote that is not closed, or text right behind it: 'a (end the text with ', and write '' for a quote within)`,
		"case x\nload s.t\n  'a'b":            `f.txt:3:1: a quote that is not closed, or text right behind it: 'a'b (end the text with ', and write '' for a quote within)`,
		"case x\nplan v.x fast":               `f.txt:2:1: "fast" is not known, expected one of bag, merge, keyed, sessions, full`,
		"case x\ndid v.x well":                `f.txt:2:1: "well" is not known, expected one of incremental, full, nothing`,
		"case x\nfails v.x two words":         `f.txt:2:1: "two words" is not one text (put it in quotes: '...')`,
		"case x\ntable s.t":                   `f.txt:2:1: table "s.t" has no columns (write: table s.t (id integer, name varchar(10)))`,
		"case x\ntable s.t (a integr)":        `f.txt:2:1: column "a": unknown type "integr" (did you mean "integer"?)`,
		"case x\nview v.x":                    `f.txt:2:1: view "v.x" has no query (write it on the lines below, indented)`,
		"case x\nview v.x SELECT 1\n  FROM t": `f.txt:2:1: "SELECT 1" after the view's name (write the query on the lines below, indented)`,
	} {
		_, err := viewtest.Parse("f.txt", text)
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n%v\nwant:\n%s", text, err, want)
		}
	}
}

// A value is written so that it reads as the same.
func TestValues(t *testing.T) {
	for _, v := range []viewtest.Value{viewtest.Null, viewtest.Text(""), viewtest.Text("null"), viewtest.Text("a b"), viewtest.Text("it's"),
		viewtest.Text("#1"), viewtest.Text("ä€"), viewtest.Text("\t"), viewtest.Text(`{"a":"b c"}`)} {
		cases, err := viewtest.Parse("f.txt", "case x\nload s.t\n  "+v.String())
		if err != nil {
			t.Fatal(err)
		}
		rows := cases[0].Steps[0].(viewtest.Load).Rows
		if len(rows) != 1 || len(rows[0]) != 1 || rows[0][0] != v {
			t.Errorf("%q reads as %v", v.String(), rows)
		}
	}
}
