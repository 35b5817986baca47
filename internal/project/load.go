package project

import "io/fs"

// Load reads the project folder dir. The error is a [fault.List] with every
// mistake of every file; positions are relative to the folder.
func Load(dir string) (*Project, error) { return nil, nil }

// LoadFS is [Load] over any file system that holds the project at its root.
func LoadFS(fsys fs.FS) (*Project, error) { return nil, nil }
