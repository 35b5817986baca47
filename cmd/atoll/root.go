package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/fault"
)

// app is what the commands share: the global flags and where output goes.
type app struct {
	dir       string
	quiet     bool
	logFormat string

	in      io.Reader
	out     output
	console *console // standard error
	log     *slog.Logger
	started bool // a command has begun, so what fails now is not the command line
}

func newApp(in io.Reader, out, err io.Writer) *app {
	a := &app{in: in, out: output{out, isTerminal(out)}, console: newConsole(err)}
	a.setLog()
	return a
}

// output is where results go. That it takes no more is the machine's fault.
type output struct {
	io.Writer
	terminal bool
}

// Write implements [io.Writer].
func (o output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil {
		return n, fault.Wrap(err, fault.Engine, "the result cannot be written")
	}
	return n, nil
}

// command is the root command with all others.
func (a *app) command(args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "atoll",
		Short: "A data warehouse that keeps itself current",
		Long: `Atoll lands files in a lake, loads each exactly once, and keeps the SQL views
of a project up to date. A project is a folder with atoll.yaml, sources/ and
models/; the folder docs/ of the source code describes it.`,
		Example: `  atoll init shop --example sms    # make a project with example data
  atoll -C shop run                # load what is new, refresh what is due
  atoll -C shop query "SELECT * FROM reports.delivery LIMIT 10"`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if a.logFormat != "text" && a.logFormat != "json" {
				return unknownValue("--log-format", a.logFormat, []string{"text", "json"})
			}
			if _, err := os.Stat(a.dir); errors.Is(err, fs.ErrNotExist) {
				return fault.New(fault.Usage, "there is no folder %q", a.dir).WithHint("name the project folder with -C DIR, or make one with atoll init DIR --example sms")
			}
			a.setLog()
			a.started = true
			return nil
		},
	}
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.console)
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	flags := root.PersistentFlags()
	flags.StringVarP(&a.dir, "directory", "C", ".", "the project folder")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print no progress and no notes, only results and what failed")
	flags.StringVar(&a.logFormat, "log-format", "text", "how logs are written to standard error: text or json")
	_ = root.MarkPersistentFlagDirname("directory")
	_ = root.RegisterFlagCompletionFunc("log-format", oneOf("text", "json"))
	root.AddCommand(a.initCommand(), a.checkCommand(), a.runCommand(), a.queryCommand(), a.statusCommand(),
		a.verifyCommand(), a.lineageCommand(), a.explainCommand(), a.renderCommand(), a.fmtCommand(), a.schemaCommand(), a.versionCommand())
	return root
}

// setLog makes the logger that the flags ask for. With --quiet it is left to
// warnings and errors.
func (a *app) setLog() {
	options := &slog.HandlerOptions{}
	if a.quiet {
		options.Level = slog.LevelWarn
	}
	if a.logFormat == "json" {
		a.log = slog.New(slog.NewJSONHandler(a.console, options))
	} else {
		a.log = slog.New(slog.NewTextHandler(a.console, options))
	}
}

// execute runs a command line and returns its exit code.
func (a *app) execute(ctx context.Context, args []string) int {
	return a.finish(ctx, a.command(args).ExecuteContext(ctx))
}

// finish reports what a command returned and says how the process ends.
func (a *app) finish(ctx context.Context, err error) int {
	switch {
	case err == nil:
	case errors.Is(err, errPartly):
	case ctx.Err() != nil:
		err = context.Canceled
		a.log.Warn("interrupted: what was committed is kept, and the next run carries on")
	default:
		if !a.started {
			err = usage(err)
		}
		a.report(err)
	}
	return exitCode(err)
}

// usage makes a fault of what cobra found wrong with the command line.
func usage(err error) error {
	var already *fault.Error
	if errors.As(err, &already) {
		return err
	}
	message, suggestion, _ := strings.Cut(err.Error(), "\n")
	if what, parsing, ok := strings.Cut(message, ": strconv."); ok { // a flag's value, refused in Go's words
		message = what + ", expected a whole number"
		if strings.HasPrefix(parsing, "ParseBool") {
			message = what + ", expected true or false"
		}
	}
	e := fault.New(fault.Usage, "%s", message).WithHint("see atoll --help")
	if _, names, ok := strings.Cut(suggestion, "Did you mean this?\n"); ok {
		e.WithHint("did you mean %q?", strings.Join(strings.Fields(names), `" or "`))
	}
	return e
}

// report writes faults to standard error: for people with the line and a caret,
// or as log records.
func (a *app) report(err error) {
	for _, e := range fault.All(err) {
		title := ""
		if e.Pos == (fault.Position{}) {
			title = "error: "
		}
		a.tell(slog.LevelError, title, e)
	}
}

// warn is report for what is no mistake, but may well be one.
func (a *app) warn(faults fault.List) {
	if a.quiet {
		return
	}
	for _, e := range faults {
		a.tell(slog.LevelWarn, "warning: ", e)
	}
}

func (a *app) tell(level slog.Level, title string, e *fault.Error) {
	if a.logFormat != "json" {
		fmt.Fprintln(a.console, title+e.Pretty())
		return
	}
	message := e.Message
	if e.Cause != nil {
		message += ": " + e.Cause.Error()
	}
	a.log.Log(context.Background(), level, message, "code", e.Code, "position", e.Pos.String(), "hint", e.Hint)
}

// note writes a line for people to standard error, unless they want quiet or
// logs that are read by programs.
func (a *app) note(format string, args ...any) {
	if !a.quiet && a.logFormat != "json" {
		fmt.Fprintf(a.console, format+"\n", args...)
	}
}

// unknownValue is the fault of a flag or argument that is none of some values.
func unknownValue(what, value string, known []string) error {
	e := fault.New(fault.Usage, "%s is %q, expected %s", what, value, strings.Join(known, ", "))
	if near := fault.Nearest(value, known); near != "" {
		e.WithHint("did you mean %q?", near)
	}
	return e
}

// oneOf completes a flag or argument that is one of some values.
func oneOf(values ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
}

// outputFlag adds -o. The command checks the value with [checkOutput], or hands
// it to what knows the formats.
func outputFlag(cmd *cobra.Command, value *string, formats ...string) {
	cmd.Flags().StringVarP(value, "output", "o", formats[0], "how the result is written: "+strings.Join(formats, ", "))
	_ = cmd.RegisterFlagCompletionFunc("output", oneOf(formats...))
}

// checkOutput refuses formats that a command does not have.
func checkOutput(value string, formats ...string) error {
	for _, f := range formats {
		if value == f {
			return nil
		}
	}
	return unknownValue("--output", value, formats)
}
