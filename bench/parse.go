package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/sql/parse"
)

// texts are what the parser is measured with: a query of ordinary clauses, of
// 5,000 lines, and parentheses nested to two depths in texts of one length.
// That those take the same time says that the parser is linear.
func texts() []named {
	var flat strings.Builder
	flat.WriteString("SELECT 1 AS id, 'x' AS name\n")
	for i := range 833 {
		fmt.Fprintf(&flat, `UNION ALL
SELECT c.campaign_id + %d AS id, COALESCE(c.name, 'none') AS name -- a comment
FROM smslogs.sends s
LEFT JOIN smslogs.campaigns c ON c.campaign_id = s.campaign_id AND s.sent_at >= DATE '2026-01-01'
WHERE s.status IN ('sent', 'delivered') AND NOT (s.retries > 3 OR s.body LIKE '%%test%%')
GROUP BY 1, 2 HAVING COUNT(*) > %d
`, i, i)
	}
	nested := func(depth int) string {
		one := strings.Repeat("(alpha + beta(", depth/2) + "1" + strings.Repeat("))", depth/2)
		return "SELECT " + strings.Repeat(one+", ", 40_000/depth) + "1"
	}
	return []named{{"5,000 lines", flat.String()}, {"nested 40 deep", nested(40)}, {"nested 400 deep", nested(400)}}
}

type named struct{ name, text string }

// compareParse prints how fast SQL is parsed on one core: of five parses of each
// text or more, the median.
func compareParse(_ context.Context, out io.Writer, o options) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	fmt.Fprintf(out, "\nparsing on one core:")
	for _, t := range texts() {
		var laps []time.Duration
		for range max(o.repeat, 5) {
			started := time.Now()
			if _, err := parse.Query(t.text); err != nil {
				return err
			}
			laps = append(laps, time.Since(started))
		}
		slices.Sort(laps)
		lap := laps[len(laps)/2].Seconds()
		fmt.Fprintf(out, " %s %.0f ms (%.1f MB/s),", t.name, lap*1e3, float64(len(t.text))/lap/1e6)
	}
	fmt.Fprintln(out)
	return nil
}
