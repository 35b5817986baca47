package project

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// decoder fills a tagged struct from a YAML file, strictly, and collects every
// mistake instead of stopping at the first.
type decoder struct {
	reporter
	at map[any]fault.Position // where a field's value is, by the field's address
}

// decode reads the text of a YAML file into dst, a pointer to a struct whose
// fields carry these tags:
//
//	yaml:"name,options"  the key; options are required, and short for the field
//	                     that a scalar in place of the mapping sets
//	yaml:",key"          the element's own key, in a mapping that fills a slice
//	default, enum, min, max, doc
//
// A field Pos of an element is set to the position of its key.
func decode(file, text string, dst any) *decoder {
	d := &decoder{reporter: reporter{file: file, text: text}, at: map[any]fault.Position{}}
	v := reflect.ValueOf(dst).Elem()
	setDefaults(v)
	tree, err := parser.ParseBytes([]byte(strings.TrimPrefix(text, "\ufeff")), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return d
	}
	start := fault.Position{Line: 1, Column: 1}
	if len(tree.Docs) > 1 {
		d.report(nodePosition(tree.Docs[1].Body), "a second YAML document begins here").
			WithHint("keep one document in a file")
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil || tree.Docs[0].Body.Type() == ast.CommentType {
		d.required(v, start, map[string]fault.Position{})
		return d
	}
	d.value(tree.Docs[0].Body, v, field{name: "the file"}, start)
	return d
}

// syntax reports what the YAML parser did not understand.
func (d *decoder) syntax(err error) {
	e, ok := err.(yaml.Error)
	if !ok {
		d.report(fault.Position{Line: 1, Column: 1}, "not YAML: %v", err).WithHint("check the file with a YAML editor")
		return
	}
	pos := position(e.GetToken())
	f := d.report(pos, "not YAML: %s", strings.ReplaceAll(e.GetMessage(), "\t", `\t`))
	switch line := strings.TrimLeft(f.Source, " "); {
	case strings.HasPrefix(line, "\t"):
		f.Message = "a tab is used to indent"
		f.Hint = "indent with spaces"
	case strings.Contains(f.Message, "mapping value is not allowed"):
		f.Hint = "check the indentation, and put a text that contains \": \" in quotes"
	case strings.Contains(f.Message, "reserved character"):
		f.Hint = "put the text in quotes"
	case strings.Contains(f.Message, "could not find end character"):
		f.Hint = "close the quotes"
	default:
		f.Hint = "check the indentation and the brackets around this line"
	}
}

// value decodes a node into v. Key is where the value's key is.
func (d *decoder) value(n ast.Node, v reflect.Value, f field, key fault.Position) {
	pos := nodePosition(n)
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		d.report(pos, "%s uses a YAML anchor, alias or tag, which project files do not have", f.name).
			WithHint("write the value out")
		return
	case *ast.NullNode:
		d.report(key, "%s has no value", f.name).WithHint("write %s there, or remove it", expected(v, f))
		return
	}
	if v.CanAddr() {
		d.at[v.Addr().Interface()] = pos
	}
	m, isMapping := n.(*ast.MappingNode)
	switch {
	case isMapping && v.Kind() == reflect.Struct:
		setDefaults(v)
		d.mapping(m, v, key)
	case isMapping && isKeyed(v.Type()):
		d.keyed(m, v)
	case !isMapping && v.Kind() == reflect.Slice && !isKeyed(v.Type()):
		d.list(n, v, f)
	case isScalar(n):
		d.scalar(n, v, f, pos)
	default:
		d.mismatch(n, v, f, pos)
	}
}

// mapping decodes a mapping into a struct. Start is where missing keys are
// reported.
func (d *decoder) mapping(n *ast.MappingNode, v reflect.Value, start fault.Position) {
	fields := fieldsOf(v.Type())
	seen := map[string]fault.Position{}
	for _, kv := range n.Values {
		tok := kv.Key.GetToken()
		name, pos := tok.Value, position(tok)
		if first, dup := seen[name]; dup {
			d.report(pos, "%q is written twice, first on line %d", name, first.Line).WithHint("remove one of the two")
			continue
		}
		seen[name] = pos
		f, known := fields.byName(name)
		if !known {
			d.unknownKey(name, pos, fields)
			continue
		}
		d.value(kv.Value, v.Field(f.index), f, pos)
	}
	d.required(v, start, seen)
}

