package project

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/fault"
)

// headerKey is a key of a model's header and what its value sets.
type headerKey struct {
	name string
	doc  string
	set  func(m *Model, value string) error
}

var commonKeys = []headerKey{
	{"doc", "What the view is for. The lines that follow belong to it, up to an empty one.", func(m *Model, v string) error { m.Doc = v; return nil }},
	{"owner", "Who answers for it.", func(m *Model, v string) error { m.Owner = v; return nil }},
	{"tags", "Words that selectors find it by.", func(m *Model, v string) error { return setNames(&m.Tags, v, checkTag) }},
	{"key", "The columns that identify a row; documentation.", func(m *Model, v string) error { return setNames(&m.Key, v, checkHeaderColumn) }},
	{"sort", "The columns that order the rows on disk; the sort key on Redshift.", func(m *Model, v string) error { return setNames(&m.Sort, v, checkHeaderColumn) }},
	{"dist", "The column whose value places a row on a node of Redshift, or even, all or auto. Without it, auto.", setDist},
	{"refresh", "full to recompute the view at each refresh, incremental to bring in only what changed: a query that does not allow that is a mistake. Without it, Atoll chooses each time.", setRefresh},
}

// sqlKeys are the keys of a .sql file.
var sqlKeys = append([]headerKey{
	{"schema", "The view's schema. Without it, the name of the folder.", func(m *Model, v string) error { return setName(&m.Name.Schema, v, checkModelSchema) }},
	{"name", "The view's name. Without it, the name of the file.", func(m *Model, v string) error { return setName(&m.Name.Name, v, checkModelName) }},
	{"every", "How often it is refreshed. Without it, on every tick.", func(m *Model, v string) (err error) { m.Every, err = parseEvery(v); return err }},
	{"kind", "view, or sessions to add a session id to each row.", setKind},
}, append(slices.Clone(commonKeys), sessionKeys...)...)

// sessionKeys are the keys of the kind sessions.
var sessionKeys = []headerKey{
	{"partition-by", "Sessions: the columns whose values share no session.", func(m *Model, v string) error { return setNames(&m.Sessions.PartitionBy, v, checkHeaderColumn) }},
	{"order-by", "Sessions: the timestamp that orders the rows.", func(m *Model, v string) error { return setName(&m.Sessions.OrderBy, v, checkHeaderColumn) }},
	{"gap", "Sessions: a row belongs to the session of the row before it if it follows by at most this.", func(m *Model, v string) (err error) { m.Sessions.Gap, err = ParseDuration(v); return err }},
	{"session-id", "Sessions: the name of the column that is added. Without it, session_id.", func(m *Model, v string) error { return setName(&m.Sessions.SessionID, v, checkSessionID) }},
}

// dplKeys are the keys of a .dpl file.
var dplKeys = append([]headerKey{
	{"datacoral", "The version of the file's format; any is taken.", func(*Model, string) error { return nil }},
	{"matview-schema", "The view's schema.", func(m *Model, v string) error { return setName(&m.Name.Schema, v, checkModelSchema) }},
	{"matview-name", "The view's name without the mv_ that is put before it.", setMatviewName},
	{"matview-type", "regular; other types are not available.", checkMatviewType},
	{"interval-in-minutes", "How often it is refreshed, in minutes.", setInterval},
}, commonKeys...)

var requiredDPL = []string{"datacoral", "matview-schema", "matview-name"}

