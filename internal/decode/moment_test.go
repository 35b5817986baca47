package decode

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// The short way to read a clock agrees with the long one wherever it answers,
// and answers for every clock that it is made for.
func TestPlainClock(t *testing.T) {
	agree := func(t interface{ Errorf(string, ...any) }, text string, must bool) {
		micros, ok := plainClock([]byte(text))
		if must && !ok {
			t.Errorf("%q is not read", text)
		}
		if !ok {
			return
		}
		r := scanner{s: []byte(text)}
		var at civil
		if !r.clock(&at) || !r.done() || at.micros != micros || !at.timed {
			t.Errorf("%q is %d the short way, %+v the long one", text, micros, at)
		}
	}
	for _, text := range []string{"", "1:02:03", "24:00:00", "23:59:60", "12:34", "12:34:56.", "12:34:56.1234567", "12:34:56,5", "12-34-56", "ab:cd:ef", "12:34:56Z", "12:34:56+01"} {
		if _, ok := plainClock([]byte(text)); ok {
			t.Errorf("%q is no plain clock", text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := fmt.Sprintf("%02d:%02d:%02d", rapid.IntRange(0, 23).Draw(t, "h"), rapid.IntRange(0, 59).Draw(t, "m"), rapid.IntRange(0, 59).Draw(t, "s"))
		agree(t, text+rapid.StringMatching(`(\.[0-9]{1,6})?`).Draw(t, "fraction"), true)
		agree(t, text+rapid.String().Draw(t, "rest"), false)
	})
}
