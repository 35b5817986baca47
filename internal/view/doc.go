// Package view says how a model's view is kept: the query whose rows it holds,
// in the engine's words, and the plan by which it is refreshed from what
// changed. It is pure.
//
// Words: a [Relation] is a bag of rows that takes part in a refresh, something
// that the model reads or a stage of its query; a [Branch] is a SELECT without
// groups and windows, over leaves; signed rows are rows that came (weight 1) and
// rows that left (-1); the fingerprint of a view changes whenever it has to be
// built anew; a session is a run of rows of one partition in which each follows
// the one before by at most the gap.
//
// # From a query to stages
//
// The planner takes the plain form of a bound query (package normal) and cuts it
// at what cannot pass signed rows on: groups, windows, DISTINCT, set operations,
// LIMIT. What is left between the cuts are bags of branches, which are stored
// only where they are the view itself. DISTINCT, UNION, INTERSECT and EXCEPT are
// groupings by all columns, and grouping sets a union of groupings, so that there
// are few kinds of stages to get right:
//
//	bag       the signed rows of its branches are its own
//	merge     states of groups, to which the states of signed rows are added
//	keyed     the rows of the keys that signed rows have are computed anew
//	sessions  the sessions near signed rows are
//	full      all rows are
//
// # The delta of a branch
//
// With Q(a, b, ...) for the rows of a branch over its leaves, and a' for a leaf
// after the change,
//
//	Q(a', b', ...) - Q(a, b, ...) = [Q(a', b', ...) - Q(a, b', ...)] + [Q(a, b', ...) - Q(a, b, ...)] + ...
//
// one term for each leaf that changed, with the leaves before it as they were and
// those behind it as they are. In a leaf that is plainly joined, or kept by an
// outer join, Q is linear: its term is Q over the leaf's signed rows. In the
// optional side of an outer join and in the relation of a subquery it is not;
// there the term is the two Qs themselves, over the rows whose keys are among
// those of the leaf's signed rows, as no others differ. A condition that compares
// with the clock adds a term: the rows for which it holds at the new label and
// not at the old one, and the other way round.
//
// Invariants: the query of a view gives one answer (I2): what SQL leaves open,
// lowering has decided; ids of sessions depend on their rows alone. Whatever the
// planner does not understand is full, with the reason and its place.
package view
