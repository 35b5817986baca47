package main

import (
	"context"
	"fmt"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// runsOn finds what an engine cannot run of the views that are not broken. The
// embedded engine is asked itself.
func runsOn(ctx context.Context, engine portable.Engine, g *compile.Graph) error {
	if engine == portable.DuckDB {
		return crossCheck(ctx, g)
	}
	var faults fault.List
	for _, n := range g.Views() {
		if n.Bound != nil {
			_, err := view.Render(n, engine, time.Unix(0, 0).UTC())
			faults = append(faults, fault.All(err)...)
		}
	}
	return faults.Err()
}

// crossCheck binds the lowered query of every view that is not broken in an empty
// engine and compares its columns with ours. What differs is a defect in Atoll, told as such with
// the model's name; what the engine cannot say is a fault of the model.
func crossCheck(ctx context.Context, g *compile.Graph) error {
	checker, err := duckdb.NewChecker(ctx, lower.Settings(), lower.Prelude(), scalar.All())
	if err != nil {
		return err
	}
	defer checker.Close()
	var faults fault.List
	for _, n := range g.Nodes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if n.Shape == nil {
			continue
		}
		if n.Kind == compile.View {
			faults = append(faults, crossCheckView(ctx, checker, n)...)
		}
		if err := checker.Declare(ctx, n.Shape); err != nil {
			return err
		}
	}
	return faults.Err()
}

func crossCheckView(ctx context.Context, checker *duckdb.Checker, n *compile.Node) fault.List {
	text, err := view.EngineQuery(n, time.Unix(0, 0).UTC())
	if err != nil {
		return fault.All(err)
	}
	defect := func(e *fault.Error) fault.List {
		return fault.List{e.At(fault.Position{File: n.Model.File}).WithHint("this is a defect in Atoll: please report it with the model")}
	}
	columns, err := checker.Bind(ctx, text)
	if err != nil {
		return defect(fault.Wrap(err, fault.Internal, "the engine does not take the query of %q", n.Name))
	}
	if difference := compareShapes(n.Shape.Columns, columns); difference != "" {
		return defect(fault.New(fault.Internal, "the engine answers %q with other columns: %s", n.Name, difference))
	}
	return nil
}

// compareShapes says how the engine's columns differ from ours, "" if they do
// not.
func compareShapes(ours, engines []schema.Column) string {
	if len(ours) != len(engines) {
		return fmt.Sprintf("%d instead of %d", len(engines), len(ours))
	}
	for i, c := range ours {
		e := engines[i]
		if c.Name != e.Name || engineView(c.Type) != engineView(e.Type) {
			return fmt.Sprintf("%q is %s, and %q is %s in the engine", c.Name, c.Type, e.Name, e.Type)
		}
	}
	return ""
}

// engineView is what an engine knows of a type: no lengths, one kind of text and
// one of intervals.
func engineView(t schema.Type) schema.Type {
	t.Length = 0
	switch t.Kind {
	case schema.Char, schema.Unknown:
		t.Kind = schema.Varchar
	case schema.IntervalYM:
		t.Kind = schema.IntervalDS
	}
	return t
}
