package refresh

import (
	"github.com/atolldata/atoll/internal/view"
)

// FewRows is how many rows a stage and what it reads have together at most where
// all of them are computed. Statements about few rows take as long as the engine
// needs to plan them, so that one for all rows beats several for those that changed.
const FewRows = 8_192

// few reports a stage that is computed from all rows of what it reads, as these are
// few.
func (r *run) few(s *view.Relation) (bool, error) {
	if r.tick.Small != ComputeWhole || s.Kind == view.SessionsKind || s.Kind == view.Full {
		return false, nil
	}
	rows, err := r.tx.Size(r.ctx, s.Name)
	if err != nil || rows > FewRows {
		return false, err
	}
	read, err := r.reads(s)
	return float64(rows)+read <= FewRows, err
}

// reads is how many rows the engine goes through to compute a stage, as far as that
// can be told: of a join by an equality, those of both sides.
func (r *run) reads(s *view.Relation) (rows float64, err error) {
	if s.Kind != view.Bag {
		return r.goesThrough(s.Input)
	}
	for _, b := range s.Branches {
		n, err := r.meets(b)
		if err != nil {
			return 0, err
		}
		rows += n
	}
	return rows, nil
}

// goesThrough is how many rows the engine goes through to read a relation.
func (r *run) goesThrough(of *view.Relation) (float64, error) {
	if !of.Stored {
		return r.reads(of)
	}
	n, err := r.tx.Size(r.ctx, of.Name)
	return float64(n), err
}

// meets is how many rows the engine goes through for a branch: those of leaves that
// an equality joins, times those of leaves that none joins with them.
func (r *run) meets(b *view.Branch) (float64, error) {
	product := 1.0
	joined := map[*view.Leaf]bool{}
	for _, first := range b.Leaves {
		if joined[first] {
			continue
		}
		joined[first] = true
		sum := 0.0
		for queue := []*view.Leaf{first}; len(queue) > 0; queue = queue[1:] {
			n, err := r.goesThrough(queue[0].Of)
			if err != nil {
				return 0, err
			}
			sum += n
			for _, e := range b.Edges {
				for _, l := range []*view.Leaf{e.A, e.B} {
					if (e.A == queue[0] || e.B == queue[0]) && !joined[l] {
						joined[l] = true
						queue = append(queue, l)
					}
				}
			}
		}
		product *= max(sum, 1)
	}
	return product, nil
}

// compare computes all rows of a stage, if something changed that it reads, and
// replaces those that differ from the stored ones.
func (r *run) compare(s *view.Relation) error {
	if changed, err := r.touches(s); err != nil || !changed {
		r.deltas[s] = &delta{}
		return err
	}
	r.atOnce = s == r.job.Program.Top()
	r.brief = true
	query, err := r.rows(s, false)
	r.brief = false
	if err != nil {
		return err
	}
	old, err := r.all(s)
	if err != nil {
		return err
	}
	return r.replace(s, old, query)
}

// touches reports that something changed that a stage reads. It takes note of the
// changes of all that it reads.
func (r *run) touches(s *view.Relation) (bool, error) {
	touched := false
	for _, b := range s.Branches {
		touched = touched || b.Moves && !r.job.Label.Equal(r.job.Before)
	}
	for _, in := range s.Reads() {
		of := r.touches
		if in.Stored {
			of = r.changed
		}
		changed, err := of(in)
		if err != nil {
			return false, err
		}
		touched = touched || changed
	}
	return touched, nil
}
