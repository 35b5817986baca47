package project

import (
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// Secret is a text that may refer to secrets: ${env:NAME} stands for an
// environment variable and ${file:/path} for a file's content without its last
// line break.
//
// It holds only what was written, so printing, logging or encoding it in any
// form shows the reference and never what it stands for (I5). [Secret.Reveal]
// looks the references up.
type Secret struct {
	written string
	pos     fault.Position
}

// NewSecret makes a Secret from its written form.
func NewSecret(written string) Secret { return Secret{written: written} }

// IsZero reports that nothing was written.
func (s Secret) IsZero() bool { return s.written == "" }

// String returns the text as it was written.
func (s Secret) String() string { return s.written }

// GoString is String, so that %#v shows no more.
func (s Secret) GoString() string { return fmt.Sprintf("project.Secret(%q)", s.written) }

// LogValue is String, for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.written) }

// MarshalText is String, for JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.written), nil }

// UnmarshalText takes the text as it is written.
func (s *Secret) UnmarshalText(text []byte) error { s.written = string(text); return nil }

// Reveal returns the text with its references replaced by what they stand for.
// The error is a fault of code Config that names the missing variable or file.
// Do not print or store the result.
func (s Secret) Reveal() (string, error) {
	return s.expand(func(kind, name string) (string, error) {
		if kind == "env" {
			v, ok := os.LookupEnv(name)
			if !ok {
				return "", fault.New(fault.Config, "the environment variable %q is not set", name).At(s.pos).
					WithHint("export it, or change the reference ${env:%s}", name)
			}
			return v, nil
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return "", fault.Wrap(err, fault.Config, "cannot read the secret in %q", name).At(s.pos).
				WithHint("create the file, or change the reference ${file:%s}", name)
		}
		return strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r"), nil
	})
}

// expand replaces each reference by what resolve says about it.
func (s Secret) expand(resolve func(kind, name string) (string, error)) (string, error) {
	var out strings.Builder
	rest := s.written
	for {
		before, after, found := strings.Cut(rest, "${")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		ref, tail, closed := strings.Cut(after, "}")
		kind, name, ok := strings.Cut(ref, ":")
		if !closed || !ok || name == "" || kind != "env" && kind != "file" {
			bad := "${" + ref
			if closed {
				bad += "}"
			}
			return "", fault.New(fault.Config, "%q is not a reference to a secret", bad).At(s.pos).
				WithHint("write ${env:NAME} or ${file:/path}")
		}
		v, err := resolve(kind, name)
		if err != nil {
			return "", err
		}
		out.WriteString(v)
		rest = tail
	}
}

// onlyReference reports that the text is one reference and nothing else.
func (s Secret) onlyReference() bool {
	return strings.HasPrefix(s.written, "${") && strings.IndexByte(s.written, '}') == len(s.written)-1
}
