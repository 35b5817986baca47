package print

import "github.com/atolldata/atoll/internal/sql/ast"

func (p *printer) insert(s *ast.Insert) {
	p.group(0)
	p.text("INSERT INTO ")
	p.name(s.Table)
	if len(s.Columns) > 0 {
		p.text(" ")
		p.columns(s.Columns)
	}
	p.line()
	if s.Query == nil {
		p.text("DEFAULT VALUES")
	} else {
		p.query(s.Query)
	}
	p.end()
}

// columns prints names in parentheses, as many to a line as fit.
func (p *printer) columns(list []ast.Ident) {
	p.inside(func() {
		for i, n := range list {
			if i > 0 {
				p.text(",")
				p.group(0)
				p.line()
				p.end()
			}
			p.ident(n.Name)
		}
	})
}

func (p *printer) update(s *ast.Update) {
	p.group(0)
	if s.With != nil {
		p.with(s.With)
		p.line()
	}
	p.text("UPDATE ")
	p.table(s.Target)
	p.clause("SET", func() { list(p, s.Set, p.assignment) })
	if len(s.From) > 0 {
		p.clause("FROM", func() { list(p, s.From, p.table) })
	}
	p.where(s.Where)
	p.end()
}

func (p *printer) assignment(a *ast.Assignment) {
	p.ident(a.Column.Name)
	p.text(" = ")
	p.expr(a.Value)
}

// where prints a WHERE clause where there is a condition.
func (p *printer) where(e ast.Expr) {
	if e != nil {
		p.clause("WHERE", func() { p.expr(e) })
	}
}

func (p *printer) delete(s *ast.Delete) {
	p.group(0)
	if s.With != nil {
		p.with(s.With)
		p.line()
	}
	p.text("DELETE FROM ")
	p.table(s.Target)
	if len(s.Using) > 0 {
		p.clause("USING", func() { list(p, s.Using, p.table) })
	}
	p.where(s.Where)
	p.end()
}

func (p *printer) merge(s *ast.Merge) {
	p.group(0)
	p.text("MERGE INTO ")
	p.name(s.Table)
	p.line()
	p.text("USING ")
	p.table(s.Source)
	p.clause("ON", func() { p.expr(s.On) })
	for _, w := range s.Whens {
		p.line()
		p.mergeWhen(w)
	}
	if s.RemoveDuplicates {
		p.line()
		p.text("REMOVE DUPLICATES")
	}
	p.end()
}

func (p *printer) mergeWhen(w *ast.MergeWhen) {
	p.group(2)
	switch {
	case w.NotMatched:
		p.text("WHEN NOT MATCHED THEN INSERT")
		if len(w.Columns) > 0 {
			p.text(" ")
			p.columns(w.Columns)
		}
		p.line()
		p.text("VALUES ")
		p.inside(func() { list(p, w.Values.Items, p.expr) })
	case len(w.Set) > 0:
		p.text("WHEN MATCHED THEN UPDATE SET")
		p.line()
		list(p, w.Set, p.assignment)
	default:
		p.text("WHEN MATCHED THEN DELETE")
	}
	p.end()
}
