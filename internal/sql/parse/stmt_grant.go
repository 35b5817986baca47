package parse

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// objectPrivileges are what can be granted on something ("GRANT").
var objectPrivileges = []string{
	"all", "all privileges", "select", "insert", "update", "delete", "drop", "references", "alter", "truncate",
	"create", "usage", "temporary", "temp", "execute", "share", "assumerole",
}

// systemPrivileges are granted on nothing ("System permissions for RBAC").
var systemPrivileges = []string{
	"create user", "drop user", "alter user", "create schema", "drop schema", "alter default privileges",
	"access catalog", "create table", "drop table", "alter table", "create or replace function",
	"create or replace external function", "drop function", "create or replace procedure", "drop procedure",
	"create or replace view", "drop view", "create model", "drop model", "create datashare", "alter datashare",
	"drop datashare", "create library", "drop library", "create role", "drop role", "truncate table", "vacuum",
	"analyze", "cancel", "access system table", "explain rls", "ignore rls", "explain masking",
}

var privileges = slices.Concat(objectPrivileges, systemPrivileges)

// sameAs are the longer or shorter spellings of a privilege.
var sameAs = map[string]string{"all privileges": "all", "temp": "temporary"}

// securables are the kinds of what privileges are granted on, by name.
var securables = []string{
	"table", "external table", "database", "schema", "external schema", "function", "procedure", "language",
	"datashare", "model", "copy job", "template",
	"all tables in schema", "all functions in schema", "all procedures in schema",
}

// scopes are the kinds that are granted on as a whole.
var scopes = []string{"tables", "schemas", "functions", "procedures", "languages", "copy jobs", "models", "templates"}

// accessStatement reads a statement about privileges and policies, or nothing.
func (p *parser) accessStatement() ast.Statement {
	start := p.pos()
	switch {
	case p.atAny("grant", "revoke"):
		return p.grant(false)
	case p.accept("alter", "default", "privileges"):
		return p.defaultPrivileges(start)
	case p.at("create", "rls"), p.at("create", "masking"), p.at("alter", "rls"), p.at("alter", "masking"):
		return p.createPolicy()
	case p.atAny("attach", "detach"):
		return p.attachPolicy()
	}
	return nil
}

// grant reads GRANT or REVOKE. That of default privileges is for what is to come.
func (p *parser) grant(defaults bool) *ast.Grant {
	start := p.pos()
	g := &ast.Grant{Revoke: p.at("revoke")}
	p.i++
	if g.Revoke && (p.at("grant", "option") || p.at("admin", "option")) {
		g.OptionOnly = p.oneOf("grant", "admin")
		p.i++
		p.expect("for")
	}
	if k := p.peek(1).kind; p.at("role") && (k == word || k == quoted) {
		for ok := true; ok; ok = p.accept(",") {
			p.accept("role")
			g.Roles = append(g.Roles, p.name("a role name"))
		}
	} else {
		g.Privileges = p.privilegeList()
		switch {
		case p.accept("on"):
			g.On = p.securable(defaults)
		case p.accept("for"):
			g.On = p.scope()
		}
	}
	p.toGrantees(g)
	if g.Revoke {
		g.Behavior = p.behavior()
	}
	g.Span = p.span(start)
	return g
}

// toGrantees reads TO or FROM and who follows.
func (p *parser) toGrantees(g *ast.Grant) {
	direction, other := "to", "from"
	if g.Revoke {
		direction, other = other, direction
	}
	expected := show(direction)
	for _, pr := range g.Privileges {
		if g.On == nil && !slices.Contains(systemPrivileges, pr.Name) {
			p.unexpectedHint("ON or FOR", "say what "+strings.ToUpper(pr.Name)+" is granted on")
		}
	}
	if p.at(other) {
		p.unexpectedHint(expected, "it is GRANT ... TO and REVOKE ... FROM")
	}
	if !p.accept(direction) {
		p.unexpected(expected)
	}
	for ok := true; ok; ok = p.accept(",") {
		g.Grantees = append(g.Grantees, p.grantee())
	}
	if len(g.Privileges) > 0 && g.Privileges[0].Name == "assumerole" {
		p.expect("for")
		for ok := true; ok; ok = p.accept(",") {
			g.For = append(g.For, p.phrase("all", "copy", "unload", "external function", "create model"))
		}
	}
}

