# Atoll's commands for those who build it. `make help` lists them.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unreleased)
BUILD   := -trimpath -buildvcs=false -ldflags '-X main.version=$(VERSION)'
BIN     := $(CURDIR)/.cache/bin

# The rows that `make bench` loads, how often each side repeats, and the share of
# full size that refreshes are measured with.
ROWS   ?= 10000000
REPEAT ?= 3
SCALE  ?= 1
# How long `make soak` fuzzes each target, and how many cases each property draws.
FUZZTIME ?= 60s
CHECKS   ?= 5000

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## see that Go, a C++ compiler, make and git are there; on Debian as root, install them
	@tools/setup.sh

.PHONY: build
build: setup ## build the binary, bin/atoll
	go build $(BUILD) -o bin/atoll ./cmd/atoll

.PHONY: demo
demo: build ## build, make an example project, load its files and print its reports
	@tools/demo.sh

.PHONY: test
test: setup tools ## run all tests, after all the set-up that they need
	@tools/test.sh

.PHONY: lint
lint: setup $(BIN)/staticcheck ## check formatting, vet, staticcheck, and the rules of the tree
	@unformatted=$$(gofmt -l bench cmd examples internal); if [ -n "$$unformatted" ]; then echo "run gofmt -w on:" $$unformatted; exit 1; fi
	go vet ./...
	$(BIN)/staticcheck ./...
	go test -count 1 ./internal/lint

BENCH := go run -buildvcs=false ./bench -atoll bin/atoll -dir .cache/bench -rows $(ROWS) -repeat $(REPEAT) -scale $(SCALE)

.PHONY: bench
bench: build ## measure loading, compiling and refreshing against the bare engine (ROWS=10000000 REPEAT=3 SCALE=1)
	$(BENCH)

.PHONY: bench-refresh
bench-refresh: build ## measure refreshing alone (REPEAT=3 SCALE=1)
	$(BENCH) -only sms,history,groups,sessions,storage

.PHONY: soak
soak: setup tools ## look for faults longer: races, many drawn cases, fuzzing (FUZZTIME=60s CHECKS=5000)
	FUZZTIME=$(FUZZTIME) CHECKS=$(CHECKS) tools/soak.sh

.PHONY: tools
tools: $(BIN)/versitygw ## build the programs that the tests run beside Atoll

$(BIN)/versitygw: tools/versitygw/go.mod tools/versitygw/go.sum
	cd tools/versitygw && go build -buildvcs=false -o $@ github.com/versity/versitygw/cmd/versitygw

$(BIN)/staticcheck: tools/staticcheck/go.mod tools/staticcheck/go.sum
	cd tools/staticcheck && go build -buildvcs=false -o $@ honnef.co/go/tools/cmd/staticcheck

.PHONY: clean
clean: ## remove what was built, and the demo
	rm -rf bin demo .cache
