package pipeline

import (
	"context"
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
	rows := make([][]any, len(files))
	for i, f := range files {
		rows[i] = []any{f.ID, f.Table.String(), f.URI, f.Object, f.Version, f.Size, f.Checksum, f.Modified.UTC(),
			string(f.State), f.Batch, f.Rows, f.Rejected, f.Reason, batch}
	}
	return warehouse.Replace(ctx, db, "atoll.files", fileColumns, rows)
}

// putRejects writes the rejects of files, in place of earlier ones. Files whose
// rows are no longer in their table have none.
func putRejects(ctx context.Context, db warehouse.SQL, files []lake.File, rejects []warehouse.Reject) error {
	byID := map[int32]lake.File{}
	ids := make([]any, len(files))
	for i, f := range files {
		byID[f.ID] = f
		ids[i] = f.ID
	}
	if err := warehouse.Delete(ctx, db, "atoll.rejects", "file_id", ids); err != nil {
		return err
	}
	rows := make([][]any, len(rejects))
	for i, r := range rejects {
		f := byID[r.File]
		rows[i] = []any{f.Batch, r.File, f.Table.String(), f.URI, r.Line, r.Column, r.Raw, r.Reason}
	}
	return warehouse.Insert(ctx, db, "atoll.rejects",
		[]string{"batch", "file_id", "table_name", "uri", "line", "column_name", "raw_line", "reason"}, rows)
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
