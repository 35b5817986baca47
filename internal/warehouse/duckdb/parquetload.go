package duckdb

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/atolldata/atoll/internal/warehouse"
)

// maxTogether is how many Parquet files one statement loads at most.
const maxTogether = 256

// parquetLoad loads Parquet files, those of the same form together: the engine
// divides their row groups among its threads, and a file by itself leaves some
// of them idle at its end.
type parquetLoad struct {
	tx *tx
	to *relation
	warehouse.Load
	tallies  []*tally
	inserted int64
	lost     bool // a file is turned away: the others are only examined, outside of the transaction
}

// parquetFile is a file that can be read.
type parquetFile struct {
	*tally
	plan *parquetPlan
}

func (t *tx) loadParquet(ctx context.Context, r *relation, l warehouse.Load) (warehouse.LoadResult, error) {
	load := parquetLoad{tx: t, to: r, Load: l}
	for rest := l.Files; len(rest) > 0; {
		n := together(rest)
		if err := load.files(ctx, rest[:n]); err != nil {
			return warehouse.LoadResult{}, err
		}
		rest = rest[n:]
	}
	return summarize(load.tallies, load.inserted)
}

// together counts the first files whose identities follow each other and that
// may be held at the same time.
func together(files []warehouse.LoadFile) int {
	bytes := files[0].Size
	for n := 1; n < min(len(files), maxTogether); n++ {
		bytes += files[n].Size
		if bytes > warehouse.MaxHeld || files[n].ID != files[n-1].ID+1 {
			return n
		}
	}
	return min(len(files), maxTogether)
}

// files loads a few files.
func (l *parquetLoad) files(ctx context.Context, files []warehouse.LoadFile) error {
	var runs [][]parquetFile // of files next to each other that have the same form
	next := int32(-1)
	for _, file := range files {
		account := &tally{table: l.Table, file: file}
		l.tallies = append(l.tallies, account)
		plan, release, err := l.open(ctx, file)
		defer release()
		switch last := len(runs) - 1; {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			l.turnAway(account, err)
			continue
		case file.ID == next && runs[last][0].plan.sameForm(plan):
			runs[last] = append(runs[last], parquetFile{account, plan})
		default:
			runs = append(runs, []parquetFile{{account, plan}})
		}
		next = file.ID + 1
	}
	for _, run := range runs {
		if err := l.run(ctx, run); err != nil {
			return err
		}
	}
	return nil
}

// open makes a file available and reads what it holds.
func (l *parquetLoad) open(ctx context.Context, file warehouse.LoadFile) (plan *parquetPlan, release func(), err error) {
	path, release, err := file.Local(ctx)
	if err != nil {
		return nil, func() {}, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, release, err
	}
	if plan, err = l.tx.w.planParquet(ctx, l.Table, path); err != nil {
		return nil, release, explainParquet(err, file.URI)
	}
	return plan, release, nil
}

func (l *parquetLoad) turnAway(account *tally, err error) {
	account.turnAway(err)
	l.lost = true
}

// run loads files of the same form by one statement, or only examines them.
func (l *parquetLoad) run(ctx context.Context, run []parquetFile) error {
	if l.lost {
		return l.examine(ctx, run)
	}
	inserted, err := l.tx.exec(ctx, "loading "+run[0].file.URI, l.insert(run))
	if err != nil {
		// The files are at fault if one of them cannot be read.
		if cannot := l.examine(ctx, run); cannot != nil || !l.lost {
			return err
		}
		return nil
	}
	l.inserted += inserted
	if l.Progress != nil && inserted > 0 {
		l.Progress(inserted)
	}
	return l.count(ctx, run, inserted)
}

// insert is the statement that loads files of the same form.
func (l *parquetLoad) insert(run []parquetFile) string {
	plans := make([]*parquetPlan, len(run))
	for i, f := range run {
		plans[i] = f.plan
	}
	p := plans[0]
	return fmt.Sprintf("INSERT INTO %s SELECT %s, %d, CAST(%d + file_index AS INTEGER), file_row_number + 1%s FROM %s WHERE %s",
		l.to.table, strings.Join(p.values, ", "), l.Batch, run[0].file.ID, l.to.loadedHashes(l.Table.Columns, p.values), readParquet(plans...), p.fits())
}

// count says how many rows of each file were loaded. Mostly all were, which needs
// no query.
func (l *parquetLoad) count(ctx context.Context, run []parquetFile, inserted int64) error {
	for _, f := range run {
		f.rows = f.plan.rows
		inserted -= f.rows
	}
	if inserted == 0 {
		return nil
	}
	rows, err := l.tx.query(ctx, "counting rows", fmt.Sprintf("SELECT _file, count(*) FROM %s WHERE _batch = %d AND _file BETWEEN %d AND %d GROUP BY 1",
		l.to.table, l.Batch, run[0].file.ID, run[len(run)-1].file.ID))
	if err != nil {
		return err
	}
	defer rows.Close()
	loaded := map[int32]int64{}
	for rows.Next() {
		var id int32
		var n int64
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		loaded[id] = n
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, f := range run {
		f.rows = loaded[f.file.ID]
		if err := l.rejects(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// examine counts the rows of files that would load, and finds the others.
func (l *parquetLoad) examine(ctx context.Context, run []parquetFile) error {
	for _, f := range run {
		good, err := l.tx.w.number(ctx, f.plan.scan())
		if err == nil {
			f.rows = good
			if err := l.rejects(ctx, f); err != nil {
				return err
			}
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		l.turnAway(f.tally, explainParquet(err, f.file.URI))
	}
	return nil
}

// rejects finds the rows of a file that were not loaded.
func (l *parquetLoad) rejects(ctx context.Context, f parquetFile) error {
	if f.rows == f.plan.rows {
		return nil
	}
	err := l.tx.w.parquetRejects(ctx, f.plan, f.tally)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		l.turnAway(f.tally, err)
	}
	l.lost = l.lost || f.over()
	return nil
}
