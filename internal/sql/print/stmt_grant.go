package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// access prints a statement about users, privileges and policies.
func (p *printer) access(s ast.Statement) {
	switch s := s.(type) {
	case *ast.Grant:
		p.grant(s)
	case *ast.DefaultPrivileges:
		p.defaultPrivileges(s)
	case *ast.CreatePolicy:
		p.createPolicy(s)
	case *ast.AttachPolicy:
		p.attachPolicy(s)
	case *ast.CreateUser:
		p.group(2)
		p.text("CREATE USER ")
		p.ident(s.Name.Name)
		p.options(s.Options)
		p.end()
	case *ast.AlterUser:
		p.alterUser(s)
	case *ast.CreateGroup:
		p.text("CREATE GROUP ")
		p.ident(s.Name.Name)
		if len(s.Users) > 0 {
			p.text(" WITH USER ")
			p.idents(s.Users)
		}
	case *ast.AlterGroup:
		p.text("ALTER GROUP ")
		p.ident(s.Name.Name)
		if s.Action != nil {
			p.word(" ", s.Action)
			p.text(" USER ")
			p.idents(s.Users)
		}
		p.identAfter(" RENAME TO ", s.RenameTo)
	case *ast.CreateRole:
		p.text("CREATE ROLE ")
		p.ident(s.Name.Name)
		p.stringAfter(" EXTERNALID ", s.ExternalID)
	case *ast.AlterRole:
		p.text("ALTER ROLE ")
		p.ident(s.Name.Name)
		p.identAfter(" RENAME TO ", s.RenameTo)
		p.identAfter(" OWNER TO ", s.OwnerTo)
		p.stringAfter(" EXTERNALID TO ", s.ExternalID)
	case *ast.DropObject:
		p.word("DROP ", s.Kind)
		p.flag(s.IfExists, " IF EXISTS")
		p.text(" ")
		row(p, s.Names, p.name)
		p.flag(s.Force, " FORCE")
		p.behavior(s.Behavior)
	}
}

// identAfter prints a keyword and a name, where there is one.
func (p *printer) identAfter(keyword string, n ast.Ident) {
	if n.Name != "" {
		p.text(keyword)
		p.ident(n.Name)
	}
}

// stringAfter prints a keyword and a string, where there is one.
func (p *printer) stringAfter(keyword string, s *ast.StringLit) {
	if s != nil {
		p.text(keyword)
		p.expr(s)
	}
}

// idents prints names, separated by commas.
func (p *printer) idents(names []ast.Ident) {
	row(p, names, func(n ast.Ident) { p.ident(n.Name) })
}

// row prints items, separated by commas, as many to a line as fit.
func row[N any](p *printer, items []N, each func(N)) {
	for i, it := range items {
		if i > 0 {
			p.text(",")
			p.group(2)
			p.line()
			p.end()
		}
		each(it)
	}
}

func (p *printer) alterUser(s *ast.AlterUser) {
	p.group(2)
	p.text("ALTER USER ")
	p.ident(s.Name.Name)
	p.options(s.Options)
	p.identAfter(" RENAME TO ", s.RenameTo)
	if s.Set != nil {
		p.text(" ")
		p.set(s.Set)
	}
	if s.Reset != nil {
		p.text(" RESET ")
		p.nameOr(s.Reset.Parameter, "ALL")
	}
	p.end()
}

func (p *printer) grant(g *ast.Grant) {
	p.group(2)
	if g.Revoke {
		p.text("REVOKE ")
	} else {
		p.text("GRANT ")
	}
	if g.OptionOnly != nil {
		p.text(strings.ToUpper(g.OptionOnly.Text) + " OPTION FOR ")
	}
	row(p, g.Privileges, p.privilege)
	row(p, g.Roles, func(r ast.Ident) {
		p.text("ROLE ")
		p.ident(r.Name)
	})
	if g.On != nil {
		p.line()
		if g.On.Schema.Name+g.On.Database.Name != "" {
			p.text("FOR ")
		} else {
			p.text("ON ")
		}
		p.securable(g.On)
	}
	p.line()
	if g.Revoke {
		p.text("FROM ")
	} else {
		p.text("TO ")
	}
	row(p, g.Grantees, p.grantee)
	if len(g.For) > 0 {
		p.line()
		p.text("FOR ")
		row(p, g.For, func(w *ast.Word) { p.expr(w) })
	}
	p.behavior(g.Behavior)
	p.end()
}

