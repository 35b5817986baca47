package view

import (
	"fmt"
	"strings"
	"time"
)

// The queries of a [SessionsPlan], in the order in which they are run. What the
// words in braces stand for is in [SessionsPlan.meanings].
//
// Values of partitions are compared by GROUP BY, PARTITION BY and through ids, to
// all of which NULL is a value like others.
const (
	// The changed rows, which come all of them, or else cancel out where they can.
	netText = `
SELECT {columns}, {columns as partition}, {moment} AS moment, _w FROM (%s) AS n`
	comingText = `SELECT {names as columns}, _w FROM {delta}`
	netOfText  = `SELECT {names as columns}, CAST(sum(_w) AS BIGINT) AS _w FROM {delta} GROUP BY {names} HAVING sum(_w) <> 0`

	// Where spans within the gap of a changed row lie: see cellOf.
	cellsText = `
SELECT DISTINCT cell, {key} AS key
FROM (
  SELECT DISTINCT {partition}, width, {cell of moment} - back * width AS cell
  FROM {net}, (SELECT DISTINCT width FROM {spans}) AS w, (VALUES (0), (1)) AS b(back)
  WHERE moment IS NOT NULL
) AS c`

	// The spans that lose rows. A row that leaves is in the span that begins last
	// before it. Where there is a gap is to be seen from their other rows.
	losingText = `
SELECT {partition}, began, ended, began AS begins, {id of began} AS id
FROM (
  SELECT {partition}, began, max(ended) AS ended
  FROM (
    SELECT {partition}, ended, leaves, max(began) OVER (PARTITION BY {partition} ORDER BY moment RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS began
    FROM (
      SELECT {partition}, began AS moment, began, ended, 0 AS leaves FROM {near}
      UNION ALL
      SELECT {partition}, moment, NULL, NULL, 1 FROM {net} WHERE _w < 0 AND moment IS NOT NULL
    ) AS m
  ) AS s
  WHERE began IS NOT NULL
  GROUP BY {partition}, began
  HAVING max(leaves) = 1
) AS l`

	// The rows that need an id: those that come, and those that stay of the spans
	// that lose rows, whose leaving rows cancel out.
	standingText = `
SELECT {columns}, {columns as partition}, {moment} AS moment, _w
FROM (
  SELECT {columns}, CAST(sum(_w) AS BIGINT) AS _w
  FROM (SELECT {columns}, _w FROM {net} UNION ALL SELECT {columns}, 1 FROM {split}) AS a
  GROUP BY {columns}
  HAVING sum(_w) <> 0
) AS n`

	// Rows that need an id, and spans that lose no rows (of weight 0), each with the
	// beginning of the session that they are in now. Frames of kind RANGE let equal
	// times see each other.
	placedText = `
SELECT {columns}, {partition}, _w, began, ended,
  max(opens) OVER (PARTITION BY {partition} ORDER BY began, ended RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS begins
FROM (
  SELECT {columns}, {partition}, _w, began, ended,
    CASE WHEN max(ended) OVER (PARTITION BY {partition} ORDER BY began, ended ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) >= began - {gap} THEN NULL ELSE began END AS opens
  FROM (
    SELECT {columns}, {partition}, _w, moment AS began, moment AS ended FROM {standing} WHERE moment IS NOT NULL AND _w > 0
    UNION ALL
    SELECT {nulls}, {partition}, 0, began, ended FROM {near} AS n WHERE {id of began} NOT IN (SELECT id FROM {losing})
  ) AS u
) AS o`

	// The spans that are in a session that begins earlier now.
	movedText = `
SELECT {partition}, began, ended, begins, {id of began} AS id FROM {placed} WHERE _w = 0 AND begins <> began`

	// What changes in the view. Rows that leave without a time have no id; others
	// that are left over were in no session, which is for who applies them to find.
	changesText = `
SELECT {columns as names}, id AS {id}, _w
FROM (
  SELECT {columns}, {id of begins} AS id, _w FROM {placed} WHERE _w > 0
  UNION ALL
  SELECT {columns}, NULL, _w FROM {standing} WHERE moment IS NULL OR _w < 0
  UNION ALL
  SELECT {columns}, id, -1 FROM {split}
  UNION ALL
  SELECT {columns}, id, -1 FROM {moving}
  UNION ALL
  SELECT {columns}, {id of begins}, 1 FROM {moving}
) AS c`

	// What changes in the spans. Those that stay as they are cancel out.
	spanChangesText = `
SELECT {partition}, begins AS began, max(ended) AS ended, 1 AS _w FROM {placed} GROUP BY {partition}, begins
UNION ALL
SELECT {partition}, began, ended, -1 FROM {near}`

	// All spans of a view.
	spansText = `
SELECT {partition}, min(moment) AS began, max(moment) AS ended, 1 AS _w
FROM (
  SELECT {columns as partition}, {moment} AS moment, id
  FROM (SELECT {names as columns}, {id} AS id FROM {rows} WHERE {id} IS NOT NULL) AS v
) AS r
GROUP BY {partition}, id`

	// Spans, given as a query, with what finds them: see cellOf.
	locatedText = `
SELECT {partition}, began, ended, width, cell, {key} AS key, _w
FROM (
  SELECT {partition}, began, ended, width, {cell of began} AS cell, _w
  FROM (SELECT {partition}, began, ended, {width} AS width, _w FROM (%s) AS s) AS w
) AS c`

	// The stretches of time in which sessions lie. Time in which there are none is
	// left out where it is an eighth of all or more: that is worth a scan of its own,
	// and outliers are found so. Rows come late, so that the rows of a stretch lie
	// among those of later ones, and many short stretches cost more than a long one.
	stretchesText = `
SELECT min(began), max(ended)
FROM (
  SELECT began, ended, sum(opens) OVER (ORDER BY began RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stretch
  FROM (
    SELECT began, ended, CASE WHEN (began - max(ended) OVER (ORDER BY began ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) * 8
      >= max(ended) OVER () - min(began) OVER () THEN 1 ELSE 0 END AS opens
    FROM {sessions}
  ) AS o
) AS s
GROUP BY stretch`

	// The rows of sessions, read from the view, of which a stretch is a part.
	membersText = `
SELECT {columns}, v.id, {partition}, begins FROM (%s) AS v JOIN {sessions} AS s ON v.id = s.id`
	stretchText = `SELECT {names as columns}, {id} AS id FROM {rows} WHERE `
)

