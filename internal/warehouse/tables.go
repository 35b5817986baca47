package warehouse

// Tables are the statements that create Atoll's own tables, in SQL that every
// engine takes. An engine runs them when it opens a warehouse; they are
// ordinary tables, which users may query. Times are UTC.
func Tables() []string {
	return []string{
		`CREATE SCHEMA IF NOT EXISTS atoll_store`,
		`CREATE SCHEMA IF NOT EXISTS atoll`,
		// One row per version of a lake file.
		`CREATE TABLE IF NOT EXISTS atoll.files (
			id INTEGER, table_name VARCHAR(255), uri VARCHAR(4096), object VARCHAR(255),
			version VARCHAR(255), size BIGINT, checksum VARCHAR(64), modified TIMESTAMP,
			state VARCHAR(16), batch BIGINT, rows_loaded BIGINT, rows_rejected BIGINT, reason VARCHAR(4096))`,
		// One row per row that could not be converted.
		`CREATE TABLE IF NOT EXISTS atoll.rejects (
			batch BIGINT, file_id INTEGER, table_name VARCHAR(255), uri VARCHAR(4096), line BIGINT,
			column_name VARCHAR(255), raw VARCHAR(1024), reason VARCHAR(4096))`,
		// One row per committed batch.
		`CREATE TABLE IF NOT EXISTS atoll.batches (
			batch BIGINT, run BIGINT, label TIMESTAMP, committed_at TIMESTAMP, files BIGINT, rows_loaded BIGINT)`,
		// How far each source's table has been read.
		`CREATE TABLE IF NOT EXISTS atoll.bookmarks (
			table_name VARCHAR(255), bookmark VARCHAR(65535), batch BIGINT)`,
		// One row per raw table: the shape its rows were loaded with.
		`CREATE TABLE IF NOT EXISTS atoll.tables (
			table_name VARCHAR(255), shape VARCHAR(65535), rows_loaded BIGINT, label TIMESTAMP, batch BIGINT)`,
		// One row per view: what it was built from, and how current it is.
		`CREATE TABLE IF NOT EXISTS atoll.views (
			view_name VARCHAR(255), state VARCHAR(16), fingerprint VARCHAR(64), shape VARCHAR(65535), label TIMESTAMP,
			refreshed_at TIMESTAMP, seconds DOUBLE PRECISION, rows_held BIGINT, plan VARCHAR(16), batch BIGINT,
			failures BIGINT, retry_at TIMESTAMP, error VARCHAR(65535))`,
		// One row per tick, and one per thing it did.
		`CREATE TABLE IF NOT EXISTS atoll.runs (
			run BIGINT, label TIMESTAMP, started_at TIMESTAMP, finished_at TIMESTAMP, state VARCHAR(16),
			files BIGINT, rows_loaded BIGINT, rows_rejected BIGINT, error VARCHAR(65535))`,
		`CREATE TABLE IF NOT EXISTS atoll.run_steps (
			run BIGINT, step BIGINT, kind VARCHAR(16), name VARCHAR(255), batch BIGINT, state VARCHAR(16), plan VARCHAR(16),
			started_at TIMESTAMP, seconds DOUBLE PRECISION, row_count BIGINT, error VARCHAR(65535))`,
	}
}
