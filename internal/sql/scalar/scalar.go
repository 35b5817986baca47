package scalar

import (
	"slices"

	"github.com/atolldata/atoll/internal/schema"
)

// Prefix starts the name of every function in the engine.
const Prefix = "atoll_"

// Func is a function that the engine calls row by row. Args and Result are kinds
// of Redshift's types: Varchar, Varbyte, BigInt, Double or Boolean.
type Func struct {
	Name   string
	Args   []schema.Kind
	Result schema.Kind
	// Call gets a value for each argument, never nil, and gives one of the result's
	// Go type, or nil for NULL.
	Call func(args []any) (any, error)
}

// All lists every function; adding a family is adding a line.
func All() []Func {
	return slices.Concat(regexps, texts, hashes, varbytes, jsons, arrays, datetimes, numberFormats, teradata, zones, remainders)
}

// Short forms for the lists of kinds.
const (
	text    = schema.Varchar
	bytes   = schema.Varbyte
	whole   = schema.BigInt
	double  = schema.Double
	boolean = schema.Boolean
)

func kinds(k ...schema.Kind) []schema.Kind { return k }
