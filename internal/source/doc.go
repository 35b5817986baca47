// Package source says what a source is: a place that data comes from. Whatever
// its kind, it produces lake files; nothing else enters the warehouse.
//
// Kinds are subpackages; registry.go lists them.
package source
