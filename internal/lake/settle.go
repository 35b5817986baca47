package lake

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// unsynced bounds how many files wait for the disk at a time, each held open.
const unsynced = 64

// waiting are the objects of a folder that were written and have not got their
// names yet: the disk writes them while they are loaded. Until then they are in
// the scratch folder, which a crash empties.
type waiting struct {
	mu      sync.Mutex
	objects map[string]*waitingObject // by key
	slots   chan struct{}
}

type waitingObject struct {
	file string        // in the scratch folder
	done chan struct{} // closed when the disk has it, or err says why not
	err  error
}

// find returns where an object waits.
func (w *waiting) find(key string) (file string, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, ok := w.objects[key]
	if !ok {
		return "", false
	}
	return o.file, true
}

// keep lets a draft wait under a key, and begins to make it durable. The same
// object may be kept twice; the second draft is not needed.
func (w *waiting) keep(ctx context.Context, d *localDraft, key string) error {
	if err := d.Chmod(0o400); err != nil {
		return d.in.failed(err, "write to")
	}
	select {
	case w.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	free := func() { <-w.slots }
	o := &waitingObject{file: filepath.Join(filepath.Dir(d.Name()), path.Base(key)), done: make(chan struct{})}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.objects[key] != nil {
		free()
		return nil
	}
	if err := os.Rename(d.Name(), o.file); err != nil {
		free()
		return d.in.failed(err, "write to")
	}
	d.done = true
	w.objects[key] = o
	go func() {
		o.err = d.Sync()
		if err := d.Close(); o.err == nil {
			o.err = err
		}
		free()
		close(o.done)
	}()
	return nil
}

// take waits until the disk has an object, and gives it up: nil if it does not
// wait.
func (w *waiting) take(ctx context.Context, key string) (*waitingObject, error) {
	w.mu.Lock()
	o := w.objects[key]
	w.mu.Unlock()
	if o == nil {
		return nil, nil
	}
	select {
	case <-o.done:
		return o, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (w *waiting) forget(key string) {
	w.mu.Lock()
	delete(w.objects, key)
	w.mu.Unlock()
}

// settle gives objects their names once the disk has them, and makes the names
// durable.
func (f *folder) settle(ctx context.Context, keys []string) error {
	dirs := map[string]bool{}
	for _, key := range keys {
		o, err := f.waiting.take(ctx, key)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		target := f.file(key)
		switch {
		case err != nil: // what the disk did not take is landed again
			os.Remove(o.file)
		case o == nil:
			continue
		default:
			if err = makeDir(filepath.Dir(target)); err == nil {
				err = os.Rename(o.file, target)
			}
		}
		f.waiting.forget(key)
		if err != nil {
			return f.failed(err, "write to")
		}
		dirs[filepath.Dir(target)] = true
	}
	for dir := range dirs {
		if err := syncDir(dir); err != nil {
			return f.failed(err, "write to")
		}
	}
	return nil
}
