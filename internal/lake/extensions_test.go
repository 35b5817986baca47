package lake

import "testing"

func TestExtensions(t *testing.T) {
	for name, want := range map[string]string{
		"a.json.gz":               ".json.gz",
		"sends.2026-01-01.JSON":   ".json",
		"sends.2026-01-01.csv.gz": ".csv.gz",
		"a.gz":                    ".gz",
		"a.parquet":               ".parquet",
		"x.gz.csv":                ".csv",
		"dir.json/a":              "",
		"a":                       "",
		"a.":                      "",
		"a.b c":                   "",
		"a.ü":                     "",
		"a.2026-01-01.gz":         ".gz",
		"a.averyveryverylongone":  "",
	} {
		if got := extensions(name); got != want {
			t.Errorf("extensions(%q) = %q, want %q", name, got, want)
		}
	}
}