// privilegeList reads privileges with commas between them.
func (p *parser) privilegeList() []*ast.Privilege {
	var list []*ast.Privilege
	for ok := true; ok; ok = p.accept(",") {
		start := p.pos()
		w := p.maybePhrase(privileges...)
		if w == nil {
			p.unexpectedHint("a privilege, such as SELECT or USAGE", p.near(privileges))
		}
		pr := &ast.Privilege{Name: w.Text}
		if same, ok := sameAs[w.Text]; ok {
			pr.Name = same
		}
		if p.at("(") {
			pr.Columns = p.nameList("a column name")
		}
		pr.Span = p.span(start)
		list = append(list, pr)
	}
	return list
}

// securable reads what privileges are granted on, behind ON.
func (p *parser) securable(defaults bool) *ast.Securable {
	start := p.pos()
	s := &ast.Securable{}
	switch {
	case defaults:
		s.Kind = p.oneOf("tables", "functions", "procedures")
		s.Span = p.span(start)
		return s
	case p.tok().kind == str:
		for ok := true; ok; ok = p.accept(",") {
			s.Roles = append(s.Roles, p.stringLit("a role's ARN"))
		}
		s.Span = p.span(start)
		return s
	case p.at("default"), p.at("all") && (p.peek(1).is("to") || p.peek(1).is("from")):
		s.Kind = p.oneOf("default", "all")
		s.Span = p.span(start)
		return s
	}
	kind := p.longest(securables)
	if end := p.peek(wordsIn(kind)); kind == "" || end.kind != word && end.kind != quoted || end.is("to") || end.is("from") {
		if p.at("all") {
			p.unexpectedHint("ALL TABLES IN SCHEMA, ALL FUNCTIONS IN SCHEMA or ALL PROCEDURES IN SCHEMA", p.nearKind())
		}
		s.Kind = &ast.Word{Span: ast.Span{Start: start, Stop: start}, Text: "table"}
	} else {
		s.Kind = p.maybePhrase(kind)
	}
	if s.Kind.Text == "function" || s.Kind.Text == "procedure" {
		s.Routines = p.routines("the name of a " + s.Kind.Text)
	} else {
		s.Names = p.objectNames("the name of what to grant on")
	}
	s.Span = p.span(start)
	return s
}

// nearKind is the hint at the word after ALL.
func (p *parser) nearKind() string {
	p.i++
	defer func() { p.i-- }()
	return p.near([]string{"tables", "functions", "procedures"})
}

// objectNames reads names with commas between them.
func (p *parser) objectNames(what string) []ast.Name {
	list := []ast.Name{p.objectName(what)}
	for p.accept(",") {
		list = append(list, p.objectName(what))
	}
	return list
}

// scope reads TABLES IN SCHEMA s [DATABASE d] and its kin, behind FOR.
func (p *parser) scope() *ast.Securable {
	start := p.pos()
	s := &ast.Securable{Kind: p.phrase(scopes...)}
	p.expect("in")
	switch {
	case p.accept("schema"):
		s.Schema = p.name("a schema name")
		if p.accept("database") {
			s.Database = p.name("a database name")
		}
	case p.accept("database"):
		s.Database = p.name("a database name")
	default:
		p.unexpected("SCHEMA or DATABASE")
	}
	s.Span = p.span(start)
	return s
}

// grantee reads who gets or loses privileges.
func (p *parser) grantee() *ast.Grantee {
	start := p.pos()
	g := &ast.Grantee{}
	next := p.peek(1)
	named := next.kind == quoted || next.kind == word && !next.reserved
	switch {
	case p.at("public"):
		g.Kind = p.oneOf("public")
	case p.at("group"), p.at("role") && named:
		g.Kind = p.oneOf("group", "role")
		g.Name = ast.Name{p.name("a name")}
	case p.at("rls", "policy"), p.at("masking", "policy"):
		g.Kind = p.phrase("rls policy", "masking policy")
		g.Name = p.objectName("a policy's name")
	case next.kind == str && p.atAny("iam_role", "namespace", "account"):
		g.Kind = p.oneOf("iam_role", "namespace", "account")
		g.ID = p.stringLit("an id")
		g.ViaCatalog = g.Kind.Text == "account" && p.accept("via", "data", "catalog")
	default:
		g.Name = ast.Name{p.name("a user name, ROLE, GROUP or PUBLIC")}
	}
	if p.accept("with") {
		g.WithOption = p.oneOf("grant", "admin")
		p.expect("option")
	}
	g.Span = p.span(start)
	return g
}

