package main

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
)

// progress shows what a tick does. On a terminal it is a block of lines that is
// redrawn; otherwise it is log records, at most one a second for each topic.
// It implements [pipeline.Progress].
type progress struct {
	clock func() time.Time
	log   *slog.Logger // nil on a terminal

	mu      sync.Mutex
	landing struct {
		done, total int
		bytes       int64
	}
	tables []*tableProgress // in the order in which they began
	views  struct {
		name        schema.Name
		done, total int
		since       time.Time
	}
	told  map[string]time.Time // when each topic was last logged
	event time.Time            // when something last moved
}

// tableProgress is how far the loading of a table is.
type tableProgress struct {
	name  schema.Name
	rows  int64
	since time.Time
	last  time.Time
}

var _ pipeline.Progress = (*progress)(nil)

func newProgress(clock func() time.Time) *progress {
	return &progress{clock: clock, told: map[string]time.Time{}, event: clock()}
}

// showProgress begins to show progress as the flags and the terminal ask for;
// stop ends it.
func (a *app) showProgress() (p *progress, stop func()) {
	p = newProgress(time.Now)
	width := a.console.width()
	if a.quiet || a.logFormat == "json" || width == 0 {
		p.log = a.log
		return p, func() {}
	}
	done := make(chan struct{})
	var drawing sync.WaitGroup
	drawing.Go(func() {
		ticker := time.NewTicker(100 * time.Millisecond)
		defer ticker.Stop()
		for frame := 0; ; frame++ {
			a.console.draw(p.lines(frame, width))
			select {
			case <-done:
				a.console.draw(nil)
				return
			case <-ticker.C:
			}
		}
	})
	return p, func() { close(done); drawing.Wait() }
}

// Landing implements [pipeline.Progress].
func (p *progress) Landing(done, total int, bytes int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.landing.done, p.landing.total, p.landing.bytes = done, total, bytes
	p.event = p.clock()
	p.tell("landing", done == total, "landing files", "done", done, "total", total, "bytes", bytes)
}

// Loading implements [pipeline.Progress].
func (p *progress) Loading(table schema.Name, rows int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock()
	i := slices.IndexFunc(p.tables, func(t *tableProgress) bool { return t.name == table })
	if i < 0 {
		i = len(p.tables)
		// A table is told of when its first rows are in: its load began when what
		// came before it was last heard of.
		p.tables = append(p.tables, &tableProgress{name: table, since: p.event})
	}
	t := p.tables[i]
	t.rows += rows
	t.last, p.event = now, now
	args := []any{"table", table.String(), "rows", t.rows}
	if rate := t.rate(); rate > 0 {
		args = append(args, "rows_per_second", rate)
	}
	p.tell("loading "+table.String(), false, "loading rows", args...)
}

// Refreshing implements [pipeline.Progress].
func (p *progress) Refreshing(view schema.Name, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.views.name, p.views.done, p.views.total, p.views.since = view, done, total, p.clock()
	p.tell("refreshing", false, "refreshing views", "view", view.String(), "done", done, "total", total)
}

// tell logs a step of a topic, unless one was logged within the last second. The
// last step of a topic is always logged.
func (p *progress) tell(topic string, last bool, message string, args ...any) {
	if p.log == nil {
		return
	}
	now := p.clock()
	if at, told := p.told[topic]; told && !last && now.Sub(at) < time.Second {
		return
	}
	p.told[topic] = now
	p.log.Info(message, args...)
}

// rate is the rows a second so far; 0 before there is time to tell.
func (t *tableProgress) rate() int64 {
	if elapsed := t.last.Sub(t.since).Seconds(); elapsed > 0 {
		return int64(float64(t.rows) / elapsed)
	}
	return 0
}

const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"

// mostTables is how many tables are shown at a time: those that moved last.
const mostTables = 8

// lines is the block to draw, each line within the width of the terminal.
func (p *progress) lines(frame, width int) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	if l := p.landing; l.total > 0 {
		out = append(out, fmt.Sprintf("landing     %s of %s  %s", thousands(int64(l.done)), count(int64(l.total), "file"), byteSize(l.bytes)))
	}
	tables := slices.Clone(p.tables)
	slices.SortStableFunc(tables, func(a, b *tableProgress) int { return b.last.Compare(a.last) })
	for _, t := range tables[:min(len(tables), mostTables)] {
		line := fmt.Sprintf("loading     %s  %s", t.name, count(t.rows, "row"))
		if rate := t.rate(); rate > 0 {
			line += fmt.Sprintf("  %s rows/s", thousands(rate))
		}
		out = append(out, line)
	}
	if v := p.views; v.total > 0 {
		out = append(out, fmt.Sprintf("refreshing  %s of %s  %s  %s", thousands(int64(v.done)), count(int64(v.total), "view"), v.name,
			duration(p.clock().Sub(v.since).Seconds())))
	}
	if len(out) == 0 {
		out = append(out, "looking for files")
	}
	frames := []rune(spinner)
	for i, line := range out {
		mark := "  "
		if i == len(out)-1 {
			mark = string(frames[frame%len(frames)]) + " "
		}
		out[i] = fit(mark+line, width)
	}
	return out
}

// fit cuts a line that does not fit into the terminal.
func fit(line string, width int) string {
	if utf8.RuneCountInString(line) < width {
		return line
	}
	return string([]rune(line)[:max(0, width-2)]) + "…"
}

// count writes a number of things, such as "1,200 rows".
func count(n int64, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return thousands(n) + " " + thing
}

// thousands writes a number with commas.
func thousands(n int64) string {
	digits := fmt.Sprint(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var groups []string
	for len(digits) > 3 {
		groups = append(groups, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	groups = append(groups, digits)
	slices.Reverse(groups)
	return sign + strings.Join(groups, ",")
}

// byteSize writes a size in decimal units.
func byteSize(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB", "PB"}
	size, unit := float64(n), 0
	for size >= 1000 && unit < len(units)-1 {
		size, unit = size/1000, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}

// duration writes seconds as people read them: 0.12s, 3.4s, 12m 5s, 3h 20m, 4d 2h.
func duration(seconds float64) string {
	whole := int64(seconds)
	switch {
	case seconds < 1:
		return fmt.Sprintf("%.2fs", seconds)
	case seconds < 60:
		return fmt.Sprintf("%.1fs", seconds)
	case whole < 3600:
		return fmt.Sprintf("%dm %ds", whole/60, whole%60)
	case whole < 86400:
		return fmt.Sprintf("%dh %dm", whole/3600, whole/60%60)
	}
	return fmt.Sprintf("%dd %dh", whole/86400, whole/3600%24)
}
