package parse_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// The parts of statements that administer have places of their own, and every
// expression, query and type in them is reached.
func TestAdministrationPositions(t *testing.T) {
	for text, want := range map[string]string{
		"grant select (a, b), update on table s.t, u to bob with grant option, role r": "Privilege select (a, b)|" +
			"Privilege update|Securable table s.t, u|Word table|Grantee bob with grant option|Word grant|Grantee role r|Word role",
		"revoke select on t from public": "Privilege select|Securable t|Word |Grantee public|Word public",
		"copy t from 's3://x' format as csv delimiter as ';' iam_role default job create j auto on": "StringLit 's3://x'|" +
			"Option format as csv|Option delimiter as ';'|StringLit ';'|Option iam_role default|Word default|" +
			"CopyJob job create j auto on|Word create|Word on",
		"create user bob with password 'x' in group a, b connection limit 5": "Option password 'x'|Secret 'x'|" +
			"Option in group a, b|List a, b|NameValue a|NameValue b|Option connection limit 5|NumberLit 5",
		"create function f(in x int, varchar(9)) returns date stable as $$ y $$ language sql": "Routine f(in x int, varchar(9))|" +
			"Argument in x int|Word in|TypeName int|Argument varchar(9)|TypeName varchar(9)|TypeName date|Word stable|StringLit $$ y $$",
		"prepare p (int) as select $1":               "TypeName int|Query select $1|Select select $1|SelectItem $1|Param $1",
		"explain verbose select a":                   "Query select a|Select select a|SelectItem a|ColumnRef a",
		"call p(a + 1)":                              "FuncCall p(a + 1)|Binary a + 1|ColumnRef a|NumberLit 1",
		"set x to -1.5, on, y":                       "Unary -1.5|NumberLit 1.5|Word on|NameValue y",
		"show tables from schema s like 'x' limit 3": "Word tables|Word schema|StringLit 'x'|NumberLit 3",
		"create masking policy m with (a char(3)) using (b || 'c')": "Argument a char(3)|TypeName char(3)|Binary b || 'c'|" +
			"ColumnRef b|StringLit 'c'",
	} {
		list, err := parse.Statements(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		checkSpans(t, text, list[0])
		var got []string
		ast.Inspect(list[0], func(n ast.Node) bool {
			got = append(got, strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast.")+" "+text[n.Pos():n.End()])
			return true
		})
		if s := strings.Join(slices.Delete(got, 0, 1), "|"); s != want {
			t.Errorf("%s: parts are\n%s\nwant\n%s", text, s, want)
		}
	}
}

// Spellings that mean the same make the same tree.
func TestSpellingsOfStatements(t *testing.T) {
	for text, same := range map[string]string{
		"start transaction":                               "begin work",
		"end transaction":                                 "commit",
		"abort":                                           "rollback transaction",
		"rollback to x":                                   "rollback to savepoint x",
		"release x":                                       "release savepoint x",
		"fetch 10 in c":                                   "fetch forward 10 from c",
		"fetch forward from c":                            "fetch next from c",
		"fetch forward all from c":                        "fetch all from c",
		"deallocate prepare p":                            "deallocate p",
		"set x = y":                                       "set x to y",
		"set time zone 'UTC'":                             "set timezone to 'UTC'",
		"show time zone":                                  "show timezone",
		"describe datashare d":                            "desc datashare d",
		"lock a, b":                                       "lock table a, b",
		"grant all privileges on t to x":                  "grant all on table t to x",
		"grant temp on database d to x":                   "grant temporary on database d to x",
		"grant role a, b to x":                            "grant role a, role b to x",
		"create group g user u":                           "create group g with user u",
		"copy t from 'x' format as csv quote '\"'":        "copy t from 'x' csv quote as '\"'",
		"copy t from 'x' with credentials as 'y'":         "copy t from 'x' credentials 'y'",
		"copy t from 'x' statupdate true":                 "copy t from 'x' statupdate on",
		"unload ('select ''a''') to 'x'":                  "unload ($$ SELECT 'a' $$) to 'x'",
		"create procedure p(x out int) as 'b' language l": "create procedure p(out x int) language l as $$b$$",
		"alter datashare d set publicaccessible true":     "alter datashare d set publicaccessible = true",
	} {
		a, err := parse.Statements(text)
		b, sameErr := parse.Statements(same)
		if err != nil || sameErr != nil || !ast.Equal(a[0], b[0]) {
			t.Errorf("%q and %q are not the same: %v, %v", text, same, err, sameErr)
		}
	}
	for text, other := range map[string]string{
		"copy t from 'x' credentials 'a'":            "copy t from 'x' credentials 'b'",
		"fetch next from c":                          "fetch forward 1 from c",
		"drop procedure p":                           "drop procedure p()",
		"alter function f owner to \"session_user\"": "alter function f owner to session_user",
	} {
		a, err := parse.Statements(text)
		b, otherErr := parse.Statements(other)
		if err != nil || otherErr != nil || ast.Equal(a[0], b[0]) {
			t.Errorf("%q and %q are the same: %v, %v", text, other, err, otherErr)
		}
	}
}
