package main

import (
	"path"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

// model finds a model that is whole, whatever is wrong with others. Of one that is
// not, the error is what is wrong with it and what it reads.
func (a *app) model(name string) (*compile.Node, error) {
	_, graph, faults := pipeline.Compile(a.dir)
	if graph == nil {
		return nil, faults
	}
	n, err := graph.View(name)
	if err != nil {
		// The graph has no model whose header is wrong.
		return nil, orAll(faultsIn(name, fault.All(faults)), err)
	}
	if n.Bound != nil {
		return n, nil
	}
	return nil, orAll(faultsBelow(n, map[*compile.Node]bool{}), faults)
}

// orAll is a list of faults, or another error where it is empty.
func orAll(list fault.List, otherwise error) error {
	if len(list) == 0 {
		return otherwise
	}
	list.Sort()
	return list
}

// faultsIn are the faults in the file that gives a view its name, NAME or
// SCHEMA.NAME.
func faultsIn(name string, all fault.List) fault.List {
	return slices.DeleteFunc(all, func(e *fault.Error) bool {
		folder, file := path.Split(e.Pos.File)
		short := strings.TrimSuffix(file, path.Ext(file))
		return !strings.EqualFold(name, short) && !strings.EqualFold(name, path.Base(folder)+"."+short)
	})
}

// faultsBelow are the faults of a model and of those that it reads, at any distance.
func faultsBelow(n *compile.Node, seen map[*compile.Node]bool) (list fault.List) {
	if seen[n] {
		return nil
	}
	seen[n] = true
	list = append(list, n.Faults...)
	for _, up := range n.Upstream {
		list = append(list, faultsBelow(up, seen)...)
	}
	return list
}
