package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

var (
	orders = schema.Name{Schema: "web", Name: "orders"}
	clicks = schema.Name{Schema: "web", Name: "clicks"}
	daily  = schema.Name{Schema: "reports", Name: "daily"}
)

// testClock is a clock that a test moves.
type testClock struct{ now time.Time }

func (c *testClock) read() time.Time { return c.now }

func (c *testClock) move(d time.Duration) { c.now = c.now.Add(d) }

func TestProgressOnATerminal(t *testing.T) {
	clock := &testClock{now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	p := newProgress(clock.read)
	expect := func(frame, width int, want ...string) {
		t.Helper()
		if got := strings.Join(p.lines(frame, width), "\n"); got != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
	}
	expect(0, 80, "⠋ looking for files")
	p.Landing(1, 1200, 2_500_000)
	expect(1, 80, "⠙ landing     1 of 1,200 files  2.5 MB")
	clock.move(2 * time.Second)
	p.Loading(orders, 100_000)
	clock.move(2 * time.Second)
	p.Loading(orders, 100_000)
	p.Loading(clicks, 1)
	expect(2, 80,
		"  landing     1 of 1,200 files  2.5 MB",
		"  loading     web.orders  200,000 rows  50,000 rows/s",
		"⠹ loading     web.clicks  1 row")
	p.Refreshing(daily, 2, 7)
	clock.move(90 * time.Second)
	expect(10, 30,
		"  landing     1 of 1,200 fil…",
		"  loading     web.orders  20…",
		"  loading     web.clicks  1 …",
		"⠋ refreshing  2 of 7 views  …")
	for i := range 20 {
		p.Loading(schema.Name{Schema: "many", Name: strings.Repeat("x", i+1)}, 1)
	}
	if n := len(p.lines(0, 80)); n != mostTables+2 {
		t.Errorf("%d lines", n)
	}
}

// Without a terminal a topic is logged once a second at most, and its end always.
func TestProgressInALog(t *testing.T) {
	clock := &testClock{now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	var log bytes.Buffer
	p := newProgress(clock.read)
	p.log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
			return slog.Attr{}
		}
		return a
	}}))
	p.Landing(1, 3, 10)
	p.Landing(2, 3, 20)
	p.Landing(3, 3, 30)
	clock.move(time.Second)
	p.Loading(orders, 10)
	p.Loading(clicks, 10)
	clock.move(900 * time.Millisecond)
	p.Loading(orders, 10)
	clock.move(100 * time.Millisecond)
	p.Loading(orders, 10)
	p.Refreshing(daily, 0, 1)
	want := `msg="landing files" done=1 total=3 bytes=10
msg="landing files" done=3 total=3 bytes=30
msg="loading rows" table=web.orders rows=10 rows_per_second=10
msg="loading rows" table=web.clicks rows=10
msg="loading rows" table=web.orders rows=30 rows_per_second=15
msg="refreshing views" view=reports.daily done=0 total=1
`
	if log.String() != want {
		t.Errorf("got\n%s\nwant\n%s", log.String(), want)
	}
}

// Lines that are written while the block is drawn stay, above it.
func TestConsole(t *testing.T) {
	var screen bytes.Buffer
	c := newConsole(&screen)
	c.draw([]string{"one", "two"})
	if _, err := c.Write([]byte("a line\n")); err != nil {
		t.Fatal(err)
	}
	c.draw([]string{"three"})
	c.draw(nil)
	c.draw(nil)
	want := "one\ntwo\n" + "\x1b[A\x1b[A\r\x1b[J" + "a line\n" + "three\n" + "\x1b[A\r\x1b[J"
	if screen.String() != want {
		t.Errorf("got %q, want %q", screen.String(), want)
	}
	if c.width() != 0 {
		t.Error("a buffer is no terminal")
	}
}

func TestWordsForNumbers(t *testing.T) {
	for got, want := range map[string]string{
		thousands(0): "0", thousands(999): "999", thousands(1000): "1,000", thousands(-1234567): "-1,234,567",
		count(1, "row"): "1 row", count(0, "row"): "0 rows", counted(1, "batch", "batches"): "1 batch", counted(1000, "batch", "batches"): "1,000 batches",
		byteSize(999): "999 B", byteSize(1000): "1.0 kB", byteSize(2_500_000_000): "2.5 GB",
		duration(0.123): "0.12s", duration(12.34): "12.3s", duration(3599.5): "59m 59s", duration(11000): "3h 3m", duration(200000): "2d 7h",
		interval(5 * time.Minute): "5m", interval(2 * time.Hour): "2h", interval(90 * time.Second): "90s", interval(48 * time.Hour): "2d",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
