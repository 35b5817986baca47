package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// accessOptions say who may read what an external schema shows ("ALTER EXTERNAL
// SCHEMA").
var accessOptions = optionSet{
	"iam_role":           roleValue,
	"authentication":     func(p *parser) ast.Expr { return p.oneOf("none", "iam", "mtls") },
	"authentication_arn": textValue, "secret_arn": textValue, "uri": textValue,
}

// schemaOptions are the options of CREATE EXTERNAL SCHEMA.
var schemaOptions = withOptions(accessOptions, optionSet{
	"database": textValue, "schema": textValue, "region": textValue, "port": numberValue, "catalog_role": textValue, "catalog_id": textValue,
	"create external database if not exists": noValue,
})

// createExternalSchema reads what follows CREATE EXTERNAL SCHEMA.
func (p *parser) createExternalSchema(start ast.Pos) ast.Statement {
	s := &ast.CreateExternalSchema{IfNotExists: p.accept("if", "not", "exists"), Name: p.name("a schema name")}
	p.expect("from")
	s.Source = p.externalSource()
	s.Options = p.options(schemaOptions)
	p.endOfOptions("CREATE EXTERNAL SCHEMA", schemaOptions)
	s.Span = p.span(start)
	return s
}

// externalSource reads what an external schema shows; where an option comes at
// once it is the data catalog.
func (p *parser) externalSource() ast.ExternalSource {
	sources := []ast.ExternalSource{
		ast.DataCatalog, ast.HiveMetastore, ast.Postgres, ast.MySQL, ast.Kinesis, ast.MSK, ast.Kafka, ast.Redshift,
	}
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = strings.ToLower(string(s))
		if p.accept(strings.Fields(names[i])...) {
			return s
		}
	}
	if !p.at("database") {
		p.unexpectedHint(alternatives(names), p.near(names))
	}
	return ast.DataCatalog
}

// alterExternalSchema reads what follows ALTER EXTERNAL SCHEMA.
func (p *parser) alterExternalSchema(start ast.Pos) ast.Statement {
	s := &ast.AlterExternalSchema{Name: p.name("a schema name")}
	s.Options = p.options(accessOptions)
	if len(s.Options) == 0 {
		p.unexpectedHint("IAM_ROLE, AUTHENTICATION, AUTHENTICATION_ARN, SECRET_ARN or URI", p.nearOption(accessOptions))
	}
	p.endOfOptions("ALTER EXTERNAL SCHEMA", accessOptions)
	s.Span = p.span(start)
	return s
}

// createExternalTable reads what follows CREATE EXTERNAL TABLE.
func (p *parser) createExternalTable(start ast.Pos) ast.Statement {
	p.noIfNotExists("look into svv_external_tables first")
	s := &ast.CreateExternalTable{Name: p.relation("a table name")}
	if p.at("(") {
		s.Columns = p.externalColumns(true)
	}
	if p.accept("partitioned") {
		p.expect("by")
		s.PartitionedBy = p.externalColumns(s.Columns != nil)
	}
	if p.at("row") {
		s.RowFormat = p.rowFormat()
	}
	if !p.at("stored") {
		p.unexpectedHint("STORED AS", p.near([]string{"partitioned", "row", "stored"}))
	}
	p.i++
	p.expect("as")
	s.StoredAs = p.fileFormat()
	p.expect("location")
	s.Location = p.stringLit("a location as a string")
	if p.accept("table") {
		p.expect("properties")
		s.Properties = p.properties()
	}
	switch {
	case s.Columns == nil:
		p.expect("as")
		s.Query = p.asQuery()
	case p.at("as"):
		p.unexpectedHint("the end of the statement", "a table made from a query takes its columns from there: leave the list out")
	}
	s.Span = p.span(start)
	return s
}

// externalColumns reads columns in parentheses, with their types or without.
func (p *parser) externalColumns(typed bool) []*ast.ColumnDef {
	at := p.open("(")
	var list []*ast.ColumnDef
	for ok := true; ok; ok = p.accept(",") {
		start := p.pos()
		c := &ast.ColumnDef{Name: p.name("a column name")}
		if typed {
			c.Type = p.externalType()
		}
		c.Span = p.span(start)
		list = append(list, c)
	}
	p.close(")", at, `","`)
	return list
}

