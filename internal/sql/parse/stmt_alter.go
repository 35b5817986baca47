package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// alterTable reads what follows ALTER TABLE.
func (p *parser) alterTable(start ast.Pos) ast.Statement {
	s := &ast.Alter{Kind: ast.ObjectTable, Name: p.relation("a table name")}
	s.Actions = []ast.AlterAction{p.tableAction()}
	for p.at(",") {
		if c, ok := s.Actions[0].(*ast.AlterColumn); !ok || c.Encode == nil {
			p.unexpectedHint("the end of the statement", "only ALTER COLUMN ... ENCODE can be given several times: write a statement for each change")
		}
		p.i++
		next := p.pos()
		p.expect("alter")
		c := p.alterColumn()
		if c.Type != nil {
			p.fail(next, "change the type in a statement of its own", "ALTER COLUMN ... TYPE stands alone")
		}
		c.Span = p.span(next)
		s.Actions = append(s.Actions, c)
	}
	s.Span = p.span(start)
	return s
}

// tableAction reads one change of a table.
func (p *parser) tableAction() ast.AlterAction {
	start := p.pos()
	switch {
	case p.accept("add"):
		return p.addAction(start)
	case p.accept("drop"):
		return p.dropAction(start)
	case p.accept("rename"):
		return p.renameAction(start)
	case p.accept("owner"):
		return p.ownerTo(start)
	case p.accept("alter"):
		if p.at("column") {
			c := p.alterColumn()
			c.Span = p.span(start)
			return c
		}
		return p.alterAttributes(start)
	case p.accept("row"):
		return p.rowLevelSecurity(start)
	case p.accept("masking"):
		a := &ast.DatashareMasking{On: p.on()}
		p.expectAll("for", "datashares")
		a.Span = p.span(start)
		return a
	case p.accept("append"):
		p.expect("from")
		a := &ast.AppendFrom{Table: p.relation("a table name")}
		a.Option = p.maybeOneOf("ignoreextra", "filltarget")
		a.Span = p.span(start)
		return a
	case p.at("set", "schema"):
		p.unsupported(start, "create the table there and move the rows with ALTER TABLE ... APPEND FROM",
			"a table cannot move to another schema in Redshift")
	case p.atAny("set", "partition"):
		return p.externalAction()
	}
	words := []string{"add", "drop", "alter", "rename", "owner", "append", "row", "masking", "set", "partition"}
	p.unexpectedHint(alternatives(words), p.near(words))
	return nil
}

// expectAll steps over words that have to come next.
func (p *parser) expectAll(words ...string) {
	for _, w := range words {
		p.expect(w)
	}
}

// addAction reads ADD [COLUMN] definition, ADD constraint or ADD partitions.
func (p *parser) addAction(start ast.Pos) ast.AlterAction {
	if p.atConstraint() {
		a := &ast.AddConstraint{Constraint: p.tableConstraint()}
		a.Span = p.span(start)
		return a
	}
	exists := p.accept("if", "not", "exists")
	if exists || p.at("partition") {
		if !p.at("partition") {
			p.unexpectedHint("PARTITION", "ADD COLUMN has no IF NOT EXISTS in Redshift")
		}
		return p.addPartitions(start, exists)
	}
	p.accept("column")
	if p.at("if", "not", "exists") {
		p.unexpectedHint("a column name", "ADD COLUMN has no IF NOT EXISTS in Redshift")
	}
	a := &ast.AddColumn{Column: p.columnDef()}
	if c := a.Column; c.Identity != nil || c.DistKey || c.SortKey || c.Key != ast.NoKey || c.References != nil {
		p.fail(c.Start, "give these when the table is created, or change them with ALTER TABLE ... ALTER",
			"a column that is added can have DEFAULT, ENCODE, NULL, NOT NULL and COLLATE only")
	}
	a.Span = p.span(start)
	return a
}

