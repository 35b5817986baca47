package expect

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

func TestDiff(t *testing.T) {
	at := time.Date(2025, 3, 1, 10, 0, 0, 0, time.UTC)
	want := Table{Columns: []string{"a", "b"}, Rows: [][]any{{int64(1), "x"}, {int64(1), "x"}, {nil, 0.5}}}
	for _, c := range []struct {
		title string
		got   Table
		says  []string
	}{
		{"another order", Table{want.Columns, [][]any{{nil, 0.5}, {int64(1), "x"}, {int64(1), "x"}}}, nil},
		{"a float within the tolerance", Table{want.Columns, [][]any{{int64(1), "x"}, {int64(1), "x"}, {nil, 0.5 + 1e-12}}}, nil},
		{"a float beyond it", Table{want.Columns, [][]any{{int64(1), "x"}, {int64(1), "x"}, {nil, 0.5001}}}, []string{"missing 1", "NULL | ~ [0.5]", "unexpected 1"}},
		{"a row once too few", Table{want.Columns, [][]any{{int64(1), "x"}, {nil, 0.5}}}, []string{"2 rows, expected 3", "missing 1:\n    1 | \"x\"", "unexpected 0"}},
		{"a row once too often", Table{want.Columns, append(slices.Clone(want.Rows), []any{nil, 0.5})}, []string{"unexpected 1"}},
		{"text that looks like a number", Table{want.Columns, [][]any{{"1", "x"}, {int64(1), "x"}, {nil, 0.5}}}, []string{`"1" | "x"`}},
		{"text that looks like NULL", Table{want.Columns, [][]any{{int64(1), "x"}, {int64(1), "x"}, {"NULL", 0.5}}}, []string{`"NULL"`}},
		{"other columns", Table{[]string{"a", "c"}, want.Rows}, []string{"the columns are [a c], expected [a b]"}},
	} {
		diff := want.Diff(c.got)
		if (diff == "") != (c.says == nil) {
			t.Errorf("%s: %q", c.title, diff)
		}
		for _, s := range c.says {
			if !strings.Contains(diff, s) {
				t.Errorf("%s: %q does not say %q", c.title, diff, s)
			}
		}
	}
	times := Table{Columns: []string{"t"}, Rows: [][]any{{at}}}
	if diff := times.Diff(Table{times.Columns, [][]any{{at.In(time.FixedZone("", 3600))}}}); diff != "" {
		t.Errorf("one moment in two zones: %s", diff)
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want any }{
		{scaled(1250, 2), Decimal("12.5")},
		{scaled(-5, 2), Decimal("-0.05")},
		{scaled(100, 0), Decimal("100")},
		{percent(1, 3, 2), Decimal("33.33")},
		{percent(2, 3, 2), Decimal("66.67")},
		{percent(1, 8, 2), Decimal("12.5")},
		{rounded(1, 8, 2), Decimal("0.13")}, // half away from zero
		{rounded(-1, 8, 2), Decimal("-0.13")},
		{rounded(1, 0, 2), nil},
		{median(nil), nil},
		{median([]int64{9, 1, 4}), Decimal("4")},
		{median([]int64{9, 1, 4, 5}), Decimal("4.5")},
		{cents("129.05"), int64(12905)},
		{cents("-129.90"), int64(-12990)},
	} {
		if c.got != c.want {
			t.Errorf("%v, expected %v", c.got, c.want)
		}
	}
	if d, err := ParseDecimal("100.00"); d != "100" || err != nil {
		t.Errorf("100.00 is %s %v", d, err)
	}
	if _, err := ParseDecimal("1,5"); err == nil {
		t.Error("1,5 is taken for a number")
	}
}

// TestSessions holds the cut to the gap's edge: exactly the gap is the same
// session.
func TestSessions(t *testing.T) {
	type row struct {
		user string
		at   int
	}
	rows := []row{{"b", 0}, {"a", 31}, {"a", 0}, {"a", 10}, {"a", 20}, {"b", 11}}
	start := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	sessions := Sessions(rows, func(r row) string { return r.user },
		func(r row) time.Time { return start.Add(time.Duration(r.at) * time.Second) }, 10*time.Second)
	slices.SortFunc(sessions, func(a, b []row) int {
		return strings.Compare(a[0].user, b[0].user)*100 + a[0].at - b[0].at
	})
	want := [][]row{{{"a", 0}, {"a", 10}, {"a", 20}}, {{"a", 31}}, {{"b", 0}}, {{"b", 11}}}
	if !slices.EqualFunc(sessions, want, slices.Equal[[]row]) {
		t.Errorf("the sessions are %v, expected %v", sessions, want)
	}
}

