// Package fault holds the one error type that users of Atoll see.
//
// A fault says where something went wrong (file, line, column), what was found,
// what was expected and what to do about it. Every package below returns plain
// Go errors for what a user cannot influence and faults for what a user can.
// Transports map a fault's [Code] to their own vocabulary in one table each:
// exit codes in the command line, SQLSTATE and HTTP status in the servers.
//
// Messages are lower case, quote the offending value and carry no secrets.
package fault
