package token

// Precedence says how tightly an operator binds: the higher, the tighter.
type Precedence int

// The levels, loosest first. They are PostgreSQL's ("Lexical Structure, Operator
// Precedence"). Redshift descends from an older PostgreSQL in which IS bound
// tighter than comparisons and <=, >= and <> bound like [Other]; no expression
// that type-checks under both readings differs but for comparisons of booleans,
// and the printers put parentheses where the two would disagree.
const (
	Lowest  Precedence = iota
	Or                 // OR
	And                // AND
	Not                // NOT x
	Is                 // IS, ISNULL, NOTNULL
	Compare            // = <> < <= > >=; does not associate
	Range              // BETWEEN, IN, LIKE, ILIKE, SIMILAR TO; does not associate
	Other              // every other operator, || and the bitwise ones included
	Sum                // + -
	Product            // * / %
	Power              // ^
	Zone               // AT TIME ZONE
	Sign               // -x, +x
	Postfix            // x::type, x[i], x.name
	Primary            // names, literals, calls, parentheses
)

var binary = map[string]Precedence{
	"OR": Or, "AND": And,
	"=": Compare, "<>": Compare, "<": Compare, "<=": Compare, ">": Compare, ">=": Compare,
	"||": Other, "&": Other, "|": Other, "#": Other, "<<": Other, ">>": Other,
	"~": Other, "~*": Other, "!~": Other, "!~*": Other,
	"+": Sum, "-": Sum,
	"*": Product, "/": Product, "%": Product,
	"^": Power,
}

// Binary returns how tightly an operator between two operands binds, and
// [Lowest] for what is no such operator. Words are in upper case.
func Binary(op string) Precedence { return binary[op] }

// Unary returns how tightly an operator before its operand binds.
func Unary(op string) Precedence {
	switch op {
	case "NOT":
		return Not
	case "-", "+", "PRIOR":
		return Sign
	default:
		return Other
	}
}
