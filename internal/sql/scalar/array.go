package scalar

import (
	"cmp"
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// arrays are the functions of the chapter "Array functions". What is not an array
// gives NULL, as all of SUPER's operators do with values of another type. Elements
// are equal if their JSON is, whatever the spelling of numbers, the order of
// attributes and the blanks between them; null equals null unless asked otherwise.
var arrays = []Func{
	{Prefix + "array_concat", kinds(text, text), text, arrayConcat},
	{Prefix + "array_flatten", kinds(text), text, arrayFlatten},
	{Prefix + "array_distinct", kinds(text), text, arrayDistinct},
	{Prefix + "array_except", kinds(text, text, boolean), text, arrayExcept},
	{Prefix + "array_intersection", kinds(text, text, boolean), text, arrayIntersection},
	{Prefix + "array_union", kinds(text, text), text, arrayUnion},
	{Prefix + "array_position", kinds(text, text, boolean), whole, arrayPosition},
	{Prefix + "array_positions", kinds(text, text, boolean), text, arrayPositions},
	{Prefix + "array_contains", kinds(text, text, boolean), boolean, arrayContains},
	{Prefix + "arrays_overlap", kinds(text, text), boolean, arraysOverlap},
	{Prefix + "array_sort", kinds(text, boolean, boolean), text, arraySort},
	{Prefix + "subarray", kinds(text, whole, whole), text, subarray},
	{Prefix + "split_to_array", kinds(text, text), text, splitToArray},
}

// elements are those of an array in JSON; ok is false for what is no array.
func elements(x any) (list []json.RawMessage, ok bool) {
	s := strings.TrimLeft(x.(string), " \t\r\n")
	if !strings.HasPrefix(s, "[") || json.Unmarshal([]byte(s), &list) != nil {
		return nil, false
	}
	return list, true
}

// write is an array of elements as JSON.
func write(list []json.RawMessage) string {
	parts := make([]string, len(list))
	for i, e := range list {
		parts[i] = string(e)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

const null = "null"

// canonical is one text for all spellings of a value.
func canonical(e json.RawMessage) string {
	d := json.NewDecoder(strings.NewReader(string(e)))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return string(e)
	}
	data, err := json.Marshal(plainNumbers(v)) // attributes in order of their names
	if err != nil {
		return string(e)
	}
	return string(data)
}

// plainNumbers writes each number in a value in one way: whole numbers that fit 64
// bits as their digits, others as DOUBLE PRECISION where that is exact enough to
// be the same text again.
func plainNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		switch {
		case !strings.ContainsAny(v.String(), ".eE") || err != nil:
			return v
		case f == float64(int64(f)) && f > -1<<53 && f < 1<<53:
			return json.Number(strconv.FormatInt(int64(f), 10))
		}
		return f
	case []any:
		for i := range v {
			v[i] = plainNumbers(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = plainNumbers(v[name])
		}
	}
	return v
}

func canonicals(list []json.RawMessage) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = canonical(e)
	}
	return out
}

// two reads the arrays that a function's first two arguments are.
func two(args []any) (a, b []json.RawMessage, ok bool) {
	a, first := elements(args[0])
	b, second := elements(args[1])
	return a, b, first && second
}

func arrayConcat(args []any) (any, error) {
	a, b, ok := two(args)
	if !ok {
		return nil, nil
	}
	return write(append(a, b...)), nil
}

// arrayFlatten takes the elements of inner arrays, one level down ("ARRAY_FLATTEN
// function").
func arrayFlatten(args []any) (any, error) {
	outer, ok := elements(args[0])
	if !ok {
		return nil, nil
	}
	var out []json.RawMessage
	for _, e := range outer {
		if inner, ok := elements(string(e)); ok {
			out = append(out, inner...)
		} else {
			out = append(out, e)
		}
	}
	return write(out), nil
}

// distinct keeps the first of equal elements.
func distinct(list []json.RawMessage) []json.RawMessage {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(e json.RawMessage) bool {
		key := canonical(e)
		again := seen[key]
		seen[key] = true
		return again
	})
}

func arrayDistinct(args []any) (any, error) {
	list, ok := elements(args[0])
	if !ok {
		return nil, nil
	}
	return write(distinct(list)), nil
}

// counts says how often each value is in a list.
func counts(list []json.RawMessage) map[string]int {
	n := map[string]int{}
	for _, key := range canonicals(list) {
		n[key]++
	}
	return n
}

// arrayExcept takes from the first array what is not in the second: once for each
// time it is there, or all of it and no value twice if distinct is asked for
// ("ARRAY_EXCEPT function").
func arrayExcept(args []any) (any, error) {
	return kept(args, func(inSecond bool) bool { return !inSecond })
}

// arrayIntersection takes from the first array what is in the second, in the same
// two ways ("ARRAY_INTERSECTION function").
func arrayIntersection(args []any) (any, error) {
	return kept(args, func(inSecond bool) bool { return inSecond })
}

// kept takes the elements of the first array that are wanted by whether the second
// one has them.
func kept(args []any, want func(inSecond bool) bool) (any, error) {
	a, b, ok := two(args)
	if !ok {
		return nil, nil
	}
	other, once := counts(b), args[2].(bool)
	var out []json.RawMessage
	for _, e := range a {
		key := canonical(e)
		inSecond := other[key] > 0
		if want(inSecond) {
			out = append(out, e)
		}
		if inSecond && !once {
			other[key]--
		}
	}
	if once {
		out = distinct(out)
	}
	return write(out), nil
}

