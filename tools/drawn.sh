#!/usr/bin/env bash
# Prints the packages whose tests draw cases with rapid, a line each: those take its
# flags, others refuse them.
set -euo pipefail
cd "$(dirname "$0")/.."
grep -rl --include='*_test.go' 'pgregory.net/rapid' internal | xargs -n 1 dirname | sort -u | sed 's|^|./|'
