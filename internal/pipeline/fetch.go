package pipeline

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/source"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Bounds of downloads that run ahead of loading.
const (
	fetchAhead = 8                     // downloads at a time
	fetchBytes = 4 * warehouse.MaxHeld // scratch disk for files that are waiting to be loaded
)

// fetcher makes lake files local before they are loaded: files of a local lake
// are there already, others are downloaded in order, ahead of the load, within
// bounds of number and scratch disk. Close stops it and removes what it holds.
type fetcher struct {
	p       *Project
	sources map[string]source.Source
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	files   map[int32]*fetched
}

type fetched struct {
	file  lake.File
	path  string
	err   error
	ready chan struct{} // closed when path or err is set
	done  chan struct{} // closed when the load let go of it
	once  sync.Once
}

func newFetcher(ctx context.Context, p *Project, sources map[string]source.Source, files []lake.File) *fetcher {
	f := &fetcher{p: p, sources: sources, files: map[int32]*fetched{}}
	f.ctx, f.cancel = context.WithCancel(ctx)
	var remote []*fetched
	for _, file := range files {
		one := &fetched{file: file, ready: make(chan struct{}), done: make(chan struct{})}
		f.files[file.ID] = one
		if path, ok := p.Lake.LocalPath(file.Object); ok && file.Object != "" {
			one.path, one.err = path, f.present(file)
			close(one.ready)
			continue
		}
		remote = append(remote, one)
	}
	f.running.Go(func() { f.dispatch(remote) })
	return f
}

// present is the fault of a file that its lake has lost.
func (f *fetcher) present(file lake.File) error {
	r, err := f.p.Lake.Open(f.ctx, file.Object)
	if err == nil {
		r.Close()
	}
	return err
}

// dispatch starts the downloads in order, so that the load, which asks in the
// same order, is never waiting for one that cannot begin.
func (f *fetcher) dispatch(remote []*fetched) {
	slots, bytes := semaphore.NewWeighted(fetchAhead), semaphore.NewWeighted(fetchBytes)
	for _, one := range remote {
		weight := min(one.file.Size, fetchBytes)
		if slots.Acquire(f.ctx, 1) != nil {
			one.fail(f.ctx.Err())
			continue
		}
		if bytes.Acquire(f.ctx, weight) != nil {
			one.fail(f.ctx.Err())
			slots.Release(1)
			continue
		}
		f.running.Go(func() {
			f.download(one)
			slots.Release(1)
			select {
			case <-one.done:
			case <-f.ctx.Done():
			}
			if one.path != "" {
				os.Remove(one.path)
			}
			bytes.Release(weight)
		})
	}
}

func (one *fetched) fail(err error) {
	one.err = err
	close(one.ready)
}

func (f *fetcher) download(one *fetched) {
	path, err := f.copy(one.file)
	one.path = path
	one.err = err
	close(one.ready)
}

func (f *fetcher) copy(file lake.File) (path string, err error) {
	var from io.ReadCloser
	if file.Object != "" {
		from, err = f.p.Lake.Open(f.ctx, file.Object)
	} else {
		from, err = f.sources[file.Table.Schema].Open(f.ctx, file)
	}
	if err != nil {
		return "", err
	}
	defer from.Close()
	if err := os.MkdirAll(f.p.scratch, 0o700); err != nil {
		return "", err
	}
	to, err := os.CreateTemp(f.p.scratch, "*-"+filepath.Base(file.URI))
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	if closeErr := to.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		os.Remove(to.Name())
		return "", err
	}
	return to.Name(), nil
}

// loadFile is a file as the warehouse takes it.
func (f *fetcher) loadFile(file lake.File) warehouse.LoadFile {
	one := f.files[file.ID]
	return warehouse.LoadFile{ID: file.ID, URI: file.URI, Size: file.Size, Local: func(ctx context.Context) (string, func(), error) {
		select {
		case <-one.ready:
			return one.path, func() { one.once.Do(func() { close(one.done) }) }, one.err
		case <-ctx.Done():
			return "", nil, ctx.Err()
		}
	}}
}

func (f *fetcher) close() {
	f.cancel()
	f.running.Wait()
}
