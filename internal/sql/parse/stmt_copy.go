package parse

import (
	"maps"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// optionValue reads the value of an option whose name was read; it returns nil
// for an option that is just there.
type optionValue func(p *parser) ast.Expr

// optionSet has the options of a statement by their names, with a space between
// words.
type optionSet map[string]optionValue

// The values that options take.
var (
	noValue optionValue = func(*parser) ast.Expr { return nil }

	textValue optionValue = func(p *parser) ast.Expr {
		p.accept("as")
		return p.stringLit("a string")
	}
	maybeTextValue optionValue = func(p *parser) ast.Expr {
		if p.accept("as") || p.tok().kind == str || p.atAny("auto", "noshred") {
			return p.stringLit("a string")
		}
		return nil
	}
	numberValue optionValue = func(p *parser) ast.Expr {
		p.accept("as")
		return p.numberLit()
	}
	secretValue optionValue = func(p *parser) ast.Expr {
		name := strings.ToUpper(p.tokens[p.i-1].text)
		p.accept("as")
		return p.secret("a string after " + name)
	}
	// switchValue is ON or OFF, TRUE or FALSE, or nothing.
	switchValue optionValue = func(p *parser) ast.Expr {
		w := p.maybeOneOf("on", "off", "true", "false")
		if w == nil {
			return nil
		}
		w.Text = map[string]string{"on": "on", "true": "on", "off": "off", "false": "off"}[w.Text]
		return w
	}
	// sizeValue is a number with a unit or without.
	sizeValue optionValue = func(p *parser) ast.Expr {
		p.accept("as")
		start := p.pos()
		n := p.decimal()
		unit := p.maybeOneOf("kb", "mb", "gb")
		if unit == nil {
			return n
		}
		return &ast.Amount{Span: p.span(start), Number: n, Unit: unit}
	}
	roleValue optionValue = func(p *parser) ast.Expr {
		if w := p.maybeOneOf("default"); w != nil {
			return w
		}
		return p.stringLit("DEFAULT or a role's ARN as a string")
	}
)

// credentialOptions say who reads or writes the files ("Authorization parameters").
var credentialOptions = optionSet{
	"iam_role": roleValue, "credentials": secretValue, "with credentials": secretValue,
	"access_key_id": secretValue, "secret_access_key": secretValue, "session_token": secretValue,
	"master_symmetric_key": secretValue, "region": textValue,
}

// copyOptions are the options of COPY ("COPY": data sources, data format
// parameters, data conversion parameters, data load operations).
var copyOptions = withOptions(credentialOptions, optionSet{
	"csv": noValue, "quote": textValue, "delimiter": textValue, "fixedwidth": textValue, "shapefile": noValue,
	"simplify": maybeNumberValue, "simplify auto": maybeNumberValue, "avro": maybeTextValue, "json": maybeTextValue,
	"parquet": noValue, "orc": noValue, "serializetojson": noValue,
	"bzip2": noValue, "gzip": noValue, "lzop": noValue, "zstd": noValue,
	"manifest": noValue, "encrypted": noValue, "ssh": noValue, "readratio": numberValue,
	"acceptanydate": noValue, "acceptinvchars": maybeTextValue, "blanksasnull": noValue, "dateformat": textValue,
	"emptyasnull": noValue, "encoding": encodingValue, "escape": noValue, "explicit_ids": noValue, "fillrecord": noValue,
	"ignoreblanklines": noValue, "ignoreheader": numberValue, "null": nullValue, "removequotes": noValue, "roundec": noValue,
	"timeformat": textValue, "trimblanks": noValue, "truncatecolumns": noValue,
	"comprows": numberValue, "compupdate": compupdateValue, "ignoreallerrors": noValue, "maxerror": numberValue, "noload": noValue,
	"statupdate": switchValue,

	"using template": func(p *parser) ast.Expr {
		n := p.objectName("the name of a template")
		return &ast.NameValue{Span: p.span(n[0].Start), Name: n}
	},
})

// unloadOptions are the options of UNLOAD ("UNLOAD").
var unloadOptions = withOptions(credentialOptions, optionSet{
	"csv": noValue, "parquet": noValue, "json": noValue, "text": noValue,
	"manifest": noValue, "manifest verbose": noValue, "header": noValue, "delimiter": textValue, "fixedwidth": textValue,
	"encrypted": noValue, "encrypted auto": noValue, "kms_key_id": textValue, "bzip2": noValue, "gzip": noValue, "zstd": noValue,
	"addquotes": noValue, "null": nullValue, "escape": noValue, "allowoverwrite": noValue, "cleanpath": noValue,
	"parallel": switchValue, "maxfilesize": sizeValue, "rowgroupsize": sizeValue, "extension": textValue,
})

func maybeNumberValue(p *parser) ast.Expr {
	if p.tok().kind == number {
		return p.decimal()
	}
	return nil
}

// decimal reads a number that may have a fraction.
func (p *parser) decimal() *ast.NumberLit {
	t := p.tok()
	if t.kind != number {
		p.unexpected("a number")
	}
	p.i++
	return &ast.NumberLit{Span: ast.Span{Start: t.start, Stop: t.end}, Text: t.text}
}

// nullValue reads what stands for NULL in a file. It may be the NUL character,
// '\000', which no other string may hold ("Preparing your input data").
func nullValue(p *parser) ast.Expr {
	p.accept("as")
	if t := p.tok(); t.kind == bad && t.text == holdsNUL {
		p.i++
		value, _, _ := p.decoded([]tok{*t})
		return &ast.StringLit{Span: p.span(t.start), Value: value}
	}
	return p.stringLit("a string")
}

// encodingValue reads the encoding of a file.
func encodingValue(p *parser) ast.Expr {
	p.accept("as")
	return p.oneOf("utf8", "utf16", "utf16le", "utf16be", "iso88591")
}

func compupdateValue(p *parser) ast.Expr {
	if w := p.maybeOneOf("preset"); w != nil {
		return w
	}
	return switchValue(p)
}

// listValue is one or more values with commas between them.
func listValue(item optionValue) optionValue {
	return func(p *parser) ast.Expr {
		l := &ast.List{}
		start := p.pos()
		for ok := true; ok; ok = p.accept(",") {
			l.Items = append(l.Items, item(p))
		}
		l.Span = p.span(start)
		return l
	}
}

// withOptions joins two sets.
func withOptions(a, b optionSet) optionSet {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// options reads options of a set until what follows is none. Of words that an
// option may have before it nothing is kept.
func (p *parser) options(set optionSet, noise ...string) []*ast.Option {
	var list []*ast.Option
	seen := map[string]bool{}
	for {
		start := p.pos()
		p.accept(noise...)
		if len(noise) > 0 && p.i > 0 && p.tokens[p.i-1].is(noise[0]) {
			p.accept("as")
		}
		name := p.longest(set.names())
		if name == "" {
			if p.pos() != start {
				p.unexpectedHint("an option after "+strings.ToUpper(noise[0]), p.nearOption(set))
			}
			return list
		}
		if seen[name] {
			p.fail(start, "leave one of them out", "%s is given twice", strings.ToUpper(name))
		}
		seen[name] = true
		p.i += strings.Count(name, " ") + 1
		o := &ast.Option{Name: strings.TrimPrefix(name, "with ")}
		o.Value = set[name](p)
		o.Span = p.span(start)
		list = append(list, o)
	}
}

func (s optionSet) names() []string { return slices.Collect(maps.Keys(s)) }

// longest returns that of some names, with spaces between words, which comes
// next and has the most words, or "".
func (p *parser) longest(names []string) string {
	best := ""
	for _, name := range names {
		if len(name) > len(best) && p.at(strings.Fields(name)...) {
			best = name
		}
	}
	return best
}

// endOfOptions ends the parse if a statement goes on behind its last option.
func (p *parser) endOfOptions(statement string, set optionSet) {
	if !p.at(";") && p.tok().kind != eof {
		p.unexpectedHint("an option of "+statement, p.nearOption(set))
	}
}

// nearOption is the hint that another option is meant.
func (p *parser) nearOption(set optionSet) string {
	names := set.names()
	slices.Sort(names)
	if p.tok().kind != word {
		return ""
	}
	if near := fault.Nearest(p.tok().text, names); near != "" {
		return "did you mean " + strings.ToUpper(near) + "?"
	}
	return ""
}

// copy reads COPY table (columns) FROM source options, and COPY JOB.
func (p *parser) copy() ast.Statement {
	start := p.pos()
	p.i++
	if p.at("job") && !p.peek(1).is("from") && !p.peek(1).is("(") && !p.peek(1).is(".") {
		return p.copyJob(start, "alter", "drop", "list", "run", "show")
	}
	s := &ast.Copy{Table: p.relation("a table name")}
	if p.at("(") {
		s.Columns = p.nameList("a column name")
	}
	if !p.at("from") {
		p.unexpectedHint("FROM", p.copyHint())
	}
	p.i++
	if p.at("stdin") {
		p.unsupported(p.pos(), "land the file in a source's folder or on S3", "COPY FROM STDIN is not available in Redshift")
	}
	s.From = p.stringLit("where to load from, as a string")
	s.Options = p.options(copyOptions, "format")
	if p.at("job") {
		jobStart := p.pos()
		s.Job = p.copyJob(jobStart, "create")
	}
	p.endOfOptions("COPY", copyOptions)
	s.Span = p.span(start)
	return s
}

func (p *parser) copyHint() string {
	if p.at("to") {
		return "COPY loads: to write a query's rows to files use UNLOAD"
	}
	return ""
}

// copyJob reads JOB action name [AUTO ON | OFF].
func (p *parser) copyJob(start ast.Pos, actions ...string) *ast.CopyJob {
	p.expect("job")
	j := &ast.CopyJob{Action: p.oneOf(actions...)}
	if j.Action.Text != "list" {
		j.Name = p.name("a job name")
	}
	if (j.Action.Text == "create" || j.Action.Text == "alter") && p.accept("auto") {
		j.Auto = p.oneOf("on", "off")
	}
	j.Span = p.span(start)
	return j
}

// createTemplate reads CREATE [OR REPLACE] TEMPLATE name FOR COPY [AS] options,
// or nothing.
func (p *parser) createTemplate() ast.Statement {
	start := p.pos()
	s := &ast.CreateTemplate{OrReplace: p.at("create", "or", "replace", "template")}
	if !s.OrReplace && !p.at("create", "template") {
		return nil
	}
	p.i += 2
	if s.OrReplace {
		p.i += 2
	}
	s.Name = p.objectName("the name of a template")
	p.expect("for")
	p.expect("copy")
	p.accept("as")
	s.Options = p.options(copyOptions, "format")
	if len(s.Options) == 0 {
		p.unexpectedHint("an option of COPY", p.nearOption(copyOptions))
	}
	p.endOfOptions("COPY", copyOptions)
	s.Span = p.span(start)
	return s
}

// unload reads UNLOAD ('query') TO 'location' and its options.
func (p *parser) unload() ast.Statement {
	start := p.pos()
	p.i++
	at := p.open("(")
	if p.atQuery() {
		p.unexpectedHint("a query as a string", "write the query between $$ and $$")
	}
	s := &ast.Unload{Query: p.queryInString()}
	p.close(")", at)
	p.expect("to")
	s.To = p.stringLit("where to write to, as a string")
	s.Options = p.options(unloadOptions, "format")
	if p.at("partition") {
		p.expectBy()
		s.PartitionBy = p.nameList("a column name")
		s.Include = p.accept("include")
		given := s.Options
		s.Options = append(s.Options, p.options(unloadOptions, "format")...)
		for _, o := range s.Options[len(given):] {
			for _, g := range given {
				if g.Name == o.Name {
					p.fail(o.Start, "leave one of them out", "%s is given twice", strings.ToUpper(o.Name))
				}
			}
		}
	}
	p.endOfOptions("UNLOAD", unloadOptions)
	s.Span = p.span(start)
	return s
}

// queryInString reads a string and the query in it. Faults and nodes have their
// places in the whole text: the parser steps into the string and out again.
func (p *parser) queryInString() *ast.Query {
	first := p.i
	p.str("a query as a string")
	value, starts, ends := p.decoded(p.tokens[first:p.i])
	inner := lex(value)
	hints := map[ast.Pos]string{}
	for i := range inner.tokens {
		t := &inner.tokens[i]
		hint, ok := inner.hints[t.start]
		end := starts[t.end]
		if t.end > t.start {
			end = ends[t.end-1]
		}
		t.start, t.end = starts[t.start], end
		if ok {
			hints[t.start] = hint
		}
	}
	tokens, outerHints, next := p.tokens, p.hints, p.i
	defer func() { p.tokens, p.hints, p.i = tokens, outerHints, next }()
	p.tokens, p.hints, p.i = inner.tokens, hints, 0
	p.wantQuery()
	q := p.query()
	switch {
	case p.at(";"):
		p.unexpectedHint("the end of the query", "UNLOAD takes one query, without a semicolon")
	case p.tok().kind != eof:
		p.unexpected("the end of the query")
	}
	return q
}

// decoded returns the value of strings that continue each other, and for each of
// its bytes, and for its end, where what stands for it starts and ends in the
// text.
func (p *parser) decoded(strs []tok) (value string, starts, ends []ast.Pos) {
	var b strings.Builder
	for _, t := range strs {
		raw := p.text[t.start:t.end]
		l := &lexer{text: p.text, pos: int(t.start) + strings.IndexByte(raw, '\'') + 1}
		end := int(t.end) - 1
		if raw[0] == '$' {
			tag := strings.IndexByte(raw[1:], '$') + 2
			l.pos, end = int(t.start)+tag, int(t.end)-tag
		}
		for l.pos < end {
			from, c := l.pos, p.text[l.pos]
			l.pos++
			switch {
			case raw[0] == '$', c != '\'' && c != '\\':
				b.WriteByte(c)
			case c == '\'':
				b.WriteByte(c)
				l.pos++
			default:
				l.escape(&b)
			}
			for len(starts) < b.Len() {
				starts = append(starts, ast.Pos(from))
				ends = append(ends, ast.Pos(l.pos))
			}
		}
	}
	last := strs[len(strs)-1].end
	return b.String(), append(starts, last), append(ends, last)
}
