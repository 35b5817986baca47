package view

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/portable"
)

// Ticks mostly run the same statements, over working tables of the same names. To bind
// and lower one takes several times as long as to print it.

// texts remembers statements as an engine has them, by how they are printed.
type texts struct {
	mu sync.Mutex // guards of
	of map[textKey]string
}

// textKey is a hash of a statement, the names that its aliases stand for, and the engine.
type textKey [sha256.Size]byte

// mostTexts is how many are remembered before all are forgotten: names count on, where a
// tick has other steps than the one before.
const mostTexts = 256

// Text is a statement of the program in an engine's text. Names has the engine's relation
// of every alias; functions of now mean the label.
func (p *Program) Text(s *Statement, engine portable.Engine, names map[string]schema.Name, label time.Time) (string, error) {
	key := s.key(engine, names)
	p.texts.mu.Lock()
	text, ok := p.texts.of[key]
	p.texts.mu.Unlock()
	if ok {
		return text, nil
	}
	text, timeless, err := s.text(engine, names, label)
	if err == nil && timeless {
		p.texts.mu.Lock()
		defer p.texts.mu.Unlock()
		if p.texts.of == nil || len(p.texts.of) == mostTexts {
			p.texts.of = map[textKey]string{}
		}
		p.texts.of[key] = text
	}
	return text, err
}

// key tells statements apart, and what their aliases stand for.
func (s *Statement) key(engine portable.Engine, names map[string]schema.Name) textKey {
	var b strings.Builder
	fmt.Fprintln(&b, engine, s.few, portable.Text(portable.Redshift, s.query))
	for _, alias := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(&b, "%q %q %q\n", alias, names[alias].Schema, names[alias].Name)
	}
	for _, alias := range slices.Sorted(maps.Keys(s.shapes)) {
		fmt.Fprintf(&b, "%q", alias)
		for _, c := range s.shapes[alias] {
			fmt.Fprintf(&b, " %q %v", c.Name, c.Type)
		}
		fmt.Fprintln(&b)
	}
	return sha256.Sum256([]byte(b.String()))
}
