// Package enginetest holds tests only: the engines themselves, DuckDB and
// PostgreSQL, read what package print prints for them. It stands apart because
// linking and starting them takes long.
package enginetest
