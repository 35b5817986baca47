package duckdb

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/duckdb/duckdb-go/v2"
	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/decode"
	"github.com/atolldata/atoll/internal/schema"
)

// columnSource is a table function with one column.
type columnSource struct {
	column *decode.Column
	n      int
	given  bool
}

func (s *columnSource) ColumnInfos() []duckdb.ColumnInfo {
	return []duckdb.ColumnInfo{{Name: "x", T: feedType(s.column.Type)}}
}
func (s *columnSource) Cardinality() *duckdb.CardinalityInfo { return nil }
func (s *columnSource) Init()                                {}

func (s *columnSource) FillChunk(chunk duckdb.DataChunk) error {
	if s.given {
		return chunk.SetSize(0)
	}
	s.given = true
	raw, position, err := rawChunk(&chunk)
	if err != nil {
		return err
	}
	var scratch []byte
	chunkVector(raw, position[0]).put(s.column, s.n, &scratch)
	for i := range scratch {
		scratch[i] = '!' // the engine must have its own copy
	}
	return chunk.SetSize(s.n)
}

// TestTextsInVectors reads back what putStrings wrote, of any lengths, with NULLs,
// after the memory it was written from has changed (the driver's own way of
// reading is the judge). It also fails if a version of the driver keeps its
// chunks elsewhere.
func TestTextsInVectors(t *testing.T) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var source *columnSource
	err = duckdb.RegisterTableUDF(conn, "texts", duckdb.ChunkTableFunction{
		BindArguments: func(map[string]any, ...any) (duckdb.ChunkTableSource, error) { return source, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Ptr(rapid.StringN(-1, 20, 60), true), 1, 300).Draw(t, "texts")
		if rapid.Bool().Draw(t, "stretch") {
			for i, s := range want {
				if s != nil && i%3 == 0 {
					*s = strings.Repeat(*s, 50)
				}
			}
		}
		column := &decode.Column{Type: schema.Type{Kind: schema.Varchar}, Bytes: make([][]byte, len(want)), Valid: make([]uint64, decode.BatchRows/64)}
		for i, s := range want {
			column.Bytes[i] = []byte("what an earlier row left")
			if s == nil {
				column.HasNull = true
				continue
			}
			column.Bytes[i] = []byte(*s)
			column.Valid[i/64] |= 1 << (i % 64)
		}
		source = &columnSource{column: column, n: len(want)}
		rows, err := conn.QueryContext(context.Background(), `SELECT x, encode(x) FROM texts()`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		i := 0
		for ; rows.Next(); i++ {
			var text *string
			var raw []byte
			if err := rows.Scan(&text, &raw); err != nil {
				t.Fatal(err)
			}
			switch {
			case (text == nil) != (want[i] == nil):
				t.Fatalf("row %d: %v", i, text)
			case text != nil && (*text != *want[i] || !bytes.Equal(raw, []byte(*want[i]))):
				t.Fatalf("row %d: %q, want %q", i, *text, *want[i])
			}
		}
		if i != len(want) {
			t.Fatalf("%d rows of %d, error %v", i, len(want), rows.Err())
		}
	})
}
