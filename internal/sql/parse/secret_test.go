package parse_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// No fault shows a password or a key, wherever in its statement the mistake is.
func TestFaultsShowNoSecret(t *testing.T) {
	good := []string{
		"create user ana password 'hunter2' createdb",
		"create user ana with password 'md5hunter2' in group a, b",
		"alter user ana password E'hunter2' valid until 'infinity'",
		"alter user ana password $$hunter2$$",
		"copy t from 's3://lake/' access_key_id as 'AKhunter2' secret_access_key 'hunter2' session_token 'hunter2' csv",
		"copy t from 's3://lake/' with credentials as 'aws_secret_access_key=hunter2' gzip",
		"copy t from 's3://lake/' iam_role default master_symmetric_key 'hunter2' encrypted",
		"unload ('select 1') to 's3://out/' credentials 'aws_secret_access_key=hunter2' parallel off",
		"create library l language plpythonu from 's3://lake/l.zip' credentials 'hunter2' region 'eu-west-1'",
	}
	count := 0
	for _, text := range good {
		if _, err := parse.Statements(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		for _, bad := range damaged(text) {
			_, err := parse.Statements(bad)
			_, queryErr := parse.Query(bad)
			_, secondErr := parse.Query("select 1; " + bad)
			for _, err := range []error{err, queryErr, secondErr} {
				for _, f := range fault.All(err) {
					count++
					data, _ := json.Marshal(f)
					if shown := f.Pretty() + f.Error() + string(data); strings.Contains(shown, "hunter2") {
						t.Fatalf("%q shows the secret:\n%s", bad, shown)
					}
				}
			}
		}
	}
	if count < 300 {
		t.Errorf("only %d faults were looked at", count)
	}
}

// damaged is a text with each of its words in turn misspelt, left out, doubled or
// followed by something else.
func damaged(text string) []string {
	words := strings.Split(text, " ")
	var out []string
	for i, w := range words {
		with := func(put ...string) {
			all := append(append(append([]string{}, words[:i]...), put...), words[i+1:]...)
			out = append(out, strings.Join(all, " "))
		}
		with()
		with(w, w)
		with(w, ",")
		with(w + ";")
		if !strings.Contains(w, "hunter2") {
			with(w + "x")
			with(w, "\n")
			continue
		}
		with(strings.ReplaceAll(w, "'", `"`))
		with(strings.ReplaceAll(w, "'", "`"))
		with(strings.ReplaceAll(w, "'", ""))
		with(strings.ReplaceAll(w, "'", "’"))
		with(strings.TrimSuffix(w, "'"))
		with(strings.TrimPrefix(w, "'"))
		with(strings.Replace(w, "hunter2", "a'hunter2", 1))
		with(strings.Replace(w, "hunter2", "hunter2\n", 1))
	}
	return out
}

// A secret prints its value only when asked for it.
func TestSecretIsNotFormatted(t *testing.T) {
	list, err := parse.Statements("create user ana password 'hunter2'")
	if err != nil {
		t.Fatal(err)
	}
	secret := list[0].(*ast.CreateUser).Options[0].Value.(*ast.Secret)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, secret); got != "'***'" {
			t.Errorf("%s gives %s", verb, got)
		}
	}
	if data, err := json.Marshal(list[0]); err != nil || strings.Contains(string(data), "hunter2") {
		t.Errorf("JSON is %s, %v", data, err)
	}
	if secret.Reveal() != "hunter2" {
		t.Errorf("the value is %q", secret.Reveal())
	}
}

// The nodes of UNLOAD's query have their places in the whole statement, through
// quotes, escapes, line breaks and strings that continue each other.
func TestUnloadPositions(t *testing.T) {
	for name, text := range map[string]string{
		"quoted":    "UNLOAD ('SELECT ''x'', alpha, ü FROM t WHERE beta > 1') TO 's3://o/'",
		"escaped":   `UNLOAD ('SELECT \'x\',\n alpha, ü FROM t WHERE\tbeta > 1') TO 's3://o/'`,
		"prefixed":  `unload (E'select \'\\\\\', alpha, ü from t where beta > 1') to 's3://o/'`,
		"dollars":   "UNLOAD ($$\nSELECT 'x', alpha, ü FROM t WHERE beta > 1\n$$) TO 's3://o/'",
		"tagged":    "UNLOAD ($q$ SELECT '$$', alpha, ü FROM t WHERE beta > 1 $q$) TO 's3://o/'",
		"continued": "UNLOAD ('SELECT 1, alpha,'\n  ' ü FROM t WHERE'\n ' beta > 1') TO 's3://o/'",
	} {
		list, err := parse.Statements(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkSpans(t, text, list[0])
		var got []string
		ast.Inspect(list[0], func(n ast.Node) bool {
			switch n.(type) {
			case *ast.ColumnRef, *ast.Binary:
				got = append(got, text[n.Pos():n.End()])
			}
			return true
		})
		if s := strings.Join(got, "|"); s != "alpha|ü|beta > 1|beta" {
			t.Errorf("%s: nodes are at %q", name, s)
		}
	}
	text := "select 1;\nunload ('select a\nfrm t')\nto 's3://o/' csv; select 2,"
	list, err := parse.Statements(text)
	var places []string
	for _, f := range fault.All(err) {
		places = append(places, f.Pos.String())
	}
	if got := strings.Join(places, " "); got != "3:5 4:28" || len(list) != 1 {
		t.Errorf("faults are at %s, %d statements are right: %v", got, len(list), err)
	}
}

// Parameters stand where statements take values; who binds one refuses it.
func TestParametersOfPreparedStatements(t *testing.T) {
	list, err := parse.Statements("prepare p (int) as select a from t where b = $1 limit $2")
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	ast.Inspect(list[0], func(n ast.Node) bool {
		if p, ok := n.(*ast.Param); ok {
			numbers = append(numbers, p.Number)
		}
		return true
	})
	if fmt.Sprint(numbers) != "[1 2]" {
		t.Errorf("parameters are %v", numbers)
	}
}
