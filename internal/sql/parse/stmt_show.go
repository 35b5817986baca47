package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// showObjects are what SHOW shows the definition of.
var showObjects = []string{
	"table", "view", "external table", "procedure", "function", "model", "template", "parameters of function", "parameters of procedure",
}

// showIn says where the things that SHOW lists are: database, schema or table.
var showIn = map[string]string{
	"schemas": "database", "tables": "schema", "columns": "table", "functions": "schema", "procedures": "schema", "templates": "schema",
	"constraints primary keys": "table", "constraints foreign keys": "table", "constraints foreign keys exported": "table",
}

// catalogOptions are those of SHOW DATABASES FROM DATA CATALOG.
var catalogOptions = optionSet{
	"account":  listValue(func(p *parser) ast.Expr { return p.stringLit("an account's id as a string") }),
	"iam_role": roleValue,
	"like":     func(p *parser) ast.Expr { return p.stringLit("a pattern as a string") },
}

// datashareOptions are those of CREATE and ALTER DATASHARE ... SET.
var datashareOptions = optionSet{"publicaccessible": truthValue, "includenew": truthValue}

// truthValue reads [=] TRUE or FALSE.
func truthValue(p *parser) ast.Expr {
	p.accept("=")
	return p.oneOf("true", "false")
}

// showStatement reads a SHOW, or a statement about datashares, or nothing.
func (p *parser) showStatement() ast.Statement {
	start := p.pos()
	switch {
	case p.accept("show"):
		return p.show(start)
	case p.accept("desc"), p.accept("describe"):
		return p.describe(start)
	case p.accept("create", "datashare"):
		s := &ast.CreateDatashare{Name: p.name("a datashare name")}
		p.accept("set")
		s.Options = p.options(optionSet{"publicaccessible": truthValue, "managedby": func(p *parser) ast.Expr { return p.oneOf("adx") }})
		s.Span = p.span(start)
		return s
	case p.accept("alter", "datashare"):
		return p.alterDatashare(start)
	}
	return nil
}

// show reads what follows SHOW.
func (p *parser) show(start ast.Pos) ast.Statement {
	switch {
	case p.accept("all"):
		return &ast.Show{Span: p.span(start)}
	case p.at("grants"), p.at("column", "grants"):
		return p.showGrants(start)
	}
	if list := p.longest(append(lists(), "databases", "datashares", "rls policies", "masking policies")); list != "" {
		return p.showList(start)
	}
	if kind := p.longest(showObjects); kind != "" {
		next := p.peek(wordsIn(kind))
		if next.kind == word || next.kind == quoted || kind == "table" || wordsIn(kind) > 1 {
			return p.showObject(start)
		}
	}
	if p.at("create") {
		p.unexpectedHint("what to show", "write SHOW TABLE name or SHOW VIEW name")
	}
	s := &ast.Show{Parameter: p.showParameter()}
	s.Span = p.span(start)
	return s
}

// lists are the names of what is shown from somewhere.
func lists() []string {
	var all []string
	for name := range showIn {
		all = append(all, name)
	}
	return all
}

func wordsIn(text string) int { return len(strings.Fields(text)) }

// showObject reads SHOW TABLE name and its kin.
func (p *parser) showObject(start ast.Pos) ast.Statement {
	s := &ast.ShowObject{Kind: p.phrase(showObjects...)}
	if s.Kind.Text != "model" || !p.accept("all") {
		s.Object = p.routine("a name")
		if s.Object.Parens && !strings.Contains(s.Kind.Text, "procedure") && !strings.Contains(s.Kind.Text, "function") {
			p.fail(s.Object.Start, "leave the parentheses out", "a %s has no arguments", s.Kind.Text)
		}
	}
	s.Partition = s.Kind.Text == "external table" && p.accept("partition")
	if strings.HasPrefix(s.Kind.Text, "parameters") && p.accept("like") {
		s.Like = p.stringLit("a pattern as a string")
	}
	s.Span = p.span(start)
	return s
}

