package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// truncate reads TRUNCATE [TABLE] name.
func (p *parser) truncate() ast.Statement {
	start := p.pos()
	p.i++
	p.accept("table")
	s := &ast.Truncate{Table: p.relation("a table name")}
	if p.at(",") {
		p.unexpectedHint("the end of the statement", "TRUNCATE takes one table")
	}
	s.Span = p.span(start)
	return s
}

// alterSystem reads what follows ALTER SYSTEM: SET name = a switch, which has the
// spellings t, true and on, f, false and off.
func (p *parser) alterSystem(start ast.Pos) ast.Statement {
	p.expect("set")
	s := &ast.AlterSystem{Name: p.name("the name of a setting")}
	p.expect("=")
	switch p.oneOf("on", "off", "true", "false", "t", "f").Text {
	case "on", "true", "t":
		s.On = true
	}
	s.Span = p.span(start)
	return s
}

// commentOn reads COMMENT ON object IS 'text' or NULL.
func (p *parser) commentOn() ast.Statement {
	start := p.pos()
	p.i++
	p.expect("on")
	s := &ast.CommentOn{}
	switch {
	case p.accept("table"):
		s.Name = p.relation("a table name")
	case p.accept("view"):
		s.Kind, s.Name = ast.ObjectView, p.relation("a view name")
	case p.accept("column"):
		s.Kind, s.Name = ast.ObjectColumn, p.columnName()
	case p.accept("constraint"):
		s.Kind, s.Name = ast.ObjectConstraint, ast.Name{p.name("a constraint name")}
		p.expect("on")
		s.On = p.relation("a table name")
	case p.accept("database"):
		s.Kind, s.Name = ast.ObjectDatabase, ast.Name{p.name("a database name")}
	default:
		words := []string{"table", "column", "view", "constraint", "database"}
		p.unexpectedHint(alternatives(words), p.near(words))
	}
	p.expect("is")
	if !p.accept("null") {
		s.Text = p.stringLit("a string or NULL")
	}
	s.Span = p.span(start)
	return s
}

// columnName reads table.column, with more parts before them or not.
func (p *parser) columnName() ast.Name {
	n := ast.Name{p.temporaryName("a column name with its table")}
	for p.accept(".") {
		n = append(n, p.attribute())
	}
	if len(n) == 1 || len(n) > 4 {
		p.fail(n[0].Start, "write schema.table.column", "the column %s needs its table, and no more", quote(n.String()))
	}
	return n
}

// analyze reads ANALYZE [VERBOSE] [table [(columns)]] [PREDICATE | ALL COLUMNS].
func (p *parser) analyze() ast.Statement {
	start := p.pos()
	p.i++
	if p.accept("compression") {
		return p.analyzeCompression(start)
	}
	s := &ast.Analyze{Verbose: p.accept("verbose")}
	if !p.atEnd() && !p.at("predicate", "columns") && !p.at("all") {
		s.Table = p.relation("a table name")
		if p.at("(") {
			s.Columns = p.nameList("a column name")
		}
	}
	if s.Which = p.maybeOneOf("predicate", "all"); s.Which != nil {
		p.expect("columns")
	}
	s.Span = p.span(start)
	return s
}

// atEnd reports whether the statement ends here.
func (p *parser) atEnd() bool { return p.at(";") || p.tok().kind == eof }

// analyzeCompression reads what follows ANALYZE COMPRESSION.
func (p *parser) analyzeCompression(start ast.Pos) ast.Statement {
	s := &ast.AnalyzeCompression{}
	if !p.atEnd() && !p.at("comprows") {
		s.Table = p.relation("a table name")
		if p.at("(") {
			s.Columns = p.nameList("a column name")
		}
	}
	if p.accept("comprows") {
		s.CompRows = p.numberLit()
	}
	s.Span = p.span(start)
	return s
}

// vacuum reads VACUUM [kind] [table] [TO n PERCENT] [BOOST].
func (p *parser) vacuum() ast.Statement {
	start := p.pos()
	p.i++
	s := &ast.Vacuum{}
	switch {
	case p.atAny("sort", "delete") && (p.peek(1).kind == word || p.peek(1).kind == quoted) && !p.peek(1).is("to") && !p.peek(1).is("boost"):
		s.What = p.oneOf("sort", "delete")
		p.expect("only")
	default:
		s.What = p.maybeOneOf("full", "reindex", "recluster")
	}
	if !p.atEnd() && !p.at("to") && !p.at("boost") {
		s.Table = p.relation("a table name")
	}
	if p.accept("to") {
		s.Threshold = p.numberLit()
		p.expect("percent")
	}
	s.Boost = p.accept("boost")
	s.Span = p.span(start)
	return s
}
