package lake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// Batch is what one transaction of the warehouse does: its ledger rows, and the
// bookmarks after it.
type Batch struct {
	Number int64     `json:"batch"` // counts from 1, without gaps
	Label  time.Time `json:"label"` // the views refreshed with it are current to this time
	// Files are the ledger rows that the batch writes: files it loads or turned
	// away, which have its number, and earlier ones whose rows it changes: files
	// that newer versions replace, or that were loaded again.
	Files []File `json:"files"`
	// Bookmarks say how far each source was read, by table name.
	Bookmarks map[string]json.RawMessage `json:"bookmarks"`
}

// format is the version of batch.json that this program writes. It reads this
// and none newer.
const format = 1

// document is batch.json.
type document struct {
	Format int `json:"format"`
	Batch
}

// manifest is a COPY manifest as Redshift reads it:
// https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html
type manifest struct {
	Entries []entry `json:"entries"`
}

type entry struct {
	URL       string `json:"url"`
	Mandatory bool   `json:"mandatory"`
	Meta      meta   `json:"meta"`
}

type meta struct {
	ContentLength int64 `json:"content_length"`
}

const (
	manifests = "manifests/"
	batchFile = "batch.json"
	marker    = "committed"
)

// folderOf is the prefix of a batch's keys.
func folderOf(number int64) string { return fmt.Sprintf("%s%010d/", manifests, number) }

// WriteBatch writes a batch's manifests and batch.json, before it is loaded. An
// earlier attempt at the same number is replaced; a committed one is not, and
// is a fault of code Data.
func (l *Lake) WriteBatch(ctx context.Context, b Batch) error {
	committed, err := l.IsCommitted(ctx, b.Number)
	if err != nil {
		return err
	}
	if committed {
		return fault.New(fault.Data, "the lake holds a committed batch %d already", b.Number).
			WithHint("give each warehouse a lake of its own; if the warehouse is an older copy, remove it and let it be rebuilt from the lake")
	}
	_, err = l.write(ctx, b)
	return err
}

// MarkCommitted writes a batch's final manifests and batch.json, with the
// states after the load, and then the marker. It is called after the
// warehouse committed, again after a crash in between. A batch that is marked
// already is left as it is. One that was never written is a fault of code
// Source: this is not the lake that the warehouse was loaded from.
func (l *Lake) MarkCommitted(ctx context.Context, b Batch) error {
	committed, err := l.IsCommitted(ctx, b.Number)
	if err != nil || committed {
		return err
	}
	_, err = l.store.size(ctx, folderOf(b.Number)+batchFile)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.Source, "the lake %q lacks batch %d, which the warehouse was loaded with", l.URI(""), b.Number).
			WithHint("if the lake was moved, correct lake in atoll.yaml; if it is lost, restore it from a backup")
	}
	if err != nil {
		return err
	}
	sum, err := l.write(ctx, b)
	if err != nil {
		return err
	}
	return l.put(ctx, folderOf(b.Number)+marker, []byte(sum+"\n"))
}

