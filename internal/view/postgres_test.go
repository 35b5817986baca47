package view_test

import (
	"crypto/md5"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/testenv"
	"github.com/atolldata/atoll/internal/view"
)

const sessionsModel = "/* @kind sessions\n@partition-by page\n@order-by at\n@gap 10s */ SELECT page, n, at FROM web.hits"

// PostgreSQL gives sessions the ids that the embedded engine gives them: the
// hash of the partition and the first time.
func TestSessionsOnPostgreSQL(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, s := range append(lower.PostgresPrelude(), "CREATE SCHEMA web", "CREATE TABLE web.hits (page text, at timestamp, n integer)",
		`INSERT INTO web.hits VALUES ('a', '2026-01-01 00:00:00.25', 1), ('a', '2026-01-01 00:00:10.25', 2), ('a', '2026-01-01 00:00:20.5', 3), ('a', NULL, 4)`) {
		if _, err := conn.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	text, err := view.Render(node(t, sessionsModel), portable.PostgreSQL, time.Unix(0, 0).UTC())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Query(t.Context(), "SELECT coalesce(session_id, '') FROM ("+text+") AS v ORDER BY n")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	id := func(at string) string {
		first, err := time.Parse(time.DateTime, at)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", md5.Sum(fmt.Appendf(nil, "v1:a%d", first.UnixMicro())))
	}
	first, second := id("2026-01-01 00:00:00.25"), id("2026-01-01 00:00:20.5")
	if want := []string{first, first, second, ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSessionsDoNotRunOnRedshift(t *testing.T) {
	_, err := view.Render(node(t, sessionsModel), portable.Redshift, time.Unix(0, 0).UTC())
	if l := fault.All(err); len(l) != 1 || l[0].Code != fault.Unsupported || l[0].Pos.String() != "models/s/v.sql:1:1" {
		t.Errorf("error: %v", err)
	}
}
