package warehouse

import (
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
)

func TestSystemTables(t *testing.T) {
	files := SystemTables()[0]
	if files.Name.String() != "atoll.files" || len(files.Columns) == 0 {
		t.Errorf("the ledger is %s with %d columns", files.Name, len(files.Columns))
	}
	if c, ok := files.Column("modified"); !ok || c.Type.Kind != schema.Timestamp {
		t.Errorf("atoll.files.modified is %s", c.Type)
	}
	if got := Tables()[3]; !strings.HasPrefix(got, "CREATE TABLE IF NOT EXISTS atoll.rejects (batch bigint, file_id integer, table_name varchar(255),") {
		t.Error(got)
	}
	SystemTables()[0] = nil
	if SystemTables()[0] == nil {
		t.Error("the list is not the caller's own")
	}
}