// rowFormat reads ROW FORMAT DELIMITED or ROW FORMAT SERDE.
func (p *parser) rowFormat() *ast.RowFormat {
	start := p.pos()
	p.expectAll("row", "format")
	f := &ast.RowFormat{}
	if p.accept("serde") {
		f.Serde = p.stringLit("a class as a string")
		if p.accept("with") {
			p.expect("serdeproperties")
			f.Properties = p.properties()
		}
	} else {
		if !p.at("delimited") {
			p.unexpectedHint("DELIMITED or SERDE", p.near([]string{"delimited", "serde"}))
		}
		p.i++
		f.Fields = p.terminatedBy("fields")
		f.Lines = p.terminatedBy("lines")
	}
	f.Span = p.span(start)
	return f
}

// terminatedBy reads FIELDS or LINES TERMINATED BY 'text', or nothing.
func (p *parser) terminatedBy(what string) *ast.StringLit {
	if !p.accept(what) {
		return nil
	}
	p.expectAll("terminated", "by")
	return p.stringLit("a delimiter as a string")
}

// fileFormat reads the name of a format, or INPUTFORMAT and OUTPUTFORMAT.
func (p *parser) fileFormat() *ast.FileFormat {
	start := p.pos()
	f := &ast.FileFormat{}
	if p.accept("inputformat") {
		f.Input = p.stringLit("a class as a string")
		p.expect("outputformat")
		f.Output = p.stringLit("a class as a string")
	} else {
		f.Format = p.oneOf("parquet", "orc", "avro", "textfile", "sequencefile", "rcfile", "inputformat")
	}
	f.Span = p.span(start)
	return f
}

// partition reads PARTITION (column = value, ...).
func (p *parser) partition() *ast.Partition {
	start := p.pos()
	p.expect("partition")
	at := p.open("(")
	n := &ast.Partition{}
	for ok := true; ok; ok = p.accept(",") {
		from := p.pos()
		v := &ast.PartitionValue{Column: p.name("a column name")}
		p.expect("=")
		v.Value = p.exprAbove(token.Compare)
		v.Span = p.span(from)
		n.Values = append(n.Values, v)
	}
	p.close(")", at, `","`)
	n.Span = p.span(start)
	return n
}

// addPartitions reads partitions with their locations, behind ADD [IF NOT EXISTS].
func (p *parser) addPartitions(start ast.Pos, ifNotExists bool) ast.AlterAction {
	a := &ast.AddPartitions{IfNotExists: ifNotExists}
	for ok := true; ok; ok = p.at("partition") {
		n := p.partition()
		p.expect("location")
		n.Location = p.stringLit("a location as a string")
		n.Span = p.span(n.Start)
		a.Partitions = append(a.Partitions, n)
	}
	a.Span = p.span(start)
	return a
}

// externalAction reads SET ... or PARTITION (...) SET LOCATION, of an external
// table.
func (p *parser) externalAction() ast.AlterAction {
	start := p.pos()
	if p.at("partition") {
		a := &ast.SetLocation{Partition: p.partition()}
		p.expectAll("set", "location")
		a.Location = p.stringLit("a location as a string")
		a.Span = p.span(start)
		return a
	}
	p.expect("set")
	switch {
	case p.accept("location"):
		a := &ast.SetLocation{Location: p.stringLit("a location as a string")}
		a.Span = p.span(start)
		return a
	case p.accept("file"):
		p.expect("format")
		a := &ast.SetFileFormat{Format: p.fileFormat()}
		a.Span = p.span(start)
		return a
	case p.accept("table"):
		p.expect("properties")
		a := &ast.SetTableProperties{Properties: p.properties()}
		a.Span = p.span(start)
		return a
	}
	words := []string{"location", "file", "table"}
	p.unexpectedHint("LOCATION, FILE FORMAT or TABLE PROPERTIES", p.near(words))
	return nil
}