// parseModel reads and checks a model's file, all but its SQL.
func parseModel(file, text string) (*Model, fault.List) {
	m := &Model{Kind: KindView, Text: text, File: file, Header: map[string]fault.Position{}}
	r := &reporter{file: file, text: text}
	keys, isDPL := sqlKeys, strings.HasSuffix(file, ".dpl")
	if isDPL {
		keys = dplKeys
	}
	failed := map[string]bool{}
	for _, l := range readHeader(r, keys) {
		if first, dup := m.Header[l.key]; dup {
			r.report(l.keyPos, "header key %q is written twice, first on line %d", "@"+l.key, first.Line).WithHint("remove one of the two")
			continue
		}
		i := slices.IndexFunc(keys, func(k headerKey) bool { return k.name == l.key })
		if i < 0 {
			r.unknownHeaderKey(l, keys, isDPL)
			continue
		}
		m.Header[l.key] = fault.Position{File: file, Line: l.pos.Line, Column: l.pos.Column}
		if l.value == "" {
			r.report(l.keyPos, "header key %q has no value", "@"+l.key).WithHint("write one, or remove the line")
			failed[l.key] = true
		} else if err := keys[i].set(m, l.value); err != nil {
			r.addError(onOneLine(err, l), l.pos)
			failed[l.key] = true
		}
	}
	if isDPL {
		r.requireKeys(m, "a .dpl file", requiredDPL)
	} else {
		r.nameFromPath(m, failed)
		if !failed["kind"] {
			r.checkSessions(m)
		}
	}
	return m, r.faults
}

// onOneLine gives the fault of a value another hint if the value has a header key
// in it, which is to begin a line of its own.
func onOneLine(err error, l headerLine) error {
	var e *fault.Error
	if _, next, ok := strings.Cut(l.value, " @"); ok && errors.As(err, &e) {
		e.WithHint("write each header key on a line of its own: @%s", next)
	}
	return err
}

func (r *reporter) unknownHeaderKey(l headerLine, keys []headerKey, isDPL bool) {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	e := r.report(l.keyPos, "unknown header key %q", "@"+l.key)
	switch near := fault.Nearest(l.key, names); {
	case near != "":
		e.Hint = fmt.Sprintf("did you mean %q?", "@"+near)
	case !isDPL && slices.ContainsFunc(dplKeys, func(k headerKey) bool { return k.name == l.key }):
		e.Hint = "this is a key of .dpl files: rename the file to .dpl"
	case isDPL && slices.ContainsFunc(sqlKeys, func(k headerKey) bool { return k.name == l.key }):
		e.Hint = "this is a key of .sql files: rename the file to .sql, and use its keys only"
	default:
		e.Hint = "the keys are @" + strings.Join(names, ", @")
	}
}

// sampleValues are values of the header keys that a model may need.
var sampleValues = map[string]string{"partition-by": "user_id", "order-by": "sent_at", "gap": "10s",
	"datacoral": "O.1.0", "matview-schema": "reports", "matview-name": "daily"}

func (r *reporter) requireKeys(m *Model, who string, keys []string) {
	for _, k := range keys {
		if _, ok := m.Header[k]; !ok {
			r.report(fault.Position{Line: 1, Column: 1}, "%s needs the header key %q", who, "@"+k).
				WithHint("add a line such as %q to the comment at the top", "@"+k+" "+sampleValues[k])
		}
	}
}

// nameFromPath fills in the name that models/<schema>/<name>.sql gives.
func (r *reporter) nameFromPath(m *Model, failed map[string]bool) {
	start := fault.Position{Line: 1, Column: 1}
	folders := strings.Split(m.File, "/")
	if m.Name.Schema == "" && !failed["schema"] {
		if len(folders) != 3 {
			r.report(start, "the path %q gives no schema", m.File).
				WithHint("move the file to models/SCHEMA/NAME.sql, or add @schema to its header")
		} else if err := setName(&m.Name.Schema, folders[1], checkModelSchema); err != nil {
			r.addError(err, start)
		}
	}
	if m.Name.Name == "" && !failed["name"] {
		base := path.Base(m.File)
		if err := setName(&m.Name.Name, strings.TrimSuffix(base, path.Ext(base)), checkModelName); err != nil {
			r.addError(err, start)
		}
	}
}

// checkSessions checks that the keys of sessions come with their kind, and the
// kind with its keys.
func (r *reporter) checkSessions(m *Model) {
	if m.Kind == KindSessions {
		r.requireKeys(m, "a model of kind sessions", []string{"partition-by", "order-by", "gap"})
		if m.Sessions.SessionID == "" {
			m.Sessions.SessionID = "session_id"
		}
		return
	}
	for _, k := range sessionKeys {
		if pos, ok := m.Header[k.name]; ok {
			r.report(pos, "header key %q belongs to the kind sessions, and this model's kind is %q", "@"+k.name, m.Kind).
				WithHint("add @kind sessions, or remove the line")
		}
	}
}