// IsCommitted reports that a batch has its marker.
func (l *Lake) IsCommitted(ctx context.Context, number int64) (bool, error) {
	_, err := l.store.size(ctx, folderOf(number)+marker)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// write puts a batch's documents, removes what an earlier attempt left, and
// returns the SHA-256 of batch.json in hex.
func (l *Lake) write(ctx context.Context, b Batch) (string, error) {
	dir := folderOf(b.Number)
	before, err := l.store.list(ctx, dir)
	if err != nil {
		return "", err
	}
	documents, err := l.documents(b)
	if err != nil {
		return "", err
	}
	for _, d := range documents {
		if err := l.put(ctx, dir+d.name, d.content); err != nil {
			return "", err
		}
	}
	for _, key := range before {
		stale := !slices.ContainsFunc(documents, func(d named) bool { return dir+d.name == key })
		if stale {
			if err := l.store.remove(ctx, key); err != nil {
				return "", err
			}
		}
	}
	sum := sha256.Sum256(documents[len(documents)-1].content)
	return hex.EncodeToString(sum[:]), nil
}

type named struct {
	name    string
	content []byte
}

// documents are the manifests of a batch, by table, and batch.json as the last.
func (l *Lake) documents(b Batch) ([]named, error) {
	tables := map[schema.Name]*manifest{}
	for _, f := range b.Files {
		if f.Batch != b.Number || f.State != Landed && f.State != Loaded {
			continue
		}
		m := tables[f.Table]
		if m == nil {
			m = &manifest{}
			tables[f.Table] = m
		}
		url := f.URI
		if f.Object != "" {
			url = l.URI(f.Object)
		}
		m.Entries = append(m.Entries, entry{URL: url, Mandatory: true, Meta: meta{f.Size}})
	}
	var out []named
	for name, m := range tables {
		content, err := encode(m)
		if err != nil {
			return nil, err
		}
		out = append(out, named{name.String() + ".manifest", content})
	}
	slices.SortFunc(out, func(a, b named) int { return strings.Compare(a.name, b.name) })
	if b.Files == nil {
		b.Files = []File{}
	}
	if b.Bookmarks == nil {
		b.Bookmarks = map[string]json.RawMessage{}
	}
	content, err := encode(document{format, b})
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "batch %d cannot be written as JSON", b.Number)
	}
	return append(out, named{batchFile, content}), nil
}

// encode writes a document as JSON for people: indented, URLs as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// Committed returns all committed batches in order. A gap in their numbers, or
// a batch.json that cannot be read or is not the one that was committed, is a
// fault of code Data.
func (l *Lake) Committed(ctx context.Context) ([]Batch, error) {
	keys, err := l.store.list(ctx, manifests)
	if err != nil {
		return nil, err
	}
	var numbers []int64
	for _, key := range keys {
		dir, name := path.Split(key)
		number, err := strconv.ParseInt(path.Base(dir), 10, 64)
		if err == nil && name == marker && dir == folderOf(number) {
			numbers = append(numbers, number)
		}
	}
	for i, number := range numbers {
		if want := int64(i) + 1; number != want {
			return nil, fault.New(fault.Data, "the lake %q lacks batch %d, but has batch %d", l.URI(""), want, number).
				WithHint("restore %s from a backup: later batches build on it", l.URI(folderOf(want)))
		}
	}
	batches := make([]Batch, len(numbers))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(16)
	for i, number := range numbers {
		group.Go(func() (err error) {
			batches[i], err = l.read(ctx, number)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return batches, nil
}

// read returns a committed batch.
func (l *Lake) read(ctx context.Context, number int64) (Batch, error) {
	key := folderOf(number) + batchFile
	bad := func(cause error) error {
		return fault.Wrap(cause, fault.Data, "%q is not the record of batch %d", l.URI(key), number).
			WithHint("restore it from a backup: ledger and bookmarks are rebuilt from it")
	}
	sum, err := l.get(ctx, folderOf(number)+marker)
	if err != nil {
		return Batch{}, err
	}
	content, err := l.get(ctx, key)
	switch got := sha256.Sum256(content); {
	case errors.Is(err, fs.ErrNotExist):
		return Batch{}, bad(fs.ErrNotExist)
	case err != nil:
		return Batch{}, err
	case strings.TrimSpace(string(sum)) != hex.EncodeToString(got[:]):
		return Batch{}, bad(errors.New("its SHA-256 is not the one in the marker"))
	}
	var d document
	switch err := json.Unmarshal(content, &d); {
	case err != nil:
		return Batch{}, bad(err)
	case d.Format > format:
		return Batch{}, fault.New(fault.Unsupported, "%q has format %d, newer than %d", l.URI(key), d.Format, format).
			WithHint("use the version of atoll that wrote it, or a later one")
	case d.Number != number:
		return Batch{}, bad(fmt.Errorf("it says batch %d", d.Number))
	}
	return d.Batch, nil
}
