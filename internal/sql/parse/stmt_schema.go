package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// createSchema reads what follows CREATE SCHEMA.
func (p *parser) createSchema(start ast.Pos) ast.Statement {
	s := &ast.CreateSchema{IfNotExists: p.accept("if", "not", "exists")}
	if !p.at("authorization") {
		s.Name = p.schemaName()
	}
	if p.accept("authorization") {
		s.Owner = p.name("a user name")
	}
	if p.at("quota") {
		s.Quota = p.quota()
	}
	p.enter()
	for p.at("grant") || p.at("create") && !p.peek(1).is("schema") && !p.peek(1).is("database") {
		s.Elements = append(s.Elements, p.statement())
	}
	p.leave()
	s.Span = p.span(start)
	return s
}

// quota reads QUOTA n [MB | GB | TB] or QUOTA UNLIMITED.
func (p *parser) quota() *ast.Quota {
	start := p.pos()
	p.expect("quota")
	q := &ast.Quota{}
	if !p.accept("unlimited") {
		if p.tok().kind != number {
			p.unexpected("a whole number or UNLIMITED")
		}
		q.Size = p.numberLit()
		q.Unit = p.maybeOneOf("mb", "gb", "tb")
	}
	q.Span = p.span(start)
	return q
}

// alterSchema reads what follows ALTER SCHEMA.
func (p *parser) alterSchema(start ast.Pos) ast.Statement {
	s := &ast.Alter{Kind: ast.ObjectSchema, Name: p.schemaName()}
	at := p.pos()
	switch {
	case p.accept("rename"):
		s.Actions = append(s.Actions, p.renameTo(at))
	case p.accept("owner"):
		s.Actions = append(s.Actions, p.ownerTo(at))
	case p.at("quota"):
		a := &ast.SetQuota{Quota: p.quota()}
		a.Span = p.span(at)
		s.Actions = append(s.Actions, a)
	default:
		words := []string{"rename", "owner", "quota"}
		p.unexpectedHint(alternatives(words), p.near(words))
	}
	s.Span = p.span(start)
	return s
}

// databaseOptions are the options of every database ("CREATE DATABASE").
var databaseOptions = optionSet{
	"connection limit": func(p *parser) ast.Expr {
		if w := p.maybeOneOf("unlimited"); w != nil {
			return w
		}
		return p.numberLit()
	},
	"collate":         func(p *parser) ast.Expr { return p.collation() },
	"isolation level": func(p *parser) ast.Expr { return p.oneOf("serializable", "snapshot") },
}

// integrationOptions are those of a database that an integration fills.
var integrationOptions = optionSet{
	"query_all_states": isTrue, "acceptinvchars": isTrue, "truncatecolumns": isTrue, "history_mode": isTrue,
	"refresh_interval": numberValue,
}

// isTrue reads [=] TRUE or FALSE.
func isTrue(p *parser) ast.Expr {
	p.accept("=")
	return p.oneOf("true", "false")
}

// createDatabase reads what follows CREATE DATABASE.
func (p *parser) createDatabase(start ast.Pos) ast.Statement {
	p.noIfNotExists("look into svv_redshift_databases first")
	s := &ast.CreateDatabase{Name: p.name("a database name")}
	if p.at("with", "permissions") || p.at("from") {
		s.From = p.databaseSource()
	}
	p.accept("with")
	if p.accept("owner") {
		p.accept("=")
		s.Owner = p.name("a user name")
	}
	last := withOptions(databaseOptions, optionSet{"iam_role": roleValue})
	s.Options = p.options(last)
	p.endOfOptions("CREATE DATABASE", last)
	s.Span = p.span(start)
	return s
}

// databaseSource reads FROM INTEGRATION, FROM ARN or [WITH PERMISSIONS] FROM
// DATASHARE.
func (p *parser) databaseSource() ast.DatabaseSource {
	start := p.pos()
	permissions := p.accept("with", "permissions")
	p.expect("from")
	switch {
	case p.accept("datashare"):
		s := &ast.FromDatashare{WithPermissions: permissions, Share: p.name("a datashare name")}
		p.expect("of")
		if p.accept("account") {
			s.Account = p.stringLit("an account as a string")
		}
		p.expect("namespace")
		s.Namespace = p.stringLit("a namespace as a string")
		s.Span = p.span(start)
		return s
	case permissions:
	case p.accept("arn"):
		s := &ast.FromArn{Arn: p.stringLit("an ARN as a string")}
		p.expect("with")
		none := p.accept("no")
		p.expectAll("data", "catalog", "schema")
		if !none {
			s.Schema = p.stringLit("a schema as a string")
		}
		s.Span = p.span(start)
		return s
	case p.accept("integration"):
		s := &ast.FromIntegration{ID: p.stringLit("an integration as a string")}
		if p.accept("database") {
			s.Database = p.stringLit("a database as a string")
		}
		p.accept("set")
		s.Options = p.options(integrationOptions)
		s.Span = p.span(start)
		return s
	}
	words := []string{"datashare", "arn", "integration"}
	p.unexpectedHint(alternatives(words), p.near(words))
	return nil
}

// alterDatabase reads what follows ALTER DATABASE.
func (p *parser) alterDatabase(start ast.Pos) ast.Statement {
	s := &ast.Alter{Kind: ast.ObjectDatabase, Name: ast.Name{p.name("a database name")}}
	s.Actions = []ast.AlterAction{p.databaseAction()}
	s.Span = p.span(start)
	return s
}

func (p *parser) databaseAction() ast.AlterAction {
	start := p.pos()
	switch {
	case p.accept("rename"):
		return p.renameTo(start)
	case p.accept("owner"):
		return p.ownerTo(start)
	case p.accept("integration", "refresh"):
		a := &ast.RefreshIntegration{Tables: p.integrationTables("all", "inerror")}
		a.Span = p.span(start)
		return a
	case p.accept("integration", "set"):
		a := &ast.SetIntegration{Options: p.options(integrationOptions)}
		if len(a.Options) == 0 {
			p.unexpected("an option of the integration")
		}
		if p.accept("for") {
			a.Tables = p.integrationTables("all")
		}
		a.Span = p.span(start)
		return a
	}
	a := &ast.SetDatabase{Options: p.options(databaseOptions)}
	if len(a.Options) == 0 {
		words := []string{"rename", "owner", "connection", "collate", "isolation", "integration"}
		p.unexpectedHint(alternatives(words), p.near(words))
	}
	a.Span = p.span(start)
	return a
}

// integrationTables reads one of some words, TABLES and [IN SCHEMA names], or
// TABLE names.
func (p *parser) integrationTables(words ...string) *ast.IntegrationTables {
	start := p.pos()
	t := &ast.IntegrationTables{}
	if p.accept("table") {
		for ok := true; ok; ok = p.accept(",") {
			t.Tables = append(t.Tables, p.relation("a table name"))
		}
	} else {
		t.Which = p.oneOf(append(words, "table")...)
		p.expect("tables")
		if p.accept("in", "schema") {
			t.Schemas = p.names("a schema name")
		}
	}
	t.Span = p.span(start)
	return t
}
