package scalar

import "sync"

// maxCached is how many entries a [cache] keeps. A query has few formats and
// zones; one that makes them of each row starts over now and then.
const maxCached = 1000

// cache remembers what was made of the texts that were asked for last. It is
// safe for use by several goroutines. Errors are not kept.
type cache[V any] struct {
	sync.RWMutex
	byText map[string]V
}

// get returns the value for a text, made if it is not there.
func (c *cache[V]) get(text string, make func(string) (V, error)) (V, error) {
	c.RLock()
	v, ok := c.byText[text]
	c.RUnlock()
	if ok {
		return v, nil
	}
	v, err := make(text)
	if err != nil {
		return v, err
	}
	c.Lock()
	defer c.Unlock()
	if c.byText == nil || len(c.byText) >= maxCached {
		c.byText = map[string]V{}
	}
	c.byText[text] = v
	return v, nil
}
