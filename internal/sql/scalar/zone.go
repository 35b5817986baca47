package scalar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the same zones on every machine
)

// zones are CONVERT_TIMEZONE and AT TIME ZONE where a zone is not a literal.
// Timestamps are microseconds since 1970, by the clock of their zone.
var zones = []Func{
	{Prefix + "to_utc", kinds(whole, text), whole, func(args []any) (any, error) {
		z, err := cachedZones.get(args[1].(string), ParseZone)
		if err != nil {
			return nil, err
		}
		return z.ToUTC(args[0].(int64)), nil
	}},
	{Prefix + "from_utc", kinds(whole, text), whole, func(args []any) (any, error) {
		z, err := cachedZones.get(args[1].(string), ParseZone)
		if err != nil {
			return nil, err
		}
		at := args[0].(int64)
		return at + z.offset(at), nil
	}},
}

var cachedZones cache[*Zone]

// Zone is a time zone: a region with its history, or a fixed offset.
type Zone struct {
	// Region is the name of a region as the IANA database spells it, "" for a fixed
	// offset.
	Region string
	// Offset is east of UTC, where it is fixed.
	Offset   time.Duration
	location *time.Location
}

// abbreviations are fixed offsets from UTC, in minutes, of what people call their
// clocks' times. PostgreSQL's default set decides between two of a name.
var abbreviations = func() map[string]int {
	m := map[string]int{}
	for minutes, names := range map[int]string{
		-660: "nut", -600: "ckt hst taht", -570: "mart", -540: "akst gamt", -480: "akdt pst", -420: "mst pdt",
		-360: "cst galt mdt", -300: "act cdt cot easst east est pet", -240: "amt ast bot edt gyt vet", -210: "nft nst",
		-180: "adt arst art bra brt clst clt fkst fkt gft pmst pyst pyt uyt wgt", -150: "ndt",
		-120: "brst fnt pmdt uyst wgst", -60: "azot egt fnst", 0: "azost egst gmt uct ut utc wet z zulu",
		60: "bst cet met mez wat wetdst", 120: "bdst cest cetdst eet ist mest mesz metdst sast",
		180: "eat eest eetdst fet idt msk volt", 210: "irt", 240: "amst azst azt gest get msd mut ret sct", 270: "aft",
		300: "mawt must mvt pkt tft tjt tmt uzt yekt", 330: "lkt", 345: "npt",
		360: "almt bdt btt iot kgst kgt omsst omst pkst uzst xjt yekst", 390: "mmt",
		420: "almst cxt davt ict krast krat novst novt wast",
		480: "awst bnt bort cct hkt irkst irkt myt pht sgt ulat wadt", 525: "acwst",
		540: "awsst jayt jst kst pwt ulast wdt yakst yakt", 570: "acst cast",
		600: "aest chut ddut kdt ligt mpt pgt trut vlast vlat yapt", 630: "acdt acsst cadt lhst sadt",
		660: "aedt aesst kost lhdt magst magt pont vut", 720: "anast anat fjt gilt mht nzst nzt petst pett tvt wakt wft",
		765: "chast", 780: "fjst nzdt tkt tot", 825: "chadt", 840: "lint",
	} {
		for _, n := range strings.Fields(names) {
			m[n] = minutes
		}
	}
	return m
}()

// ParseZone reads a time zone as Redshift takes it ("CONVERT_TIMEZONE function",
// time zone usage notes): the name of a region, an abbreviation, which is a fixed
// offset, or a POSIX specification such as XYZ+5:30, whose offset counts west of
// UTC. Case does not matter.
func ParseZone(name string) (*Zone, error) {
	trimmed := strings.TrimSpace(name)
	if minutes, ok := abbreviations[strings.ToLower(trimmed)]; ok {
		return fixedZone(time.Duration(minutes) * time.Minute), nil
	}
	for _, spelled := range []string{trimmed, titled(trimmed), strings.ToUpper(trimmed), areaInCapitals(trimmed)} {
		if spelled == "" || spelled == "Local" || strings.HasPrefix(spelled, "posix") {
			continue
		}
		if l, err := time.LoadLocation(spelled); err == nil {
			return &Zone{Region: spelled, location: l}, nil
		}
	}
	if offset, ok := posixOffset(trimmed); ok {
		return fixedZone(offset), nil
	}
	return nil, fmt.Errorf("unknown time zone %q: it takes a region such as America/New_York, an abbreviation such as EST, "+
		"or an offset west of UTC such as UTC+5", name)
}

func fixedZone(east time.Duration) *Zone {
	return &Zone{Offset: east, location: time.FixedZone("", int(east.Seconds()))}
}

// titled spells a region as most are: America/New_York.
func titled(name string) string {
	b := []byte(strings.ToLower(name))
	for i := range b {
		if (i == 0 || strings.IndexByte("/_-", b[i-1]) >= 0) && b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// areaInCapitals spells a region as the others are: US/Eastern.
func areaInCapitals(name string) string {
	area, place, _ := strings.Cut(name, "/")
	return strings.ToUpper(area) + "/" + titled(place)
}

// posixOffset reads letters, or anything in angle brackets, and an offset of
// hours[:minutes[:seconds]], positive to the west.
func posixOffset(s string) (east time.Duration, ok bool) {
	letters := strings.IndexAny(s, "+-0123456789")
	if rest, bracketed := strings.CutPrefix(s, "<"); bracketed {
		letters = strings.IndexByte(rest, '>') + 2
	} else if letters < 3 {
		return 0, false
	}
	if letters < 2 || letters >= len(s) {
		return 0, false
	}
	sign, digits := time.Duration(-1), strings.TrimPrefix(s[letters:], "+")
	if rest, minus := strings.CutPrefix(digits, "-"); minus {
		sign, digits = 1, rest
	}
	unit := time.Hour
	for i, part := range strings.Split(digits, ":") {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil || i > 2 || i == 0 && n > 24 || i > 0 && n > 59 {
			return 0, false
		}
		east += time.Duration(n) * unit
		unit /= 60
	}
	return sign * east, true
}

// offset is what the zone's clock is ahead of UTC at an instant, in microseconds.
func (z *Zone) offset(utc int64) int64 {
	_, seconds := time.UnixMicro(utc).In(z.location).Zone()
	return int64(seconds) * 1_000_000
}

// ToUTC turns a time of the zone's clock into an instant. A time that the clock
// shows twice is the later one; one that it skips is taken by the offset before.
func (z *Zone) ToUTC(local int64) int64 {
	const day = 86_400_000_000
	before, after := z.offset(local-day), z.offset(local+day)
	if later := local - after; z.offset(later) == after {
		return later
	}
	return local - before
}