// defaultPrivileges reads what follows ALTER DEFAULT PRIVILEGES.
func (p *parser) defaultPrivileges(start ast.Pos) ast.Statement {
	s := &ast.DefaultPrivileges{}
	if p.accept("for") {
		p.expect("user")
		s.Users = p.names("a user name")
	}
	if p.accept("in") {
		p.expect("schema")
		s.Schemas = p.names("a schema name")
	}
	if !p.atAny("grant", "revoke") {
		p.unexpected("GRANT or REVOKE")
	}
	s.Grant = p.grant(true)
	s.Span = p.span(start)
	return s
}

// createPolicy reads CREATE and ALTER of RLS POLICY and MASKING POLICY.
func (p *parser) createPolicy() ast.Statement {
	start := p.pos()
	s := &ast.CreatePolicy{Alter: p.at("alter")}
	p.i++
	s.Masking = p.at("masking")
	p.i++
	p.expect("policy")
	if !s.Alter {
		s.IfNotExists = p.accept("if", "not", "exists")
	}
	s.Name = p.objectName("a policy's name")
	if !s.Alter && !s.IfNotExists {
		s.IfNotExists = p.accept("if", "not", "exists")
	}
	if !s.Alter && p.accept("with") {
		at := p.open("(")
		for ok := true; ok; ok = p.accept(",") {
			s.Columns = append(s.Columns, p.policyColumn())
		}
		p.close(")", at, `","`)
		if !s.Masking {
			if p.accept("as") || p.tok().kind == quoted || p.tok().kind == word && !p.tok().reserved {
				s.Alias = p.name("a name for the columns' table")
			}
		}
	} else if s.Masking && !s.Alter {
		p.unexpectedHint("WITH", "name the columns that are masked: WITH (email varchar(256))")
	}
	p.expect("using")
	at := p.open("(")
	s.Using = []ast.Expr{p.expr()}
	for s.Masking && p.accept(",") {
		s.Using = append(s.Using, p.expr())
	}
	p.close(")", at)
	s.Span = p.span(start)
	return s
}

// policyColumn reads a column's name and type.
func (p *parser) policyColumn() *ast.Argument {
	start := p.pos()
	a := &ast.Argument{Name: p.name("a column name")}
	a.Type = p.columnType()
	a.Span = p.span(start)
	return a
}

// attachPolicy reads ATTACH and DETACH of RLS POLICY and MASKING POLICY.
func (p *parser) attachPolicy() ast.Statement {
	start := p.pos()
	s := &ast.AttachPolicy{Detach: p.at("detach")}
	p.i++
	s.Masking = p.phrase("rls policy", "masking policy").Text == "masking policy"
	s.Policy = p.objectName("a policy's name")
	p.expect("on")
	p.accept("table")
	s.Tables = []ast.Name{p.objectName("a table name")}
	if s.Masking {
		s.Columns = p.maskedColumns()
		if !s.Detach && p.accept("using") {
			s.Inputs = p.maskedColumns()
		}
	} else {
		for p.accept(",") {
			p.accept("table")
			s.Tables = append(s.Tables, p.objectName("a table name"))
		}
	}
	if s.Detach {
		p.expect("from")
	} else {
		p.expect("to")
	}
	for ok := true; ok; ok = p.accept(",") {
		s.Grantees = append(s.Grantees, p.policyGrantee())
	}
	if s.Masking && !s.Detach && p.accept("priority") {
		s.Priority = p.numberLit()
	}
	s.Span = p.span(start)
	return s
}

// maskedColumns reads columns, or paths in SUPER columns, in parentheses.
func (p *parser) maskedColumns() []ast.Expr {
	at := p.open("(")
	list := p.exprs()
	p.close(")", at, `","`)
	return list
}

// policyGrantee reads a user, a role or PUBLIC.
func (p *parser) policyGrantee() *ast.Grantee {
	if p.at("group") {
		p.unexpectedHint("a user name, ROLE or PUBLIC", "policies are attached to users and roles")
	}
	start := p.pos()
	g := &ast.Grantee{}
	switch k := p.peek(1).kind; {
	case p.at("public"):
		g.Kind = p.oneOf("public")
	case p.at("role") && (k == quoted || k == word && !p.at("role", "priority")):
		g.Kind = p.oneOf("role")
		g.Name = ast.Name{p.name("a role name")}
	default:
		g.Name = ast.Name{p.name("a user name, ROLE or PUBLIC")}
	}
	g.Span = p.span(start)
	return g
}
