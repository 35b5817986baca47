// Command atoll is a data warehouse that keeps itself current.
//
// There is one file per command: its options, its flags and what it does. What
// the commands share is in root.go (flags, logs), exit.go (exit codes),
// console.go and progress.go (what is shown while work goes on). Results go to
// standard output, all else to standard error.
//
// docs/cli.md and docs/exit-codes.md describe the commands for users; tests hold
// both to the code. testdata/script has a script for each command and outcome.
package main
