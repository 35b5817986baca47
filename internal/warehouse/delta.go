package warehouse

import (
	"context"
	"math"

	"github.com/atolldata/atoll/internal/schema"
)

// Deltas is how refresh plans reach what changed, and what it touches, without
// reading the rest. It is part of [Tx].
//
// Words: a stored relation is a raw table, a view, or a hidden stage of a view
// (a name with a # in it, which users do not see). Each of its rows carries the
// version that brought it: of raw tables the batch, of views and stages the run.
// A tracked relation also keeps the rows that left it, with the version that
// took them away, so that its state at earlier versions can be read. A working
// table is one that the transaction makes for itself under [Working] names; it
// is gone with the transaction.
//
// A signed row has a column [Weight], an integer: +1 for a row that came, -1 for
// one that left. A row that came twice is there twice.
type Deltas interface {
	Tracking

	// Work makes a working table of a query's rows, in engine text.
	Work(ctx context.Context, as, query string) (rows int64, err error)
	// View names a query, in engine text: a working view, whose rows are computed by the
	// queries that read it. Where one reads a small view twice, they may be computed once.
	View(ctx context.Context, as, query string, small bool) error
	// Changes makes a working table of the signed rows between two versions.
	Changes(ctx context.Context, c Changes) (came, left int64, err error)
	// State makes a working view of a relation as it was at a version.
	State(ctx context.Context, s State) error
	// Rows makes a working table of the rows whose key is among those of another
	// working table, as of a version. It reads the stretches of the relation where
	// the keys lie, and of the rest at most one scan of the key's columns.
	Rows(ctx context.Context, r Rowset) (rows int64, err error)
	// Apply brings a signed working table into a relation: its rows of weight -1
	// leave (each takes one equal row, NULL equal to NULL, away; that there is
	// none is a fault), those of weight +1 come. Rows that cancel out stay.
	Apply(ctx context.Context, a Apply) (came, left int64, err error)
	// Overwrite brings a query's rows into a relation in place of some of its own,
	// found before. Rows that are in both stay as they are, as bags: of two that
	// are equal, where one is to stay, the newest leaves. That a row to replace is
	// not there any more is a fault.
	Overwrite(ctx context.Context, o Overwrite) (came, left int64, err error)
	// Forget drops all working tables and views but some that are to stay, which must
	// not read others.
	Forget(ctx context.Context, but ...string) error
}

// Tracking is what is known of stored relations and kept of what left them.
type Tracking interface {
	// Track makes a relation keep what leaves it, from now on. What is tracked
	// stays so, also when the relation is built anew (without what it kept).
	Track(ctx context.Context, name schema.Name) error
	// Seek prepares a raw table or a view for its rows being looked up by some of its
	// columns, each by itself. That may take as long as writing its rows did.
	Seek(ctx context.Context, name schema.Name, columns []schema.Column) error
	// Prune forgets the rows that left a relation at a version up to and with the
	// given one: no reader will ask for an older state.
	Prune(ctx context.Context, name schema.Name, version int64) error
	// Kept is how many rows that left a tracked relation are kept, which
	// costs nothing to ask.
	Kept(ctx context.Context, name schema.Name) (int64, error)

	// Size is how many rows a relation holds, about.
	Size(ctx context.Context, name schema.Name) (int64, error)
	// Pending is how many rows came to and left relations, each after a version, in the
	// order asked.
	Pending(ctx context.Context, of ...Backlog) (rows []int64, err error)
	// DropStages drops the hidden relations of a view.
	DropStages(ctx context.Context, view schema.Name) error
}

// Weight is the column of signed rows that says whether they came or left.
const Weight = schema.Weight

// VersionColumn is the column that says which version brought a row.
const VersionColumn = "_batch"

// PlaceColumn is the column of working tables that says where a row is stored.
const PlaceColumn = "_place"

// Latest asks for a relation as it is now.
const Latest = math.MaxInt64

// Working is the name of a working table or view as engine text of [Deltas.Work] refers to
// it, in quotes: a name without a schema. A common table expression of the same name, within
// a text, hides it; those of refreshes have a relation's name with its dot and a number in
// them.
func Working(name string) schema.Name { return schema.Name{Name: name} }

// Backlog is what came to and left the relation Of after a version.
type Backlog struct {
	Of    schema.Name
	After int64
}

// Changes are the rows of From that came and left after version After, up to and
// with version To; what came and left between the two is neither. Columns are the
// ones wanted, in their order, none all of the relation's.
type Changes struct {
	From      schema.Name
	Columns   []string
	After, To int64
	As        string
}

// State is the relation From with its rows at a version; Latest is allowed. What
// the transaction changes afterwards does not change the rows at an earlier one.
type State struct {
	From    schema.Name
	Columns []string
	At      int64
	Places  bool // as of [Rowset]; it needs Latest
	Small   bool // as of [Deltas.View]
	As      string
}

// Rowset is the rows of From at a version whose values in the columns Key are
// those of a row of the working table Keys, in its columns KeyColumns (as many,
// of comparable types). NULL is equal to NULL if Nulls is set, and otherwise
// equal to nothing.
type Rowset struct {
	From       schema.Name
	Columns    []string
	At         int64
	Key        []string
	Keys       string
	KeyColumns []string
	Nulls      bool
	// Once asks for the keys alone that rows have: Columns are those of Key, and equal
	// rows may be one.
	Once bool
	// Places adds where rows are stored, as [PlaceColumn], for [Overwrite.Old], and the
	// version that brought them, as [VersionColumn]. It needs Latest.
	Places bool
	As     string
}

// Apply is a change of the stored relation To by the signed rows of the working
// table Delta, which has the relation's columns, and Weight; a weight of n stands
// for n rows. Lookup are columns that find the rows to take away, none all of them;
// the more they tell rows apart, the better. Of equal rows the newest leaves.
// Version is what the rows that come carry, and those that left are kept under.
type Apply struct {
	To      schema.Name
	Delta   string
	Lookup  []string
	Version int64
}

// Overwrite is a change of the stored relation To: the rows of the working table Old,
// all of its columns and with places, become those of the query New, in engine
// text, whose columns are the relation's in their order. Old is of [Deltas.Rows] or
// [Deltas.State], or a view of some of these rows, and the relation has not changed
// since. With Unique, no two rows of Old are equal and no two of New, as those of
// groups; that they are is a fault. Version is as of [Apply].
// The working table As gets the changes made, as signed rows, those that leave with
// their places and versions.
type Overwrite struct {
	To      schema.Name
	Old     string
	New     string
	Unique  bool
	Version int64
	As      string
}
