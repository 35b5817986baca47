package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

var jsonRules = map[string]rule{
	"is_valid_json":       jsonOf("OBJECT"),
	"is_valid_json_array": jsonOf("ARRAY"),
	"can_json_parse":      by("valid_json"),
	"json_array_length":   jsonLength,
	"json_extract_array_element_text": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return macro("json_element", args[0], args[1], flag(args, 2))
	},
	"json_extract_path_text": jsonPath,
	"json_parse":             by("json_parse"),
	"json_serialize":         by("json_text"),
	"json_serialize_to_varbyte": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return call("encode", macro("json_text", args[0]))
	},
	"json_size": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(call("strlen", macro("json_text", args[0])), t)
	},
	"json_typeof":           by("json_typeof"),
	"object":                object,
	"get_number_attributes": by("number_of_attributes"),
	"lower_attribute_names": superByGo("lower_attributes"),
	"upper_attribute_names": superByGo("upper_attributes"),
	"is_array":              superIs("ARRAY"),
	"is_object":             superIs("OBJECT"),
	"is_boolean":            superIs("BOOLEAN"),
	"is_varchar":            superIs("VARCHAR"),
	"is_char":               by("is_char"),
	"is_integer":            by("is_json_integer"),
	"is_bigint":             by("is_json_bigint"),
	"is_smallint":           by("is_json_smallint"),
	"is_decimal":            by("is_json_decimal"),
	"is_float":              by("is_json_float"),
	"is_scalar":             superIs("BOOLEAN", "VARCHAR", "UBIGINT", "BIGINT", "DOUBLE"),
	"decimal_precision":     by("json_precision"),
	"decimal_scale":         by("json_scale"),
}

var arrayRules = map[string]rule{
	"array":              arrayOf,
	"array_concat":       superByGo("array_concat"),
	"array_distinct":     superByGo("array_distinct"),
	"array_except":       superByGo("array_except", false),
	"array_flatten":      superByGo("array_flatten"),
	"array_intersection": superByGo("array_intersection", false),
	"array_sort":         arraySort,
	"array_union":        superByGo("array_union"),
	"arrays_overlap":     valueByGo("arrays_overlap"),
	"array_contains":     valueByGo("array_contains", true),
	"array_position":     valueByGo("array_position", true),
	"array_positions":    superByGo("array_positions", true),
	"get_array_length":   by("length_of_array"),
	"split_to_array": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		if len(args) == 1 {
			args = append(args, text(","))
		}
		return castAs(goCall("split_to_array", args...), "JSON")
	},
	"subarray": superByGo("subarray"),
}

// flag is an optional argument that is false where it is missing.
func flag(args []ast.Expr, i int) ast.Expr {
	if i < len(args) {
		return args[i]
	}
	return &ast.BoolLit{}
}

// superText is a SUPER value as JSON text, and null where there is none.
func superText(x ast.Expr) ast.Expr {
	return call("coalesce", castAs(x, "VARCHAR"), text("null"))
}

// withText turns the SUPER arguments of a call into JSON text, and fills in the
// flags that it leaves out. The first one stays NULL where it is; one that is
// looked for in it does not.
func (l *lowering) withText(e *ast.FuncCall, args []ast.Expr, flags []bool) []ast.Expr {
	out := make([]ast.Expr, len(args))
	for i, a := range args {
		switch {
		case l.argType(e, i).Kind != schema.Super:
			out[i] = a
		case i > 0 && len(flags) > 0 && flags[0]:
			out[i] = superText(a)
		default:
			out[i] = castAs(a, "VARCHAR")
		}
	}
	signature := l.info.Calls[e].Func.Signatures[0]
	for i := len(args); i < len(signature.Params); i++ {
		out = append(out, &ast.BoolLit{Value: flags[0]})
	}
	return out
}

// superByGo calls a function of package scalar that gives SUPER. A flag that the
// call leaves out has the value given here.
func superByGo(name string, flags ...bool) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return castAs(goCall(name, l.withText(e, args, flags)...), "JSON")
	}
}

// valueByGo is the same for one that gives no SUPER.
func valueByGo(name string, flags ...bool) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(goCall(name, l.withText(e, args, flags)...), t)
	}
}

// arraySort has the nulls at the end that is up, unless told otherwise
// ("ARRAY_SORT function").
func arraySort(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	up := ast.Expr(&ast.BoolLit{Value: true})
	if len(args) > 1 {
		up = args[1]
	}
	nullsFirst := ast.Expr(&ast.Unary{Op: ast.Not, X: up})
	if len(args) == 3 {
		nullsFirst = args[2]
	}
	return castAs(goCall("array_sort", castAs(args[0], "VARCHAR"), up, nullsFirst), "JSON")
}

// arrayText joins SUPER values into the JSON text of an array.
func arrayText(items []ast.Expr) ast.Expr {
	out := ast.Expr(text("["))
	for i, x := range items {
		if i > 0 {
			out = binary(ast.Concat, out, text(","))
		}
		out = binary(ast.Concat, out, superText(x))
	}
	return binary(ast.Concat, out, text("]"))
}

func arrayOf(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return castAs(arrayText(args), "JSON")
}

// object makes an object of names and values in turn ("OBJECT function").
func object(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	for i := 0; i < len(args); i += 2 {
		args[i] = call("to_json", args[i])
	}
	return castAs(goCall("object", arrayText(args)), "JSON")
}

func jsonOf(kind string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return macro("json_of", args[0], text(kind))
	}
}

// superIs tests the type of a SUPER value; NULL and null are of no type ("SUPER type
// information functions").
func superIs(kinds ...string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		in := &ast.InList{X: call("json_type", args[0])}
		for _, k := range kinds {
			in.List = append(in.List, text(k))
		}
		return call("coalesce", in, &ast.BoolLit{})
	}
}

func jsonLength(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return macro("json_length", args[0], flag(args, 1))
}

// jsonPath goes down by the path elements: by the engine's path if they are
// literals that mean nothing else there ("JSON_EXTRACT_PATH_TEXT function").
func jsonPath(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	elements, invalid := args[1:], ast.Expr(&ast.BoolLit{})
	if last := e.Args[len(e.Args)-1]; l.info.TypeOf(last).Kind == schema.Boolean {
		elements, invalid = args[1:len(args)-1], args[len(args)-1]
	}
	path := "$"
	for _, element := range elements {
		lit, ok := element.(*ast.StringLit)
		if !ok || lit.Value == "" || strings.ContainsAny(lit.Value, `"*\`) {
			return macro("json_go_path", args[0], call("json_array", elements...), invalid)
		}
		path += `."` + lit.Value + `"`
	}
	return macro("json_path", args[0], text(path), call("json_array", elements...), invalid)
}
