package example

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/atolldata/atoll/examples"
	"github.com/atolldata/atoll/internal/fault"
)

// kind is an example: its name, the rows it has unless told otherwise, what they
// are, and what generates its data.
type kind struct {
	name     string
	rows     int
	rowsAre  string
	portions func(rows int) []portion
}

// portion writes a share of the data to the folder data.
type portion struct {
	stream string // names the portion's random numbers
	write  func(d *dice, data folder) error
}

var kinds = []kind{
	{"sms", 300_000, "messages sent", smsPortions},
	{"chat", 200_000, "chat messages", chatPortions},
	{"health", 20_000, "customers", healthPortions},
}

// Names lists the examples.
func Names() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// Create writes an example project and its data into dir, which is made if it
// is not there and refused if anything is in it. Rows is the size of the
// example's main table; 0 is its default. After an error nothing of it is left.
func Create(dir, name string, rows int, seed uint64) error {
	i := slices.Index(Names(), name)
	if i < 0 {
		e := fault.New(fault.Usage, "there is no example %q", name).WithHint("the examples are %s", strings.Join(Names(), ", "))
		if near := fault.Nearest(name, Names()); near != "" {
			e.WithHint("did you mean %q? The examples are %s", near, strings.Join(Names(), ", "))
		}
		return e
	}
	return create(dir, kinds[i], rows, seed)
}

func create(dir string, k kind, rows int, seed uint64) error {
	if rows < 0 {
		return fault.New(fault.Usage, "%d rows cannot be generated, expected a number from 1", rows).
			WithHint("leave the number out for %d %s", k.rows, k.rowsAre)
	}
	if rows == 0 {
		rows = k.rows
	}
	if err := empty(dir); err != nil {
		return err
	}
	if err := write(dir, k, rows, seed); err != nil {
		remove(dir, k.name)
		return fault.Wrap(plain(err), fault.Usage, "the example cannot be written to %q", dir).
			WithHint("name a folder that can be written, on a disk with room")
	}
	return nil
}

// empty makes sure that dir is an empty folder.
func empty(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fault.Wrap(plain(err), fault.Usage, "the folder %q cannot be made", dir).
			WithHint("name a folder that can be written")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fault.Wrap(plain(err), fault.Usage, "the folder %q cannot be read", dir).WithHint("name another folder")
	}
	if len(entries) > 0 {
		return fault.New(fault.Usage, "the folder %q is not empty: it holds %q", dir, entries[0].Name()).
			WithHint("name a new folder, so that nothing of yours is overwritten")
	}
	return nil
}

// plain takes the path out of an error that is reported with it.
func plain(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

const dataFolder = "data"

func write(dir string, k kind, rows int, seed uint64) error {
	project, err := fs.Sub(examples.Files, k.name)
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, project); err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, p := range k.portions(rows) {
		group.Go(func() error {
			return p.write(newDice(seed, k.name+"/"+p.stream), folder(filepath.Join(dir, dataFolder)))
		})
	}
	return group.Wait()
}

// remove takes what write wrote out of a folder that was empty before, so that
// it can be tried again.
func remove(dir, name string) {
	entries, err := fs.ReadDir(examples.Files, name)
	if err != nil {
		return
	}
	for _, e := range entries {
		os.RemoveAll(filepath.Join(dir, e.Name()))
	}
	os.RemoveAll(filepath.Join(dir, dataFolder))
}
