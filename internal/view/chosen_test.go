package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/view"
)

// TestChosenOutside: rows that are numbered in a subquery and chosen outside of it are planned
// as by QUALIFY, with no stage more, wherever that means the same.
func TestChosenOutside(t *testing.T) {
	const number = "ROW_NUMBER() OVER (PARTITION BY reason ORDER BY returned_at)"
	const numbered = "(SELECT reason, order_id, returned_at, " + number + " AS n FROM shop.returns) r"
	for outside, qualify := range map[string]string{
		"SELECT reason, order_id, returned_at FROM " + numbered + " WHERE n = 1": "SELECT reason, order_id, returned_at FROM shop.returns QUALIFY " + number + " = 1",
		"SELECT * FROM " + numbered + " WHERE r.n <= 3":                          "SELECT reason, order_id, returned_at, " + number + " AS n FROM shop.returns QUALIFY n <= 3",
		"WITH a AS (SELECT *, " + number + " AS n FROM shop.returns), b AS (SELECT * FROM a WHERE n = 1), c AS (SELECT reason AS why, order_id FROM b) SELECT why FROM c": "SELECT reason AS why FROM shop.returns QUALIFY " + number + " = 1",
		"SELECT reason FROM (SELECT * FROM " + numbered + " WHERE n < 9) s WHERE s.n > 2":                                                                                 "SELECT reason FROM shop.returns QUALIFY " + number + " < 9 AND " + number + " > 2",
	} {
		got, want := stagesOf(t, outside), stagesOf(t, qualify)
		if got != want {
			t.Errorf("%s\nhas the stages\n%s\nand with QUALIFY\n%s", outside, got, want)
		}
	}
	for _, model := range []string{
		"SELECT order_id FROM (SELECT DISTINCT order_id, " + number + " AS n FROM shop.returns) r WHERE n = 1",
		"SELECT order_id FROM " + numbered + " WHERE UPPER(n) = '1'",
		"SELECT order_id FROM " + numbered + " WHERE order_id <> 0 AND n <= 10 / order_id",
		"SELECT order_id FROM (SELECT order_id, '01' AS c, " + number + " AS n FROM shop.returns) r WHERE n = c",
		"SELECT order_id FROM (SELECT order_id, CASE WHEN order_id > 1 THEN '01' ELSE '1' END AS c, " + number + " AS n FROM shop.returns) r WHERE r.c = r.n",
		"SELECT order_id FROM (SELECT order_id, LAG('01') OVER (PARTITION BY reason ORDER BY returned_at) AS b, " + number + " AS n FROM shop.returns) r WHERE r.b = r.n",
		"SELECT r.order_id FROM " + numbered + " FULL JOIN shop.orders o ON o.id = r.order_id AND r.n = 1",
		"SELECT r.order_id FROM shop.orders o LEFT JOIN " + numbered + " ON o.id = r.order_id WHERE r.n = 1",
		"WITH r AS (SELECT order_id, " + number + " AS n FROM shop.returns) SELECT a.order_id FROM r a JOIN r b ON b.order_id = a.order_id AND b.n = 2 WHERE a.n = 1",
	} {
		if stages := stagesOf(t, model); strings.Contains(stages, "QUALIFY") {
			t.Errorf("%s\nchooses too early:\n%s", model, stages)
		}
	}
}

// TestChosenOutsideKeeps: what stands around the rows that are chosen stays: an order by what
// is not shown, the only window, what says that there are groups, and the place of a fault.
func TestChosenOutsideKeeps(t *testing.T) {
	const number = "ROW_NUMBER() OVER (PARTITION BY reason ORDER BY returned_at)"
	for model, want := range map[string]string{
		"SELECT reason FROM (SELECT reason, order_id, " + number + " AS n FROM shop.returns) r WHERE n = 1 ORDER BY order_id":                  "bag keyed bag",
		"SELECT reason FROM (SELECT reason, order_id, " + number + " AS n FROM shop.returns) r WHERE n = 1 ORDER BY 1":                         "bag keyed",
		"SELECT order_id FROM (SELECT order_id, " + number + " AS n FROM shop.returns QUALIFY order_id > 2) r":                                 "bag keyed bag",
		"SELECT c FROM (SELECT 7 AS c, COUNT(*) AS k, ROW_NUMBER() OVER (PARTITION BY 1) AS n FROM shop.returns) r WHERE n = 1":                "bag merge bag keyed bag",
		"SELECT reason FROM (SELECT reason, COUNT(*) AS k, RANK() OVER (PARTITION BY reason) AS n FROM shop.returns GROUP BY 1) r WHERE n = 1": "bag merge bag keyed",
	} {
		program, err := view.ProgramOf(modelled(t, model))
		if err != nil {
			t.Errorf("%s: %v", model, err)
			continue
		}
		var kinds []string
		for _, r := range program.Stages {
			kinds = append(kinds, string(r.Kind))
		}
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("%s\nhas the stages %s, want %s", model, got, want)
		}
	}
	for _, on := range []string{"f.n = 1", "f.n = 1 AND GETDATE() > o.ordered_at AND f.order_id = o.id"} {
		model := "SELECT o.id FROM shop.orders o LEFT JOIN (SELECT order_id, " + number + " AS n FROM shop.returns) f ON " + on
		if p := view.PlanOf(modelled(t, model)); p.Kind == view.Full && p.Pos.Column <= strings.Index(model, "LEFT JOIN") {
			t.Errorf("%s: the reason is told at column %d: %s", model, p.Pos.Column, p.Reason)
		}
	}
}

// stagesOf describes the stages of a model.
func stagesOf(t *testing.T, model string) string {
	t.Helper()
	program, err := view.ProgramOf(modelled(t, model))
	if err != nil {
		t.Fatalf("%s: %v", model, err)
	}
	var lines []string
	plan := program.Plan()
	for i, r := range program.Stages {
		lines = append(lines, fmt.Sprint(r.Kind, r.Stored, r.Keys, r.Held, r.First, r.Columns, r.State, " ", plan.Stages[i].Text))
	}
	return strings.Join(lines, "\n")
}