// arrayUnion takes the elements of both, no value twice ("ARRAY_UNION function").
func arrayUnion(args []any) (any, error) {
	a, b, ok := two(args)
	if !ok {
		return nil, nil
	}
	return write(distinct(append(a, b...))), nil
}

// find lists the positions of a value in an array, from 0. Unless nulls match,
// known is false where null is looked for, or may be what was not found.
func find(args []any) (at []int, known, ok bool) {
	list, ok := elements(args[0])
	if !ok {
		return nil, false, false
	}
	keys, value := canonicals(list), canonical(json.RawMessage(args[1].(string)))
	for i, key := range keys {
		if key == value {
			at = append(at, i)
		}
	}
	nullMatch := args[2].(bool)
	known = nullMatch || value != null && (len(at) > 0 || !slices.Contains(keys, null))
	return at, known, true
}

func arrayPosition(args []any) (any, error) {
	switch at, known, ok := find(args); {
	case !ok || !known:
		return nil, nil
	case len(at) == 0:
		return int64(-1), nil
	default:
		return int64(at[0]), nil
	}
}

func arrayPositions(args []any) (any, error) {
	at, known, ok := find(args)
	if !ok || !known {
		return nil, nil
	}
	parts := make([]string, len(at))
	for i, n := range at {
		parts[i] = strconv.Itoa(n)
	}
	return "[" + strings.Join(parts, ",") + "]", nil
}

func arrayContains(args []any) (any, error) {
	at, known, ok := find(args)
	if !ok || !known {
		return nil, nil
	}
	return len(at) > 0, nil
}

// arraysOverlap looks for a value that both have; null is one ("ARRAYS_OVERLAP
// function").
func arraysOverlap(args []any) (any, error) {
	a, b, ok := two(args)
	if !ok {
		return nil, nil
	}
	other := counts(b)
	return slices.ContainsFunc(canonicals(a), func(key string) bool { return other[key] > 0 }), nil
}

// compareElements orders two elements that are not null. Arrays are ordered by
// their elements, objects by their text.
func compareElements(a, b json.RawMessage) int {
	if c := cmp.Compare(typeRank(a), typeRank(b)); c != 0 {
		return c
	}
	switch a[0] {
	case 't', 'f', '{':
		return strings.Compare(canonical(a), canonical(b))
	case '"':
		var x, y string
		_ = json.Unmarshal(a, &x) // elements of an array that was read
		_ = json.Unmarshal(b, &y)
		return strings.Compare(x, y)
	case '[':
		x, _ := elements(string(a))
		y, _ := elements(string(b))
		return slices.CompareFunc(x, y, compareElements)
	}
	x, _ := new(big.Float).SetPrec(128).SetString(string(a))
	y, _ := new(big.Float).SetPrec(128).SetString(string(b))
	if x == nil || y == nil {
		return strings.Compare(string(a), string(b))
	}
	return x.Cmp(y)
}

// typeRank is the order of values of different types: booleans, numbers, strings,
// arrays, objects ("ARRAY_SORT function", note).
func typeRank(e json.RawMessage) int {
	switch e[0] {
	case 't', 'f':
		return 0
	case '"':
		return 2
	case '[':
		return 3
	case '{':
		return 4
	case 'n':
		return 5
	}
	return 1
}

// arraySort sorts the elements, up or down, with the nulls before or after them.
func arraySort(args []any) (any, error) {
	list, ok := elements(args[0])
	if !ok {
		return nil, nil
	}
	isNull := func(e json.RawMessage) bool { return string(e) == null }
	var nulls []json.RawMessage
	for _, e := range list {
		if isNull(e) {
			nulls = append(nulls, e)
		}
	}
	list = slices.DeleteFunc(list, isNull)
	slices.SortStableFunc(list, compareElements)
	if up := args[1].(bool); !up {
		slices.Reverse(list)
	}
	if nullsFirst := args[2].(bool); nullsFirst {
		return write(append(nulls, list...)), nil
	}
	return write(append(list, nulls...)), nil
}

// subarray takes a number of elements from a position, from 0; a negative one
// counts from the end ("SUBARRAY function").
func subarray(args []any) (any, error) {
	list, ok := elements(args[0])
	if !ok {
		return nil, nil
	}
	n := int64(len(list))
	from := args[1].(int64)
	if from < 0 {
		from = max(n+from, 0)
	}
	from = min(from, n)
	end := from + min(max(args[2].(int64), 0), n-from)
	return write(list[from:end]), nil
}

// splitToArray cuts a text at a delimiter into an array of texts ("SPLIT_TO_ARRAY
// function"). Without a delimiter to cut at, the text is the one element.
func splitToArray(args []any) (any, error) {
	parts := []string{args[0].(string)}
	if delimiter := args[1].(string); delimiter != "" {
		parts = strings.Split(parts[0], delimiter)
	}
	for i, p := range parts {
		parts[i] = quoteJSON(p)
	}
	return "[" + strings.Join(parts, ",") + "]", nil
}
