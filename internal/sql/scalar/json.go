package scalar

import (
	gobytes "bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// jsons are functions over JSON text and SUPER objects.
var jsons = []Func{
	{Prefix + "json_valid", kinds(text), boolean, func(args []any) (any, error) { return json.Valid([]byte(args[0].(string))), nil }},
	{Prefix + "json_compact", kinds(text), text, jsonCompact},
	{Prefix + "json_path", kinds(text, text), text, jsonPath},
	{Prefix + "json_element", kinds(text, whole), text, jsonElement},
	{Prefix + "object", kinds(text), text, object},
	{Prefix + "lower_attributes", kinds(text), text, renamed(strings.ToLower)},
	{Prefix + "upper_attributes", kinds(text), text, renamed(strings.ToUpper)},
}

// jsonCompact leaves out the blanks between the parts of JSON text; everything
// else, digits of numbers among it, stays as it is.
func jsonCompact(args []any) (any, error) {
	var out gobytes.Buffer
	if err := json.Compact(&out, []byte(args[0].(string))); err != nil {
		return nil, invalidJSON(args[0])
	}
	return out.String(), nil
}

// jsonPath goes down JSON objects by names, a JSON array of texts, and gives what
// is there as text: strings without quotes, numbers with the digits they have,
// anything else as JSON without blanks. What is not there, or is null, gives NULL
// ("JSON_EXTRACT_PATH_TEXT function").
func jsonPath(args []any) (any, error) {
	var names []*string
	if err := json.Unmarshal([]byte(args[1].(string)), &names); err != nil {
		return nil, invalidJSON(args[1])
	}
	at := json.RawMessage(args[0].(string))
	for _, name := range names {
		var attributes map[string]json.RawMessage
		if name == nil || json.Unmarshal(at, &attributes) != nil {
			return nil, nil
		}
		at = attributes[*name]
	}
	return jsonText(at)
}

// jsonElement gives the element of a JSON array at a position, from 0, as text
// ("JSON_EXTRACT_ARRAY_ELEMENT_TEXT function").
func jsonElement(args []any) (any, error) {
	list, ok := elements(args[0])
	i := args[1].(int64)
	if !ok || i < 0 || i >= int64(len(list)) {
		return nil, nil
	}
	return jsonText(list[i])
}

// jsonText is a value as text, as [jsonPath] describes it.
func jsonText(value json.RawMessage) (any, error) {
	switch s := strings.TrimSpace(string(value)); {
	case s == "" || s == "null":
		return nil, nil
	case s[0] == '"':
		var out string
		err := json.Unmarshal([]byte(s), &out)
		return out, err
	default:
		return jsonCompact([]any{s})
	}
}

func invalidJSON(x any) error { return fmt.Errorf("%q is not valid JSON", x) }

// object makes a JSON object of an array of names and values in turn. Of a name
// given twice the last value counts ("OBJECT function").
func object(args []any) (any, error) {
	items, ok := elements(args[0])
	if !ok {
		return nil, invalidJSON(args[0])
	}
	var names []string
	values := map[string]json.RawMessage{}
	for i := 0; i+1 < len(items); i += 2 {
		name := string(items[i])
		if name == "null" {
			return nil, errors.New("the name of an attribute of OBJECT is NULL: it must be text")
		}
		if _, again := values[name]; !again {
			names = append(names, name)
		}
		values[name] = items[i+1]
	}
	for i, name := range names {
		names[i] = name + ":" + string(values[name])
	}
	return "{" + strings.Join(names, ",") + "}", nil
}

// renamed makes a function that writes JSON again with the names of attributes
// changed, at every depth ("LOWER_ATTRIBUTE_NAMES function").
func renamed(change func(string) string) func(args []any) (any, error) {
	return func(args []any) (any, error) {
		d := json.NewDecoder(strings.NewReader(args[0].(string)))
		d.UseNumber()
		w := &jsonWriter{change: change}
		for {
			token, err := d.Token()
			if err == io.EOF {
				return w.out.String(), nil
			}
			if err != nil {
				return nil, invalidJSON(args[0])
			}
			w.token(token)
		}
	}
}

// jsonWriter writes the tokens of a decoder as JSON text.
type jsonWriter struct {
	out    strings.Builder
	change func(string) string
	open   []container
}

// container is an object or array that is being written; n counts its tokens,
// names and values each for one.
type container struct {
	object bool
	n      int
}

func (w *jsonWriter) token(t json.Token) {
	if d, ok := t.(json.Delim); ok && (d == '}' || d == ']') {
		w.open = w.open[:len(w.open)-1]
		w.out.WriteByte(byte(d))
		return
	}
	isName := w.separate()
	switch t := t.(type) {
	case json.Delim:
		w.open = append(w.open, container{object: t == '{'})
		w.out.WriteByte(byte(t))
	case string:
		if isName {
			t = w.change(t)
		}
		w.out.WriteString(quoteJSON(t))
	case json.Number:
		w.out.WriteString(t.String())
	case bool:
		w.out.WriteString(strconv.FormatBool(t))
	default:
		w.out.WriteString("null")
	}
}

// separate writes what stands before the next token, and reports that it is the
// name of an attribute.
func (w *jsonWriter) separate() (isName bool) {
	if len(w.open) == 0 {
		return false
	}
	c := &w.open[len(w.open)-1]
	isName = c.object && c.n%2 == 0
	switch {
	case c.object && !isName:
		w.out.WriteByte(':')
	case c.n > 0:
		w.out.WriteByte(',')
	}
	c.n++
	return isName
}

// quoteJSON writes a string as JSON, with no escape that JSON does not ask for.
func quoteJSON(s string) string {
	var out gobytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""` // strings always encode
	}
	return strings.TrimSuffix(out.String(), "\n")
}
