package scalar

import (
	"errors"
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
// a's sign, in the greater scale of both.
func remainder(a, b string) (any, error) {
	scale := max(scaleOf(a), scaleOf(b))
	divisor := unscaled(b, scale)
	if divisor.Sign() == 0 {
		return nil, errors.New("division by zero")
	}
	left := new(big.Rat).SetInt(new(big.Int).Rem(unscaled(a, scale), divisor))
	return left.Quo(left, new(big.Rat).SetInt(tenTo(scale))).FloatString(scale), nil
}

// scaleOf is how many decimal places the text of a DECIMAL has.
func scaleOf(x string) int {
	_, places, _ := strings.Cut(x, ".")
	return len(places)
}

// unscaled is the integer that a DECIMAL is at a scale, which it does not exceed.
func unscaled(x string, scale int) *big.Int {
	whole, places, _ := strings.Cut(x, ".")
	n, _ := new(big.Int).SetString(whole+places+strings.Repeat("0", scale-len(places)), 10) // digits, as the engine writes it
	return n
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
