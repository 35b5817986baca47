package scalar

import "testing"

// The answers are PostgreSQL's.
func TestRemainder(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"7", "3", "1"}, {"-7", "3", "-1"}, {"7", "-3", "1"}, {"0.50", "0.2", "0.10"}, {"-0.5", "2", "-0.5"}, {"0", "5.00", "0.00"},
		{"300000000002", "-0.00000000000333333333333", "0.00000000000230000000000"},
		{"99999999999999999999999999999999999999", "0.3", "0.0"},
	} {
		if got, err := remainder(c.a, c.b); got != c.want || err != nil {
			t.Errorf("%s %% %s is %v, want %s, error %v", c.a, c.b, got, c.want, err)
		}
	}
	if _, err := remainder("1", "0.00"); err == nil {
		t.Error("a remainder by zero is no error")
	}
}