func (p *printer) privilege(pr *ast.Privilege) {
	p.text(strings.ToUpper(pr.Name))
	if len(pr.Columns) > 0 {
		p.text(" ")
		p.columns(pr.Columns)
	}
}

func (p *printer) securable(s *ast.Securable) {
	if s.Kind != nil {
		p.expr(s.Kind)
	}
	if s.Kind != nil && len(s.Names)+len(s.Routines) > 0 {
		p.text(" ")
	}
	row(p, s.Names, p.name)
	row(p, s.Routines, p.routine)
	row(p, s.Roles, func(r *ast.StringLit) { p.expr(r) })
	if s.Schema.Name+s.Database.Name != "" {
		p.text(" IN")
	}
	p.identAfter(" SCHEMA ", s.Schema)
	p.identAfter(" DATABASE ", s.Database)
}

func (p *printer) grantee(g *ast.Grantee) {
	if g.Kind != nil {
		p.expr(g.Kind)
		if len(g.Name) > 0 {
			p.text(" ")
		}
	}
	p.name(g.Name)
	p.stringAfter(" ", g.ID)
	p.flag(g.ViaCatalog, " VIA DATA CATALOG")
	if g.WithOption != nil {
		p.word(" WITH ", g.WithOption)
		p.text(" OPTION")
	}
}

func (p *printer) defaultPrivileges(s *ast.DefaultPrivileges) {
	p.group(2)
	p.text("ALTER DEFAULT PRIVILEGES")
	if len(s.Users) > 0 {
		p.text(" FOR USER ")
		p.idents(s.Users)
	}
	if len(s.Schemas) > 0 {
		p.text(" IN SCHEMA ")
		p.idents(s.Schemas)
	}
	p.line()
	p.grant(s.Grant)
	p.end()
}

// policyKind is the words for a policy's kind.
func policyKind(masking bool) string {
	if masking {
		return "MASKING POLICY "
	}
	return "RLS POLICY "
}

func (p *printer) createPolicy(s *ast.CreatePolicy) {
	p.group(2)
	if s.Alter {
		p.text("ALTER ")
	} else {
		p.text("CREATE ")
	}
	p.text(policyKind(s.Masking))
	p.flag(s.IfNotExists, "IF NOT EXISTS ")
	p.name(s.Name)
	if len(s.Columns) > 0 {
		p.line()
		p.text("WITH ")
		p.inside(func() { list(p, s.Columns, p.argument) })
		p.identAfter(" AS ", s.Alias)
	}
	p.line()
	p.text("USING ")
	p.inside(func() { list(p, s.Using, p.expr) })
	p.end()
}

func (p *printer) attachPolicy(s *ast.AttachPolicy) {
	p.group(2)
	verb, direction := "ATTACH ", "TO "
	if s.Detach {
		verb, direction = "DETACH ", "FROM "
	}
	p.text(verb + policyKind(s.Masking))
	p.name(s.Policy)
	p.line()
	p.text("ON ")
	row(p, s.Tables, p.name)
	if len(s.Columns) > 0 {
		p.text(" ")
		p.inside(func() { list(p, s.Columns, p.expr) })
	}
	if len(s.Inputs) > 0 {
		p.line()
		p.text("USING ")
		p.inside(func() { list(p, s.Inputs, p.expr) })
	}
	p.line()
	p.text(direction)
	row(p, s.Grantees, p.grantee)
	if s.Priority != nil {
		p.line()
		p.text("PRIORITY ")
		p.expr(s.Priority)
	}
	p.end()
}
