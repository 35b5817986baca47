// Package examples holds the example projects as users would write them; atoll
// init writes them out and package example generates their data.
package examples

import "embed"

// Files are the example projects, a folder each: atoll.yaml, sources and models.
//
//go:embed */.gitignore */atoll.yaml */sources */models
var Files embed.FS
