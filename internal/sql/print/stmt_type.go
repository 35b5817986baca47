package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// otherType is the spelling of a type that only columns have.
func (p *printer) otherType(t *ast.OtherType) string {
	if t.Digits != nil {
		return t.Name + "(" + t.Digits.Text + ")"
	}
	if len(t.Of) == 0 {
		return t.Name
	}
	fields := make([]string, len(t.Of))
	for i, f := range t.Of {
		fields[i] = p.typeField(f)
	}
	return t.Name + "<" + strings.Join(fields, ", ") + ">"
}

func (p *printer) typeField(f *ast.TypeField) string {
	if f.Name.Name == "" {
		return p.typeText(f.Type)
	}
	return p.identText(f.Name.Name) + ":" + p.typeText(f.Type)
}
