package ast

// CreateExternalSchema is CREATE EXTERNAL SCHEMA name FROM source. Its options
// are database, schema, region, iam_role, authentication, authentication_arn,
// secret_arn, uri, port, catalog_role, catalog_id and "create external database
// if not exists".
type CreateExternalSchema struct {
	Span
	IfNotExists bool
	Name        Ident
	Source      ExternalSource
	Options     []*Option
}

// ExternalSource is what an external schema shows.
type ExternalSource string

// The sources of external schemas. MSK is Kafka as a managed service.
const (
	DataCatalog   ExternalSource = "DATA CATALOG"
	HiveMetastore ExternalSource = "HIVE METASTORE"
	Postgres      ExternalSource = "POSTGRES"
	MySQL         ExternalSource = "MYSQL"
	Kinesis       ExternalSource = "KINESIS"
	MSK           ExternalSource = "MSK"
	Kafka         ExternalSource = "KAFKA"
	Redshift      ExternalSource = "REDSHIFT"
)

// AlterExternalSchema changes the options iam_role, authentication,
// authentication_arn, secret_arn and uri of an external schema.
type AlterExternalSchema struct {
	Span
	Name    Ident
	Options []*Option
}

// CreateExternalTable is CREATE EXTERNAL TABLE: a table over files, which with
// Query are written from it. Then there are no Columns, and the columns that
// partition it have no types.
type CreateExternalTable struct {
	Span
	Name          Name
	Columns       []*ColumnDef
	PartitionedBy []*ColumnDef
	RowFormat     *RowFormat
	StoredAs      *FileFormat
	Location      *StringLit
	Properties    []*Property
	Query         *Query
}

// RowFormat is ROW FORMAT DELIMITED with the characters that end fields and
// lines, or ROW FORMAT SERDE with its properties.
type RowFormat struct {
	Span
	Fields, Lines *StringLit
	Serde         *StringLit
	Properties    []*Property
}

// FileFormat is a format of files by its name, or INPUTFORMAT and OUTPUTFORMAT
// with the names of classes.
type FileFormat struct {
	Span
	Format        *Word
	Input, Output *StringLit
}

// Partition is PARTITION (column = value, ...), and where it lies.
type Partition struct {
	Span
	Values   []*PartitionValue
	Location *StringLit
}

// PartitionValue is column = value.
type PartitionValue struct {
	Span
	Column Ident
	Value  Expr
}

// AddPartitions is ADD [IF NOT EXISTS] and partitions, of an external table.
type AddPartitions struct {
	Span
	IfNotExists bool
	Partitions  []*Partition
}

// DropPartition is DROP PARTITION, of an external table.
type DropPartition struct {
	Span
	Partition *Partition
}

// SetLocation is SET LOCATION of an external table or, with Partition, of one of
// its partitions.
type SetLocation struct {
	Span
	Partition *Partition
	Location  *StringLit
}

// SetFileFormat is SET FILE FORMAT, of an external table.
type SetFileFormat struct {
	Span
	Format *FileFormat
}

// SetTableProperties is SET TABLE PROPERTIES, of an external table.
type SetTableProperties struct {
	Span
	Properties []*Property
}

func (*CreateExternalSchema) statement() {}
func (*AlterExternalSchema) statement()  {}
func (*CreateExternalTable) statement()  {}

func (*AddPartitions) action()      {}
func (*DropPartition) action()      {}
func (*SetLocation) action()        {}
func (*SetFileFormat) action()      {}
func (*SetTableProperties) action() {}

func (n *CreateExternalSchema) shallow() Node { return copyOf(n) }
func (n *AlterExternalSchema) shallow() Node  { return copyOf(n) }
func (n *CreateExternalTable) shallow() Node  { return copyOf(n) }
func (n *RowFormat) shallow() Node            { return copyOf(n) }
func (n *FileFormat) shallow() Node           { return copyOf(n) }
func (n *Partition) shallow() Node            { return copyOf(n) }
func (n *PartitionValue) shallow() Node       { return copyOf(n) }
func (n *AddPartitions) shallow() Node        { return copyOf(n) }
func (n *DropPartition) shallow() Node        { return copyOf(n) }
func (n *SetLocation) shallow() Node          { return copyOf(n) }
func (n *SetFileFormat) shallow() Node        { return copyOf(n) }
func (n *SetTableProperties) shallow() Node   { return copyOf(n) }

func (n *CreateExternalSchema) slots(v *visitor) {
	children(v, &n.Options)
}

func (n *AlterExternalSchema) slots(v *visitor) {
	children(v, &n.Options)
}

func (n *CreateExternalTable) slots(v *visitor) {
	children(v, &n.Columns)
	children(v, &n.PartitionedBy)
	child(v, &n.RowFormat)
	child(v, &n.StoredAs)
	child(v, &n.Location)
	children(v, &n.Properties)
	child(v, &n.Query)
}

func (n *RowFormat) slots(v *visitor) {
	child(v, &n.Fields)
	child(v, &n.Lines)
	child(v, &n.Serde)
	children(v, &n.Properties)
}

func (n *FileFormat) slots(v *visitor) {
	child(v, &n.Format)
	child(v, &n.Input)
	child(v, &n.Output)
}

func (n *Partition) slots(v *visitor) {
	children(v, &n.Values)
	child(v, &n.Location)
}

func (n *PartitionValue) slots(v *visitor) {
	child(v, &n.Value)
}

func (n *AddPartitions) slots(v *visitor) {
	children(v, &n.Partitions)
}

func (n *DropPartition) slots(v *visitor) {
	child(v, &n.Partition)
}

func (n *SetLocation) slots(v *visitor) {
	child(v, &n.Partition)
	child(v, &n.Location)
}

func (n *SetFileFormat) slots(v *visitor) {
	child(v, &n.Format)
}

func (n *SetTableProperties) slots(v *visitor) {
	children(v, &n.Properties)
}
