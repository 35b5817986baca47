#!/usr/bin/env bash
# Sees that what Atoll is built with is there. As root on Debian it installs
# what is missing; elsewhere it names it and stops.
set -euo pipefail

missing=()
need() { # COMMAND PACKAGE
	command -v "$1" >/dev/null || missing+=("$2")
}
need go golang-go
need "${CC:-gcc}" gcc
need "${CXX:-g++}" g++ # the engine is C++, and its library is linked in
need make make
need git git
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || need postgres postgresql # the server that tests run

if ((${#missing[@]})); then
	if command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ca-certificates "${missing[@]}"
	else
		echo "missing: ${missing[*]}" >&2
		echo "install them; on Debian: sudo apt-get install ${missing[*]}" >&2
		exit 1
	fi
fi

# A Go that is older than go.mod says fetches the right one, unless told not to.
cd "$(dirname "$0")/.."
if ! go version >/dev/null; then
	echo "Go $(sed -n 's/^go //p' go.mod) or later is needed: install it, or set GOTOOLCHAIN=auto" >&2
	exit 1
fi
