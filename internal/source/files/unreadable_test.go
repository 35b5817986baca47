package files

import (
	"io/fs"
	"syscall"
	"testing"
)

func TestUnreadableSaysWhatToDo(t *testing.T) {
	for err, want := range map[error]string{
		syscall.EACCES: `cannot read "file://data/a.json": permission denied (let the user who runs atoll read it, for example with chmod)`,
		syscall.ENOENT: `cannot read "file://data/a.json": no such file or directory (check that it is still there; a file that returns is read by the next run)`,
		syscall.EIO:    `cannot read "file://data/a.json": input/output error`,
	} {
		got := unreadable(&fs.PathError{Op: "open", Path: "/secret/place", Err: err}, "file://data/a.json")
		if got.Error() != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}
