package function

import "strings"

// unavailable maps Redshift's functions that Atoll does not have to what to do
// instead.
var unavailable = map[string]string{
	"checksum":             "use FNV_HASH or MD5: how Redshift computes it is not documented",
	"current_database":     "a project has one database",
	"current_schema":       "write names with their schema",
	"current_user":         "queries do not depend on who asks",
	"generate_series":      "count with WITH RECURSIVE",
	"hll_cardinality":      "use APPROXIMATE COUNT(DISTINCT ...)",
	"hll_combine":          "use COUNT(DISTINCT ...) over the rows",
	"hll_combine_sketches": "use COUNT(DISTINCT ...) over the rows",
	"hll_create_sketch":    "use COUNT(DISTINCT ...) over the rows",
	"object_transform":     "build the object with OBJECT",
	"session_user":         "queries do not depend on who asks",
	"size":                 "use JSON_SIZE: the stored size is Redshift's own",
	"user":                 "queries do not depend on who asks",
	"version":              "atoll version tells it",
}

// spatial are the first letters of the functions of the chapter "Spatial
// functions".
var spatial = []string{"st_", "h3_", "geometrytype"}

// Unavailable says that Redshift has a function which Atoll has not, and gives
// advice on it.
func Unavailable(name string) (advice string, ok bool) {
	name = strings.ToLower(name)
	if advice, ok = unavailable[name]; ok {
		return advice, true
	}
	for _, prefix := range spatial {
		if strings.HasPrefix(name, prefix) {
			return "keep coordinates as numbers: there are no spatial functions here", true
		}
	}
	return "", false
}
