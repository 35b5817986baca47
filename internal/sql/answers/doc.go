// Package answers holds the tests that run Redshift's SQL on the embedded engine
// and compare with the answers that Redshift's documentation gives. It has no
// code of its own: it is apart from the packages it tests so that these test
// without linking an engine.
//
// Each file of testdata is a list of cases, grouped under the page of the Amazon
// Redshift Database Developer Guide that they follow:
//
//	# AVG function
//	select avg(qty) from public.sales
//	=> 2
//
// A case is a query, over as many lines as it takes, and one line "=> a | b" for
// each row of its answer, or one line "=> error: text" for a message that has the
// text in it. A query without rows has "=>" alone. NULL is null. Every query also
// has its columns' types in the engine compared with the types that bind gave.
//
// Every function of the catalogue must be called in a case that has an answer.
package answers