func (d *decoder) unknownKey(name string, pos fault.Position, known fieldList) {
	e := d.report(pos, "unknown key %q", name)
	e.Source = string([]rune(e.Source)[:pos.Column-1]) + name // what follows may be a secret
	if near := fault.Nearest(name, known.names()); near != "" {
		e.Hint = fmt.Sprintf("did you mean %q?", near)
	} else {
		e.Hint = "the keys here are " + orList(known.names(), "and")
	}
}

// required reports the keys that a mapping lacks.
func (d *decoder) required(v reflect.Value, start fault.Position, seen map[string]fault.Position) {
	for _, f := range fieldsOf(v.Type()) {
		if _, ok := seen[f.name]; f.required && !ok {
			d.report(start, "the key %q is missing", f.name).WithHint("add \"%s:\" and %s", f.name, expected(v.Field(f.index), f))
		}
	}
}

// keyed decodes a mapping into a slice whose elements know their key and where
// it is. Duplicate keys make duplicate elements: once names are folded, the
// check of names finds these and more.
func (d *decoder) keyed(n *ast.MappingNode, v reflect.Value) {
	v.Set(reflect.MakeSlice(v.Type(), len(n.Values), len(n.Values)))
	for i, kv := range n.Values {
		el := v.Index(i)
		if el.Kind() == reflect.Pointer {
			el.Set(reflect.New(el.Type().Elem()))
			el = el.Elem()
		}
		tok := kv.Key.GetToken()
		pos := position(tok)
		pos.File = d.file
		el.Field(keyField(el.Type())).SetString(tok.Value)
		el.FieldByName("Pos").Set(reflect.ValueOf(pos))
		setDefaults(el)
		f := field{name: fmt.Sprintf("%q", tok.Value)}
		if short, ok := shortField(el.Type()); ok && (isScalar(kv.Value) || kv.Value.Type() == ast.NullType) {
			el = el.Field(short.index)
		}
		d.value(kv.Value, el, f, pos)
	}
}

func (d *decoder) list(n ast.Node, v reflect.Value, f field) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		e := d.mismatch(n, v, f, nodePosition(n))
		if isScalar(n) {
			e.Hint = fmt.Sprintf("write %s: [%s]", f.name, n.GetToken().Value)
		}
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
	for i, item := range seq.Values {
		d.value(item, v.Index(i), field{name: "an entry of " + f.name}, nodePosition(item))
	}
}

// scalar decodes a text, number or truth value. A value that is not valid is
// reported and forgotten, so that no later check reports it again.
func (d *decoder) scalar(n ast.Node, v reflect.Value, f field, pos fault.Position) {
	before := len(d.faults)
	defer func() {
		if len(d.faults) > before {
			delete(d.at, v.Addr().Interface())
		}
	}()
	text := scalarText(n)
	switch p := v.Addr().Interface().(type) {
	case *Secret:
		pos.File = d.file
		*p = Secret{written: text, pos: pos}
		return
	case *schema.Type:
		t, err := schema.ParseType(text)
		if err != nil {
			d.addError(err, pos)
			d.hint("write a type of Redshift's, such as bigint or varchar(100); between braces one with a comma in quotes, \"decimal(12,2)\"")
		}
		*p = t
		return
	case encoding.TextUnmarshaler:
		d.addError(p.UnmarshalText([]byte(text)), pos)
		return
	}
	switch n := n.(type) {
	case *ast.BoolNode:
		if v.Kind() == reflect.Bool {
			v.SetBool(n.Value)
			return
		}
	case *ast.IntegerNode, *ast.FloatNode:
		if v.CanInt() || v.CanFloat() {
			d.number(text, v, f, pos)
			return
		}
	case *ast.StringNode, *ast.LiteralNode:
		if v.Kind() == reflect.String {
			v.SetString(text)
			d.enum(text, f, pos)
			return
		}
	}
	d.mismatch(n, v, f, pos)
}

