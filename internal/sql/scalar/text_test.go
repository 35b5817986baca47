package scalar

import "testing"

func TestTexts(t *testing.T) {
	check(t, []example{
		{name: "strtol", args: args("0xFF", int64(16)), want: int64(255)},
		{name: "strtol", args: args("0x", int64(16)), err: `"0x" is not valid in base 16`},
		{name: "strtol", args: args("0x1", int64(36)), want: int64(33*36 + 1)},
		{name: "strtol", args: args(" -10", int64(2)), want: int64(-2)},
		{name: "strtol", args: args("1_0", int64(10)), err: "not valid in base 10"},
		{name: "strtol", args: args("1 ", int64(10)), err: "not valid in base 10"},
		{name: "strtol", args: args("-8000000000000001", int64(16)), err: "out of the range of BIGINT"},
		{name: "strtol", args: args("1", int64(37)), err: "it must be 2 to 36"},
		{name: "soundex", args: args("Honeyman"), want: "H555"},
		{name: "soundex", args: args("Ashcroft"), want: "A261"},
		{name: "soundex", args: args("1 a"), want: "A000"},
		{name: "difference", args: args("Robert", "Rupert"), want: int64(4)},
		{name: "difference", args: args("Robert", "1"), want: int64(0)},
		{name: "octetindex", args: args("é", "aéé"), want: int64(2)},
		{name: "quote_ident", args: args("a\"b"), want: `"a""b"`},
		{name: "quote_ident", args: args("été"), want: `"été"`},
		{name: "quote_ident", args: args("table"), want: `"table"`},
		{name: "quote_literal", args: args(`it's a \`), want: `'it''s a \\'`},
		{name: "reverse", args: args("añb"), want: "bña"},
	})
}

func TestVarbytes(t *testing.T) {
	check(t, []example{
		{name: "from_varbyte", args: args([]byte{0x4d, 1}, "Binary"), want: "0100110100000001"},
		{name: "from_varbyte", args: args([]byte("é"), "utf_8"), want: "é"},
		{name: "from_varbyte", args: args([]byte{}, "base64"), want: ""},
		{name: "from_varbyte", args: args([]byte{0xff}, "utf8"), err: "ff is not text in UTF-8"},
		{name: "from_varbyte", args: args([]byte{}, "text"), err: `"text" is not a format`},
		{name: "to_varbyte", args: args("0102", "text"), err: `"text" is not a format`},
		{name: "to_varbyte", args: args("0", "HEX"), err: `"0" is not a binary value in the format hex`},
		{name: "to_varbyte", args: args("00000002", "binary"), err: "in the format binary"},
		{name: "getbit", args: args([]byte{1, 0}, int64(8)), want: int64(1)},
		{name: "getbit", args: args([]byte{1, 0}, int64(16)), err: "bits 0 to 15"},
		{name: "getbit", args: args([]byte{1}, int64(-1)), err: "out of range"},
	})
	for _, c := range []struct {
		from, n int64
		want    string
	}{{1, 2, "ab"}, {3, 9, "cd"}, {0, 2, "a"}, {-5, 3, ""}, {9, 1, ""}, {2, 0, ""}, {-1, 1 << 60, "abcd"}} {
		got, err := result(t, "byte_substring", []byte("abcd"), c.from, c.n)
		if err != nil || string(got.([]byte)) != c.want {
			t.Errorf("SUBSTRING from %d for %d is %q (%v), want %q", c.from, c.n, got, err, c.want)
		}
	}
}
