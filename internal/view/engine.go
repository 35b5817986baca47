package view

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/sql/print"
)

// version is part of every fingerprint. It goes up when the same model would be
// kept in another way, so that views are rebuilt with the release that does so.
const version = 8

// EngineQuery is the query whose rows a view holds, in the embedded engine's
// text. Functions of now mean the label. The node must not be broken.
func EngineQuery(n *compile.Node, label time.Time) (string, error) {
	return Render(n, portable.DuckDB, label)
}

// Render is EngineQuery for any engine. What the engine cannot run is a
// fault.List.
func Render(n *compile.Node, engine portable.Engine, label time.Time) (string, error) {
	q, err := portable.Lower(engine, n.Bound, lower.Options{Now: label})
	if err != nil {
		for _, e := range fault.All(err) {
			e.In(n.Model.File, n.Model.Text)
		}
		return "", err
	}
	if n.Model.Kind == project.KindSessions {
		micros, ok := epochMicros[engine]
		if !ok {
			return "", fault.New(fault.Unsupported, "models of kind sessions do not run on %s in this version", engine).
				At(fault.Position{File: n.Model.File, Line: 1, Column: 1}).In(n.Model.File, n.Model.Text)
		}
		if q, err = withSessions(q, n.Model.Sessions, n.Bound.Columns, micros); err != nil {
			return "", err
		}
	}
	return portable.Text(engine, q), nil
}

// Fingerprint tells whether a view that is kept was built from what the model
// says now: it changes with the query, the columns and types it returns, those of
// the columns that its refresh keeps beside them, the physical order and the version
// of the plans, and not with comments or the label. It is a SHA-256 in hex.
func Fingerprint(n *compile.Node) (string, error) { return fingerprint(n, version) }

func fingerprint(n *compile.Node, version int) (string, error) {
	text, err := EngineQuery(n, time.Unix(0, 0).UTC())
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d\n%s\n%s\n", version, strings.Join(n.Model.Sort, ","), text)
	for _, c := range n.Shape.Columns {
		fmt.Fprintf(&b, "%s %s\n", c.Name, c.Type)
	}
	// Keys that the query does not return have the types of what it reads.
	if p, err := ProgramOf(n); err == nil {
		for _, c := range p.Top().State {
			fmt.Fprintf(&b, "%s %s\n", c.Name, c.Type)
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:]), nil
}

// identifier makes the name of something that Atoll adds to a query.
func identifier(name string) string { return print.DuckDB(&ast.ColumnRef{Name: ast.NewName(name)}) }
