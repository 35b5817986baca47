package print

import "github.com/atolldata/atoll/internal/sql/ast"

// catalogue prints SHOW of objects, and statements about datashares.
func (p *printer) catalogue(s ast.Statement) {
	p.group(2)
	defer p.end()
	switch s := s.(type) {
	case *ast.ShowObject:
		p.word("SHOW ", s.Kind)
		if s.Object == nil {
			p.text(" ALL")
		} else {
			p.text(" ")
			p.routine(s.Object)
		}
		p.flag(s.Partition, " PARTITION")
		p.stringAfter(" LIKE ", s.Like)
	case *ast.ShowList:
		p.showList(s)
	case *ast.ShowGrants:
		p.text("SHOW ")
		p.flag(s.Columns, "COLUMN ")
		p.text("GRANTS")
		if s.On != nil {
			p.text(" ON ")
			p.securable(s.On)
		}
		if s.For != nil {
			p.text(" FOR ")
			p.grantee(s.For)
		}
		p.identAfter(" FROM DATABASE ", s.Database)
		p.likeAndLimit(s.Like, s.Limit)
	case *ast.CreateDatashare:
		p.text("CREATE DATASHARE ")
		p.ident(s.Name.Name)
		p.options(s.Options)
	case *ast.AlterDatashare:
		p.alterDatashare(s)
	case *ast.Describe:
		p.word("DESC ", s.Kind)
		p.text(" ")
		p.ident(s.Name.Name)
		p.flag(s.Namespace != nil, " OF")
		p.stringAfter(" ACCOUNT ", s.Account)
		p.stringAfter(" NAMESPACE ", s.Namespace)
	}
}

func (p *printer) showList(s *ast.ShowList) {
	p.word("SHOW ", s.What)
	switch {
	case s.In == nil:
	case s.In.Text == "table" && isPolicies(s.What.Text):
		p.text(" ON ")
		p.name(s.From)
	default:
		p.word(" FROM ", s.In)
		if len(s.From) > 0 {
			p.text(" ")
			p.name(s.From)
		}
	}
	if s.For != nil {
		p.text(" FOR ")
		p.grantee(s.For)
	}
	p.options(s.Options)
	p.likeAndLimit(s.Like, s.Limit)
}

// isPolicies reports whether SHOW lists policies, which are on a table and not
// from it.
func isPolicies(what string) bool { return what == "rls policies" || what == "masking policies" }

func (p *printer) likeAndLimit(like *ast.StringLit, limit *ast.NumberLit) {
	p.stringAfter(" LIKE ", like)
	if limit != nil {
		p.text(" LIMIT ")
		p.expr(limit)
	}
}

func (p *printer) alterDatashare(s *ast.AlterDatashare) {
	p.text("ALTER DATASHARE ")
	p.ident(s.Name.Name)
	if s.Option != nil {
		p.text(" SET ")
		p.option(s.Option)
		p.identAfter(" FOR SCHEMA ", s.Schema)
		return
	}
	p.word(" ", s.Action)
	p.text(" ")
	p.securable(s.Objects)
}
