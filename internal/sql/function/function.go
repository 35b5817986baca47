package function

import (
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

// Class says where a function may stand.
type Class uint8

// The classes. An Aggregate with an OVER clause is used as a window function; a
// Window function must have one.
const (
	Scalar Class = iota
	Aggregate
	Window
)

// String names the class as error messages do.
func (c Class) String() string {
	return [...]string{"scalar", "aggregate", "window"}[c]
}

// Ordering says whether an aggregate takes WITHIN GROUP (ORDER BY ...).
type Ordering uint8

// The orderings.
const (
	NoOrder Ordering = iota
	MayOrder
	MustOrder
)

// Func is one function. Name is in lower case. Column is the name that Redshift
// gives an unnamed output column, where it is not the function's own name.
type Func struct {
	Name       string
	Family     string
	Class      Class
	Signatures []Signature
	Column     string

	Now      bool   // the answer depends on the clock: GETDATE
	layout   string // of the time that it returns, if it is Now
	Volatile bool   // the answer is random: RANDOM
	Order    Ordering
	Bare     bool // written without parentheses: SYSDATE
}

// At is the text of what a function of the clock, [Func.Now], returns at a time.
func (f *Func) At(now time.Time) string { return now.UTC().Format(f.layout) }

// ColumnName is the name of an unnamed output column that holds a call.
func (f *Func) ColumnName() string {
	if f.Column != "" {
		return f.Column
	}
	return f.Name
}

// Signature is one way to call a function. The last Optional parameters may be
// left out; with Rest the last one repeats, with Pairs all of them together.
type Signature struct {
	Params   []Param
	Optional int
	Rest     bool
	Pairs    bool
	Result   Rule
}

// Call is what a result rule sees: the argument types after conversion, and the
// value of arguments that are integer literals, text literals or date parts.
type Call struct {
	Args []schema.Type
	Int  func(i int) (value int, ok bool)
	Text func(i int) (value string, ok bool)
}

// Rule gives a call's result type.
type Rule func(c Call) schema.Type

// Accepts reports whether the signature takes n arguments.
func (s Signature) Accepts(n int) bool {
	if s.Pairs {
		return n > 0 && n%len(s.Params) == 0
	}
	return n >= len(s.Params)-s.Optional && (n <= len(s.Params) || s.Rest)
}

// Param returns the parameter kind of argument i.
func (s Signature) Param(i int) Param {
	if s.Pairs {
		return s.Params[i%len(s.Params)]
	}
	return s.Params[min(i, len(s.Params)-1)]
}

// String writes the signature's parameters, as in "text, integer [, text]".
func (s Signature) String() string {
	var b strings.Builder
	required := len(s.Params) - s.Optional
	for i, p := range s.Params {
		switch {
		case i >= required:
			b.WriteString(" [, " + p.String() + "]")
		case i > 0:
			b.WriteString(", " + p.String())
		default:
			b.WriteString(p.String())
		}
	}
	if s.Rest || s.Pairs {
		b.WriteString(" [, ...]")
	}
	return strings.TrimPrefix(b.String(), " ")
}

func sig(result Rule, params ...Param) Signature {
	return Signature{Params: params, Result: result}
}

func (s Signature) opt(n int) Signature { s.Optional = n; return s }
func (s Signature) rest() Signature     { s.Rest = true; return s }
func (s Signature) pairs() Signature    { s.Pairs = true; return s }

// def is a scalar function.
func def(name string, sigs ...Signature) *Func {
	return &Func{Name: name, Signatures: sigs}
}

// as sets the name of an unnamed output column.
func (f *Func) as(column string) *Func { f.Column = column; return f }

// now marks a function of the clock, whose time has a layout, and bare one written
// without parentheses.
func (f *Func) now(layout string) *Func { f.Now, f.layout = true, layout; return f }
func (f *Func) bare() *Func             { f.Bare = true; return f }

// The layouts of timestamps. GETDATE has no fractions of a second ("GETDATE function").
const (
	toSecond      = time.DateTime
	toMicrosecond = time.DateTime + ".999999"
)

// alias copies a function under other names; each keeps f's column name only if
// f names one.
func (f *Func) alias(names ...string) []*Func {
	out := []*Func{f}
	for _, n := range names {
		c := *f
		c.Name = n
		out = append(out, &c)
	}
	return out
}

// family is one chapter's functions.
func family(name string, class Class, groups ...[]*Func) []*Func {
	all := slices.Concat(groups...)
	for _, f := range all {
		f.Family, f.Class = name, class
	}
	return all
}

// catalogue lists every family; adding one is adding a line.
var catalogue = slices.Concat(
	aggregates, windows, strs, maths, dates, conditionals, jsons, arrays, hashes, varbytes,
	embeddedAggregates, embeddedScalars,
)

var byName = func() map[string]*Func {
	m := make(map[string]*Func, len(catalogue))
	for _, f := range slices.Concat(catalogue, states) {
		m[f.Name] = f
	}
	return m
}()

// states are functions over the states of aggregates, which refresh plans keep.
// No list has them, and their names cannot be written without quotes.
var states = family("state", Scalar, []*Func{
	// A sum over a count, divided as AVG divides.
	def("avg#", sig(arg(0), Exact, Whole)),
})

// Lookup finds a function by its name, in any case.
func Lookup(name string) (*Func, bool) {
	f, ok := byName[strings.ToLower(name)]
	return f, ok
}

// All lists the catalogue by family, then in the order of the family's file.
func All() []*Func { return slices.Clone(catalogue) }

// Names lists every function's name, sorted.
func Names() []string {
	names := make([]string, 0, len(catalogue))
	for _, f := range catalogue {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return names
}

// elsewhere maps functions of other systems to what Redshift has instead.
var elsewhere = map[string]string{
	"array_agg":    "use LISTAGG",
	"concat_ws":    "join the parts with ||",
	"date_format":  "use TO_CHAR",
	"day":          "use EXTRACT(day FROM ...)",
	"group_concat": "use LISTAGG",
	"hour":         "use EXTRACT(hour FROM ...)",
	"if":           "use CASE WHEN ... THEN ... ELSE ... END",
	"ifnull":       "use NVL or COALESCE",
	"iff":          "use CASE WHEN ... THEN ... ELSE ... END",
	"iif":          "use CASE WHEN ... THEN ... ELSE ... END",
	"isnull":       "use NVL or IS NULL",
	"instr":        "use STRPOS",
	"minute":       "use EXTRACT(minute FROM ...)",
	"month":        "use EXTRACT(month FROM ...)",
	"rand":         "use RANDOM",
	"string_agg":   "use LISTAGG",
	"to_json":      "use JSON_SERIALIZE",
	"unix_seconds": "use EXTRACT(epoch FROM ...)",
	"week":         "use EXTRACT(week FROM ...)",
	"year":         "use EXTRACT(year FROM ...)",
}

// Elsewhere advises on a function that other systems have and Redshift has not.
func Elsewhere(name string) (advice string, ok bool) {
	advice, ok = elsewhere[strings.ToLower(name)]
	return advice, ok
}
