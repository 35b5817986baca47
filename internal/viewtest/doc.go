// Package viewtest is a small language for what views must hold after each
// refresh, and what runs it. README.md teaches the language.
//
// Words: a case declares tables and views, and then takes steps: it loads,
// changes and deletes rows, and refreshes. A table's rows are in files, each
// under a name; rows change by a new version of the file that holds them, which
// is how they change in a project.
//
// A case runs as a real project in a folder of its own, through
// internal/pipeline and the embedded engine. After each refresh every view is
// compared with what its query returns (invariant I2), whether or not the case
// says what to expect.
package viewtest
