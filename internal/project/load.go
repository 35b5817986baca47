package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// Load reads the project folder dir. The error is a [fault.List] with every
// mistake of every file; positions are relative to the folder.
//
// With an error, the project still holds what is valid, and names in Incomplete
// the schemas of what is not, so that a compile can report the models' mistakes
// in the same go. It is nil if dir is no project folder at all.
func Load(dir string) (*Project, error) {
	p, err := LoadFS(os.DirFS(dir))
	if p != nil {
		p.Dir = dir
	}
	return p, err
}

// LoadFS is [Load] over any file system that holds the project at its root.
func LoadFS(fsys fs.FS) (*Project, error) {
	l := &loader{fsys: fsys}
	text, ok := l.read(projectFile)
	if !ok {
		return nil, l.faults
	}
	p, faults := decodeProject(projectFile, text)
	l.faults = append(l.faults, faults...)
	p.Dir = "."
	l.sources(p)
	l.models(p)
	l.duplicates(p)
	p.Incomplete = slices.DeleteFunc(p.Incomplete, func(name string) bool { return name == "" })
	slices.Sort(p.Incomplete)
	p.Incomplete = slices.Compact(p.Incomplete)
	l.faults.Sort()
	return p, l.faults.Err()
}

const projectFile = "atoll.yaml"

// loader collects the faults of all files.
type loader struct {
	fsys   fs.FS
	faults fault.List
}

// report adds a fault about a whole file.
func (l *loader) report(file, format string, args ...any) *fault.Error {
	e := fault.New(fault.Config, format, args...).At(fault.Position{File: file})
	l.faults = append(l.faults, e)
	return e
}

// read returns a file's text, which must be UTF-8.
func (l *loader) read(file string) (string, bool) {
	b, err := fs.ReadFile(l.fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && file == projectFile:
		e := l.report(file, "there is no atoll.yaml here, so this is no project folder").
			WithHint("name the folder with -C DIR, or make one with atoll init DIR --example sms")
		if _, err := fs.Stat(l.fsys, "atoll.yml"); err == nil {
			e.Hint = "rename atoll.yml to atoll.yaml"
		}
		return "", false
	case err != nil:
		var pathError *fs.PathError // its path is this machine's, and is named already
		if errors.As(err, &pathError) {
			err = pathError.Err
		}
		l.report(file, "cannot be read: %v", err).WithHint("check the file and its permissions")
		return "", false
	}
	text := string(b)
	if !utf8.ValidString(text) {
		good := strings.ToValidUTF8(text, "\x00")
		before, _, _ := strings.Cut(good, "\x00")
		line := strings.Count(before, "\n") + 1
		l.report(file, "line %d is not UTF-8 text", line).WithHint("save the file in UTF-8")
		return "", false
	}
	return text, true
}

// list returns the files under a folder, dot files and what is in dot folders
// aside. A folder that does not exist is empty.
func (l *loader) list(root string) []string {
	var files []string
	err := fs.WalkDir(l.fsys, root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
			return fs.SkipDir
		case !entry.IsDir() && !strings.HasPrefix(entry.Name(), "."):
			files = append(files, file)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.report(root, "cannot be read: %v", err).WithHint("check the folder and its permissions")
	}
	return files
}

func (l *loader) sources(p *Project) {
	byName := map[string]*Source{}
	for _, file := range l.list("sources") {
		switch {
		case path.Ext(file) == ".yml":
			l.report(file, "source files end in .yaml, so this one is not read").WithHint("rename it to %s", strings.TrimSuffix(file, ".yml")+".yaml")
			continue
		case path.Ext(file) != ".yaml":
			continue
		case path.Dir(file) != "sources":
			l.report(file, "source files stand in sources/ itself, so this one is not read").WithHint("move it to sources/%s", path.Base(file))
			continue
		}
		text, ok := l.read(file)
		if !ok {
			p.Incomplete = append(p.Incomplete, baseName(file))
			continue
		}
		s, faults := decodeSource(file, text)
		l.faults = append(l.faults, faults...)
		if first, dup := byName[s.Name]; dup && s.Name != "" {
			l.faults = append(l.faults, fault.New(fault.Config, "the source %q is declared twice, first in %s", s.Name, first.File).
				At(s.Pos).In(file, text).WithHint("rename one of the two, or put their tables together"))
			continue
		}
		byName[s.Name] = s
		if len(faults) > 0 {
			p.Incomplete = append(p.Incomplete, baseName(file), s.Name)
			continue
		}
		p.Sources = append(p.Sources, s)
	}
	slices.SortFunc(p.Sources, func(a, b *Source) int { return strings.Compare(a.Name, b.Name) })
}

func baseName(file string) string {
	return strings.ToLower(strings.TrimSuffix(path.Base(file), path.Ext(file)))
}

func (l *loader) models(p *Project) {
	for _, file := range l.list("models") {
		if ext := path.Ext(file); ext != ".sql" && ext != ".dpl" {
			continue
		}
		text, ok := l.read(file)
		if !ok {
			p.Incomplete = append(p.Incomplete, path.Base(path.Dir(file)))
			continue
		}
		m, faults := parseModel(file, text)
		l.faults = append(l.faults, faults...)
		if len(faults) > 0 {
			p.Incomplete = append(p.Incomplete, path.Base(path.Dir(file)), m.Name.Schema)
			continue
		}
		p.Models = append(p.Models, m)
	}
	slices.SortStableFunc(p.Models, func(a, b *Model) int { return a.Name.Compare(b.Name) })
}

// duplicates reports relations that two files define.
func (l *loader) duplicates(p *Project) {
	first := map[schema.Name]string{}
	for _, s := range p.Sources {
		for _, t := range s.Tables {
			first[t.Relation(s)] = fmt.Sprintf("the table in %s:%d", s.File, t.Pos.Line)
		}
	}
	p.Models = slices.DeleteFunc(p.Models, func(m *Model) bool {
		other, dup := first[m.Name]
		if !dup {
			first[m.Name] = m.File
			return false
		}
		pos := fault.Position{Line: 1, Column: 1}
		for _, key := range []string{"schema", "matview-schema", "name", "matview-name"} {
			if at, ok := m.Header[key]; ok {
				pos = at
			}
		}
		l.faults = append(l.faults, fault.New(fault.Config, "the relation %q is also defined by %s", m.Name, other).
			At(pos).In(m.File, m.Text).WithHint("rename one of the two"))
		return true
	})
}
