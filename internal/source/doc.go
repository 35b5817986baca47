// Package source says what a source is: a place that data comes from. Whatever
// its kind, it produces lake files; nothing else enters the warehouse.
//
// Kinds are subpackages; package all knows them, and sourcetest holds the suite
// that they pass. docs/sources.md is for users.
package source
