package print

import "github.com/atolldata/atoll/internal/sql/ast"

func (p *printer) createSchema(s *ast.CreateSchema) {
	p.group(0)
	p.text("CREATE SCHEMA")
	p.flag(s.IfNotExists, " IF NOT EXISTS")
	if len(s.Name) > 0 {
		p.text(" ")
		p.name(s.Name)
	}
	if s.Owner.Name != "" {
		p.text(" AUTHORIZATION ")
		p.ident(s.Owner.Name)
	}
	if s.Quota != nil {
		p.text(" ")
		p.quota(s.Quota)
	}
	for _, e := range s.Elements {
		p.line()
		p.node(e)
	}
	p.end()
}

func (p *printer) quota(q *ast.Quota) {
	if q.Size == nil {
		p.text("QUOTA UNLIMITED")
		return
	}
	p.text("QUOTA " + q.Size.Text)
	p.word(" ", q.Unit)
}

func (p *printer) createDatabase(s *ast.CreateDatabase) {
	p.group(0)
	p.text("CREATE DATABASE ")
	p.ident(s.Name.Name)
	if s.From != nil {
		p.line()
		p.databaseSource(s.From)
	}
	if s.Owner.Name != "" {
		p.line()
		p.text("OWNER ")
		p.ident(s.Owner.Name)
	}
	p.options(s.Options)
	p.end()
}

func (p *printer) databaseSource(s ast.DatabaseSource) {
	switch s := s.(type) {
	case *ast.FromIntegration:
		p.text("FROM INTEGRATION ")
		p.expr(s.ID)
		if s.Database != nil {
			p.text(" DATABASE ")
			p.expr(s.Database)
		}
		if len(s.Options) > 0 {
			p.line()
			p.text("SET")
			p.options(s.Options)
		}
	case *ast.FromArn:
		p.text("FROM ARN ")
		p.expr(s.Arn)
		if s.Schema == nil {
			p.text(" WITH NO DATA CATALOG SCHEMA")
		} else {
			p.text(" WITH DATA CATALOG SCHEMA ")
			p.expr(s.Schema)
		}
	case *ast.FromDatashare:
		p.flag(s.WithPermissions, "WITH PERMISSIONS ")
		p.text("FROM DATASHARE ")
		p.ident(s.Share.Name)
		p.text(" OF ")
		if s.Account != nil {
			p.text("ACCOUNT ")
			p.expr(s.Account)
			p.text(" ")
		}
		p.text("NAMESPACE ")
		p.expr(s.Namespace)
	}
}

// alterDatabase prints the actions that change schemas and databases.
func (p *printer) alterDatabase(a ast.AlterAction) {
	switch a := a.(type) {
	case *ast.SetQuota:
		p.quota(a.Quota)
	case *ast.SetDatabase:
		for i, o := range a.Options {
			if i > 0 {
				p.line()
			}
			p.option(o)
		}
	case *ast.RefreshIntegration:
		p.text("INTEGRATION REFRESH ")
		p.integrationTables(a.Tables)
	case *ast.SetIntegration:
		p.text("INTEGRATION SET")
		p.options(a.Options)
		if a.Tables != nil {
			p.line()
			p.text("FOR ")
			p.integrationTables(a.Tables)
		}
	}
}

func (p *printer) integrationTables(t *ast.IntegrationTables) {
	if len(t.Tables) > 0 {
		p.text("TABLE ")
		list(p, t.Tables, p.name)
		return
	}
	p.word("", t.Which)
	p.text(" TABLES")
	for i, s := range t.Schemas {
		p.text([]string{" IN SCHEMA ", ", "}[min(i, 1)])
		p.ident(s.Name)
	}
}
