package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/types"
)

var postgresJSON = map[string]rule{
	"is_valid_json":       postgresJSONOf("object"),
	"is_valid_json_array": postgresJSONOf("array"),
	"can_json_parse":      by("json_valid"),
	"json_array_length": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return macro("json_length", args[0], flag(args, 1))
	},
	"json_extract_array_element_text": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return macro("json_element", args[0], args[1], flag(args, 2))
	},
	"json_extract_path_text": postgresJSONPath,
	"json_parse": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(args[0], t)
	},
	"json_serialize": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return call("coalesce", macro("json_text", castAs(args[0], "json")), text("null")) // it is never NULL
	},
	"json_typeof":      as("jsonb_typeof"),
	"get_array_length": by("super_length"),
	"is_array":         postgresSuperIs("array"),
	"is_object":        postgresSuperIs("object"),
	"is_boolean":       postgresSuperIs("boolean"),
	"is_char":          postgresSuperIs("char"),
	"is_varchar":       postgresSuperIs("char", "string"),
	"is_integer":       postgresSuperIs("smallint", "integer"),
	"is_bigint":        postgresSuperIs("smallint", "integer", "bigint"),
	"is_smallint":      postgresSuperIs("smallint"),
	"is_scalar":        postgresSuperIs("boolean", "char", "string", "smallint", "integer", "bigint", "number"),

	// jsonb does not keep how a number was written, which IS_DECIMAL and IS_FLOAT
	// tell apart.

	"array":  as("jsonb_build_array"),
	"object": as("jsonb_build_object"),
}

// unnest lists nothing for a value that is no array, or no object ("Querying
// semi-structured data", lax semantics). Functions that return sets go on in step.
func (postgres) unnest(u *bind.Unnest, value ast.Expr) *ast.Query {
	last := binary(ast.Sub, macro("super_length", value), number(1))
	list, at := macro("elements", value), ast.Expr(castTo(call("generate_series", number(0), last), types.BigInt))
	if u.Object {
		list, at = macro("values", value), macro("keys", value)
	}
	out := &ast.Select{Items: []*ast.SelectItem{{Expr: list}}}
	if u.At {
		out.Items = append(out.Items, &ast.SelectItem{Expr: at})
	}
	return &ast.Query{Body: out}
}

func postgresJSONOf(kind string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return macro("json_of", args[0], text(kind))
	}
}

func postgresSuperIs(kinds ...string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		in := &ast.InList{X: macro("super_type", args[0])}
		for _, k := range kinds {
			in.List = append(in.List, text(k))
		}
		return call("coalesce", in, &ast.BoolLit{}) // NULL is of no type
	}
}

// postgresJSONPath goes down objects only: PostgreSQL's own paths would take a
// number for the position in an array.
func postgresJSONPath(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	steps, invalid := args[1:], ast.Expr(&ast.BoolLit{})
	if last := e.Args[len(e.Args)-1]; l.info.TypeOf(last).Kind == schema.Boolean {
		steps, invalid = args[1:len(args)-1], args[len(args)-1]
	}
	return macro("json_path", args[0], &ast.Array{Items: steps}, invalid)
}
