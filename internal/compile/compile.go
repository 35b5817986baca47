package compile

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// Compile makes the graph of a project. System are the tables that Atoll keeps
// itself, which models may read too.
//
// The error is a [fault.List] with every fault of every model. The graph is
// there with an error too; what is broken in it is marked.
func Compile(p *project.Project, system ...*schema.Table) (*Graph, error) {
	g := &Graph{Project: p, byName: map[schema.Name]*Node{}}
	for _, t := range system {
		g.add(&Node{Name: t.Name, Kind: System, Shape: t})
	}
	for _, s := range p.Sources {
		for _, t := range s.Tables {
			g.add(&Node{Name: t.Relation(s), Kind: Table, Shape: t.Shape(s), Source: s, Table: t})
		}
	}
	for _, m := range p.Models {
		g.add(&Node{Name: m.Name, Kind: View, Model: m})
	}
	parallel(g.Nodes, (*Node).parse)
	for _, n := range g.Nodes {
		g.connect(n)
	}
	for _, level := range g.order() {
		parallel(level, g.bind)
	}
	return g, g.faults()
}

func (g *Graph) add(n *Node) {
	g.Nodes = append(g.Nodes, n)
	g.byName[n.Name] = n
}

// parse reads a model's SQL and notes the places where it names relations.
func (n *Node) parse() {
	if n.Kind != View {
		return
	}
	n.reads = map[schema.Name][]fault.Position{}
	q, err := parse.Query(n.Model.Text)
	for _, e := range fault.All(err) {
		n.fail(e, e.Pos)
	}
	if err != nil {
		return
	}
	n.query = q
	ast.Inspect(q, func(at ast.Node) bool {
		if t, ok := at.(*ast.TableName); ok && len(t.Name) == 2 {
			name := schema.Name{Schema: t.Name[0].Name, Name: t.Name[1].Name}
			line, column := ast.LineColumn(n.Model.Text, t.Pos())
			n.reads[name] = append(n.reads[name], fault.Position{File: n.Model.File, Line: line, Column: column})
		}
		return true
	})
}

// connect links a node with what it reads.
func (g *Graph) connect(n *Node) {
	for name := range n.reads {
		if up, ok := g.byName[name]; ok {
			n.Upstream = append(n.Upstream, up)
			up.Downstream = append(up.Downstream, n)
		}
	}
	slices.SortFunc(n.Upstream, compareNames)
}

// compareNames orders nodes by name.
func compareNames(a, b *Node) int { return a.Name.Compare(b.Name) }

// bind resolves and types a model's query over what it reads.
func (g *Graph) bind(n *Node) {
	if n.Kind != View || n.query == nil {
		return
	}
	excused := g.excuses(n)
	res, err := bind.Bind(n.query, catalog{g}, bind.Options{File: n.Model.File, Text: n.Model.Text, Model: true})
	for _, e := range fault.All(err) {
		if !excused[e.Pos] {
			n.Faults = append(n.Faults, e)
		}
	}
	if err != nil {
		n.setBroken()
	}
	if n.Broken {
		return
	}
	shape := &schema.Table{Name: n.Name, Columns: res.Columns}
	n.checkHeader(shape)
	n.checkNames(res)
	if n.Model.Kind == project.KindSessions {
		n.addSessionID(shape)
	}
	if !n.Broken {
		n.Bound, n.Shape = res, shape
	}
}

// excuses are the places where a model names a relation that is not there
// because of a fault reported elsewhere: a broken model, or a relation of a
// file that was not valid.
func (g *Graph) excuses(n *Node) map[fault.Position]bool {
	out := map[fault.Position]bool{}
	for name, places := range n.reads {
		up, known := g.byName[name]
		if known && up.Broken || !known && slices.Contains(g.Project.Incomplete, name.Schema) {
			for _, pos := range places {
				out[pos] = true
			}
		}
	}
	return out
}

// faults gathers the faults and warnings of all models.
func (g *Graph) faults() error {
	var all fault.List
	for _, n := range g.Nodes {
		all = append(all, n.Faults...)
		if n.Bound != nil {
			g.Warnings = append(g.Warnings, n.Bound.Warnings...)
		}
	}
	g.Warnings.Sort()
	all.Sort()
	return all.Err()
}

// checkNames refuses columns whose names Atoll keeps for itself.
func (n *Node) checkNames(res *bind.Result) {
	for _, o := range res.Info.Outputs[res.Query] {
		if o.Name == "" || !strings.Contains("_#", o.Name[:1]) {
			continue
		}
		line, column := ast.LineColumn(n.Model.Text, o.Expr.Pos())
		pos := fault.Position{File: n.Model.File, Line: line, Column: column}
		n.fail(fault.New(fault.Name, "the column name %q begins with %s, which Atoll keeps for itself", o.Name, o.Name[:1]).WithHint("give it another name with AS"), pos)
	}
}

// checkHeader checks the columns that a model's header names.
func (n *Node) checkHeader(shape *schema.Table) {
	m := n.Model
	n.requireColumns(shape, "partition-by", m.Sessions.PartitionBy)
	n.requireColumns(shape, "key", m.Key)
	n.requireColumns(shape, "sort", m.Sort)
	if m.Dist != "" && m.Dist != project.DistEven && m.Dist != project.DistAll {
		n.requireColumns(shape, "dist", []string{m.Dist})
	}
	if m.Kind != project.KindSessions {
		return
	}
	n.requireColumns(shape, "order-by", []string{m.Sessions.OrderBy})
	if c, ok := shape.Column(m.Sessions.OrderBy); ok && c.Type.Kind != schema.Timestamp && c.Type.Kind != schema.TimestampTZ {
		n.fail(fault.New(fault.Type, "@order-by names %q, which is %s and no timestamp", c.Name, c.Type).
			WithHint("name a timestamp, or cast the column in the query"), m.Header["order-by"])
	}
}

func (n *Node) requireColumns(shape *schema.Table, key string, names []string) {
	for _, name := range names {
		if _, ok := shape.Column(name); ok {
			continue
		}
		e := fault.New(fault.Name, "@%s names %q, which the query does not return", key, name).
			WithHint("the query returns %s", strings.Join(shape.ColumnNames(), ", "))
		if near := fault.Nearest(name, shape.ColumnNames()); near != "" {
			e.WithHint("did you mean %q?", near)
		}
		n.fail(e, n.Model.Header[key])
	}
}

// sessionIDType holds 128 bits as 32 hexadecimal digits.
var sessionIDType = schema.Type{Kind: schema.Varchar, Length: 32}

// addSessionID adds the column that the kind sessions is for.
func (n *Node) addSessionID(shape *schema.Table) {
	id := n.Model.Sessions.SessionID
	if _, clash := shape.Column(id); clash {
		pos, written := n.Model.Header["session-id"]
		if !written {
			pos = n.Model.Header["kind"]
		}
		n.fail(fault.New(fault.Name, "the query returns a column %q already, the name of the session id", id).
			WithHint("rename one of the two, the session id with @session-id"), pos)
		return
	}
	shape.Columns = append(slices.Clone(shape.Columns), schema.Column{Name: id, Type: sessionIDType})
}

// parallel calls f for each node, on all processors.
func parallel(nodes []*Node, f func(*Node)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(nodes)) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(nodes)); i = next.Add(1) - 1 {
				f(nodes[i])
			}
		})
	}
	group.Wait()
}
