package project

import (
	"encoding/json"
	"reflect"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// The files that [JSONSchema] describes.
const (
	AtollFile  = "atoll"  // atoll.yaml
	SourceFile = "source" // sources/*.yaml
)

// JSONSchema describes a YAML file of a project as a JSON Schema (2020-12), by
// which editors complete and check it. The error is a fault of code Usage for a
// file that it does not know.
func JSONSchema(file string) ([]byte, error) {
	var of reflect.Type
	switch file {
	case AtollFile:
		of = reflect.TypeFor[Project]()
	case SourceFile:
		of = reflect.TypeFor[Source]()
	default:
		return nil, fault.New(fault.Usage, "there is no schema for %q", file).
			WithHint("the schemas are %s and %s", AtollFile, SourceFile)
	}
	s := objectSchema(of)
	s.Dialect = "https://json-schema.org/draft/2020-12/schema"
	s.Title = map[string]string{AtollFile: "atoll.yaml", SourceFile: "sources/*.yaml"}[file]
	out, err := json.MarshalIndent(s, "", "  ")
	return append(out, '\n'), err
}

// jsonSchema is the part of JSON Schema that project files need.
type jsonSchema struct {
	Dialect     string                 `json:"$schema,omitempty"`
	Title       string                 `json:"title,omitempty"`
	Description string                 `json:"description,omitempty"`
	Type        any                    `json:"type,omitempty"` // a name or several
	Enum        []string               `json:"enum,omitempty"`
	Default     any                    `json:"default,omitempty"`
	Minimum     json.Number            `json:"minimum,omitempty"`
	Maximum     json.Number            `json:"maximum,omitempty"`
	AnyOf       []*jsonSchema          `json:"anyOf,omitempty"`
	Items       *jsonSchema            `json:"items,omitempty"`
	Properties  map[string]*jsonSchema `json:"properties,omitempty"`
	Additional  any                    `json:"additionalProperties,omitempty"` // false or a schema
	Required    []string               `json:"required,omitempty"`
	MinCount    int                    `json:"minProperties,omitempty"`
}

// objectSchema describes a tagged struct, and the scalar that may stand for it.
func objectSchema(t reflect.Type) *jsonSchema {
	s := &jsonSchema{Type: "object", Properties: map[string]*jsonSchema{}, Additional: false}
	var short *jsonSchema
	for _, f := range fieldsOf(t) {
		p := valueSchema(t.Field(f.index).Type)
		p.Description, p.Enum = f.doc, f.enum
		p.Minimum, p.Maximum = json.Number(f.min), json.Number(f.max)
		if f.hasDef {
			p.Default = f.def
			if p.Type == "boolean" {
				p.Default = f.def == "true"
			}
		}
		if f.required {
			s.Required = append(s.Required, f.name)
		}
		if f.short {
			short = p
		}
		s.Properties[f.name] = p
	}
	if short != nil {
		return &jsonSchema{AnyOf: []*jsonSchema{short, s}}
	}
	return s
}

// valueSchema describes what a field of that type takes.
func valueSchema(t reflect.Type) *jsonSchema {
	switch t {
	case reflect.TypeFor[Secret](), reflect.TypeFor[schema.Type](), reflect.TypeFor[Bytes]():
		return &jsonSchema{Type: "string"}
	case reflect.TypeFor[MaxRejects]():
		return &jsonSchema{AnyOf: []*jsonSchema{{Type: []string{"integer", "string"}}, objectSchema(t)}}
	}
	switch t.Kind() {
	case reflect.String:
		return &jsonSchema{Type: "string"}
	case reflect.Bool:
		return &jsonSchema{Type: "boolean"}
	case reflect.Int:
		return &jsonSchema{Type: "integer"}
	case reflect.Float64:
		return &jsonSchema{Type: "number"}
	case reflect.Slice:
		if isKeyed(t) {
			return &jsonSchema{Type: "object", Additional: objectSchema(element(t)), MinCount: 1}
		}
		return &jsonSchema{Type: "array", Items: valueSchema(t.Elem())}
	default:
		return objectSchema(t)
	}
}
