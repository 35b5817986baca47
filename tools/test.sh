#!/usr/bin/env bash
# Runs all tests. With DRAW_SEED, a whole number, cases are drawn from that seed, so
# that who asks about the same tree twice is told the same; without it they are drawn
# anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
drawn=$(tools/drawn.sh)
others=$(go list -f '.{{slice .ImportPath (len .Module.Path)}}' ./... | grep -vxF "$drawn")
failed=0
# shellcheck disable=SC2086 # the lists are words
go test -p 2 -timeout 9m $drawn ${DRAW_SEED:+-rapid.seed="$DRAW_SEED"} || failed=$?
# shellcheck disable=SC2086
go test -p 2 -timeout 9m $others || failed=$?
exit "$failed"
