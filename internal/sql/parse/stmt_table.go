package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// createTable reads what follows CREATE: [[LOCAL] TEMP] TABLE name and the table's
// columns, or a query behind AS.
func (p *parser) createTable(start ast.Pos) ast.Statement {
	local := p.accept("local")
	temporary := p.accept("temp") || p.accept("temporary")
	if temporary && p.at("view") {
		p.unexpectedHint("TABLE", "a view is temporary if its name starts with #")
	}
	if local && !temporary {
		p.unexpected("TEMPORARY")
	}
	p.expect("table")
	s := &ast.CreateTable{Temporary: temporary, IfNotExists: p.accept("if", "not", "exists")}
	s.Name = p.relation("a table name")
	if !p.at("(") || p.atColumnNames() {
		return p.createTableAs(start, s)
	}
	at := p.open("(")
	for ok := true; ok; ok = p.accept(",") {
		s.Elements = append(s.Elements, p.tableElement())
	}
	p.close(")", at, `","`)
	s.Attributes = p.tableAttributes()
	if p.at("as") {
		p.unexpectedHint("the end of the statement", "a table made from a query takes its types from there: name the columns only")
	}
	s.Span = p.span(start)
	return s
}

// atColumnNames reports whether parentheses come next that hold names without
// types.
func (p *parser) atColumnNames() bool {
	first := p.peek(1)
	return (first.kind == quoted || first.kind == word && !first.reserved) && (p.peek(2).is(",") || p.peek(2).is(")"))
}

// createTableAs reads the rest of CREATE TABLE name [(columns)] [attributes] AS
// query.
func (p *parser) createTableAs(start ast.Pos, t *ast.CreateTable) ast.Statement {
	s := &ast.CreateTableAs{Temporary: t.Temporary, Name: t.Name}
	if p.at("(") {
		s.Columns = p.nameList("a column name")
	}
	s.Attributes = p.tableAttributes()
	if !p.at("as") {
		expected := `"(" or AS`
		if s.Columns != nil {
			expected = "AS"
		}
		p.unexpectedHint(expected, "a table has either columns with types in parentheses, or AS and a query")
	}
	if t.IfNotExists {
		p.unexpectedHint(`"("`, "a table made from a query takes no IF NOT EXISTS: DROP TABLE IF EXISTS first")
	}
	p.i++
	s.Query = p.asQuery()
	s.Span = p.span(start)
	return s
}

// asQuery reads the query behind AS.
func (p *parser) asQuery() *ast.Query {
	if !p.atQuery() && !p.at("(") {
		p.unexpectedHint("a query", p.near([]string{"select", "with", "values"}))
	}
	return p.query()
}

// tableElement reads a column, a constraint or LIKE.
func (p *parser) tableElement() ast.TableElement {
	start := p.pos()
	switch {
	case p.accept("like"):
		e := &ast.TableLike{Table: p.relation("a table name")}
		if e.Defaults = p.maybeOneOf("including", "excluding"); e.Defaults != nil {
			p.expect("defaults")
		} else if hint := p.near([]string{"including", "excluding"}); hint != "" {
			p.unexpectedHint("INCLUDING or EXCLUDING", hint)
		}
		e.Span = p.span(start)
		return e
	case p.atConstraint():
		return p.tableConstraint()
	}
	return p.columnDef()
}

// atConstraint reports whether a constraint of a table comes next.
func (p *parser) atConstraint() bool {
	return p.atAny("constraint", "unique", "primary", "foreign", "check")
}

// tableConstraint reads [CONSTRAINT name] UNIQUE, PRIMARY KEY or FOREIGN KEY.
func (p *parser) tableConstraint() *ast.TableConstraint {
	start := p.pos()
	c := &ast.TableConstraint{}
	if p.accept("constraint") {
		c.Name = p.name("a constraint name")
	}
	switch {
	case p.accept("unique"):
		c.Kind = ast.Unique
	case p.accept("primary"):
		p.expect("key")
		c.Kind = ast.PrimaryKey
	case p.accept("foreign"):
		p.expect("key")
		c.Kind = ast.ForeignKey
	case p.at("check"):
		p.noCheck()
	default:
		p.unexpected("UNIQUE, PRIMARY KEY or FOREIGN KEY")
	}
	c.Columns = p.nameList("a column name")
	if c.Kind == ast.ForeignKey {
		c.References = p.references()
	}
	c.Span = p.span(start)
	return c
}

func (p *parser) noCheck() {
	p.unsupported(p.pos(), "leave it out, and test the data with a query", "CHECK constraints are not available in Redshift")
}

