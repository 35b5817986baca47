// Package schema describes columns and tables in Redshift's types.
//
// It is pure: no engine, no I/O. A [Type] is comparable with ==. Everything
// above uses it: projects declare it, the binder infers it, engines translate it.
package schema
