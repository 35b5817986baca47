package main

import (
	"encoding/json"
	"io"
	"reflect"
)

// writeJSON writes the struct that v points to as a document for programs. Its
// lists are never null: an empty one is written as [].
func writeJSON(w io.Writer, v any) error {
	document := reflect.ValueOf(v).Elem()
	for _, field := range document.Fields() {
		if field.Kind() == reflect.Slice && field.IsNil() {
			field.Set(reflect.MakeSlice(field.Type(), 0, 0))
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