func setKind(m *Model, v string) error {
	switch v = strings.ToLower(v); v {
	case KindView, KindSessions:
		m.Kind = v
		return nil
	}
	return fault.New(fault.Config, "kind %q is not known, expected view or sessions", v).
		WithHint("%s", didYouMean(v, []string{KindView, KindSessions}, "write one of them"))
}

func setRefresh(m *Model, v string) error {
	switch v = strings.ToLower(v); v {
	case RefreshFull, RefreshIncremental:
		m.Refresh = v
		return nil
	}
	return fault.New(fault.Config, "refresh %q is not known, expected full or incremental", v).
		WithHint("%s", didYouMean(v, []string{RefreshFull, RefreshIncremental}, "write one of them, or remove the line: Atoll then chooses each time"))
}

// setDist leaves auto empty: the engine decides.
func setDist(m *Model, v string) error {
	if strings.EqualFold(v, "auto") {
		return nil
	}
	return setName(&m.Dist, v, checkHeaderColumn)
}

// parseEvery reads an interval, which labels count in whole seconds.
func parseEvery(v string) (time.Duration, error) {
	d, err := ParseDuration(v)
	if err == nil && d%time.Second != 0 {
		return 0, fault.New(fault.Config, "the interval %q is not a whole number of seconds", v).WithHint("write 1s or longer")
	}
	return d, err
}

func setMatviewName(m *Model, v string) error {
	err := setName(&m.Name.Name, v, checkModelName)
	m.Name.Name = "mv_" + m.Name.Name
	return err
}

func checkMatviewType(_ *Model, v string) error {
	if v == "regular" {
		return nil
	}
	return fault.New(fault.Unsupported, "matview-type %q is not available", v).
		WithHint("write regular: Atoll finds out itself what it can refresh incrementally")
}

func setInterval(m *Model, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 1e6 {
		return fault.New(fault.Config, "the interval %q is not a whole number of minutes", v).WithHint("write a number such as 120")
	}
	m.Every = time.Duration(n) * time.Minute
	return nil
}

func checkModelSchema(v string) *fault.Error { return checkSchema("schema", v) }

func checkModelName(v string) *fault.Error { return checkIdentifier("view", v) }

// checkHeaderColumn checks a reference to a column, not a declaration: what the
// query calls its columns is the query's business.
func checkHeaderColumn(v string) *fault.Error {
	e := checkIdentifier("column", v)
	if e != nil {
		e.Hint = "write the name of a column of the query, and nothing else"
	}
	return e
}

func checkSessionID(v string) *fault.Error {
	e := checkColumn(v)
	if e != nil {
		e.Hint = "choose another name, or remove the line for session_id"
	}
	return e
}

func checkTag(v string) *fault.Error {
	if checkIdentifier("tag", strings.ReplaceAll(v, "-", "_")) != nil {
		return fault.New(fault.Config, "the tag %q is not a plain word", v).WithHint("use letters, digits, _ and -, and commas between tags")
	}
	return nil
}

// setName folds and checks a single name.
func setName(dst *string, value string, check func(string) *fault.Error) error {
	name := strings.ToLower(value)
	if e := check(name); e != nil {
		return e
	}
	*dst = name
	return nil
}

// setNames folds and checks names with commas between them.
func setNames(dst *[]string, value string, check func(string) *fault.Error) error {
	var names []string
	for part := range strings.SplitSeq(value, ",") {
		var name string
		part = strings.TrimSpace(part)
		if strings.ContainsAny(part, " \t") {
			return fault.New(fault.Config, "%q has a space in a name", value).WithHint("put commas between names")
		}
		if err := setName(&name, part, check); err != nil {
			return err
		}
		if slices.Contains(names, name) {
			return fault.New(fault.Config, "%q names %q twice", value, name).WithHint("remove one of the two")
		}
		names = append(names, name)
	}
	*dst = names
	return nil
}
