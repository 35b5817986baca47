package duckdb

import (
	"context"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

func (t *tx) loadParquet(ctx context.Context, l warehouse.Load) (warehouse.LoadResult, error) {
	return warehouse.LoadResult{}, fault.New(fault.Unsupported, "parquet")
}
