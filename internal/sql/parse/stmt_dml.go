package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// withStatement reads what starts with WITH: a query, an UPDATE or a DELETE.
func (p *parser) withStatement() ast.Statement {
	start := p.pos()
	with := p.with()
	switch {
	case p.at("update"):
		return p.update(start, with)
	case p.at("delete"):
		return p.delete(start, with)
	case p.at("insert"):
		p.unexpectedHint("SELECT, UPDATE or DELETE", "in an INSERT the WITH stands before the SELECT: INSERT INTO t WITH ... SELECT ...")
	}
	return p.queryAfter(start, with)
}

// insert reads INSERT INTO table [(columns)] and a query, VALUES or DEFAULT VALUES.
func (p *parser) insert() ast.Statement {
	start := p.pos()
	p.i++
	if !p.at("into") {
		p.unexpectedHint("INTO", "write INSERT INTO")
	}
	p.i++
	s := &ast.Insert{Table: p.relation("a table name")}
	if p.at("(") && !p.at("(", "select") && !p.at("(", "with") && !p.at("(", "(") && !p.at("(", "values", "(") {
		s.Columns = p.nameList("a column name")
	}
	switch {
	case p.at("default"):
		if s.Columns != nil {
			p.unexpectedHint("VALUES or a query", "DEFAULT VALUES is for all columns: leave the list out")
		}
		p.i++
		p.expect("values")
	case p.at("values"):
		s.Query = p.insertValues()
	case p.atAny("select", "with", "("):
		s.Query = p.query()
	default:
		p.unexpectedHint("VALUES, DEFAULT VALUES or a query", p.insertHint(s))
	}
	switch {
	case p.at("on", "conflict"):
		p.unsupported(p.pos(), "write MERGE", "ON CONFLICT is not available in Redshift")
	case p.at("returning"):
		p.unsupported(p.pos(), "read the rows with a SELECT", "RETURNING is not available in Redshift")
	}
	s.Span = p.span(start)
	return s
}

// insertHint is what to do where neither VALUES nor a query follows a table.
func (p *parser) insertHint(s *ast.Insert) string {
	if p.at("value") {
		return "did you mean VALUES?"
	}
	if t := p.tok(); s.Columns == nil && t.kind == word && !t.reserved {
		return "the target of an INSERT has no alias, and its columns stand in parentheses"
	}
	return ""
}

// insertValues reads VALUES and rows in which DEFAULT may stand.
func (p *parser) insertValues() *ast.Query {
	start := p.pos()
	p.i++
	v := &ast.Values{}
	for ok := true; ok; ok = p.accept(",") {
		v.Rows = append(v.Rows, p.valuesRow())
	}
	v.Span = p.span(start)
	return &ast.Query{Span: v.Span, Body: v}
}

// valuesRow reads one row in parentheses.
func (p *parser) valuesRow() *ast.Row {
	if !p.at("(") && p.startsItem(p.tok()) {
		p.unexpectedHint(`"("`, "each row stands in parentheses: VALUES (1, 2), (3, 4)")
	}
	at := p.open("(")
	row := &ast.Row{}
	for ok := true; ok; ok = p.accept(",") {
		row.Items = append(row.Items, p.valueOrDefault())
	}
	p.close(")", at, `","`)
	row.Span = p.span(at)
	return row
}

func (p *parser) valueOrDefault() ast.Expr {
	if start := p.pos(); p.accept("default") {
		return &ast.Default{Span: p.span(start)}
	}
	return p.expr()
}

// target reads the table that an UPDATE or a DELETE changes, and its alias. The
// words in except are no aliases here.
func (p *parser) target(except ...string) *ast.TableName {
	start := p.pos()
	t := &ast.TableName{Name: p.relation("a table name")}
	if p.accept("as") {
		t.Alias.Name = p.name("a table name after AS")
	} else if p.bareAlias(except...) {
		t.Alias.Name = p.ident()
	}
	t.Span = p.span(start)
	return t
}

// update reads UPDATE table SET ... FROM ... WHERE ...
func (p *parser) update(start ast.Pos, with *ast.With) ast.Statement {
	p.expect("update")
	s := &ast.Update{With: with, Target: p.target("set")}
	if !p.at("set") {
		p.unexpectedHint("SET", p.joinHint("FROM"))
	}
	p.i++
	s.Set = p.assignments()
	if p.accept("from") {
		s.From = p.from()
	}
	if p.atJoin() {
		p.unexpectedHint("FROM or WHERE", p.joinHint("FROM"))
	}
	if p.accept("where") {
		s.Where = p.expr()
	}
	s.Span = p.span(start)
	return s
}

