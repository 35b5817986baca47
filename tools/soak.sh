#!/usr/bin/env bash
# Looks for faults longer than make test does: all tests under the race
# detector with many drawn cases, then every fuzz target.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${FUZZTIME:=60s}" "${CHECKS:=5000}"

# Packages whose tests draw cases take the number of them as a flag.
for dir in $(tools/drawn.sh); do
	checks=$CHECKS
	# A case of viewtest is a project with some 25 refreshes of views.
	if [[ $dir == ./internal/viewtest ]]; then checks=$((CHECKS / 5 + 1)); fi
	go test -count 1 -timeout 60m "$dir" -rapid.checks="$checks"
done
go test -race -count 1 -p 1 -timeout 60m ./...

while IFS=: read -r file target; do
	echo "fuzz $(dirname "$file") $target"
	go test -run '^$' -fuzz "^$target\$" -fuzztime "$FUZZTIME" "./$(dirname "$file")" </dev/null
done < <(grep -ro --include='*_test.go' '^func Fuzz[A-Za-z]*' internal | sed 's/func //')
