package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// userOptions are the options of a user ("CREATE USER", "ALTER USER").
var userOptions = optionSet{
	"password": func(p *parser) ast.Expr {
		if w := p.maybeOneOf("disable"); w != nil {
			return w
		}
		return p.secret("the password as a string, or DISABLE")
	},
	"createdb": noValue, "nocreatedb": noValue, "createuser": noValue, "nocreateuser": noValue,
	"syslog access":    func(p *parser) ast.Expr { return p.oneOf("restricted", "unrestricted") },
	"valid until":      func(p *parser) ast.Expr { return p.stringLit("a time as a string") },
	"connection limit": limitValue, "session timeout": numberValue, "externalid": textValue,
	"in group": listValue(func(p *parser) ast.Expr {
		n := p.name("a group name")
		return &ast.NameValue{Span: n.Span, Name: ast.Name{n}}
	}),
	"reset session timeout": noValue,
}

func limitValue(p *parser) ast.Expr {
	if w := p.maybeOneOf("unlimited"); w != nil {
		return w
	}
	return p.numberLit()
}

// userStatement reads a statement about users, groups and roles, or nothing.
func (p *parser) userStatement() ast.Statement {
	start := p.pos()
	switch {
	case p.accept("create", "user"):
		s := &ast.CreateUser{Name: p.name("a user name")}
		p.accept("with")
		s.Options = p.options(userOptions)
		p.endOfOptions("CREATE USER", userOptions)
		s.Span = p.span(start)
		return s
	case p.accept("alter", "user"):
		return p.alterUser(start)
	case p.accept("create", "group"):
		return p.createGroup(start)
	case p.accept("alter", "group"):
		return p.alterGroup(start)
	case p.accept("create", "role"):
		s := &ast.CreateRole{Name: p.name("a role name")}
		if p.accept("externalid") {
			s.ExternalID = p.stringLit("an id as a string")
		}
		s.Span = p.span(start)
		return s
	case p.accept("alter", "role"):
		return p.alterRole(start)
	case p.at("drop"):
		return p.dropObject()
	}
	return nil
}

// alterUser reads what follows ALTER USER.
func (p *parser) alterUser(start ast.Pos) ast.Statement {
	s := &ast.AlterUser{Name: p.name("a user name")}
	p.accept("with")
	at := p.pos()
	switch {
	case p.accept("rename", "to"):
		s.RenameTo = p.name("a user name")
	case p.accept("set"):
		s.Set = p.setParameter(at)
	case p.at("reset") && !p.at("reset", "session", "timeout"):
		p.i++
		s.Reset = p.reset(at)
	default:
		s.Options = p.options(userOptions)
		if len(s.Options) == 0 {
			p.unexpectedHint("an option of ALTER USER, RENAME TO, SET or RESET", p.nearOption(userOptions))
		}
		p.endOfOptions("ALTER USER", userOptions)
	}
	s.Span = p.span(start)
	return s
}

// createGroup reads CREATE GROUP name [WITH USER users].
func (p *parser) createGroup(start ast.Pos) ast.Statement {
	s := &ast.CreateGroup{Name: p.name("a group name")}
	if p.accept("with") || p.at("user") {
		p.expect("user")
		s.Users = p.names("a user name")
	}
	s.Span = p.span(start)
	return s
}

// alterGroup reads ALTER GROUP name with ADD USER, DROP USER or RENAME TO.
func (p *parser) alterGroup(start ast.Pos) ast.Statement {
	s := &ast.AlterGroup{Name: p.name("a group name")}
	if p.accept("rename") {
		p.expect("to")
		s.RenameTo = p.name("a group name")
	} else {
		if !p.atAny("add", "drop") {
			p.unexpected("ADD USER, DROP USER or RENAME TO")
		}
		s.Action = p.oneOf("add", "drop")
		p.expect("user")
		s.Users = p.names("a user name")
	}
	s.Span = p.span(start)
	return s
}

// alterRole reads ALTER ROLE name [WITH] RENAME TO, OWNER TO or EXTERNALID [TO].
func (p *parser) alterRole(start ast.Pos) ast.Statement {
	s := &ast.AlterRole{Name: p.name("a role name")}
	p.accept("with")
	switch {
	case p.accept("rename", "to"):
		s.RenameTo = p.name("a role name")
	case p.accept("owner", "to"):
		s.OwnerTo = p.name("a user name")
	case p.accept("externalid"):
		p.accept("to")
		s.ExternalID = p.stringLit("an id as a string")
	default:
		p.unexpected("RENAME TO, OWNER TO or EXTERNALID")
	}
	s.Span = p.span(start)
	return s
}

// droppable are the objects that dropObject drops.
var droppable = []string{
	"user", "group", "role", "library", "datashare", "model", "template", "rls policy", "masking policy",
}

// dropObject reads DROP of what is no relation and no routine, or nothing.
func (p *parser) dropObject() ast.Statement {
	start := p.pos()
	p.i++
	kind := p.maybePhrase(droppable...)
	if kind == nil {
		p.i--
		return nil
	}
	s := &ast.DropObject{Kind: kind, IfExists: p.accept("if", "exists")}
	what := "the name of a " + strings.ToUpper(kind.Text)
	s.Names = []ast.Name{p.objectName(what)}
	for kind.Text == "user" && p.accept(",") {
		s.Names = append(s.Names, p.objectName(what))
	}
	switch kind.Text {
	case "role":
		if s.Force = p.accept("force"); !s.Force && p.accept("restrict") {
			s.Behavior = ast.Restrict
		}
	case "rls policy", "masking policy":
		s.Behavior = p.behavior()
	}
	s.Span = p.span(start)
	return s
}

// objectName reads a name of up to three parts.
func (p *parser) objectName(what string) ast.Name {
	n := ast.Name{p.name(what)}
	for len(n) < 3 && p.accept(".") {
		n = append(n, p.attribute())
	}
	return n
}
