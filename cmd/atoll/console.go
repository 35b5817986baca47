package main

import (
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// console is standard error: a stream of lines and, on a terminal, a block of
// lines below them that is drawn again and again. Its methods may be called from
// several goroutines.
type console struct {
	mu    sync.Mutex
	w     io.Writer
	drawn int // lines of the block that are on the screen
}

func newConsole(w io.Writer) *console { return &console{w: w} }

// Write writes lines above the block.
func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.erase()
	return c.w.Write(p)
}

// draw shows the block; no lines take it away.
func (c *console) draw(lines []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.erase()
	if len(lines) > 0 {
		_, _ = io.WriteString(c.w, strings.Join(lines, "\n")+"\n")
		c.drawn = len(lines)
	}
}

// erase moves to where the block begins and clears what is below.
func (c *console) erase() {
	if c.drawn > 0 {
		_, _ = io.WriteString(c.w, strings.Repeat("\x1b[A", c.drawn)+"\r\x1b[J")
		c.drawn = 0
	}
}

// width is how many columns the terminal has; 0 if it is none, or one that does
// not move its cursor.
func (c *console) width() int {
	f, ok := c.w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// isTerminal reports that a stream is read by a person.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
