package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

func (p *printer) copy(s *ast.Copy) {
	p.group(2)
	p.text("COPY ")
	p.name(s.Table)
	if len(s.Columns) > 0 {
		p.text(" ")
		p.columns(s.Columns)
	}
	p.line()
	p.text("FROM ")
	p.expr(s.From)
	p.options(s.Options)
	if s.Job != nil {
		p.line()
		p.copyJob(s.Job)
	}
	p.end()
}

func (p *printer) copyJob(j *ast.CopyJob) {
	p.word("JOB ", j.Action)
	if j.Name.Name != "" {
		p.text(" ")
		p.ident(j.Name.Name)
	}
	p.word(" AUTO ", j.Auto)
}

func (p *printer) createTemplate(s *ast.CreateTemplate) {
	p.group(2)
	p.text("CREATE ")
	p.flag(s.OrReplace, "OR REPLACE ")
	p.text("TEMPLATE ")
	p.name(s.Name)
	p.text(" FOR COPY AS")
	p.options(s.Options)
	p.end()
}

// dollarQuote is a mark that a text can stand between as it is.
func dollarQuote(s string) string {
	mark := "$$"
	for n := 1; strings.Contains(s+"$", mark); n++ {
		mark = "$b" + itoa(n) + "$"
	}
	return mark
}

// unload prints UNLOAD with its query between marks, laid out as a query.
func (p *printer) unload(s *ast.Unload) {
	mark := dollarQuote(text(p.dialect, s.Query))
	p.group(0)
	p.text("UNLOAD (" + mark)
	p.group(2)
	p.soft()
	p.query(s.Query)
	p.end()
	p.soft()
	p.text(mark + ")")
	p.end()
	p.group(2)
	p.line()
	p.text("TO ")
	p.expr(s.To)
	if len(s.PartitionBy) > 0 {
		p.line()
		p.text("PARTITION BY ")
		p.columns(s.PartitionBy)
		p.flag(s.Include, " INCLUDE")
	}
	p.options(s.Options)
	p.end()
}
