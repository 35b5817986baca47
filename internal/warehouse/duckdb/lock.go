package duckdb

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/atolldata/atoll/internal/fault"
)

// holder is who holds a warehouse, as its lock file tells others.
type holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// lock is an advisory lock on the file beside the warehouse. The kernel gives
// it up when the process ends, however it ends, so nothing stale is left; the
// file itself stays, because removing it would race with the next holder.
type lock struct{ file *os.File }

// lockFile takes the lock, or returns a fault of code Busy that names its holder.
func lockFile(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Wrap(err, fault.Engine, "cannot open the warehouse's lock file").
			WithHint("check that the folder exists and can be written")
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		defer f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fault.Wrap(err, fault.Engine, "cannot lock the warehouse's lock file %q", path)
		}
		return nil, busy(f)
	}
	l := &lock{file: f}
	if err := l.sign(); err != nil {
		l.release()
		return nil, fault.Wrap(err, fault.Engine, "cannot write the warehouse's lock file %q", path)
	}
	return l, nil
}

// sign writes who holds the lock.
func (l *lock) sign() error {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	text, err := json.Marshal(holder{PID: os.Getpid(), Host: host, Command: command(), Since: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err = l.file.WriteAt(text, 0)
	return err
}

// command is the program and its subcommand. Arguments stay out of it: they may
// hold what others need not know (I5).
func command() string {
	words := []string{filepath.Base(os.Args[0])}
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		words = append(words, os.Args[1])
	}
	return strings.Join(words, " ")
}

// busy is the fault that names the holder of a lock file. The file may be empty
// for a moment, between the lock and the signature.
func busy(f *os.File) error {
	e := fault.New(fault.Busy, "the warehouse is held by another process").
		WithHint("wait until it is done, or stop it")
	text, err := io.ReadAll(io.LimitReader(f, 4096))
	var h holder
	if err == nil && json.Unmarshal(text, &h) == nil {
		e.Message = fmt.Sprintf("the warehouse is held by process %d on %s: %q, since %s",
			h.PID, h.Host, h.Command, h.Since.Format(time.DateTime+" MST"))
	}
	return e
}

// release gives the lock up. It may be called on nil.
func (l *lock) release() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}
