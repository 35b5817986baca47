package warehousetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

func refresh(w *world) {
	table := w.declare(twoColumns)
	w.load(table, w.file(1, "a.json", lines(`{"id":3,"body":"1.5"}`, `{"id":1,"body":"2.25"}`, `{"id":2}`)))
	view := warehouse.View{
		Name: schema.Name{Schema: "reports", Name: "v"},
		Columns: []schema.Column{
			{Name: "key", Type: schema.Type{Kind: schema.Integer}},
			{Name: "amount", Type: schema.Type{Kind: schema.Decimal, Precision: 10, Scale: 2}},
		},
		Query: `SELECT id, body FROM smslogs.sends WHERE id < 10`,
		Sort:  []string{"key"},
	}
	for range 3 {
		tx := w.begin()
		rows, err := tx.Refresh(w.ctx, view)
		w.must(err)
		if rows != 3 {
			w.Errorf("the view is said to hold %d rows", rows)
		}
		w.must(tx.Commit(w.ctx))
		w.want(`SELECT * FROM reports.v`, "1|2.25", "2|null", "3|1.50")
	}
	rows, err := w.Query(w.ctx, `SELECT * FROM reports.v`)
	w.must(err)
	defer rows.Close()
	if got := columnText(rows.Columns()); got != "key integer, amount decimal(10,2)" {
		w.Errorf("columns: %s", got)
	}
}

// refreshUnderReaders switches views while readers look: each sees one of the
// states before and after, never a mixture of the two views.
func refreshUnderReaders(w *world) {
	table := w.declare(twoColumns)
	var views []warehouse.View
	for _, name := range []string{"left", "right"} {
		views = append(views, warehouse.View{
			Name:    schema.Name{Schema: "reports", Name: name},
			Columns: []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}},
			Query:   `SELECT max(id) FROM smslogs.sends`,
		})
	}
	const rounds = 20
	step := func(i int) error {
		tx, err := w.Begin(w.ctx)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if i == 0 {
			if err := tx.CreateTable(w.ctx, sends, table, nil); err != nil {
				return err
			}
		}
		file := w.file(int32(i), fmt.Sprintf("%d.json", i), fmt.Sprintf(`{"id":%d}`, i))
		if _, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: int64(i), Files: []warehouse.LoadFile{file}}); err != nil {
			return err
		}
		for _, v := range views {
			if _, err := tx.Refresh(w.ctx, v); err != nil {
				return err
			}
		}
		return tx.Commit(w.ctx)
	}
	w.must(step(0))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				got, err := both(w)
				if err != nil || got[0] != got[1] {
					w.Errorf("a reader saw %v, error %v", got, err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := 1; i <= rounds; i++ {
		if err := step(i); err != nil {
			w.Errorf("round %d: %v", i, err)
			break
		}
	}
	close(done)
	readers.Wait()
	w.must(w.Checkpoint(w.ctx))
	w.want(`SELECT * FROM reports.left`, fmt.Sprint(rounds))
}

// both reads the two views of refreshUnderReaders in one query.
func both(w *world) (got [2]int64, err error) {
	rows, err := w.Query(w.ctx, `SELECT l.n, r.n FROM reports.left l, reports.right r`)
	if err != nil {
		return got, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&got[0], &got[1]); err != nil {
			return got, err
		}
	}
	return got, rows.Err()
}

func refreshFails(w *world) {
	table := w.declare(twoColumns)
	w.load(table, w.file(1, "a.json", lines(`{"id":1,"body":"x"}`)))
	view := countView()
	tx := w.begin()
	_, err := tx.Refresh(w.ctx, view)
	w.must(err)
	w.must(tx.Commit(w.ctx))

	view.Query = `SELECT CAST(body AS BIGINT) FROM smslogs.sends`
	tx = w.begin()
	_, err = tx.Refresh(w.ctx, view)
	w.wantFault(err, "reports.counts", `"x"`)
	if code := fault.CodeOf(err); code != fault.Data {
		w.Errorf("code %q", code)
	}
	w.wantFault(tx.Commit(w.ctx), `"x"`)
	w.want(`SELECT * FROM reports.counts`, "1")
}

func rollback(w *world) {
	table := w.declare(twoColumns)
	tx := w.begin()
	w.must(tx.CreateTable(w.ctx, sends, table, nil))
	w.must(tx.SQL().Exec(w.ctx, `INSERT INTO atoll.batches (batch) VALUES (?)`, 1))
	w.must(tx.Rollback())
	w.must(tx.Rollback())
	_, err := w.Query(w.ctx, `SELECT * FROM smslogs.sends`)
	w.wantFault(err, "does not exist")
	w.want(`SELECT * FROM atoll.batches`)
}

func commitAfterError(w *world) {
	tx := w.begin()
	w.must(tx.SQL().Exec(w.ctx, `INSERT INTO atoll.batches (batch) VALUES (?)`, 1))
	err := tx.SQL().Exec(w.ctx, `INSERT INTO atoll.no_such_table VALUES (1)`)
	w.wantFault(err, "no_such_table")
	w.wantFault(tx.SQL().Exec(w.ctx, `INSERT INTO atoll.batches (batch) VALUES (?)`, 2), "no_such_table")
	w.wantFault(tx.Commit(w.ctx), "no_such_table")
	w.want(`SELECT * FROM atoll.batches`)

	table := w.declare(twoColumns)
	tx = w.begin()
	w.must(tx.CreateTable(w.ctx, sends, table, nil))
	result, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: 1, Files: []warehouse.LoadFile{w.file(1, "a.json.gz", "not gzip")}})
	w.must(err)
	w.wantFault(result.Files[0].Err, "gzip")
	w.wantFault(tx.Commit(w.ctx), "turned away")
	_, err = w.Query(w.ctx, `SELECT * FROM smslogs.sends`)
	w.wantFault(err, "does not exist")
}