// showList reads SHOW TABLES FROM SCHEMA name and its kin.
func (p *parser) showList(start ast.Pos) ast.Statement {
	s := &ast.ShowList{What: p.maybePhrase(append(lists(), "databases", "datashares", "rls policies", "masking policies")...)}
	in := showIn[s.What.Text]
	switch {
	case s.What.Text == "databases" && p.accept("from"):
		s.In = p.phrase("data catalog")
		s.Options = p.options(catalogOptions)
	case strings.HasSuffix(s.What.Text, "policies"):
		p.policiesOf(s)
	case in != "":
		if !p.at("from", in) {
			p.unexpectedHint("FROM "+strings.ToUpper(in), "write SHOW "+strings.ToUpper(s.What.Text+" FROM "+in)+" name")
		}
		p.i++
		s.In = p.oneOf(in)
		s.From = p.objectName("the name of a " + in)
	}
	s.Like, s.Limit = p.likeAndLimit()
	s.Span = p.span(start)
	return s
}

// policiesOf reads where the policies of SHOW RLS POLICIES are and for whom.
func (p *parser) policiesOf(s *ast.ShowList) {
	switch {
	case p.accept("on"):
		at := p.pos()
		p.accept("table")
		s.In = &ast.Word{Span: ast.Span{Start: at, Stop: at}, Text: "table"}
		s.From = p.objectName("a table name")
		if p.accept("for") {
			s.For = p.policyGrantee()
		}
	case p.accept("from"):
		s.In = p.oneOf("database")
		s.From = p.objectName("a database name")
	}
}

// likeAndLimit reads LIKE 'pattern' and LIMIT rows.
func (p *parser) likeAndLimit() (like *ast.StringLit, limit *ast.NumberLit) {
	if p.accept("like") {
		like = p.stringLit("a pattern as a string")
	}
	if p.accept("limit") {
		limit = p.numberLit()
	}
	return like, limit
}

// showGrants reads [COLUMN] GRANTS ON something or FOR someone.
func (p *parser) showGrants(start ast.Pos) ast.Statement {
	s := &ast.ShowGrants{Columns: p.accept("column")}
	p.i++
	switch {
	case p.accept("on"):
		s.On = p.securable(false)
		if p.accept("for") {
			s.For = p.grantee()
		}
	case p.accept("for"):
		s.For = p.grantee()
	default:
		p.unexpected("ON or FOR")
	}
	if p.accept("from") {
		p.expect("database")
		s.Database = p.name("a database name")
	}
	s.Like, s.Limit = p.likeAndLimit()
	s.Span = p.span(start)
	return s
}

// describe reads DESC DATASHARE name [OF ...] and DESC IDENTITY PROVIDER name.
func (p *parser) describe(start ast.Pos) ast.Statement {
	s := &ast.Describe{}
	if s.Kind = p.maybePhrase("datashare", "identity provider"); s.Kind == nil {
		p.unexpectedHint("DATASHARE or IDENTITY PROVIDER", "columns of a table: SHOW COLUMNS FROM TABLE schema.table")
	}
	s.Name = p.name("a name")
	if s.Kind.Text == "datashare" && p.accept("of") {
		if p.accept("account") {
			s.Account = p.stringLit("an account's id as a string")
		}
		p.expect("namespace")
		s.Namespace = p.stringLit("a namespace's id as a string")
	}
	s.Span = p.span(start)
	return s
}

// alterDatashare reads what follows ALTER DATASHARE.
func (p *parser) alterDatashare(start ast.Pos) ast.Statement {
	s := &ast.AlterDatashare{Name: p.name("a datashare name")}
	if p.accept("set") {
		options := p.options(datashareOptions)
		if len(options) != 1 {
			p.unexpectedHint("PUBLICACCESSIBLE or INCLUDENEW", p.nearOption(datashareOptions))
		}
		s.Option = options[0]
		if s.Option.Name == "includenew" {
			p.expect("for")
			p.expect("schema")
			s.Schema = p.name("a schema name")
		}
	} else {
		if !p.atAny("add", "remove") {
			p.unexpected("ADD, REMOVE or SET")
		}
		s.Action = p.oneOf("add", "remove")
		at := p.pos()
		s.Objects = &ast.Securable{Kind: p.phrase("table", "schema", "function", "all tables in schema", "all functions in schema")}
		if s.Objects.Kind.Text == "function" {
			s.Objects.Routines = p.routines("a function's name")
		} else {
			s.Objects.Names = p.objectNames("a name")
		}
		s.Objects.Span = p.span(at)
	}
	s.Span = p.span(start)
	return s
}
