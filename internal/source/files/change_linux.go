package files

import (
	"io/fs"
	"syscall"
)

// changeTime is when a file's content or metadata last changed, in nanoseconds,
// and its inode; ok is false where the file system does not say.
func changeTime(info fs.FileInfo) (changed int64, inode uint64, ok bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return stat.Ctim.Nano(), stat.Ino, true
}