// references reads REFERENCES table [(columns)].
func (p *parser) references() *ast.References {
	start := p.pos()
	p.expect("references")
	r := &ast.References{Table: p.relation("a table name")}
	if p.at("(") {
		r.Columns = p.nameList("a column name")
	}
	if p.atAny("on", "match", "deferrable", "initially") {
		p.unexpectedHint(`"," or ")"`, "a foreign key takes no actions: Redshift does not enforce it")
	}
	r.Span = p.span(start)
	return r
}

// columnDef reads a column's name, type, attributes and constraints.
func (p *parser) columnDef() *ast.ColumnDef {
	start := p.pos()
	c := &ast.ColumnDef{Name: p.name("a column name")}
	if p.atAny(",", ")") {
		p.unexpectedHint("a type", "give the column "+quote(c.Name.Name)+" a type, such as VARCHAR(100)")
	}
	c.Type = p.columnType()
	for p.columnAttribute(c) || p.columnConstraint(c) {
	}
	if hint := p.attributeHint(); hint != "" {
		p.unexpectedHint(`"," or ")"`, hint)
	}
	c.Span = p.span(start)
	return c
}

// attributeHint is what to do about a word behind a column that is no attribute.
func (p *parser) attributeHint() string {
	switch {
	case p.atAny("auto_increment", "autoincrement"):
		return "write IDENTITY(1, 1)"
	case p.at("not"):
		return "after NOT comes NULL"
	}
	return p.near([]string{
		"default", "identity", "generated", "encode", "distkey", "sortkey", "collate", "unique", "primary", "references",
	})
}

// encodings are the compression encodings ("Compression encodings").
var encodings = []string{
	"raw", "az64", "bytedict", "delta", "delta32k", "lzo", "mostly8", "mostly16", "mostly32", "runlength", "text255",
	"text32k", "zstd",
}

// columnAttribute reads one attribute of a column, and reports false if none comes.
func (p *parser) columnAttribute(c *ast.ColumnDef) bool {
	switch {
	case p.at("default"):
		p.once(c.Default != nil, "DEFAULT")
		p.i++
		c.Default = p.exprAbove(token.Compare)
	case p.atAny("identity", "generated"):
		p.once(c.Identity != nil, "IDENTITY")
		c.Identity = p.identity()
	case p.at("encode"):
		p.once(c.Encode != nil, "ENCODE")
		p.i++
		c.Encode = p.oneOf(encodings...)
	case p.at("distkey"):
		p.once(c.DistKey, "DISTKEY")
		p.i++
		c.DistKey = true
	case p.at("sortkey"):
		p.once(c.SortKey, "SORTKEY")
		p.i++
		c.SortKey = true
	case p.at("collate"):
		p.once(c.Collate != nil, "COLLATE")
		c.Collate = p.collate()
	default:
		return false
	}
	return true
}

// collate reads COLLATE CASE_SENSITIVE or CASE_INSENSITIVE.
func (p *parser) collate() *ast.Word {
	p.expect("collate")
	return p.collation()
}

// collation reads the name of a collation; CS and CI are short ones.
func (p *parser) collation() *ast.Word {
	if p.tok().kind == str || p.tok().kind == quoted {
		p.unexpectedHint("CASE_SENSITIVE or CASE_INSENSITIVE", "Redshift has these two collations only")
	}
	w := p.oneOf("case_sensitive", "case_insensitive", "cs", "ci")
	if full := map[string]string{"cs": "case_sensitive", "ci": "case_insensitive"}[w.Text]; full != "" {
		w.Text = full
	}
	return w
}

// identity reads IDENTITY(seed, step) or GENERATED BY DEFAULT AS IDENTITY(...).
func (p *parser) identity() *ast.Identity {
	start := p.pos()
	n := &ast.Identity{ByDefault: p.accept("generated", "by", "default", "as")}
	if p.at("generated") {
		p.i++
		p.unexpectedHint("BY DEFAULT AS IDENTITY", "IDENTITY(seed, step) alone always generates the value")
	}
	p.expect("identity")
	if !p.at("(") {
		p.unexpectedHint(`"("`, "give the first number and the step: IDENTITY(1, 1)")
	}
	at := p.open("(")
	n.Seed = p.signedNumber()
	p.expect(",")
	n.Step = p.signedNumber()
	p.close(")", at)
	n.Span = p.span(start)
	return n
}

