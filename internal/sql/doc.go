// Package sql is the root of Atoll's one understanding of SQL. It holds no code;
// its packages are the steps that every model and every client query goes
// through:
//
//		text --parse--> ast --bind--> typed, resolved ast --lower--> engine's ast --print--> text
//
//	  - [github.com/atolldata/atoll/internal/sql/token] has the words of the
//	    language: tokens, reserved words, precedences.
//	  - [github.com/atolldata/atoll/internal/sql/ast] has the tree, with a position
//	    on every node.
//	  - [github.com/atolldata/atoll/internal/sql/parse] turns Redshift's SQL into
//	    the tree, or into errors with a position and a hint.
//	  - [github.com/atolldata/atoll/internal/sql/print] turns the tree into text
//	    again, for Redshift or for an engine.
//
// What the parser does not know is a syntax error; no text passes through
// unseen, because grants and lineage are read off the tree.
package sql
