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
		fields[i] = p.typeText(f.Type)
		if f.Name.Name != "" {
			fields[i] = p.identText(f.Name.Name) + ":" + fields[i]
		}
	}
	return t.Name + "<" + strings.Join(fields, ", ") + ">"
}
