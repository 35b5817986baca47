package main

import (
	"context"
	"errors"

	"github.com/atolldata/atoll/internal/fault"
)

// The exit codes. They are stable; docs/exit-codes.md says what they mean.
const (
	exitDone        = 0
	exitPartly      = 1
	exitUsage       = 2
	exitInvalid     = 3
	exitBusy        = 4
	exitUnavailable = 5
	exitDefect      = 70  // EX_SOFTWARE of sysexits(3)
	exitInterrupted = 130 // as shells report a process that SIGINT ended
)

// exitCodes says how the process ends for each class of fault.
var exitCodes = map[fault.Code]int{
	fault.Data:        exitPartly,
	fault.View:        exitPartly,
	fault.Usage:       exitUsage,
	fault.Config:      exitInvalid,
	fault.Syntax:      exitInvalid,
	fault.Name:        exitInvalid,
	fault.Type:        exitInvalid,
	fault.Unsupported: exitInvalid,
	fault.Cycle:       exitInvalid,
	fault.Denied:      exitInvalid,
	fault.Busy:        exitBusy,
	fault.Source:      exitUnavailable,
	fault.Engine:      exitUnavailable,
	fault.Internal:    exitDefect,
}

// errPartly ends a command that has reported what failed and kept what did not.
var errPartly = errors.New("something failed, and was reported")

// exitCode is the exit code for what a command returned: of several faults, the
// highest.
func exitCode(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errPartly):
		return exitPartly
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	code := exitDone
	for _, e := range fault.All(err) {
		code = max(code, exitCodes[e.Code])
	}
	return code
}
