// Package project reads and validates a project folder into plain structs.
//
// A project is a folder with atoll.yaml, sources/*.yaml and models/**/*.sql (or
// .dpl). [Load] reads all of it and returns either a [Project] that later
// stages need not doubt, or a [fault.List] with every mistake of every file,
// each with its position and what to do. What a model's SQL means is not known
// here: internal/compile reads it.
//
// Words: a source has tables; a table's columns are declared, never guessed; a
// model's header is the comment above its SQL that holds "@key value" lines.
//
// Invariants:
//   - One description serves three readers: the tags on the structs drive the
//     strict YAML decoder, its defaults and the JSON Schema.
//   - Loading reads nothing but the folder: no environment, no secret, no
//     network. A [Secret] is resolved when it is used.
//   - Names are folded to lower case, as Redshift folds identifiers.
//   - Everything is sorted, so that the same folder gives the same structs.
package project
