package files

import (
	"io"

	"github.com/atolldata/atoll/internal/project"
)

// BeforeCopy has a folder call hook where it has looked at a file, and begins
// to copy it.
func (f *Files) BeforeCopy(hook func()) {
	store := f.store.(*folder)
	complete := store.complete
	store.complete = func(t *project.Table, name string, r io.ReaderAt, size int64) error {
		hook()
		return complete(t, name, r, size)
	}
}
