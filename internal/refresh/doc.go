// Package refresh carries out the refreshes of views in a warehouse transaction,
// a [Tick]: each from what changed since it was last refreshed, or from all rows.
// The refreshes of a tick share what changed and what they look up.
//
// Words: a window is the versions of an input that a refresh takes in. A
// relation of a plan (a stage, or what the model reads) has a state before the
// window and one after it, and a delta, the signed rows between them. A state is
// narrowed where only rows with certain keys matter.
//
// Invariant: a refresh from changes leaves in the view, as a bag, what a refresh
// from all rows would (I2). Narrowed states may hold rows too many, never too
// few: each statement repeats the conditions that they were narrowed by.
package refresh
