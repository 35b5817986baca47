package pipeline

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// fileColumns are the columns of atoll.files, in the order that putFiles and
// readFiles use.
var fileColumns = []string{"id", "table_name", "uri", "object", "version", "size", "checksum", "modified",
	"state", "batch", "rows_loaded", "rows_rejected", "reason", "last_batch"}

// putFiles writes rows of the ledger, in place of those with the same ids.
func putFiles(ctx context.Context, db warehouse.SQL, files []lake.File, batch int64) error {
	if err := deleteByID(ctx, db, "atoll.files", "id", files); err != nil {
		return err
	}
	rows := make([][]any, len(files))
	for i, f := range files {
		rows[i] = []any{f.ID, f.Table.String(), f.URI, f.Object, f.Version, f.Size, f.Checksum, f.Modified.UTC(),
			string(f.State), f.Batch, f.Rows, f.Rejected, f.Reason, batch}
	}
	return warehouse.Insert(ctx, db, "atoll.files", fileColumns, rows)
}

// putRejects writes the rejects of files, in place of earlier ones.
func putRejects(ctx context.Context, db warehouse.SQL, files []lake.File, rejects []warehouse.Reject) error {
	if err := deleteByID(ctx, db, "atoll.rejects", "file_id", files); err != nil {
		return err
	}
	byID := map[int32]lake.File{}
	for _, f := range files {
		byID[f.ID] = f
	}
	rows := make([][]any, len(rejects))
	for i, r := range rejects {
		f := byID[r.File]
		rows[i] = []any{f.Batch, r.File, f.Table.String(), f.URI, r.Line, r.Column, r.Raw, r.Reason}
	}
	return warehouse.Insert(ctx, db, "atoll.rejects",
		[]string{"batch", "file_id", "table_name", "uri", "line", "column_name", "raw", "reason"}, rows)
}

// deleteByID removes the rows of files from one of the tables that name them.
func deleteByID(ctx context.Context, db warehouse.SQL, table, column string, files []lake.File) error {
	const most = 500
	for len(files) > 0 {
		part := files[:min(most, len(files))]
		files = files[len(part):]
		args := make([]any, len(part))
		for i, f := range part {
			args[i] = f.ID
		}
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(part)), ", ")
		if err := db.Exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE %s IN (%s)", table, column, marks), args...); err != nil {
			return err
		}
	}
	return nil
}

// readFiles reads rows of the ledger, by id. Where is a condition.
func readFiles(ctx context.Context, db warehouse.SQL, where string, args ...any) ([]lake.File, error) {
	return warehouse.Collect(ctx, db, func(r warehouse.Rows) (f lake.File, err error) {
		var table, state string
		var modified *time.Time
		err = r.Scan(&f.ID, &table, &f.URI, &f.Object, &f.Version, &f.Size, &f.Checksum, &modified,
			&state, &f.Batch, &f.Rows, &f.Rejected, &f.Reason)
		f.Table, _ = schema.ParseName(table)
		f.State = lake.State(state)
		if modified != nil {
			f.Modified = modified.UTC()
		}
		return f, err
	}, "SELECT "+strings.Join(fileColumns[:13], ", ")+" FROM atoll.files WHERE "+where+" ORDER BY id", args...)
}
