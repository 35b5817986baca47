// Package token holds what the lexer, the parser and the printers must agree
// on: which words are reserved, what a plain identifier is, and how tightly
// operators bind.
package token

import (
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/schema"
)

// reserved are Redshift's reserved words, from "Reserved words" in Amazon
// Redshift's SQL reference.
var reserved = set(`
	aes128 aes256 all allowoverwrite analyse analyze and any array as asc
	authorization az64 backup between binary blanksasnull both bytedict bzip2
	case cast check collate column constraint create credentials cross
	current_date current_time current_timestamp current_user current_user_id
	default deferrable deflate defrag delta delta32k desc disable distinct do
	else emptyasnull enable encode encrypt encryption end except explicit false
	for foreign freeze from full globaldict256 globaldict64k grant group gzip
	having identity ignore ilike in initially inner intersect interval into is
	isnull join leading left like limit localtime localtimestamp lun luns lzo
	lzop minus mostly16 mostly32 mostly8 natural new not notnull null nulls off
	offline offset oid old on only open or order outer overlaps parallel
	partition percent permissions pivot placing primary raw readratio recover
	references rejectlog resort respect restore right select session_user
	similar snapshot some sysdate system table tag tdes text255 text32k then
	timestamp to top trailing true truncatecolumns union unique unnest unpivot
	user using verbose wallet when where with without`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// IsReserved reports whether a word, in lower case, is reserved in Redshift: it
// names something only in double quotes, after AS or after a dot.
func IsReserved(word string) bool { return reserved[word] }

// MaxName is the longest name, in bytes.
const MaxName = schema.MaxIdentifier

// IsNameStart reports whether a plain identifier can start with the byte: an
// ASCII letter, an underscore, or any part of a multibyte character ("Names and
// identifiers" in Amazon Redshift's SQL reference).
func IsNameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

// IsNamePart reports whether a plain identifier can go on with the byte.
func IsNamePart(c byte) bool {
	return IsNameStart(c) || c >= '0' && c <= '9' || c == '$'
}

// IsPlain reports whether a folded name can be written without quotes where
// reserved words do not matter, in every engine: lower-case ASCII letters, digits
// and underscores, not starting with a digit.
func IsPlain(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c == '_' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return name != ""
}

// Fold turns ASCII letters to lower case and leaves all others, as Redshift
// folds identifiers.
func Fold(name string) string {
	for i := range len(name) {
		if c := name[i]; c >= 'A' && c <= 'Z' {
			b := []byte(name)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return name
}

// TakesDatePart reports whether the first argument of a function may be a bare
// word that names a part of a date: DATEADD(day, 1, d).
func TakesDatePart(function string) bool {
	switch function {
	case "dateadd", "datediff", "date_part", "pgdate_part":
		return true
	}
	return false
}