// dropAction reads DROP CONSTRAINT name, DROP PARTITION or DROP [COLUMN] name.
func (p *parser) dropAction(start ast.Pos) ast.AlterAction {
	if p.accept("constraint") {
		a := &ast.DropConstraint{Name: p.name("a constraint name"), Behavior: p.behavior()}
		a.Span = p.span(start)
		return a
	}
	if p.at("partition") {
		a := &ast.DropPartition{Partition: p.partition()}
		a.Span = p.span(start)
		return a
	}
	p.accept("column")
	a := &ast.DropColumn{Column: p.name("a column name"), Behavior: p.behavior()}
	a.Span = p.span(start)
	return a
}

// renameAction reads RENAME TO name or RENAME COLUMN name TO name.
func (p *parser) renameAction(start ast.Pos) ast.AlterAction {
	if p.accept("column") {
		a := &ast.RenameColumn{Column: p.name("a column name")}
		p.expect("to")
		a.To = p.name("the new column name")
		a.Span = p.span(start)
		return a
	}
	return p.renameTo(start)
}

// renameTo reads TO name, behind RENAME.
func (p *parser) renameTo(start ast.Pos) ast.AlterAction {
	p.expect("to")
	a := &ast.RenameTo{Name: p.temporaryName("the new name")}
	if p.at(".") {
		p.unexpectedHint("the end of the statement", "the new name has no schema: a rename keeps it")
	}
	a.Span = p.span(start)
	return a
}

// ownerTo reads TO user, behind OWNER.
func (p *parser) ownerTo(start ast.Pos) ast.AlterAction {
	p.expect("to")
	a := &ast.OwnerTo{Owner: p.name("a user name")}
	a.Span = p.span(start)
	return a
}

// alterColumn reads COLUMN name and TYPE type or ENCODE encoding.
func (p *parser) alterColumn() *ast.AlterColumn {
	p.expect("column")
	c := &ast.AlterColumn{Column: p.name("a column name")}
	switch {
	case p.accept("type"):
		c.Type = p.columnType()
	case p.accept("encode"):
		c.Encode = p.oneOf(encodings...)
	default:
		hint := p.near([]string{"type", "encode"})
		if p.atAny("set", "drop") {
			hint = "the default and NOT NULL of a column cannot be changed in Redshift: add another column"
		}
		p.unexpectedHint("TYPE or ENCODE", hint)
	}
	return c
}

// alterAttributes reads DISTKEY column, DISTSTYLE style, SORTKEY or ENCODE AUTO,
// behind ALTER.
func (p *parser) alterAttributes(start ast.Pos) ast.AlterAction {
	at := p.pos()
	t := &ast.TableAttributes{}
	switch {
	case p.accept("distkey"):
		t.DistKey = p.alterDistKey()
	case p.accept("diststyle"):
		t.DistStyle = p.oneOf("auto", "even", "key", "all")
		if t.DistStyle.Text == "key" {
			p.expect("distkey")
			t.DistKey = p.alterDistKey()
		}
	case p.at("interleaved"):
		p.unexpectedHint("SORTKEY or COMPOUND", "a sort key can be interleaved only when the table is created")
	case p.atAny("sortkey", "compound"):
		t.SortKey = p.sortKey("auto", "none")
	case p.accept("encode"):
		t.Encode = p.oneOf("auto")
	default:
		words := []string{"column", "distkey", "diststyle", "sortkey", "compound", "encode"}
		p.unexpectedHint(alternatives(words), p.near(words))
	}
	t.Span = p.span(at)
	a := &ast.AlterAttributes{Attributes: t}
	a.Span = p.span(start)
	return a
}

func (p *parser) alterDistKey() ast.Ident {
	if p.at("(") {
		p.unexpectedHint("a column name", "in ALTER the distribution key stands without parentheses")
	}
	return p.name("a column name")
}

// rowLevelSecurity reads LEVEL SECURITY ON ..., behind ROW.
func (p *parser) rowLevelSecurity(start ast.Pos) ast.AlterAction {
	p.expectAll("level", "security")
	a := &ast.RowLevelSecurity{On: p.on()}
	if p.accept("conjunction") {
		p.expect("type")
		a.Conjunction = p.oneOf("and", "or")
	}
	a.ForDatashares = p.accept("for", "datashares")
	a.Span = p.span(start)
	return a
}
