package ast_test

import (
	"fmt"
	goast "go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

func column(parts ...string) *ast.ColumnRef { return &ast.ColumnRef{Name: ast.NewName(parts...)} }

func number(text string) *ast.NumberLit { return &ast.NumberLit{Text: text} }

// fill returns a node of a type in which every slot that can hold a node holds
// one, down to a depth.
func fill(t reflect.Type, depth int) reflect.Value {
	v := reflect.New(t)
	fillStruct(v.Elem(), depth)
	return v
}

var (
	exprType  = reflect.TypeFor[ast.Expr]()
	bodyType  = reflect.TypeFor[ast.Body]()
	tableType = reflect.TypeFor[ast.TableExpr]()
	nodeType  = reflect.TypeFor[ast.Node]()

	elementType = reflect.TypeFor[ast.TableElement]()
	actionType  = reflect.TypeFor[ast.AlterAction]()
	sourceType  = reflect.TypeFor[ast.DatabaseSource]()

	statementType = reflect.TypeFor[ast.Statement]()
)

func fillStruct(v reflect.Value, depth int) {
	for i := range v.NumField() {
		f := v.Field(i)
		switch {
		case f.Kind() == reflect.Slice && isNode(f.Type().Elem()):
			f.Set(reflect.Append(f, child(f.Type().Elem(), depth), child(f.Type().Elem(), depth)))
		case isNode(f.Type()):
			f.Set(child(f.Type(), depth))
		case f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[ast.Span]():
			fillStruct(f, depth)
		}
	}
}

func isNode(t reflect.Type) bool {
	return t.Implements(nodeType) && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface)
}

func child(t reflect.Type, depth int) reflect.Value {
	switch t {
	case exprType:
		return reflect.ValueOf(column("a"))
	case bodyType:
		return reflect.ValueOf(&ast.Select{})
	case elementType:
		return reflect.ValueOf(&ast.TableLike{Table: ast.NewName("t")})
	case statementType:
		return reflect.ValueOf(&ast.Truncate{Table: ast.NewName("t")})
	case sourceType:
		return reflect.ValueOf(&ast.FromArn{})
	case actionType:
		return reflect.ValueOf(&ast.RenameTo{Name: ast.Ident{Name: "t"}})
	case tableType:
		return reflect.ValueOf(&ast.TableName{Name: ast.NewName("t")})
	}
	if depth == 0 {
		return reflect.New(t.Elem())
	}
	return fill(t.Elem(), depth-1)
}

