package scalar

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// remainders are those of DECIMALs that have more digits in a common scale than the engine
// computes with, and which it would divide as DOUBLEs.
var remainders = []Func{
	{Prefix + "remainder", kinds(text, text), text, func(args []any) (any, error) {
		return remainder(args[0].(string), args[1].(string))
	}},
}

// remainder is what is left of a when b is taken away from it as often as it goes, with
// a's sign, in the greater scale of both: texts of DECIMALs, as the engine writes them.
func remainder(a, b string) (any, error) {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	switch {
	case !okX || !okY:
		return nil, fmt.Errorf("%q or %q is no number", a, b)
	case y.Sign() == 0:
		return nil, errors.New("division by zero")
	}
	times := new(big.Rat).Quo(x, y)
	whole := new(big.Rat).SetInt(new(big.Int).Quo(times.Num(), times.Denom()))
	return x.Sub(x, whole.Mul(whole, y)).FloatString(max(scaleOf(a), scaleOf(b))), nil
}

// scaleOf is how many decimal places the text of a DECIMAL has.
func scaleOf(x string) int {
	_, places, _ := strings.Cut(x, ".")
	return len(places)
}
