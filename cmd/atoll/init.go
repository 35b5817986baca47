package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/example"
	"github.com/atolldata/atoll/internal/fault"
)

// exampleSeed makes the examples' data the same everywhere.
const exampleSeed = 1

type initOptions struct {
	dir     string
	example string
	rows    int
}

func (a *app) initCommand() *cobra.Command {
	var o initOptions
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "Make an example project with data",
		Long: `Make an example project with data in DIR, which must be new or empty. The same
example and size give the same data everywhere.`,
		Example: `  atoll init shop --example sms
  atoll init bots --example chat --rows 1000000`,
		Args:              one,
		ValidArgsFunction: dirs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.dir = args[0]
			if cmd.Flags().Changed("rows") && o.rows < 1 {
				return fault.New(fault.Usage, "--rows is %d, expected a number from 1", o.rows)
			}
			return a.init(o)
		},
	}
	cmd.Flags().StringVar(&o.example, "example", "", "which example: "+strings.Join(example.Names(), ", "))
	cmd.Flags().IntVar(&o.rows, "rows", 0, "the rows of the example's main table (default: as many as load in seconds)")
	_ = cmd.RegisterFlagCompletionFunc("example", oneOf(example.Names()...))
	return cmd
}

// dirs completes folders.
func dirs(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveFilterDirs
}

func (a *app) init(o initOptions) error {
	if o.example == "" {
		return fault.New(fault.Usage, "--example is missing").
			WithHint("the examples are %s", strings.Join(example.Names(), ", "))
	}
	if err := example.Create(o.dir, o.example, o.rows, exampleSeed); err != nil {
		return err
	}
	a.note("made the example %s in %s", o.example, o.dir)
	a.note("next: atoll -C %s run", o.dir)
	return nil
}