// kinds are all node kinds.
var kinds = []ast.Node{
	&ast.Query{}, &ast.With{}, &ast.CTE{}, &ast.SetOp{}, &ast.Values{}, &ast.Select{}, &ast.SelectItem{},
	&ast.GroupBy{}, &ast.OrderItem{}, &ast.WindowDef{}, &ast.WindowSpec{}, &ast.Frame{},
	&ast.TableName{}, &ast.Subquery{}, &ast.TableFunc{}, &ast.SuperTable{}, &ast.Join{}, &ast.Pivot{}, &ast.Unpivot{},
	&ast.ColumnRef{}, &ast.Star{}, &ast.NumberLit{}, &ast.StringLit{}, &ast.BoolLit{}, &ast.NullLit{},
	&ast.TypedLit{}, &ast.IntervalLit{}, &ast.Param{}, &ast.DatePart{}, &ast.Unary{}, &ast.Binary{}, &ast.Is{},
	&ast.IsDistinct{}, &ast.Between{}, &ast.InList{}, &ast.InQuery{}, &ast.Like{}, &ast.Exists{},
	&ast.Quantified{}, &ast.ScalarQuery{}, &ast.Case{}, &ast.When{}, &ast.Cast{}, &ast.TypeName{}, &ast.FuncCall{},
	&ast.Row{}, &ast.Array{}, &ast.Index{}, &ast.Field{}, &ast.AtTimeZone{}, &ast.GroupingSets{},
	&ast.Into{},

	&ast.Insert{}, &ast.Default{}, &ast.Update{}, &ast.Assignment{}, &ast.Delete{}, &ast.Merge{}, &ast.MergeWhen{},
	&ast.OtherType{}, &ast.TypeField{}, &ast.Word{}, &ast.Option{}, &ast.Property{}, &ast.Drop{}, &ast.Truncate{}, &ast.AlterSystem{},
	&ast.CreateTable{}, &ast.CreateTableAs{}, &ast.ColumnDef{}, &ast.Identity{}, &ast.References{},
	&ast.TableConstraint{}, &ast.TableLike{}, &ast.TableAttributes{}, &ast.SortKey{},
	&ast.Alter{}, &ast.RenameTo{}, &ast.OwnerTo{}, &ast.AddColumn{}, &ast.DropColumn{}, &ast.RenameColumn{},
	&ast.AlterColumn{}, &ast.AddConstraint{}, &ast.DropConstraint{}, &ast.AlterAttributes{},
	&ast.RowLevelSecurity{}, &ast.DatashareMasking{}, &ast.AppendFrom{}, &ast.AutoRefresh{},
	&ast.CreateView{}, &ast.CreateMaterializedView{}, &ast.RefreshMaterializedView{}, &ast.CreateExternalView{},
	&ast.AlterExternalView{}, &ast.CommentOn{}, &ast.Analyze{}, &ast.AnalyzeCompression{}, &ast.Vacuum{},
	&ast.CreateSchema{}, &ast.Quota{}, &ast.SetQuota{}, &ast.CreateDatabase{}, &ast.FromIntegration{}, &ast.FromArn{},
	&ast.FromDatashare{}, &ast.SetDatabase{}, &ast.RefreshIntegration{}, &ast.SetIntegration{}, &ast.IntegrationTables{},
	&ast.CreateExternalSchema{}, &ast.AlterExternalSchema{}, &ast.CreateExternalTable{}, &ast.RowFormat{},
	&ast.FileFormat{}, &ast.Partition{}, &ast.PartitionValue{}, &ast.AddPartitions{}, &ast.DropPartition{},
	&ast.SetLocation{}, &ast.SetFileFormat{}, &ast.SetTableProperties{},

	&ast.Secret{}, &ast.Amount{}, &ast.Copy{}, &ast.CopyJob{}, &ast.CreateTemplate{}, &ast.Unload{},
	&ast.Prepare{}, &ast.Execute{}, &ast.Deallocate{}, &ast.DeclareCursor{}, &ast.Fetch{}, &ast.CloseCursor{},
	&ast.Begin{}, &ast.Commit{}, &ast.Rollback{}, &ast.Savepoint{}, &ast.SetTransaction{}, &ast.NameValue{},
	&ast.List{}, &ast.Set{}, &ast.SetAuthorization{}, &ast.Reset{}, &ast.Explain{}, &ast.Lock{}, &ast.Cancel{},
	&ast.Use{}, &ast.Grant{}, &ast.Privilege{}, &ast.Securable{}, &ast.Grantee{}, &ast.DefaultPrivileges{},
	&ast.CreatePolicy{}, &ast.AttachPolicy{}, &ast.CreateUser{}, &ast.AlterUser{}, &ast.CreateGroup{},
	&ast.AlterGroup{}, &ast.CreateRole{}, &ast.AlterRole{}, &ast.DropObject{}, &ast.Argument{}, &ast.Routine{},
	&ast.CreateRoutine{}, &ast.AlterRoutine{}, &ast.DropRoutine{}, &ast.Call{}, &ast.CreateLibrary{}, &ast.Show{},
	&ast.ShowObject{}, &ast.ShowList{}, &ast.ShowGrants{}, &ast.CreateDatashare{}, &ast.AlterDatashare{},
	&ast.Describe{},
}

// Kinds lists every type of the package that is a node.
func TestKindsAreComplete(t *testing.T) {
	known := map[string]bool{}
	for _, kind := range kinds {
		known[reflect.TypeOf(kind).Elem().Name()] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*goast.FuncDecl)
			if !ok || f.Name.Name != "shallow" {
				continue
			}
			node := f.Recv.List[0].Type.(*goast.StarExpr).X.(*goast.Ident).Name
			if !known[node] {
				t.Errorf("%s is a node, and not among the kinds that are tested", node)
			}
		}
	}
}

// nodesIn counts the nodes that a struct holds in its fields.
func nodesIn(v reflect.Value) int {
	n := 0
	for i := range v.NumField() {
		f := v.Field(i)
		switch {
		case f.Kind() == reflect.Slice && isNode(f.Type().Elem()):
			n += f.Len()
		case isNode(f.Type()):
			n++
		case f.Kind() == reflect.Struct:
			n += nodesIn(f)
		}
	}
	return n
}

// Every field that holds a node is visited, for every kind of node.
func TestEveryChildIsVisited(t *testing.T) {
	for _, kind := range kinds {
		full := fill(reflect.TypeOf(kind).Elem(), 0)
		n := full.Interface().(ast.Node)
		visited := 0
		same := ast.MapChildren(n, func(c ast.Node) ast.Node { visited++; return c })
		if want := nodesIn(full.Elem()); visited != want {
			t.Errorf("%T: %d children visited, %d are there", n, visited, want)
		}
		if same != n {
			t.Errorf("%T: nothing changed, and a copy was made", n)
		}
		if visited == 0 {
			continue
		}
		clone := ast.Clone(n)
		if clone == n || !ast.Equal(clone, n) {
			t.Errorf("%T: the clone is not an equal node of its own", n)
		}
		shared := map[ast.Node]bool{}
		ast.Inspect(n, func(c ast.Node) bool { shared[c] = true; return true })
		ast.Inspect(clone, func(c ast.Node) bool {
			if shared[c] {
				t.Errorf("%T: the clone shares a %T", n, c)
			}
			return true
		})
	}
}

