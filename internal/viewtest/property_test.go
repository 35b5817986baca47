package viewtest

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// After each tick every view is what its query returns (I2), whatever the query
// and whatever happened.
func TestDrawnViewsAreTheirQueries(t *testing.T) {
	checkDrawn(t, run)
}

// checkDrawn holds drawn cases to a property. The case that fails is shown as
// small as it can be made.
func checkDrawn(t *testing.T, property func(*testing.T, *Case) error) {
	var failing *Case
	defer func() {
		if failing != nil {
			failing = reduce(failing, func(c *Case) bool { return reason(property(t, c)) == reason(property(t, failing)) }, time.Minute)
			t.Logf("the case that failed, made smaller: %v\n\n%s", property(t, failing), failing)
		}
	}()
	rapid.Check(t, func(rt *rapid.T) {
		c := drawCase(rt)
		if err := property(t, c); err != nil {
			failing = c
			rt.Fatalf("%v", err)
		}
	})
}

// reason is what two failures have in common that are likely to be the same.
func reason(err error) string {
	if err == nil {
		return ""
	}
	for _, known := range []string{"is not what its query returns", "could not be refreshed"} {
		if strings.Contains(err.Error(), known) {
			return known
		}
	}
	return "another"
}

// run runs a case in a folder that is removed after it.
func run(t *testing.T, c *Case) error {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return c.Run(t.Context(), dir)
}
