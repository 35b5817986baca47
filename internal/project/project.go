package project

import (
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// Project is a project folder that has been read and found valid.
type Project struct {
	Dir       string    `yaml:"-"` // the folder, as given to Load
	Name      string    `yaml:"name,required" doc:"The project's name: letters, digits, _ and -."`
	Warehouse Secret    `yaml:"warehouse" default:"duckdb://.atoll/warehouse.duckdb" doc:"Where views and tables are kept: duckdb://PATH, relative to the project folder unless PATH begins with a slash."`
	Lake      Secret    `yaml:"lake" default:"file://.atoll/lake" doc:"Where files are kept as they arrived: file://PATH, relative to the project folder unless PATH begins with a slash, or s3://BUCKET/PREFIX?region=...&endpoint=..."`
	Memory    Bytes     `yaml:"memory" doc:"The most memory that the embedded engine may use, such as 2GiB. Without it the engine decides."`
	Threads   int       `yaml:"threads" min:"1" doc:"The most threads that the embedded engine may use. Without it, one per core."`
	Sources   []*Source `yaml:"-"` // sorted by name
	Models    []*Model  `yaml:"-"` // sorted by name

	// Incomplete names the schemas in which relations are missing because the
	// files that declare them are not valid. Empty if Load returned no error.
	Incomplete []string `yaml:"-"`
}

// Source is a place that data comes from.
type Source struct {
	Name            string         `yaml:"source,required" doc:"The source's name. It is the schema of its raw tables."`
	Type            string         `yaml:"type,required" enum:"files" doc:"What kind of source it is."`
	URL             Secret         `yaml:"url,required" doc:"Where the files are: file://PATH, relative to the project folder unless PATH begins with a slash, or s3://BUCKET/PREFIX?region=...&endpoint=..."`
	AccessKeyID     Secret         `yaml:"access_key_id" doc:"An AWS access key id, as ${env:NAME} or ${file:/path}. Without it the usual AWS chain is asked."`
	SecretAccessKey Secret         `yaml:"secret_access_key" doc:"The secret that belongs to access_key_id, as ${env:NAME} or ${file:/path}."`
	Copy            bool           `yaml:"copy" default:"false" doc:"Whether objects on s3:// are copied into the lake. Without it they are referenced where they are: by version in buckets that keep versions, else by ETag, so that an object must stay as it is until it is loaded."`
	Tables          []*Table       `yaml:"tables,required" doc:"The tables by name, each with the files that feed it."`
	File            string         `yaml:"-"` // relative to the project folder
	Pos             fault.Position `yaml:"-"` // of the name
}

// Load modes: what a file's rows do to a table.
const (
	Append  = "append"  // they are added
	Upsert  = "upsert"  // they replace the rows with the same key
	Changes = "changes" // each says that it is an insert, an update or a delete
	Replace = "replace" // they replace all rows
)

// File formats, compressions, and what to do with a file whose content changed
// under the same name.
const (
	JSON    = "json" // one object a line
	CSV     = "csv"
	Parquet = "parquet"

	Auto = "auto" // by the file's name
	None = "none"
	Gzip = "gzip"
	Zstd = "zstd"

	OnChangeReplace = "replace" // its old rows leave and its new rows enter, in one commit
	OnChangeReject  = "reject"  // the changed file is turned away
)

// Table is a table of a source: which files feed it and how they are read.
type Table struct {
	Name        string         `yaml:",key"`
	Match       string         `yaml:"match,required" doc:"Which files belong to the table, relative to the source's url: a glob in which ** spans folders."`
	Format      string         `yaml:"format,required" enum:"json,csv,parquet" doc:"How the files are written. json is one object a line."`
	Compression string         `yaml:"compression" enum:"auto,none,gzip,zstd" default:"auto" doc:"How the files are compressed. auto goes by the names: .gz, .zst."`
	Load        string         `yaml:"load" enum:"append,upsert,changes,replace" default:"append" doc:"What a file's rows do to the table. Only append is available in this version."`
	Key         []string       `yaml:"key" doc:"The columns that identify a row. On an append table this is documentation."`
	Columns     []Column       `yaml:"columns,required" doc:"The columns by name, in the table's order: a type, or a mapping with type, from and format."`
	OnChange    string         `yaml:"on_change" enum:"replace,reject" default:"replace" doc:"What to do when a file's content changes under the same name."`
	MaxRejects  MaxRejects     `yaml:"max_rejects" default:"1000 or 1%" doc:"How many rows of a file may be rejected before the whole file is turned away: rows (1000), a share (2%), or both (1000 or 2%), of which the larger counts."`
	CSV         CSVOptions     `yaml:"csv" doc:"How csv files are written."`
	Pos         fault.Position `yaml:"-"` // of the name
}

// Column is a declared column of a source's table.
type Column struct {
	Name   string         `yaml:",key"`
	Type   schema.Type    `yaml:"type,required,short" doc:"The column's type, as in Redshift's CREATE TABLE."`
	From   string         `yaml:"from" doc:"Where the value is: a path into JSON such as $.campaign.id, or a name in the csv header or parquet file. Without it, the column's name."`
	Format string         `yaml:"format" doc:"How a date or timestamp is written: epoch_s, epoch_ms, auto, or Redshift's DATEFORMAT or TIMEFORMAT string."`
	Pos    fault.Position `yaml:"-"` // of the name
}

// CSVOptions say how csv files are written.
type CSVOptions struct {
	Delimiter string `yaml:"delimiter" default:"," doc:"The character between fields."`
	Quote     string `yaml:"quote" default:"\"" doc:"The character around fields that hold delimiters, quotes or line breaks. Empty: fields are never quoted."`
	Escape    string `yaml:"escape" default:"\"" doc:"The character before a quote inside a quoted field."`
	Header    bool   `yaml:"header" default:"true" doc:"Whether the first line names the columns. Without a header, fields are taken in the order of the columns."`
	NullAs    string `yaml:"null_as" default:"" doc:"The unquoted text that means NULL. Without it, the empty text."`
}

// Kinds of models.
const (
	KindView     = "view"     // the view equals the query
	KindSessions = "sessions" // the view is the query's rows, each with a session id
)

// What a model's header says of its refreshes, where it says anything. Without
// it Atoll chooses each time what costs less.
const (
	RefreshFull        = "full"        // each one recomputes the view
	RefreshIncremental = "incremental" // each one brings in what changed; a query that does not allow it is a mistake
)

// Model is a .sql or .dpl file: a query and how its view is kept.
type Model struct {
	Name     schema.Name
	Kind     string        // KindView or KindSessions
	Every    time.Duration // a multiple of a second; 0 means due on every tick
	Doc      string
	Owner    string
	Tags     []string
	Key      []string // documentation: the columns that identify a row
	Sort     []string // physical order; the sort key on Redshift
	Dist     string   // a column, or DistEven, DistAll or "" (the engine decides)
	Refresh  string   // RefreshFull, RefreshIncremental or "" (Atoll chooses)
	Sessions Sessions // of kind sessions only
	Text     string   // the whole file, header included, so that positions hold
	File     string   // relative to the project folder

	// Header says where each key of the header is written, without the "@":
	// the position of its value, or of the key if it has none.
	Header map[string]fault.Position
}

// Distribution styles, as in Redshift's DISTSTYLE.
const (
	DistEven = "even"
	DistAll  = "all"
)

// Sessions says how rows are cut into sessions: rows of a partition belong to
// the same session while each follows the one before by at most Gap.
type Sessions struct {
	PartitionBy []string
	OrderBy     string
	Gap         time.Duration
	SessionID   string // the column that is added
}

// Relation is the table's name in the warehouse.
func (t *Table) Relation(s *Source) schema.Name { return schema.Name{Schema: s.Name, Name: t.Name} }

// Shape is the table as queries see it.
func (t *Table) Shape(s *Source) *schema.Table {
	out := &schema.Table{Name: t.Relation(s), Columns: make([]schema.Column, len(t.Columns))}
	for i, c := range t.Columns {
		out.Columns[i] = schema.Column{Name: c.Name, Type: c.Type}
	}
	return out
}
