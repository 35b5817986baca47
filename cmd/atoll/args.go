package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/fault"
)

// one is the rule of a command that takes the one argument its usage names.
func one(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		_, name, _ := strings.Cut(cmd.Use, " ")
		return fault.New(fault.Usage, "%s is missing", name).WithHint("write atoll %s", cmd.Use)
	}
	return atMostOne(cmd, args)
}

// atMostOne is the rule of a command whose one argument may be left out. Two are
// often one whose quotes were forgotten.
func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fault.New(fault.Usage, "%q is one argument too many", args[1]).
			WithHint("write atoll %s, and quotes around what holds spaces", cmd.Use)
	}
	return nil
}

// none is the rule of a command that takes no argument. What atoll run is given is
// a selector.
func none(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := fault.New(fault.Usage, "%q is one argument too many", args[0]).WithHint("write %s", cmd.CommandPath())
	if cmd.Flags().Lookup("select") != nil {
		e.WithHint("write %s --select %q", cmd.CommandPath(), strings.Join(args, " "))
	}
	return e
}

// commentAsFlag explains an unknown flag that is the comment SQL begins with.
func commentAsFlag(_ *cobra.Command, err error) error {
	if flag, unknown := strings.CutPrefix(err.Error(), "unknown flag: "); unknown && strings.ContainsAny(flag, " \t\n") {
		return fault.New(fault.Usage, "SQL that begins with a comment reads like a flag").
			WithHint(`write -- before it: atoll query -- "..."`)
	}
	return err
}