// joinHint is what to do where a table that is changed is joined.
func (p *parser) joinHint(clause string) string {
	if p.atJoin() || p.at(",") {
		return "name the other table in " + clause + " and join it in WHERE"
	}
	return ""
}

// assignments reads column = value, ...
func (p *parser) assignments() []*ast.Assignment {
	var list []*ast.Assignment
	for ok := true; ok; ok = p.accept(",") {
		start := p.pos()
		if p.at("(") {
			p.unexpectedHint("a column name", "columns are set one by one: SET a = 1, b = 2")
		}
		a := &ast.Assignment{Column: p.name("a column name")}
		if p.at(".") {
			p.unexpectedHint(`"="`, "a column to set is named without its table")
		}
		p.expect("=")
		a.Value = p.valueOrDefault()
		a.Span = p.span(start)
		list = append(list, a)
	}
	return list
}

// delete reads DELETE [FROM] table [USING ...] [WHERE ...].
func (p *parser) delete(start ast.Pos, with *ast.With) ast.Statement {
	p.expect("delete")
	if p.at("*") {
		p.unexpectedHint("FROM", "DELETE removes whole rows: leave the * out")
	}
	p.accept("from")
	s := &ast.Delete{With: with, Target: p.target()}
	if p.accept("using") {
		s.Using = p.from()
	}
	switch {
	case p.atJoin(), p.at(","):
		p.unexpectedHint("USING or WHERE", p.joinHint("USING"))
	case p.at("order"), p.at("limit"):
		p.unexpectedHint("the end of the statement", "DELETE has no ORDER BY and no LIMIT: say in WHERE which rows go")
	}
	if p.accept("where") {
		s.Where = p.expr()
	}
	s.Span = p.span(start)
	return s
}

// merge reads MERGE INTO table USING source ON condition and what to do.
func (p *parser) merge() ast.Statement {
	start := p.pos()
	p.i++
	p.expect("into")
	s := &ast.Merge{Table: p.relation("a table name")}
	if !p.at("using") {
		p.unexpectedHint("USING", "the target of a MERGE has no alias")
	}
	p.i++
	if p.at("(") {
		p.unexpectedHint("a table name", "the source of a MERGE is a table: write the query into a temporary one first")
	}
	s.Source = p.target()
	p.expect("on")
	s.On = p.expr()
	switch {
	case p.accept("remove", "duplicates"):
		s.RemoveDuplicates = true
	case p.at("when"):
		p.mergeWhens(s)
	default:
		p.unexpected("WHEN or REMOVE DUPLICATES")
	}
	s.Span = p.span(start)
	return s
}

// mergeWhens reads WHEN MATCHED and WHEN NOT MATCHED, of which a MERGE has one
// each.
func (p *parser) mergeWhens(s *ast.Merge) {
	var seen [2]bool
	for p.at("when") {
		start := p.pos()
		w := p.mergeWhen()
		kind := 0
		if w.NotMatched {
			kind = 1
		}
		if seen[kind] {
			p.fail(start, "combine the two", "there is a second WHEN for the same rows")
		}
		seen[kind] = true
		s.Whens = append(s.Whens, w)
	}
	switch {
	case !seen[0]:
		p.unexpectedHint("WHEN MATCHED", "a MERGE has both, WHEN MATCHED and WHEN NOT MATCHED")
	case !seen[1]:
		p.unexpectedHint("WHEN NOT MATCHED", "a MERGE has both, WHEN MATCHED and WHEN NOT MATCHED")
	}
}

func (p *parser) mergeWhen() *ast.MergeWhen {
	start := p.pos()
	p.i++
	w := &ast.MergeWhen{NotMatched: p.accept("not")}
	p.expect("matched")
	if p.at("and") {
		p.unexpectedHint("THEN", "WHEN takes no condition of its own: put it into the source or into CASE")
	}
	p.expect("then")
	switch {
	case !w.NotMatched && p.accept("update"):
		p.expect("set")
		w.Set = p.assignments()
	case !w.NotMatched && p.accept("delete"):
	case !w.NotMatched:
		p.unexpected("UPDATE or DELETE")
	default:
		p.expect("insert")
		if p.at("(") {
			w.Columns = p.nameList("a column name")
		}
		p.expect("values")
		w.Values = p.valuesRow()
	}
	w.Span = p.span(start)
	return w
}
