// Package all knows every kind of source. It is a package of its own because
// it imports the kinds, and they import package source.
package all

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/s3client"
	"github.com/atolldata/atoll/internal/source"
	"github.com/atolldata/atoll/internal/source/files"
)

// kinds are the constructors by the source's type. A new kind adds a line.
var kinds = map[string]func(ctx context.Context, s *project.Source, dir string) (source.Source, error){
	"files": func(ctx context.Context, s *project.Source, dir string) (source.Source, error) {
		return files.Open(ctx, s, dir, s3client.Pace{})
	},
}

// Open makes the source that a project describes; dir is the project's folder.
// It reads nothing yet. Errors are faults of code Config, or Unsupported for a
// kind that is not known.
func Open(ctx context.Context, s *project.Source, dir string) (source.Source, error) {
	open, ok := kinds[s.Type]
	if !ok {
		return nil, fault.New(fault.Unsupported, "the source %q has the unknown type %q", s.Name, s.Type).At(s.Pos).
			WithHint("the types are %s", strings.Join(slices.Sorted(maps.Keys(kinds)), ", "))
	}
	return open(ctx, s, dir)
}
