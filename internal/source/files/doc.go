// Package files is the source of kind "files": files in a folder of this
// machine, or objects in an object store of the S3 protocol.
//
// A table's files are those whose name below the source's url matches its
// pattern. Files and folders whose name begins with a dot, and files named
// *.tmp or *.part, are never a table's: they are for writers that rename a file
// when it is complete.
//
// A file in a folder is copied into the lake. It is settled, and lands, when it
// is complete by its format and did not change while it was copied; its age
// does not matter. An object is whole when it shows. It is referenced by
// version where its bucket keeps versions, and else by ETag, or copied if the
// source says so.
//
// Invariants:
//   - A candidate's version is another one after its content changed, also
//     where a writer kept the size and restored the time.
//   - What is read is the version that was landed, or a fault.
//   - A candidate's URI begins with the source's url as the project writes it,
//     so that a project folder can be moved.
package files
