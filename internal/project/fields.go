package project

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// field is what the tags of a struct field say.
type field struct {
	name     string
	index    int
	required bool
	short    bool
	enum     []string
	def      string
	hasDef   bool
	min, max string
	doc      string
}

type fieldList []field

// fieldsOf lists the fields of a struct that have a YAML key, in order.
func fieldsOf(t reflect.Type) fieldList {
	var out fieldList
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		name, options, _ := strings.Cut(tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		f := field{
			name: name, index: i, doc: tag.Get("doc"), min: tag.Get("min"), max: tag.Get("max"),
			required: strings.Contains(options, "required"), short: strings.Contains(options, "short"),
		}
		f.def, f.hasDef = tag.Lookup("default")
		if e := tag.Get("enum"); e != "" {
			f.enum = strings.Split(e, ",")
		}
		out = append(out, f)
	}
	return out
}

func (l fieldList) byName(name string) (field, bool) {
	for _, f := range l {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

func (l fieldList) names() []string {
	out := make([]string, len(l))
	for i, f := range l {
		out[i] = f.name
	}
	return out
}

// isKeyed reports a slice that is written as a mapping from names to elements.
func isKeyed(t reflect.Type) bool { return t.Kind() == reflect.Slice && keyField(element(t)) >= 0 }

// element is the struct type of a slice's elements.
func element(slice reflect.Type) reflect.Type {
	t := slice.Elem()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// keyField is the index of the field that holds an element's own key, or -1.
func keyField(t reflect.Type) int {
	if t.Kind() != reflect.Struct {
		return -1
	}
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("yaml") == ",key" {
			return i
		}
	}
	return -1
}

// shortField is the field that a scalar in place of the mapping sets.
func shortField(t reflect.Type) (field, bool) {
	for _, f := range fieldsOf(t) {
		if f.short {
			return f, true
		}
	}
	return field{}, false
}

// setDefaults sets every field to its default, or to nothing. A default that
// does not fit its field is a defect of the tag.
func setDefaults(v reflect.Value) {
	for _, f := range fieldsOf(v.Type()) {
		fv := v.Field(f.index)
		fv.SetZero()
		if !f.hasDef {
			if fv.Kind() == reflect.Struct {
				setDefaults(fv)
			}
			continue
		}
		if err := setText(fv, f.def); err != nil {
			panic(fmt.Sprintf("project: default of %s: %v", f.name, err))
		}
	}
}

func setText(v reflect.Value, text string) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	if v.Kind() == reflect.Bool {
		b, err := strconv.ParseBool(text)
		v.SetBool(b)
		return err
	}
	v.SetString(text)
	return nil
}

// orList joins names as a sentence does: "a, b or c".
func orList(names []string, word string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + word + " " + names[len(names)-1]
}
