package testenv

import (
	"errors"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// debianPrograms is where Debian's packages keep PostgreSQL's programs, a folder
// for each major version.
const debianPrograms = "/usr/lib/postgresql/*/bin"

// Postgres starts a PostgreSQL server with an empty database, as Atoll needs one:
// UTF-8 whose text compares byte by byte. It returns the URL to connect with, as
// the owner, until the test ends. Nothing of the server survives a crash.
func Postgres(t testing.TB) string {
	t.Helper()
	programs := postgresPrograms(t)
	dir, err := os.MkdirTemp("", "atoll-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as := account(t, dir)
	data := filepath.Join(dir, "data")
	create := exec.Command(filepath.Join(programs, "initdb"), "--pgdata="+data, "--username=atoll", "--auth=trust",
		"--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8", "--no-sync", "--no-instructions")
	create.SysProcAttr, create.Dir = as, dir
	if said, err := create.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, said)
	}
	server := exec.Command(filepath.Join(programs, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB")
	server.SysProcAttr, server.Dir = as, dir
	at := (&url.URL{Scheme: "postgres", Path: "/postgres", RawQuery: url.Values{"host": {dir}, "user": {"atoll"}}.Encode()}).String()
	stop := func() {
		if server.Process != nil {
			_ = server.Process.Signal(syscall.SIGINT) // ends its connections, too
		}
	}
	serve(t, server, stop, func() error {
		conn, err := pgx.Connect(t.Context(), at)
		if err == nil {
			err = conn.Close(t.Context())
		}
		return err
	})
	return at
}

// postgresPrograms is the folder of the newest server, which must be there.
func postgresPrograms(t testing.TB) string {
	t.Helper()
	if program, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(program)
	}
	newest, version := "", 0
	folders, _ := filepath.Glob(debianPrograms)
	for _, f := range folders {
		if n, err := strconv.Atoi(filepath.Base(filepath.Dir(f))); err == nil && n > version {
			newest, version = f, n
		}
	}
	if newest == "" {
		const missing = "PostgreSQL's server is missing: run tools/setup.sh, or install the package postgresql"
		if testing.Short() {
			t.Skip(missing)
		}
		t.Fatal(missing)
	}
	return newest
}

// account is who runs the server, which refuses to run as root: then it is the
// system's account for it, which is given the folder.
func account(t testing.TB, dir string) *syscall.SysProcAttr {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		t.Fatalf("PostgreSQL does not run as root, and there is no account for it: %v", err)
	}
	uid, badUID := strconv.ParseUint(u.Uid, 10, 32)
	gid, badGID := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(badUID, badGID, os.Chown(dir, int(uid), int(gid))); err != nil {
		t.Fatal(err)
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}
