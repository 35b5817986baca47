package schema

import (
	"fmt"
	"strings"
)

// Column is a named, typed column of a table or view.
type Column struct {
	Name string `json:"name"`
	Type Type   `json:"type"`
}

// Weight is the column of signed rows that says whether they came (1) or left
// (-1).
const Weight = "_w"

// Name is a relation's name. Both parts are folded to lower case, as Redshift
// folds identifiers, unless the user's database says otherwise.
type Name struct {
	Schema string
	Name   string
}

// ParseName splits "schema.name".
func ParseName(s string) (Name, bool) {
	schema, name, ok := strings.Cut(s, ".")
	return Name{Schema: schema, Name: name}, ok && schema != "" && name != ""
}

// String prints schema.name.
func (n Name) String() string {
	if n.Schema == "" {
		return n.Name
	}
	return n.Schema + "." + n.Name
}

// Compare orders names by schema, then name.
func (n Name) Compare(o Name) int {
	if c := strings.Compare(n.Schema, o.Schema); c != 0 {
		return c
	}
	return strings.Compare(n.Name, o.Name)
}

// Table is a relation's shape: its name and its user-visible columns, in order.
type Table struct {
	Name    Name
	Columns []Column
}

// Column finds a column by name.
func (t *Table) Column(name string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}

// ColumnNames lists the names of the columns, in order.
func (t *Table) ColumnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// Equal reports the same columns in the same order.
func (t *Table) Equal(o *Table) bool {
	if len(t.Columns) != len(o.Columns) {
		return false
	}
	for i, c := range t.Columns {
		if c != o.Columns[i] {
			return false
		}
	}
	return true
}

// MarshalText prints schema.name, for JSON.
func (n Name) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads schema.name.
func (n *Name) UnmarshalText(text []byte) error {
	name, ok := ParseName(string(text))
	if !ok {
		return fmt.Errorf("the relation %q is not schema.name", text)
	}
	*n = name
	return nil
}
