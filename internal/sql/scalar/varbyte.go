package scalar

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// varbytes are functions of the chapter "VARBYTE functions".
var varbytes = []Func{
	{Prefix + "to_varbyte", kinds(text, text), bytes, toVarbyte},
	{Prefix + "from_varbyte", kinds(bytes, text), text, fromVarbyte},
	{Prefix + "getbit", kinds(bytes, whole), whole, getBit},
	{Prefix + "byte_substring", kinds(bytes, whole, whole), bytes, byteSubstring},
}

// format is a format's name as the cases below have it.
func format(name string) string {
	switch name = strings.ToLower(name); name {
	case "utf-8", "utf_8":
		return "utf8"
	}
	return name
}

func noFormat(name string) error {
	return fmt.Errorf("%q is not a format of binary values: these are hex, binary, utf8 and base64", name)
}

// toVarbyte reads text in a format ("TO_VARBYTE function", "FROM_HEX function").
func toVarbyte(args []any) (any, error) {
	s, name := args[0].(string), args[1].(string)
	var out []byte
	var err error
	switch format(name) {
	case "hex":
		out, err = hex.DecodeString(s)
	case "base64":
		out, err = base64.StdEncoding.DecodeString(s)
	case "utf8":
		out = []byte(s)
	case "binary":
		out, err = binaryDigits(s)
	default:
		return nil, noFormat(name)
	}
	if err != nil {
		return nil, fmt.Errorf("%q is not a binary value in the format %s", s, format(name))
	}
	return out, nil
}

// binaryDigits reads digits 0 and 1, eight for each byte.
func binaryDigits(s string) ([]byte, error) {
	if len(s)%8 != 0 || strings.Trim(s, "01") != "" {
		return nil, fmt.Errorf("not binary digits")
	}
	out := make([]byte, len(s)/8)
	for i := range s {
		out[i/8] = out[i/8]<<1 | (s[i] - '0')
	}
	return out, nil
}

// fromVarbyte writes a binary value in a format ("FROM_VARBYTE function").
func fromVarbyte(args []any) (any, error) {
	data, name := args[0].([]byte), args[1].(string)
	switch format(name) {
	case "hex":
		return hex.EncodeToString(data), nil
	case "base64":
		return base64.StdEncoding.EncodeToString(data), nil
	case "utf8":
		if !utf8.Valid(data) {
			return nil, fmt.Errorf("the binary value %x is not text in UTF-8", data)
		}
		return string(data), nil
	case "binary":
		var out strings.Builder
		for _, b := range data {
			fmt.Fprintf(&out, "%08b", b)
		}
		return out.String(), nil
	}
	return nil, noFormat(name)
}

// getBit counts bits from 0 at the right end ("GETBIT function").
func getBit(args []any) (any, error) {
	data, i := args[0].([]byte), args[1].(int64)
	if i < 0 || i >= int64(len(data))*8 {
		return nil, fmt.Errorf("the bit %d is out of range: the binary value %x has bits 0 to %d", i, data, len(data)*8-1)
	}
	return int64(data[len(data)-1-int(i/8)] >> (i % 8) & 1), nil
}

// byteSubstring takes bytes from a start, from 1. A start before the value counts,
// and gives nothing ("SUBSTRING function").
func byteSubstring(args []any) (any, error) {
	data, from, n := args[0].([]byte), args[1].(int64)-1, args[2].(int64)
	if n < 0 {
		return nil, fmt.Errorf("the length of SUBSTRING is %d: it cannot be negative", n)
	}
	from = min(from, int64(len(data)))
	end := max(from+min(n, int64(len(data))-from), 0)
	return data[max(from, 0):end], nil
}