// signedNumber reads a whole number with or without a sign.
func (p *parser) signedNumber() ast.Expr {
	start := p.pos()
	if p.accept("-") {
		return &ast.Unary{Op: ast.Neg, X: p.numberLit(), Span: p.span(start)}
	}
	p.accept("+")
	return p.numberLit()
}

// numberLit reads a whole number.
func (p *parser) numberLit() *ast.NumberLit {
	t := p.tok()
	p.whole("a whole number")
	return &ast.NumberLit{Span: ast.Span{Start: t.start, Stop: t.end}, Text: t.text}
}

// columnConstraint reads one constraint of a column, and reports false if none
// comes.
func (p *parser) columnConstraint(c *ast.ColumnDef) bool {
	switch {
	case p.at("not", "null"), p.at("null"):
		p.once(c.Nullable != ast.NullUnsaid, "NULL or NOT NULL")
		c.Nullable = ast.Null
		if p.accept("not") {
			c.Nullable = ast.NotNull
		}
		p.i++
	case p.at("unique"), p.at("primary"):
		p.once(c.Key != ast.NoKey, "a key")
		c.Key = ast.Unique
		if !p.accept("unique") {
			p.i++
			p.expect("key")
			c.Key = ast.PrimaryKey
		}
	case p.at("references"):
		p.once(c.References != nil, "REFERENCES")
		c.References = p.references()
	case p.at("check"):
		p.noCheck()
	default:
		return false
	}
	return true
}

// tableAttributes reads what says how a table is stored, in any order, and
// returns nil if nothing does.
func (p *parser) tableAttributes() *ast.TableAttributes {
	start := p.pos()
	a := &ast.TableAttributes{}
	for p.tableAttribute(a) {
	}
	if hint := p.near([]string{"backup", "diststyle", "distkey", "sortkey", "compound", "interleaved", "encode"}); hint != "" {
		p.unexpectedHint("an attribute of the table", hint)
	}
	if p.pos() == start {
		return nil
	}
	if a.DistKey.Name != "" && a.DistStyle != nil && a.DistStyle.Text != "key" {
		p.fail(a.DistKey.Start, "write DISTSTYLE KEY, or leave DISTKEY out",
			"DISTSTYLE %s has no DISTKEY", strings.ToUpper(a.DistStyle.Text))
	}
	a.Span = p.span(start)
	return a
}

// tableAttribute reads one of them, and reports false if none comes.
func (p *parser) tableAttribute(a *ast.TableAttributes) bool {
	switch {
	case p.at("backup"):
		p.once(a.Backup != nil, "BACKUP")
		p.i++
		a.Backup = p.yes()
	case p.at("diststyle"):
		p.once(a.DistStyle != nil, "DISTSTYLE")
		p.i++
		a.DistStyle = p.oneOf("auto", "even", "key", "all")
	case p.at("distkey"):
		p.once(a.DistKey.Name != "", "DISTKEY")
		p.i++
		if !p.at("(") {
			p.unexpectedHint(`"("`, "write the column in parentheses: DISTKEY (column)")
		}
		at := p.open("(")
		a.DistKey = p.name("a column name")
		if p.at(",") {
			p.unexpectedHint(`")"`, "a table is distributed by one column")
		}
		p.close(")", at)
	case p.atAny("sortkey", "compound", "interleaved"):
		p.once(a.SortKey != nil, "SORTKEY")
		a.SortKey = p.sortKey("auto")
	case p.at("encode"):
		p.once(a.Encode != nil, "ENCODE")
		p.i++
		a.Encode = p.oneOf("auto")
	default:
		return false
	}
	return true
}

// sortKey reads [COMPOUND | INTERLEAVED] SORTKEY (columns), or SORTKEY and one of
// the words that may stand for columns.
func (p *parser) sortKey(instead ...string) *ast.SortKey {
	start := p.pos()
	k := &ast.SortKey{Style: p.maybeOneOf("compound", "interleaved")}
	if !p.at("sortkey") {
		p.unexpectedHint("SORTKEY", "write "+strings.ToUpper(k.Style.Text)+" SORTKEY (a, b)")
	}
	p.i++
	if k.Style == nil {
		k.Style = p.maybeOneOf(instead...)
	}
	if k.Style == nil || k.Style.Text == "compound" || k.Style.Text == "interleaved" {
		if !p.at("(") {
			p.unexpectedHint(`"(" or `+alternatives(instead), "write the columns in parentheses: SORTKEY (a, b)")
		}
		k.Columns = p.nameList("a column name")
	}
	k.Span = p.span(start)
	return k
}
