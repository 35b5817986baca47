package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

func TestLoadFillsEveryField(t *testing.T) {
	p, err := Load(filepath.Join("testdata", "good"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "sms" || p.Warehouse.String() != "duckdb://.atoll/warehouse.duckdb" || p.Lake.String() != "file://.atoll/lake" ||
		p.Memory != 2<<30 || p.Threads != 2 || p.Dir != filepath.Join("testdata", "good") {
		t.Errorf("atoll.yaml: %+v", p)
	}
	if len(p.Sources) != 1 || len(p.Sources[0].Tables) != 2 || len(p.Models) != 3 {
		t.Fatalf("%d sources, %d models", len(p.Sources), len(p.Models))
	}
	s := p.Sources[0]
	campaigns, sends := s.Tables[0], s.Tables[1]
	if s.Name != "smslogs" || s.Type != "files" || s.File != "sources/smslogs.yaml" || s.Pos.Line != 1 {
		t.Errorf("source: %+v", s)
	}
	varchar := func(n int) schema.Type { return schema.Type{Kind: schema.Varchar, Length: n} }
	wantSends := &Table{
		Name: "sends", Match: "sends/**/*.json.gz", Format: JSON, Compression: Auto, Load: Append,
		Key: []string{"message_id"}, OnChange: OnChangeReplace, MaxRejects: MaxRejects{Rows: 1000, Percent: 1},
		CSV: CSVOptions{Delimiter: ",", Quote: `"`, Escape: `"`, Header: true},
		Columns: []Column{
			{Name: "message_id", Type: schema.Type{Kind: schema.BigInt}, From: "$.message_id"},
			{Name: "campaign_id", Type: schema.Type{Kind: schema.Integer}, From: "$.campaign.id"},
			{Name: "sent_at", Type: schema.Type{Kind: schema.Timestamp}, From: "$.sent_at", Format: EpochMillis},
			{Name: "body", Type: varchar(1600), From: "$.Body"},
			{Name: "day", Type: schema.Type{Kind: schema.Date}, From: "$.day", Format: FormatAuto},
		},
	}
	wantCampaigns := &Table{
		Name: "campaigns", Match: "campaigns/*.csv", Format: CSV, Compression: None, Load: Append,
		OnChange: OnChangeReject, MaxRejects: MaxRejects{Percent: 2.5},
		CSV: CSVOptions{Delimiter: "\t", Quote: "'", Escape: `\`, Header: true, NullAs: `\N`},
		Columns: []Column{
			{Name: "campaign_id", Type: schema.Type{Kind: schema.Integer}, From: "Campaign ID"},
			{Name: "started", Type: schema.Type{Kind: schema.Date}, From: "started", Format: "DD.MM.YYYY"},
		},
	}
	for _, want := range []struct{ got, want *Table }{{sends, wantSends}, {campaigns, wantCampaigns}} {
		want.want.Pos = want.got.Pos
		for i := range want.got.Columns {
			if want.got.Columns[i].Pos.Line == 0 {
				t.Errorf("column %s has no position", want.got.Columns[i].Name)
			}
			want.got.Columns[i].Pos = fault.Position{}
		}
		if !reflect.DeepEqual(want.got, want.want) {
			t.Errorf("got  %+v\nwant %+v", want.got, want.want)
		}
	}
}

func TestShapeIsWhatQueriesSee(t *testing.T) {
	p, err := Load(filepath.Join("testdata", "good"))
	if err != nil {
		t.Fatal(err)
	}
	s := p.Sources[0]
	shape := s.Tables[0].Shape(s)
	if shape.Name.String() != "smslogs.campaigns" || strings.Join(shape.ColumnNames(), " ") != "campaign_id started" ||
		shape.Columns[1].Type.Kind != schema.Date {
		t.Errorf("%+v", shape)
	}
}

func TestYAMLForms(t *testing.T) {
	s, faults := decodeSource("sources/s.yaml", "\ufeffsource: s\r\ntype: files\r\nurl: |\r\n  file://data\r\ntables:\r\n"+
		"  t:\r\n    match: >-\r\n      a/*\r\n    format: csv\r\n    csv: {delimiter: \\t}\r\n    max_rejects: 1_000\r\n    columns: {a: date}\r\n")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if tab := s.Tables[0]; s.URL.String() != "file://data" || tab.Match != "a/*" || tab.CSV.Delimiter != "\t" || tab.MaxRejects != (MaxRejects{Rows: 1000}) {
		t.Errorf("%q %+v", s.URL, tab)
	}
}

func TestLoadModels(t *testing.T) {
	p, err := Load(filepath.Join("testdata", "good"))
	if err != nil {
		t.Fatal(err)
	}
	want := []*Model{
		{
			Name: schema.Name{Schema: "legacy", Name: "mv_amounts"}, Kind: KindView, Every: 2 * time.Hour, Refresh: RefreshFull,
			File: "models/amounts.dpl",
		},
		{
			Name: schema.Name{Schema: "reports", Name: "delivery"}, Kind: KindView, Every: 5 * time.Minute,
			Doc: "Messages by campaign type, day and status, for the morning report.", Owner: "reporting@example.com",
			Tags: []string{"daily", "sms"}, Key: []string{"campaign_type", "day"}, Sort: []string{"day"}, Dist: "campaign_type", Refresh: RefreshIncremental,
			File: "models/reports/delivery.sql",
		},
		{
			Name: schema.Name{Schema: "reports", Name: "visits"}, Kind: KindSessions,
			Sessions: Sessions{PartitionBy: []string{"bot", "channel"}, OrderBy: "sent_at", Gap: 10 * time.Second, SessionID: "session_id"},
			File:     "models/reports/visits.sql",
		},
	}
	for i, m := range p.Models {
		text, err := os.ReadFile(filepath.Join("testdata", "good", filepath.FromSlash(m.File)))
		if err != nil || m.Text != string(text) {
			t.Errorf("%s: the text is not the file's: %v", m.Name, err)
		}
		m.Text, m.Header = "", nil
		if !reflect.DeepEqual(m, want[i]) {
			t.Errorf("got  %+v\nwant %+v", m, want[i])
		}
	}
}

func TestHeaderPositions(t *testing.T) {
	m, faults := parseModel("models/a/b.sql", "\ufeff-- ä\n/* @every 5m */\nselect 1")
	if len(faults) > 0 || m.Every != 5*time.Minute {
		t.Fatal(m.Every, faults)
	}
	if got := m.Header["every"].String(); got != "models/a/b.sql:2:11" {
		t.Error(got)
	}
}

func TestHeaderValues(t *testing.T) {
	for header, check := range map[string]func(*Model) bool{
		"@dist EVEN":            func(m *Model) bool { return m.Dist == DistEven },
		"@dist auto":            func(m *Model) bool { return m.Dist == "" },
		"@refresh FULL":         func(m *Model) bool { return m.Refresh == RefreshFull },
		"@doc refreshed":        func(m *Model) bool { return m.Refresh == "" },
		"@kind View":            func(m *Model) bool { return m.Kind == KindView },
		"@name\tCafé":           func(m *Model) bool { return m.Name == schema.Name{Schema: "reports", Name: "café"} },
		"@schema A":             func(m *Model) bool { return m.Name == schema.Name{Schema: "a", Name: "top"} },
		"@every 1 hour 30 min":  func(m *Model) bool { return m.Every == 90*time.Minute },
		"@tags a-b,c":           func(m *Model) bool { return len(m.Tags) == 2 && m.Tags[0] == "a-b" },
		"@doc a /* b */ @c * d": func(m *Model) bool { return m.Doc == "a /* b */ @c * d" },
	} {
		m, faults := parseModel("models/reports/top.sql", "/* "+header+"\n */ select 1")
		if len(faults) > 0 || !check(m) {
			t.Errorf("%s: %+v %v", header, m, faults)
		}
	}
}

// TestProjects loads each testdata/projects/*.txtar and compares the faults
// with its file "want".
func TestProjects(t *testing.T) {
	for _, name := range glob(t, "projects/*.txtar") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys, want := fstest.MapFS{}, len(a.Files)
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			p, err := LoadFS(fsys)
			var got strings.Builder
			for _, e := range fault.All(err) {
				got.WriteString(e.Pretty() + "\n")
			}
			if p != nil && len(p.Incomplete) > 0 {
				got.WriteString("incomplete: " + strings.Join(p.Incomplete, " ") + "\n")
			}
			if *update {
				a.Files = append(a.Files[:want], txtar.File{Name: "want", Data: []byte(got.String())})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want == len(a.Files) || got.String() != string(a.Files[want].Data) {
				t.Errorf("got:\n%s", &got)
			}
		})
	}
}

// lockedFS cannot read some files, as a file system does.
type lockedFS struct {
	files  fstest.MapFS
	locked []string
}

func (l lockedFS) Open(name string) (fs.File, error) {
	if slices.Contains(l.locked, name) {
		return nil, &fs.PathError{Op: "open", Path: "/home/someone/" + name, Err: fs.ErrPermission}
	}
	return l.files.Open(name)
}

func TestUnreadableFilesAreNamedByTheirPlaceInTheProject(t *testing.T) {
	p, err := LoadFS(lockedFS{fstest.MapFS{
		"atoll.yaml":     {Data: []byte("name: x")},
		"models/r/a.sql": {Data: []byte("select 1\n, '\xff'")},
		"models/q/b.sql": {Data: []byte("select 1")},
		"sources/s.yaml": {Data: []byte("source: s")},
	}, []string{"models/q/b.sql", "sources/s.yaml"}})
	want := `models/q/b.sql: cannot be read: permission denied (check the file and its permissions)
models/r/a.sql: line 2 is not UTF-8 text (save the file in UTF-8)
sources/s.yaml: cannot be read: permission denied (check the file and its permissions)`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if strings.Join(p.Incomplete, " ") != "q r s" {
		t.Error(p.Incomplete)
	}
	_, err = LoadFS(lockedFS{fstest.MapFS{
		"atoll.yaml":     {Data: []byte("name: x")},
		"models/q/b.sql": {Data: []byte("select 1")},
	}, []string{"models/q"}})
	if err == nil || !strings.Contains(err.Error(), "models: cannot be read") {
		t.Error(err)
	}
	_, err = Load(filepath.Join(t.TempDir(), "nowhere"))
	var l fault.List
	if !errors.As(err, &l) || strings.Contains(err.Error(), "nowhere") {
		t.Error(err)
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", filepath.FromSlash(pattern)))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files match %s: %v", pattern, err)
	}
	return names
}