// Inspect goes through a tree in the order of the text and leaves out what it is
// told to.
func TestInspect(t *testing.T) {
	tree := &ast.Binary{Op: ast.Add,
		Left:  &ast.Unary{Op: ast.Neg, X: number("1")},
		Right: &ast.FuncCall{Name: ast.NewName("f"), Args: []ast.Expr{number("2"), number("3")}}}
	var seen []string
	ast.Inspect(tree, func(n ast.Node) bool {
		if lit, ok := n.(*ast.NumberLit); ok {
			seen = append(seen, lit.Text)
		}
		_, negated := n.(*ast.Unary)
		return !negated
	})
	if got := strings.Join(seen, " "); got != "2 3" {
		t.Errorf("saw %s", got)
	}
}

// Rewrite builds what changed anew, hands over the old node beside the new one,
// and leaves the input as it was.
func TestRewrite(t *testing.T) {
	kept := column("kept")
	one := number("1")
	items := []ast.Expr{kept, one}
	in := &ast.InList{X: kept, List: items}
	tree := &ast.Unary{Op: ast.Not, X: in}
	out := ast.Rewrite(tree, func(old, now ast.Node) ast.Node {
		if old == ast.Node(in) && now == old {
			t.Error("the list changed below, and Rewrite hands over the old node only")
		}
		if old == ast.Node(kept) && now != old {
			t.Error("the column did not change, and Rewrite made another")
		}
		if lit, ok := now.(*ast.NumberLit); ok {
			return number(lit.Text + "0")
		}
		return now
	})
	if one.Text != "1" || items[1] != ast.Expr(one) || tree.X != ast.Expr(in) {
		t.Error("the input was changed")
	}
	got := out.X.(*ast.InList)
	if got.X != ast.Expr(kept) || got.List[0] != ast.Expr(kept) || got.List[1].(*ast.NumberLit).Text != "10" {
		t.Errorf("got %v", got)
	}
}

func TestRewriteToAnotherKind(t *testing.T) {
	tree := &ast.Cast{X: column("a"), Type: &ast.TypeName{Type: schema.Type{Kind: schema.Date}}}
	out := ast.Rewrite[ast.Expr](tree, func(_, now ast.Node) ast.Node {
		if c, ok := now.(*ast.Cast); ok {
			return c.X
		}
		return now
	})
	if out != ast.Expr(tree.X) {
		t.Errorf("got %T", out)
	}
	defer func() {
		if recover() == nil {
			t.Error("a literal took the place of a type")
		}
	}()
	ast.Rewrite(tree, func(_, now ast.Node) ast.Node {
		if _, ok := now.(*ast.TypeName); ok {
			return number("1")
		}
		return now
	})
}

func TestEqual(t *testing.T) {
	at := func(p ast.Pos, n *ast.ColumnRef) *ast.ColumnRef { n.Start = p; n.Name[0].Start = p; return n }
	for name, c := range map[string]struct {
		a, b ast.Node
		want bool
	}{
		"positions":     {at(1, column("a")), at(2, column("a")), true},
		"names":         {column("a"), column("b"), false},
		"lengths":       {column("a"), column("a", "b"), false},
		"marks":         {column("a"), &ast.ColumnRef{Name: ast.NewName("a"), OuterMark: true}, false},
		"kinds":         {column("1"), number("1"), false},
		"operators":     {&ast.Binary{Op: ast.Add}, &ast.Binary{Op: ast.Sub}, false},
		"missing child": {&ast.Query{}, &ast.Query{Limit: number("1")}, false},
		"child":         {&ast.Query{Limit: number("1")}, &ast.Query{Limit: number("1")}, true},
		"empty list":    {&ast.Row{}, &ast.Row{Items: []ast.Expr{}}, true},
		"nothing":       {nil, nil, true},
		"one of two":    {nil, &ast.Row{}, false},
	} {
		if got := ast.Equal(c.a, c.b); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestLineColumn(t *testing.T) {
	text := "ab\nüñx\r\n\n日本"
	for pos, want := range map[ast.Pos]string{
		-1: "1:1", 0: "1:1", 2: "1:3", 3: "2:1", 7: "2:3", 9: "2:5", 10: "3:1", 11: "4:1", 14: "4:2", 17: "4:3", 99: "4:3",
	} {
		line, column := ast.LineColumn(text, pos)
		if got := fmt.Sprintf("%d:%d", line, column); got != want {
			t.Errorf("offset %d is at %s, want %s", pos, got, want)
		}
	}
}

func TestName(t *testing.T) {
	if n := ast.NewName("s", "t"); n.String() != "s.t" || n.Last() != "t" {
		t.Errorf("got %s, %s", n, n.Last())
	}
	if n := ast.NewName(); n.String() != "" || n.Last() != "" {
		t.Errorf("an empty name is %q, %q", n, n.Last())
	}
}
