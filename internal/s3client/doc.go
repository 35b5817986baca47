// Package s3client is how Atoll speaks to object stores: it makes a client of
// the S3 protocol for a place that a project names, and says in a user's words
// what went wrong there.
//
// A client works against Amazon S3 and against servers that speak its protocol
// (an endpoint in the url). Credentials are those of the source, or those of
// the usual AWS chain: environment, shared profile, container, instance role.
//
// Invariants:
//   - Every call is retried a bounded number of times, with exponential backoff
//     and jitter, where a retry may help (throttling, 5xx, broken connections).
//   - No credential appears in an error or a log (I5): they are taken out of
//     what a server says, and what it says about credentials is not repeated.
package s3client
