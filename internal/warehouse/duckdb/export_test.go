package duckdb

// LookUpAll makes lookups look for islands however small the relation is.
func (w *Warehouse) LookUpAll() { w.islandRows = 0 }
