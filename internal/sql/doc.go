// Package sql is the root of Atoll's one understanding of SQL. It holds no code;
// its packages are the steps that every model and every client query goes
// through:
//
//	text --parse--> ast --bind--> typed, resolved ast --lower--> engine's ast --print--> text
//
// Package token has the words of the language, ast the tree with a position on
// every node. Package parse turns Redshift's SQL into the tree, or into errors
// with a position and a hint; bind resolves its names and finds its types; lower
// turns Redshift's meaning into what an engine can say, with functions of package
// scalar where it can say nothing; print writes the tree as text again, for
// Redshift or for an engine.
//
// What the parser does not know is a syntax error; no text passes through
// unseen, because grants and lineage are read off the tree.
package sql