func endsOnce(w *world) {
	tx := w.begin()
	w.must(tx.Commit(w.ctx))
	if tx.Commit(w.ctx) == nil || tx.SQL().Exec(w.ctx, `DELETE FROM atoll.batches`) == nil {
		w.Error("a transaction is used after its end")
	}
	w.must(tx.Rollback())
	w.must(w.begin().Rollback())
	if w.SQL().Exec(w.ctx, `DELETE FROM atoll.batches`) == nil {
		w.Error("a statement writes outside a transaction")
	}
}

func oneWriter(w *world) {
	first := w.begin()
	cancelled, cancel := context.WithCancel(w.ctx)
	cancel()
	if _, err := w.Begin(cancelled); !errors.Is(err, context.Canceled) {
		w.Fatalf("a second writer began, error %v", err)
	}
	second := make(chan error)
	go func() {
		tx, err := w.Begin(w.ctx)
		if err == nil {
			err = tx.Rollback()
		}
		second <- err
	}()
	w.must(first.SQL().Exec(w.ctx, `INSERT INTO atoll.batches (batch) VALUES (1)`))
	w.must(first.Commit(w.ctx))
	w.must(<-second)
	w.want(`SELECT batch FROM atoll.batches`, "1")
}

func ledger(w *world) {
	at := time.Date(2026, 3, 29, 2, 30, 0, 123456000, time.FixedZone("CEST", 2*3600))
	tx := w.begin()
	sql := tx.SQL()
	w.must(sql.Exec(w.ctx, `INSERT INTO atoll.files (id, table_name, uri, size, modified, state, batch, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		int32(7), "smslogs.sends", "s3://b/it's", int64(1)<<40, at, "landed", nil, nil))
	w.must(sql.Exec(w.ctx, `UPDATE atoll.files SET state = ?, batch = ? WHERE id = ?`, "loaded", 3, 7))
	var none *time.Time
	w.must(sql.Exec(w.ctx, `INSERT INTO atoll.runs (run, label, started_at) VALUES (?, ?, ?)`, 1, at, none))
	rows, err := sql.Query(w.ctx, `SELECT id, size, modified, state, batch, reason FROM atoll.files WHERE modified = ? AND table_name = ?`, at, "smslogs.sends")
	w.must(err)
	if got := w.print(rows); len(got) != 1 || got[0] != "7|1099511627776|2026-03-29T00:30:00.123456Z|loaded|3|null" {
		w.Errorf("within the transaction: %q", got)
	}
	w.must(tx.Commit(w.ctx))

	rows, err = w.SQL().Query(w.ctx, `SELECT id, modified, batch, reason, state FROM atoll.files WHERE id = ?`, 7)
	w.must(err)
	defer rows.Close()
	var (
		id       int32
		modified time.Time
		batch    *int64
		reason   *string
		state    string
	)
	if !rows.Next() {
		w.Fatal("no row")
	}
	w.must(rows.Scan(&id, &modified, &batch, &reason, &state))
	if id != 7 || !modified.Equal(at) || batch == nil || *batch != 3 || reason != nil || state != "loaded" {
		w.Error(id, modified, batch, reason, state)
	}
	w.must(rows.Close())
	w.must(rows.Close())
	w.want(`SELECT label, started_at FROM atoll.runs`, "2026-03-29T00:30:00.123456Z|null")
}

func values(w *world) {
	w.want(`SELECT CAST(1 AS SMALLINT), CAST(2 AS INTEGER), CAST(3 AS BIGINT), CAST(-0.05 AS DECIMAL(10,2)), CAST(0 AS DECIMAL(5,3)),
		CAST(12345678901234567890123456789012345678 AS DECIMAL(38,0)), CAST(1.5 AS REAL), CAST('nan' AS DOUBLE PRECISION), TRUE, CAST('x' AS VARCHAR), NULL`,
		"1|2|3|-0.05|0.000|12345678901234567890123456789012345678|1.5|NaN|true|x|null")
	w.want(`SELECT DATE '2024-02-29', TIMESTAMP '2024-02-29 12:00:00.000001', TIME '23:59:59.5', TIME '01:00:00'`,
		"2024-02-29T00:00:00Z|2024-02-29T12:00:00.000001Z|23:59:59.5|01:00:00")
}

func cancelledQuery(w *world) {
	ctx, cancel := context.WithCancel(w.ctx)
	stopped := make(chan error)
	go func() {
		rows, err := w.Query(ctx, `WITH n AS (SELECT 0 AS x UNION ALL SELECT 1), b AS (SELECT a.x FROM n a, n b, n c, n d, n e, n f, n g, n h)
			SELECT count(*) FROM b a, b c, b d, b e, b f WHERE a.x + c.x + d.x + e.x + f.x = 3`)
		if err == nil {
			rows.Close()
		}
		stopped <- err
	}()
	cancel()
	if err := <-stopped; !errors.Is(err, context.Canceled) {
		w.Errorf("error %v", err)
	}
}