func (d *decoder) number(text string, v reflect.Value, f field, pos fault.Position) {
	x, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	switch {
	case err != nil || v.CanInt() && x != float64(int32(x)):
		d.report(pos, "%s is %q, expected %s", f.name, text, expected(v, f)).WithHint("write digits only")
	case f.min != "" && x < atof(f.min):
		d.report(pos, "%s is %s, expected %s or more", f.name, text, f.min).WithHint("write a larger number")
	case f.max != "" && x > atof(f.max):
		d.report(pos, "%s is %s, expected %s or less", f.name, text, f.max).WithHint("write a smaller number")
	case v.CanInt():
		v.SetInt(int64(x))
	default:
		v.SetFloat(x)
	}
}

func (d *decoder) enum(text string, f field, pos fault.Position) {
	if len(f.enum) == 0 {
		return
	}
	for _, e := range f.enum {
		if text == e {
			return
		}
	}
	e := d.report(pos, "%s %q is not known, expected %s", f.name, text, orList(f.enum, "or"))
	e.Hint = "write one of them"
	if near := fault.Nearest(text, f.enum); near != "" {
		e.Hint = fmt.Sprintf("did you mean %q?", near)
	}
}

// mismatch reports a value of another type than the field's, and forgets it.
func (d *decoder) mismatch(n ast.Node, v reflect.Value, f field, pos fault.Position) *fault.Error {
	delete(d.at, v.Addr().Interface())
	e := d.report(pos, "%s is %s, expected %s", f.name, describe(n), expected(v, f))
	switch {
	case len(f.enum) > 0:
		e.Hint = "write one of them"
	case v.Kind() == reflect.String && isScalar(n):
		e.Hint = fmt.Sprintf("put it in quotes: %q", n.GetToken().Value)
	case v.Kind() == reflect.Slice && !isKeyed(v.Type()):
		e.Hint = "write names in brackets: [a, b]"
	case expected(v, f) == aMapping:
		e.Hint = "write keys with their values, each followed by a colon"
	default:
		e.Hint = "write " + expected(v, f)
	}
	return e
}

// describe names a node as a reader of YAML would.
func describe(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode:
		return aMapping
	case *ast.SequenceNode:
		return "a list"
	case *ast.IntegerNode, *ast.FloatNode:
		return "the number " + n.GetToken().Value
	case *ast.BoolNode:
		return "the truth value " + n.GetToken().Value
	default:
		return fmt.Sprintf("the text %q", n.GetToken().Value)
	}
}

// expected names what a field takes.
func expected(v reflect.Value, f field) string {
	switch v.Interface().(type) {
	case schema.Type:
		return "a type such as varchar(20)"
	case Secret:
		return "a text"
	case encoding.TextMarshaler:
		return "an amount such as 2GiB"
	case MaxRejects:
		return "a number of rows such as 1000, or a share such as 2%"
	}
	switch k := v.Kind(); {
	case len(f.enum) > 0:
		return orList(f.enum, "or")
	case k == reflect.String:
		return "a text"
	case k == reflect.Bool:
		return "true or false"
	case v.CanInt():
		return "a whole number"
	case v.CanFloat():
		return "a number"
	case k == reflect.Slice && !isKeyed(v.Type()):
		return "a list of names"
	default:
		return aMapping
	}
}

const aMapping = "a mapping"

func isScalar(n ast.Node) bool {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return true
	}
	return false
}

func scalarText(n ast.Node) string {
	if l, ok := n.(*ast.LiteralNode); ok {
		return strings.TrimSuffix(l.Value.Value, "\n")
	}
	return n.GetToken().Value
}

// nodePosition is where a node begins: a mapping at its first key, not at the
// colon after it.
func nodePosition(n ast.Node) fault.Position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return position(m.Values[0].Key.GetToken())
	}
	return position(n.GetToken())
}

func position(t *token.Token) fault.Position {
	return fault.Position{Line: t.Position.Line, Column: t.Position.Column}
}

func atof(s string) float64 { x, _ := strconv.ParseFloat(s, 64); return x }
