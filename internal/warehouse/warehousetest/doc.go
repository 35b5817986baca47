// Package warehousetest holds the suite that every engine behind
// [warehouse.Warehouse] passes: what loads, refreshes and transactions promise,
// whatever the engine. An engine's own test calls [Run].
package warehousetest
