package warehouse

import (
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
)

// SystemSchema holds Atoll's own tables.
const SystemSchema = "atoll"

// systemTables declares Atoll's own tables, once for the statements that create
// them and for the catalogue that users' queries are bound over. Each begins
// with its name; a column a line follows, the last ones with a + if they came with
// a later release than the table. Times are UTC. What the columns mean is in
// docs/format/warehouse.md.
var systemTables, laterColumns = parseTables(`
files
	id integer
	table_name varchar(255)
	uri varchar(4096)
	object varchar(255)
	version varchar(255)
	size bigint
	checksum varchar(64)
	modified timestamp
	state varchar(16)
	batch bigint
	rows_loaded bigint
	rows_rejected bigint
	reason varchar(4096)
	last_batch bigint
rejects
	batch bigint
	file_id integer
	table_name varchar(255)
	uri varchar(4096)
	line bigint
	column_name varchar(255)
	raw_line varchar(1024)
	reason varchar(4096)
batches
	batch bigint
	run bigint
	label timestamp
	committed_at timestamp
	files bigint
	rows_loaded bigint
bookmarks
	table_name varchar(255)
	bookmark varchar(65535)
	batch bigint
tables
	table_name varchar(255)
	shape varchar(65535)
	rows_held bigint
	label timestamp
	changed_run bigint
	error varchar(65535)
	+built_run bigint
views
	view_name varchar(255)
	state varchar(16)
	model varchar(64)
	fingerprint varchar(64)
	shape varchar(65535)
	label timestamp
	refreshed_at timestamp
	seconds double precision
	rows_held bigint
	plan varchar(16)
	changed_run bigint
	failures bigint
	retry_at timestamp
	error varchar(65535)
	+built_run bigint
	+full_seconds double precision
	+incremental_seconds double precision
	+incremental_rows bigint
	+read_run bigint
cursors
	reader varchar(255)
	input varchar(255)
	version bigint
	built_run bigint
runs
	run bigint
	label timestamp
	started_at timestamp
	finished_at timestamp
	state varchar(16)
	files bigint
	rows_loaded bigint
	rows_rejected bigint
	error varchar(65535)
run_steps
	run bigint
	step bigint
	kind varchar(16)
	name varchar(255)
	batch bigint
	label timestamp
	state varchar(16)
	plan varchar(16)
	started_at timestamp
	seconds double precision
	row_count bigint
	error varchar(65535)
	+reason varchar(4096)
	+delta_rows bigint
`)

// SystemTables lists Atoll's own tables, which users may query, in the order of
// docs/format/warehouse.md. The list is the caller's; the tables are shared and
// must not be changed.
func SystemTables() []*schema.Table { return append([]*schema.Table(nil), systemTables...) }

// Tables are the statements that create Atoll's own tables, and add the columns
// that a warehouse of an earlier release lacks, in SQL that every engine takes.
// An engine runs them when it opens a warehouse; they are ordinary tables, which
// users may query.
func Tables() []string {
	statements := []string{"CREATE SCHEMA IF NOT EXISTS atoll_store", "CREATE SCHEMA IF NOT EXISTS " + SystemSchema}
	for _, t := range systemTables {
		columns := make([]string, len(t.Columns))
		for i, c := range t.Columns {
			columns[i] = c.Name + " " + c.Type.String()
		}
		statements = append(statements, fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (%s)", t.Name, strings.Join(columns, ", ")))
		for _, c := range columns[len(columns)-laterColumns[t.Name]:] {
			statements = append(statements, fmt.Sprintf("ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s", t.Name, c))
		}
	}
	return statements
}

// parseTables reads the declaration above: the tables, and how many of the
// columns of each came later than it.
func parseTables(text string) (tables []*schema.Table, later map[schema.Name]int) {
	later = map[schema.Name]int{}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		line = strings.TrimRight(line, "\n")
		column, isColumn := strings.CutPrefix(line, "\t")
		if !isColumn {
			tables = append(tables, &schema.Table{Name: schema.Name{Schema: SystemSchema, Name: line}})
			continue
		}
		last := tables[len(tables)-1]
		column, isLater := strings.CutPrefix(column, "+")
		if isLater {
			later[last.Name]++
		}
		name, typeText, _ := strings.Cut(column, " ")
		t, err := schema.ParseType(typeText)
		if err != nil {
			panic(err) // TestSystemTables
		}
		last.Columns = append(last.Columns, schema.Column{Name: name, Type: t})
	}
	return tables, later
}