// widths are the lengths that spans are sorted into, in microseconds: a span's
// width is the first one that it has room in, with a gap at either end. Sessions of
// a view are mostly of one or two widths, and there are a few at most.
func widths(gap time.Duration) []int64 {
	const longest = 1 << 60 // 36,000 years
	var out []int64
	for w := 64 * max(gap, time.Millisecond).Microseconds(); w < longest; w *= 32 {
		out = append(out, w)
		if w > longest/32 {
			break // the next one is no number any more
		}
	}
	return append(out, longest)
}

// widthOf is the width of a span that began and ended.
func widthOf(gap time.Duration) string {
	var b strings.Builder
	list := widths(gap)
	for _, w := range list[:len(list)-1] {
		fmt.Fprintf(&b, " WHEN ended - began + %d <= %d THEN %d", 2*gap.Microseconds(), w, w)
	}
	return fmt.Sprintf("CASE%s ELSE %d END", b.String(), list[len(list)-1])
}

// cellOf is the cell that a moment is in: time cut into pieces of a width, of which
// the two around 1970 are one.
//
// A span lies in the cell of its width that it began in. A moment within the gap of
// a span is at most the gap before its beginning, and less than a width, with the
// gap, after it. So the span is in the cell of the moment with the gap added, or in
// the one before it, and equality finds it, however long sessions are. The key is a
// hash of partition, cell and width: a number is compared faster than they are, and
// what it finds wrongly is in sessions of its own.
func cellOf(moment string) string {
	return fmt.Sprintf("%[1]s - (%[1]s) %% width", moment)
}