func TestSessionNames(t *testing.T) {
	start := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	names := func(rows ...[]any) (map[any]Session, error) {
		at := func(row []any) time.Time { return start.Add(time.Duration(row[1].(int)) * time.Second) }
		return SessionNames(Table{Rows: rows}, func(row []any) any { return row[2] }, at,
			func(row []any) Session { return SessionName(1, "web", row[0], at(row)) })
	}
	got, err := names([]any{"u", 5, "id1"}, []any{"u", 2, "id1"}, []any{"v", 2, "id2"}, []any{"v", 9, nil})
	if err != nil || len(got) != 2 || got["id1"] != "1|web|u|2025-03-01T00:00:02Z" || got["id2"] != "1|web|v|2025-03-01T00:00:02Z" {
		t.Errorf("the names are %v %v", got, err)
	}
	if _, err := names([]any{"u", 2, "id1"}, []any{"u", 2, "id2"}); err == nil {
		t.Error("a session with two ids is not found")
	}
	table := Table{Columns: []string{"n", SessionColumn}, Rows: [][]any{{int64(1), "id1"}, {int64(2), "id3"}, {int64(3), nil}}}
	table.NameSessions(got)
	if table.Rows[0][1] != got["id1"] || table.Rows[1][1] != "id3" || table.Rows[2][1] != nil {
		t.Errorf("the table is %v", table.Rows)
	}
}

// TestSMSByHand computes views over a handful of rows, whose answers were worked
// out on paper.
func TestSMSByHand(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"campaigns/c.csv": "Campaign ID;Name;Type;Started\n1;A;promotion;01.03.2025\n2;B;;01.03.2025\n",
		"crm/c.csv":       "customer_id,name,country,signed_up\n7,Ada,DE,2024-01-01\n8,Noor,,2024-01-01\n",
		"sends/s.json": `{"message_id":1,"campaign":{"id":1},"customer_id":7,"sent_at":1740823200000,"price":"$0.0100"}
{"message_id":2,"campaign":{"id":1},"customer_id":7,"sent_at":1740823200001,"price":"$0.0050"}
{"message_id":3,"campaign":{"id":2},"customer_id":7,"sent_at":1740823200002,"price":"$0.0100"}
{"message_id":4,"campaign":null,"customer_id":7,"sent_at":1740823200003,"price":"$0.0100"}`,
		"deliveries/d.json": `{"message_id":1,"status":"failed","reported_at":"2025-03-01T10:00:01Z"}
{"message_id":1,"status":"delivered","reported_at":"2025-03-01T10:00:02Z"}
{"message_id":1,"status":"delivered","reported_at":"2025-03-01T10:00:02Z"}
{"message_id":3,"status":null,"reported_at":"2025-03-01T10:00:02Z"}`,
		"clicks/c.json":   `{"message_id":1,"clicked_at":1740823300}` + "\n" + `{"message_id":1,"clicked_at":1740910000}`,
		"received/r.json": `{"in_reply_to":2,"customer_id":7,"received_at":"2025-03-01 11:00:00","body":" Stop "}`,
	} {
		path := filepath.Join(dir, "data", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Views(dir, "sms")
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	for view, rows := range map[string][][]any{
		"delivery": {{"promotion", first, "failed", int64(1)}, {"promotion", first, "delivered", int64(2)}, {"promotion", first, nil, int64(1)},
			{nil, first, nil, int64(1)}},
		"delivery_rate": {{"promotion", first, int64(2), int64(1), int64(0), Decimal("50")}, {nil, first, int64(1), int64(0), int64(0), Decimal("0")}},
		"click_through": {{"promotion", first, int64(1), int64(1), int64(2), Decimal("100")}},
		"reply_rate":    {{"promotion", first, int64(2), int64(1), int64(1), Decimal("50")}, {nil, first, int64(1), int64(0), int64(0), Decimal("0")}},
		"scorecard":     {{"promotion", int64(1), int64(2), int64(1), int64(1), int64(1), Decimal("50"), Decimal("100"), Decimal("50")}},
		"daily":         {{first, int64(4), int64(1), int64(1), int64(4)}, {first.AddDate(0, 0, 1), int64(0), int64(0), int64(1), int64(4)}},
		"countries":     {{"DE", int64(1), int64(1), int64(1)}, {nil, int64(1), int64(0), int64(0)}},
		"mv_spend":      {{"promotion", int64(2), 0.015}, {nil, int64(1), 0.01}},
	} {
		table := got[schema.Name{Schema: "reports", Name: view}]
		if diff := (Table{table.Columns, rows}).Diff(table); diff != "" {
			t.Errorf("%s: %s", view, diff)
		}
	}
}

func TestUnknownExample(t *testing.T) {
	if _, err := Views(t.TempDir(), "sales"); err == nil {
		t.Error("something is expected of an unknown example")
	}
}
