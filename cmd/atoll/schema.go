package main

import (
	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/project"
)

func (a *app) schemaCommand() *cobra.Command {
	files := []string{project.AtollFile, project.SourceFile}
	return &cobra.Command{
		Use:   "schema [atoll|source]",
		Short: "Print the JSON Schema of a project's YAML files",
		Long: `Print the JSON Schema of atoll.yaml (the default) or of the files in sources/.
Editors that know it complete and check these files.`,
		Example:           `  atoll schema source > .atoll/source.schema.json`,
		Args:              atMostOne,
		ValidArgsFunction: oneOf(files...),
		RunE: func(_ *cobra.Command, args []string) error {
			file := project.AtollFile
			if len(args) > 0 {
				file = args[0]
			}
			text, err := project.JSONSchema(file)
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}
}
