package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write docs/cli.md anew")

// docs/cli.md is what the commands say of themselves.
func TestCommandsAreDocumented(t *testing.T) {
	const page = "../../docs/cli.md"
	root := newApp(strings.NewReader(""), io.Discard, io.Discard).command(nil)
	var b strings.Builder
	b.WriteString("# The command line\n\nThis page is what `atoll --help` and its kin say; a test holds it to them. How a command ends is in\n[exit-codes.md](exit-codes.md).\n")
	describe(&b, root)
	for _, c := range root.Commands() {
		describe(&b, c)
	}
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(page)
	if err != nil || string(text) != b.String() {
		t.Errorf("docs/cli.md is not what the commands say (%v); run go test ./cmd/atoll -run Documented -update", err)
	}
}

func describe(b *strings.Builder, c *cobra.Command) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n", c.CommandPath(), strings.ReplaceAll(strings.TrimSpace(c.Long), "\n  ", "\n    "))
	fmt.Fprintf(b, "\n```\n%s\n```\n", c.UseLine())
	if c.Example != "" {
		fmt.Fprintf(b, "\nFor example:\n\n```sh\n%s\n```\n", strings.ReplaceAll(strings.TrimPrefix(c.Example, "  "), "\n  ", "\n"))
	}
	flags := c.LocalFlags()
	if !flags.HasAvailableFlags() {
		return
	}
	b.WriteString("\n| flag | |\n|---|---|\n")
	flags.VisitAll(func(f *pflag.Flag) {
		name := "`--" + f.Name + "`"
		if f.Shorthand != "" {
			name = "`-" + f.Shorthand + "`, " + name
		}
		usage := f.Usage
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			usage += " (default `" + f.DefValue + "`)"
		}
		fmt.Fprintf(b, "| %s | %s |\n", name, usage)
	})
}
