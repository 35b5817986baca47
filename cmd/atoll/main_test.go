package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"atoll": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "json": jsonAt, "hold": hold, "corrupt": corrupt,
		},
	})
}

// exits runs a command and expects an exit code: exits 2 atoll frobnicate.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	code := 0
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, expected %s\n%s%s", code, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// jsonAt expects a value at a path of the JSON that was written to standard
// output, as JSON text: json views.0.name reports.delivery. Without a value it
// expects something to be there.
func jsonAt(ts *testscript.TestScript, not bool, args []string) {
	d := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	d.UseNumber()
	var v any
	ts.Check(d.Decode(&v))
	for key := range strings.SplitSeq(args[0], ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(at) {
				ts.Fatalf("no item %s in %v", key, at)
			}
			v = at[i]
		default:
			v = nil
		}
	}
	if matches := v != nil && (len(args) == 1 || fmt.Sprint(v) == args[1]); matches == not {
		ts.Fatalf("%s is %v", args[0], v)
	}
}

// hold holds a project's warehouse until the script ends, as another process
// would.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	w, err := duckdb.Open(context.Background(), duckdb.Options{Path: ts.MkAbs(filepath.Join(args[0], ".atoll", "warehouse.duckdb"))})
	ts.Check(err)
	ts.Defer(func() { _ = w.Close() })
}

// corrupt changes what is stored of a relation behind Atoll's back: %s in the
// statement is its physical table.
func corrupt(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	w, err := duckdb.Open(ctx, duckdb.Options{Path: ts.MkAbs(filepath.Join(args[0], ".atoll", "warehouse.duckdb"))})
	ts.Check(err)
	defer w.Close()
	tables, err := warehouse.Collect(ctx, w.SQL(), func(r warehouse.Rows) (name string, err error) {
		err = r.Scan(&name)
		return name, err
	}, `SELECT table_name FROM duckdb_tables() WHERE schema_name = 'atoll_store' AND split_part(table_name, '@', 1) = ?`, args[1])
	ts.Check(err)
	if len(tables) != 1 {
		ts.Fatalf("%s is stored in %d tables", args[1], len(tables))
	}
	tx, err := w.Begin(ctx)
	ts.Check(err)
	ts.Check(tx.SQL().Exec(ctx, strings.ReplaceAll(args[2], "%s", `atoll_store."`+tables[0]+`"`)))
	ts.Check(tx.Commit(ctx))
}
