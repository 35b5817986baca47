package project

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// URL schemes.
const (
	SchemeFile   = "file"
	SchemeS3     = "s3"
	SchemeDuckDB = "duckdb"
)

// Location is what a URL of a project points at.
type Location struct {
	Scheme string
	Path   string // file and duckdb: a path in the file system

	Bucket   string // s3
	Prefix   string // s3: without a leading slash; ends in one unless empty
	Region   string // s3: "" asks the AWS configuration
	Endpoint string // s3: the URL of a server that is not AWS, or ""
}

// Locate reveals a URL of the project and takes it apart. Relative paths are
// taken from the project's folder. Errors are faults of code Config.
func (p *Project) Locate(s Secret) (Location, error) {
	text, err := s.Reveal()
	if err != nil {
		return Location{}, err
	}
	l, bad := parseLocation(text)
	if bad != nil {
		// The revealed text is a secret: the fault names only what was written.
		return l, fault.New(fault.Config, "%q does not resolve to a valid url", s.written).At(s.pos).
			WithHint("check what its references stand for")
	}
	if l.Path != "" && !filepath.IsAbs(l.Path) {
		l.Path = filepath.Join(p.Dir, filepath.FromSlash(l.Path))
	}
	return l, nil
}

// parseLocation reads file://PATH, duckdb://PATH and s3://BUCKET/PREFIX?options.
// A path is taken as it is written: "file://data/" is the relative folder data.
func parseLocation(text string) (Location, *fault.Error) {
	scheme, rest, ok := strings.Cut(text, "://")
	l := Location{Scheme: scheme}
	switch {
	case !ok:
		return l, fault.New(fault.Config, "%q is not a url", text).WithHint("write scheme://..., such as file://data/")
	case scheme != SchemeS3 && rest == "":
		return l, fault.New(fault.Config, "%q has no path", text).WithHint("write the path after %s://", scheme)
	case scheme != SchemeS3:
		l.Path = rest
		return l, nil
	}
	return l.parseS3(text)
}

func (l Location) parseS3(text string) (Location, *fault.Error) {
	u, err := url.Parse(text)
	if err != nil {
		return l, fault.New(fault.Config, "the s3 url cannot be read").
			WithHint("write s3://BUCKET/PREFIX?region=...&endpoint=..., with %%XX for special characters")
	}
	if u.User != nil {
		return l, errCredentials()
	}
	if u.Host == "" {
		return l, fault.New(fault.Config, "%q names no bucket", text).WithHint("write s3://BUCKET/PREFIX")
	}
	l.Bucket = u.Host
	if l.Prefix = strings.Trim(u.Path, "/"); l.Prefix != "" {
		l.Prefix += "/"
	}
	options, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return l, fault.New(fault.Config, "the options of the s3 url cannot be read").
			WithHint("write ?region=...&endpoint=...")
	}
	known := []string{"region", "endpoint"}
	for _, name := range sortedKeys(options) {
		lower := strings.ToLower(name)
		if slices.ContainsFunc([]string{"key", "secret", "token", "password"}, func(s string) bool { return strings.Contains(lower, s) }) {
			return l, errCredentials()
		}
		if !slices.Contains(known, name) {
			e := fault.New(fault.Config, "the s3 url has the unknown option %q", name).WithHint("the options are region and endpoint")
			if near := fault.Nearest(name, known); near != "" {
				e.WithHint("did you mean %q?", near)
			}
			return l, e
		}
	}
	l.Region, l.Endpoint = options.Get("region"), options.Get("endpoint")
	if e, err := url.Parse(l.Endpoint); l.Endpoint != "" && (err != nil || e.Host == "" || e.User != nil || e.Scheme != "http" && e.Scheme != "https") {
		return l, fault.New(fault.Config, "the endpoint %q is not an http url", l.Endpoint).
			WithHint("write endpoint=https://HOST[:PORT]")
	}
	return l, nil
}

// errCredentials does not repeat the url, which holds a secret.
func errCredentials() *fault.Error {
	return fault.New(fault.Config, "the url holds credentials").
		WithHint("remove them: the usual AWS chain (environment, profile, instance role) is asked, or set access_key_id and secret_access_key to ${env:NAME}")
}

// checkURL checks a URL as far as it is written, with "x" for each reference to
// a secret. Schemes are those that the place takes.
func (d *decoder) checkURL(s *Secret, what string, schemes ...string) {
	if s.IsZero() {
		return
	}
	pos := d.at[s]
	text, err := s.expand(func(string, string) (string, error) { return "x", nil })
	if err != nil {
		d.addError(err, pos)
		return
	}
	l, bad := parseLocation(text)
	if bad == nil && !slices.Contains(schemes, l.Scheme) {
		bad = fault.New(fault.Unsupported, "the scheme %q is not available for %s", l.Scheme, what).
			WithHint("use %s", orList(addEach(schemes, "://"), "or"))
	}
	if bad != nil {
		d.add(bad, pos)
		if strings.Contains(text, "@") || strings.Contains(text, "?") {
			d.faults[len(d.faults)-1].Source = "" // it may hold a secret
		}
	}
}

func addEach(list []string, suffix string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] += suffix
	}
	return out
}
