package warehouse_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/warehouse"
)

// TestDocumentedTables holds docs/format/warehouse.md to the tables that there are.
func TestDocumentedTables(t *testing.T) {
	var real []string
	for _, table := range warehouse.SystemTables() {
		for _, c := range table.Columns {
			real = append(real, table.Name.String()+" "+c.Name+" "+c.Type.String())
		}
	}
	text, err := os.ReadFile("../../docs/format/warehouse.md")
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	table := ""
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			table = strings.TrimSpace(strings.TrimPrefix(line, "### "))
		}
		cells := strings.Split(line, "|")
		if !strings.HasPrefix(table, "atoll.") || len(cells) < 4 || strings.HasPrefix(cells[1], "---") || cells[1] == " column " {
			continue
		}
		documented = append(documented, table+" "+strings.TrimSpace(cells[1])+" "+strings.TrimSpace(cells[2]))
	}
	if !slices.Equal(real, documented) {
		t.Errorf("there are\n%s\n\nthe page says\n%s", strings.Join(real, "\n"), strings.Join(documented, "\n"))
	}
}
