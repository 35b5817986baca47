package project

import (
	"reflect"
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"5m": 5 * time.Minute, "120m": 2 * time.Hour, "24h": 24 * time.Hour, "10 seconds": 10 * time.Second,
		"7d": 168 * time.Hour, "1h30m": 90 * time.Minute, "1 hour 30 minutes": 90 * time.Minute,
		"500ms": 500 * time.Millisecond, "2 Weeks": 336 * time.Hour, "1 day": 24 * time.Hour,
	} {
		if got, err := ParseDuration(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "5", "m", "-5m", "1.5h", "0s", "5 m m", "5m extra", "99999999999d"} {
		if got, err := ParseDuration(text); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestBytes(t *testing.T) {
	for text, want := range map[string]Bytes{"2GiB": 2 << 30, "512 mib": 512 << 20, "1GB": 1e9, "10kb": 10_000, "7B": 7} {
		var got Bytes
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
		var again Bytes
		if err := again.UnmarshalText([]byte(got.String())); err != nil || again != got {
			t.Errorf("%s does not read back: %v", got, err)
		}
	}
	for _, text := range []string{"", "2", "GiB", "0GiB", "-1GiB", "1.5GiB", "99999999TiB"} {
		var got Bytes
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func TestMaxRejects(t *testing.T) {
	for text, want := range map[string]MaxRejects{
		"1000": {Rows: 1000}, "2%": {Percent: 2}, "0": {}, "1_000": {Rows: 1000}, "1000 or 2.5%": {Rows: 1000, Percent: 2.5},
	} {
		var got MaxRejects
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	standard := MaxRejects{Rows: 1000, Percent: 1}
	for _, c := range []struct {
		rejects, rows int64
		want          bool
	}{{1000, 2000, false}, {1001, 2000, true}, {2000, 200_000, false}, {2001, 200_000, true}} {
		if got := standard.Exceeded(c.rejects, c.rows); got != c.want {
			t.Errorf("%d of %d: %v", c.rejects, c.rows, got)
		}
	}
	if !(MaxRejects{}).Exceeded(1, 1_000_000) {
		t.Error("none are allowed, and one is not too many")
	}
}

func TestParseJSONPath(t *testing.T) {
	for text, want := range map[string][]PathStep{
		"$": nil, "$.a": {{Member: "a"}}, "$.campaign.id": {{Member: "campaign"}, {Member: "id"}},
		`$["a key"].b`:  {{Member: "a key"}, {Member: "b"}},
		"$['a.b'][10]":  {{Member: "a.b"}, {Element: 10, IsArray: true}},
		"$.user-id.été": {{Member: "user-id"}, {Member: "été"}},
	} {
		if got, err := ParseJSONPath(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestParseTimeFormat(t *testing.T) {
	got, err := ParseTimeFormat("DD/mon/YYYYTHH24:MI:SSOF")
	want := []FormatPart{
		{Field: "DD"}, {Literal: "/"}, {Field: "MON"}, {Literal: "/"}, {Field: "YYYY"}, {Literal: "T"},
		{Field: "HH24"}, {Literal: ":"}, {Field: "MI"}, {Literal: ":"}, {Field: "SS"}, {Field: "OF"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
}

// FuzzDecode asserts that no text makes a reader of project files panic, and
// that every mistake has a hint and a place in the file.
func FuzzDecode(f *testing.F) {
	f.Add("source: s\ntype: files\nurl: file://data\ntables:\n  t: {match: a, format: json, columns: {a: int}}\n")
	f.Add("name: x\nlake: s3://b/${env:X}\n")
	f.Add("/*\n * @every 5m\n * @kind sessions\n */\nselect 1")
	f.Add("a: &x [*x]\n? {b: c}\n: - d\n")
	f.Add("-- @every\n/* /* */ @doc */ select")
	f.Fuzz(func(t *testing.T, text string) {
		_, atoll := decodeProject("atoll.yaml", text)
		_, source := decodeSource("sources/s.yaml", text)
		_, sql := parseModel("models/r/a.sql", text)
		_, dpl := parseModel("models/a.dpl", text)
		for _, e := range append(append(append(atoll, source...), sql...), dpl...) {
			if e.Hint == "" || e.Pos.Line < 1 || e.Pos.File == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}
