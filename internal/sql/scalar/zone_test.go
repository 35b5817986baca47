package scalar

import (
	"strings"
	"testing"
	"time"
)

func TestZones(t *testing.T) {
	const layout = "2006-01-02 15:04"
	for _, c := range []struct{ zone, utc, local string }{
		{"UTC", "2008-07-01 12:00", "2008-07-01 12:00"},
		{"EST", "2008-07-01 12:00", "2008-07-01 07:00"}, // an abbreviation knows no summer
		{"edt", "2008-07-01 12:00", "2008-07-01 08:00"},
		{"NPT", "2008-07-01 12:00", "2008-07-01 17:45"},
		{"America/New_York", "2008-07-01 12:00", "2008-07-01 08:00"},
		{"america/new_york", "2008-01-01 12:00", "2008-01-01 07:00"},
		{"US/Eastern", "2008-01-01 12:00", "2008-01-01 07:00"},
		{"us/eastern", "2008-01-01 12:00", "2008-01-01 07:00"},
		{"Singapore", "2008-07-01 12:00", "2008-07-01 20:00"},
		{"EST5EDT", "2008-07-01 12:00", "2008-07-01 08:00"},
		{"Etc/GMT+5", "2008-07-01 12:00", "2008-07-01 07:00"},
		{"UTC+5", "2008-07-01 12:00", "2008-07-01 07:00"}, // POSIX counts westwards
		{"GMT-8", "2008-07-01 12:00", "2008-07-01 20:00"},
		{"XYZ-5:30", "2008-07-01 12:00", "2008-07-01 17:30"},
		{"<+0530>-5:30", "2008-07-01 12:00", "2008-07-01 17:30"},
		{"ABC3", "2008-07-01 12:00", "2008-07-01 09:00"},
		{"Asia/Kolkata", "1969-12-31 20:00", "1970-01-01 01:30"},
	} {
		z, err := ParseZone(c.zone)
		if err != nil {
			t.Error(err)
			continue
		}
		utc, _ := time.Parse(layout, c.utc)
		at := utc.UnixMicro()
		if got := time.UnixMicro(at + z.offset(at)).UTC().Format(layout); got != c.local {
			t.Errorf("%s UTC is %s in %s, want %s", c.utc, got, c.zone, c.local)
		}
		if back := z.ToUTC(at + z.offset(at)); back != at {
			t.Errorf("%s in %s is not %s UTC again", c.local, c.zone, c.utc)
		}
	}
}

// Clocks went forward at 2:00 on 9 March 2008 in New York, and back at 2:00 on
// 2 November.
func TestClockChanges(t *testing.T) {
	const layout = "2006-01-02 15:04"
	z, err := ParseZone("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for local, want := range map[string]string{
		"2008-03-09 01:59": "2008-03-09 06:59",
		"2008-03-09 02:30": "2008-03-09 07:30", // does not exist
		"2008-03-09 03:00": "2008-03-09 07:00",
		"2008-11-02 00:59": "2008-11-02 04:59",
		"2008-11-02 01:30": "2008-11-02 06:30", // exists twice
		"2008-11-02 02:00": "2008-11-02 07:00",
	} {
		at, _ := time.Parse(layout, local)
		if got := time.UnixMicro(z.ToUTC(at.UnixMicro())).UTC().Format(layout); got != want {
			t.Errorf("%s is %s UTC, want %s", local, got, want)
		}
	}
}

func TestUnknownZones(t *testing.T) {
	for _, name := range []string{"", "Mars/Olympus", "XY5", "ABC+25", "ABC+5:60", "ABC+x", "+05:00", "Local", "../etc", "<A", "EST+5EDT"} {
		if z, err := ParseZone(name); err == nil || !strings.Contains(err.Error(), "unknown time zone") {
			t.Errorf("%q is the zone %v (%v)", name, z, err)
		}
	}
}
