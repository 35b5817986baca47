package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/format"
)

func (a *app) fmtCommand() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "fmt [PATH...]",
		Short: "Format the SQL of models",
		Long: `Lay out SQL as Atoll prints it: keywords in capitals, a clause to a line where
a query does not fit into one, every alias with AS. Comments stay where they are:
before the word that follows them, or at the end of their line. Meaning never
changes: a file whose statements or comments would not be the same afterwards is
left alone.

A PATH is a file or a folder, of which the .sql and .dpl files are formatted;
without one, it is the project's folder models. Paths start at the project
folder (-C). The names of the files that were changed are printed. Files with
syntax errors are reported and left alone, the others are still formatted. "-"
formats standard input to standard output.

With --check nothing is written: the files that would change are listed, and if
there are any, the command ends with 1.`,
		Example: `  atoll fmt
  atoll fmt models/reports/delivery.sql
  atoll fmt --check
  atoll fmt - < report.sql`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"sql", "dpl"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if slices.Contains(args, "-") {
				return a.fmtInput(cmd.Context(), args, check)
			}
			return a.fmtFiles(cmd.Context(), args, check)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "write nothing; list what would change, and end with 1 if anything would")
	return cmd
}

// fmtInput formats standard input.
func (a *app) fmtInput(ctx context.Context, args []string, check bool) error {
	if len(args) > 1 {
		return fault.New(fault.Usage, `"-" stands for standard input and cannot be given with other paths`).WithHint("give files and folders, or - alone")
	}
	text, err := a.readQuery(ctx)
	if err != nil {
		return err
	}
	formatted, err := formatFile("", text)
	switch {
	case err != nil:
		return err
	case !check:
		_, err = io.WriteString(a.out, formatted)
		return err
	case formatted != text:
		fmt.Fprintln(a.out, "-")
		return errPartly
	}
	return nil
}

// fmtFiles formats files and folders, and reports the mistakes of all of them.
func (a *app) fmtFiles(ctx context.Context, args []string, check bool) error {
	if len(args) == 0 {
		args = []string{"models"}
	}
	files, err := a.modelFiles(args)
	if err != nil {
		return err
	}
	var faults fault.List
	changed := 0
	for _, file := range files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		did, err := a.fmtFile(file, check)
		faults = append(faults, fault.All(err)...)
		if did {
			changed++
			if _, err := fmt.Fprintln(a.out, file); err != nil {
				return err
			}
		}
	}
	switch {
	case len(faults) > 0:
		return faults
	case check && changed > 0:
		a.note("%s would change: run atoll fmt", count(int64(changed), "file"))
		return errPartly
	}
	return nil
}

// fmtFile formats a file, and reports whether that changes it.
func (a *app) fmtFile(file string, check bool) (bool, error) {
	name := a.path(file)
	data, err := os.ReadFile(name)
	if err != nil {
		return false, fault.Wrap(plain(err), fault.Config, "cannot be read").At(fault.Position{File: file}).WithHint("check the file and its permissions")
	}
	text := string(data)
	formatted, err := formatFile(file, text)
	if err != nil || formatted == text {
		return false, err
	}
	if check {
		return true, nil
	}
	if err := replaceFile(name, formatted); err != nil {
		return false, fault.Wrap(plain(err), fault.Engine, "cannot be written").At(fault.Position{File: file}).WithHint("check the folder and its permissions")
	}
	return true, nil
}

// formatFile formats a text; its faults name the file and show their lines.
func formatFile(file, text string) (string, error) {
	if !utf8.ValidString(text) {
		good, _, _ := strings.Cut(strings.ToValidUTF8(text, "\x00"), "\x00")
		return "", fault.New(fault.Syntax, "line %d is not UTF-8 text", strings.Count(good, "\n")+1).
			At(fault.Position{File: file}).WithHint("save it in UTF-8")
	}
	formatted, err := format.Text(text)
	if err != nil {
		faults := fault.All(err)
		for _, e := range faults {
			e.In(file, text)
		}
		return "", faults
	}
	return formatted, nil
}

// path is where a path that starts at the project folder leads.
func (a *app) path(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(a.dir, file)
}

// modelFiles lists the files that paths name, each once.
func (a *app) modelFiles(paths []string) ([]string, error) {
	var files []string
	for _, p := range paths {
		p = filepath.Clean(p)
		info, err := os.Stat(a.path(p))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fault.New(fault.Usage, "there is no file or folder %q", p).WithHint("paths start at the project folder, which -C names")
		case err != nil:
			return nil, fault.Wrap(plain(err), fault.Usage, "%q cannot be read", p)
		case info.IsDir():
			found, err := a.modelsIn(p)
			if err != nil {
				return nil, err
			}
			files = append(files, found...)
		case !isModelFile(p):
			return nil, fault.New(fault.Usage, "%q is no .sql or .dpl file", p).WithHint("format it with atoll fmt - < FILE if it holds SQL")
		default:
			files = append(files, p)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// modelsIn lists the model files under a folder, as a project has them: without
// dot files and what is in dot folders.
func (a *app) modelsIn(folder string) ([]string, error) {
	var files []string
	root := a.path(folder)
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		hidden := name != root && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return fault.Wrap(plain(err), fault.Config, "%q cannot be read", folder).WithHint("check the folder and its permissions")
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case !entry.IsDir() && !hidden && isModelFile(name):
			below, err := filepath.Rel(root, name)
			files = append(files, filepath.Join(folder, below))
			return err
		}
		return nil
	})
	return files, err
}

func isModelFile(name string) bool {
	return slices.Contains([]string{".sql", ".dpl"}, filepath.Ext(name))
}

// plain is an error of the file system without the path, which is this machine's
// and is named already.
func plain(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// replaceFile writes a file anew, all of it or nothing, with the permissions that
// it has. A link stays one.
func replaceFile(name, text string) error {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(target), ".fmt-*")
	if err != nil {
		return err
	}
	_, err = temp.WriteString(text)
	err = errors.Join(err, temp.Chmod(info.Mode().Perm()), temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), target)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}
