// Package enginetest holds tests only: DuckDB itself reads what package print
// prints for it. It stands apart because linking the engine takes long.
package enginetest
