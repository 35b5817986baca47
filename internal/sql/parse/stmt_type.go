package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// columnType reads the type of a column: one that queries have, or another.
func (p *parser) columnType() *ast.TypeName {
	start := p.pos()
	switch {
	case p.atAny("geometry", "geography", "hllsketch"):
		p.i++
		return p.otherType(start, &ast.OtherType{Name: p.tokens[p.i-1].text})
	case p.at("interval", "day", "to", "second", "("):
		p.i += 4
		at := p.open("(")
		t := &ast.OtherType{Name: "interval day to second", Digits: p.numberLit()}
		p.close(")", at)
		return p.otherType(start, t)
	}
	return p.typeName()
}

// otherType ends a type that starts at a place.
func (p *parser) otherType(start ast.Pos, t *ast.OtherType) *ast.TypeName {
	t.Span = p.span(start)
	return &ast.TypeName{Span: t.Span, Other: t}
}

// externalType reads the type of a column of an external table, which may be
// struct<name:type, ...>, array<type> or map<type, type>.
func (p *parser) externalType() *ast.TypeName {
	p.enter()
	defer p.leave()
	start := p.pos()
	if !p.atAny("struct", "array", "map") || !p.peek(1).is("<") {
		return p.columnType()
	}
	t := &ast.OtherType{Name: p.tok().text}
	p.i += 2
	for ok := true; ok; ok = p.accept(",") {
		t.Of = append(t.Of, p.typeField(t.Name == "struct"))
	}
	if most := map[string]int{"array": 1, "map": 2}[t.Name]; most > 0 && len(t.Of) != most {
		p.fail(start, "write array<type> or map<type, type>", "%s takes %d types, not %d", t.Name, most, len(t.Of))
	}
	p.closeAngle()
	return p.otherType(start, t)
}

func (p *parser) typeField(named bool) *ast.TypeField {
	start := p.pos()
	f := &ast.TypeField{}
	if named {
		f.Name = p.attribute()
		if t := p.tok(); p.text[t.start:t.end] != ":" { // which the lexer rejects
			p.unexpectedHint(`":"`, "a field is written name:type")
		}
		p.i++
	}
	f.Type = p.externalType()
	f.Span = p.span(start)
	return f
}

// closeAngle steps over a closing angle bracket. Several are one token.
func (p *parser) closeAngle() {
	t := p.tok()
	if t.kind == eof || p.text[t.start] != '>' {
		p.unexpected(`"," or ">"`)
	}
	if t.end > t.start+1 {
		t.kind, t.start = op, t.start+1
		t.text = p.text[t.start:t.end]
		return
	}
	p.i++
}
