package scalar

import "testing"

func TestJSON(t *testing.T) {
	check(t, []example{
		{name: "json_valid", args: args(`{"a":1,}`), want: false},
		{name: "json_valid", args: args(` [1] `), want: true},
		{name: "json_compact", args: args(`{ "a b" : [ 1.50 , 1E2 ] }`), want: `{"a b":[1.50,1E2]}`},
		{name: "json_compact", args: args(`{`), err: `"{" is not valid JSON`},
		{name: "json_path", args: args(`{"a":{"*":1.50}}`, `["a","*"]`), want: "1.50"},
		{name: "json_path", args: args(`{"a":"x\ty"}`, `["a"]`), want: "x\ty"},
		{name: "json_path", args: args(`{"a":null}`, `["a"]`), want: nil},
		{name: "json_path", args: args(`{"a":1}`, `[null]`), want: nil},
		{name: "json_path", args: args(`[1]`, `["0"]`), want: nil},
		{name: "json_path", args: args(`{"A":1}`, `["a"]`), want: nil},
		{name: "json_element", args: args(`[1,{"a": 2}]`, int64(1)), want: `{"a":2}`},
		{name: "json_element", args: args(`[1]`, int64(-1)), want: nil},
		{name: "object", args: args(`["a",1,"b",2,"a",3]`), want: `{"a":3,"b":2}`},
		{name: "object", args: args(`[null,1]`), err: "is NULL"},
		{name: "lower_attributes", args: args(`{"A":{"B":["C",{"D":1.0}]},"É":null,"f":true}`), want: `{"a":{"b":["C",{"d":1.0}]},"é":null,"f":true}`},
		{name: "upper_attributes", args: args(`[{},[],"a<b",{"a":"\u00e9\""}]`), want: `[{},[],"a<b",{"A":"é\""}]`},
		{name: "upper_attributes", args: args(`"a"`), want: `"a"`},
	})
}

func TestArrays(t *testing.T) {
	check(t, []example{
		{name: "array_concat", args: args(`[1, 2]`, `[[]]`), want: `[1,2,[]]`},
		{name: "array_concat", args: args(`{}`, `[]`), want: nil},
		{name: "array_distinct", args: args(`[1,1.0,1e0,"1",{"a":1,"b":2},{"b":2.0,"a":1}]`), want: `[1,"1",{"a":1,"b":2}]`},
		{name: "array_distinct", args: args(`[9007199254740993,9007199254740992.0]`), want: `[9007199254740993,9007199254740992.0]`},
		{name: "array_except", args: args(`[1,2,2,3]`, `[2,4]`, false), want: `[1,2,3]`},
		{name: "array_except", args: args(`[1,1,2]`, `[2]`, true), want: `[1]`},
		{name: "array_intersection", args: args(`[1,2,2,2]`, `[2,2,1]`, false), want: `[1,2,2]`},
		{name: "array_position", args: args(`[[1], [2]]`, `[2.0]`, true), want: int64(1)},
		{name: "array_contains", args: args(`[null]`, `1`, false), want: nil},
		{name: "array_contains", args: args(`[]`, `null`, true), want: false},
		{name: "arrays_overlap", args: args(`[1]`, `1`), want: nil},
		{name: "array_sort", args: args(`[[2],[1,9],[1],"b","a",true,false,-1,-1.5,{"b":1},{"a":1},null]`, true, true), want: `[null,false,true,-1.5,-1,"a","b",[1],[1,9],[2],{"a":1},{"b":1}]`},
		{name: "array_sort", args: args(`[12345678901234567891,12345678901234567890]`, true, false), want: `[12345678901234567890,12345678901234567891]`},
		{name: "subarray", args: args(`[1,2,3]`, int64(-1), int64(5)), want: `[3]`},
		{name: "subarray", args: args(`[1,2,3]`, int64(1), int64(-1)), want: `[]`},
		{name: "split_to_array", args: args(`a<b,"c`, `,`), want: `["a<b","\"c"]`},
	})
}
