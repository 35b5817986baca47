package main

import (
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
)

// plannedView is a view and how it is refreshed, as check and explain tell it.
type plannedView struct {
	Name    schema.Name     `json:"name"`
	File    string          `json:"file"`
	Kind    string          `json:"kind"`
	Every   string          `json:"every,omitempty"`
	Plan    view.Plan       `json:"plan"`
	Columns []schema.Column `json:"columns"`

	text string // of the file
}

// planned plans a view whose model is not broken.
func planned(n *compile.Node) plannedView {
	v := plannedView{Name: n.Name, File: n.Model.File, Kind: n.Model.Kind, Plan: view.PlanOf(n), Columns: n.Shape.Columns, text: n.Model.Text}
	if n.Model.Every > 0 {
		v.Every = interval(n.Model.Every)
	}
	return v
}

// heading says which view it is, when it is refreshed and by what plan.
func (v *plannedView) heading() string {
	due := "every tick"
	if v.Every != "" {
		due = "every " + v.Every
	}
	return fmt.Sprintf("%s  %s\n  refreshed %s, plan %s", v.Name, v.File, due, v.Plan.Kind)
}

// summary says of a stage in one line what it does and what it reads.
func summary(s view.Stage) string {
	text := string(s.Kind)
	if len(s.Keys) > 0 {
		text += " by " + strings.Join(s.Keys, ", ")
	}
	if len(s.Reads) > 0 {
		text += ", reads " + strings.Join(s.Reads, ", ")
	}
	return text
}

// brief lists the stages in a line each, after the reason why a view has to be
// recomputed, where it has to, and what would avoid it.
func (v *plannedView) brief() string {
	var b strings.Builder
	b.WriteString(v.heading())
	if v.Plan.Reason != "" {
		b.WriteString(": " + v.Plan.Reason)
	}
	b.WriteString("\n")
	if v.Plan.Pos.Line > 0 {
		fmt.Fprintf(&b, "  at %s\n", v.place(v.Plan.Pos))
	}
	if v.Plan.Hint != "" {
		fmt.Fprintf(&b, "  hint: %s\n", v.Plan.Hint)
	}
	for _, s := range v.Plan.Stages {
		fmt.Fprintf(&b, "  stage %s: %s\n", s.Name, summary(s))
	}
	return b.String()
}

// place is a position in the view's file.
func (v *plannedView) place(pos fault.Position) fault.Position {
	pos.File = v.File
	return pos
}

// reason shows a reason with the place in the query that it is about.
func (v *plannedView) reason(reason string, pos fault.Position, hint string) string {
	e := fault.New(fault.Unsupported, "%s", reason)
	if pos.Line > 0 {
		e.At(pos).In(v.File, v.text)
	}
	e.Hint = hint
	return indented(e, "")
}

// full tells all of a plan: each stage with its query, and reasons with the
// lines of the query that they are about.
func (v *plannedView) full() string {
	var b strings.Builder
	b.WriteString(v.heading() + "\n")
	if v.Plan.Reason != "" {
		b.WriteString(v.reason(v.Plan.Reason, v.Plan.Pos, v.Plan.Hint))
	}
	for _, s := range v.Plan.Stages {
		fmt.Fprintf(&b, "\n  stage %s: %s\n", s.Name, summary(s))
		if s.Stored && s.Name != v.Name.String() {
			b.WriteString("  its rows are kept beside the view\n")
		}
		if s.Reason != "" && s.Reason != v.Plan.Reason {
			b.WriteString(v.reason(s.Reason, s.Pos, s.Hint))
		}
		b.WriteString("    " + strings.ReplaceAll(s.Text, "\n", "\n    ") + "\n")
	}
	return b.String()
}
