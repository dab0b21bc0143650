# The developer's day. `make` alone shows what there is.
.DEFAULT_GOAL := help
SHELL := bash
BUILD := build/release
PYTHON := build/venv/bin/python
export PATH := $(CURDIR)/build/bin-tools:$(PATH)
# Build trees share what ccache has: they differ in their folder alone.
export CCACHE_NOHASHDIR := 1
JOBS := $(shell nproc 2>/dev/null || echo 2)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing (Debian 12; as root or with sudo)
	@.ci/setup

build: setup ## compile everything, incrementally
	@$(MAKE) --no-print-directory $(BUILD)/build.ninja
	@cmake --build $(BUILD) -j $(JOBS)

# Configured once, and again when this file says something else.
$(BUILD)/build.ninja: Makefile
	@cmake -S . -B $(BUILD) -G Ninja -DBMAUTH_WERROR=ON -DBMAUTH_BUILD_PYTHON=ON -DBMAUTH_BUILD_NODE=ON \
		-DPython_EXECUTABLE=$(CURDIR)/$(PYTHON)
	@touch $@

demo: build ## from nothing: log in, refresh, route, call, log out, on the emulator
	@$(PYTHON) tests/demo/demo.py --build $(BUILD)

test: build ## everything that CI runs, summed in one line
	@$(PYTHON) tests/run.py --build $(BUILD)

stress: build ## the long proofs
	@$(PYTHON) tests/stress/stress.py --build $(BUILD) --expiries 10000 --processes 16

bench: build ## figures beside their floors
	@$(PYTHON) tests/bench/run.py --build $(BUILD)

emulator: setup ## start the cloud in a box and print what to export
	@node tests/emulator/src/main.mjs --export

generate: setup ## write everything that comes from bindings/spec
	@cd bindings && ../$(PYTHON) -m bmauth_gen

CXX_FILES = $(shell git ls-files -co --exclude-standard -- '*.c' '*.cpp' '*.h' | grep -vE '^(capi/include|capi/generated|(python|node)/src/generated|core/error_table|core/version)')
format: setup ## bring every file into form
	@clang-format -i $(CXX_FILES)
	@build/venv/bin/ruff format -q .
	@build/venv/bin/ruff check -q --fix .
	@cd tests/emulator && npm run --silent format
	@cd tests/browser && npm run --silent format
	@cd node && npm run --silent format
	@cd bindings/rust && cargo fmt
	@gofmt -w bindings/go tests/scenarios/drivers/go tests/bench/go tests/packages

lint: setup ## check form, types and common mistakes
	@$(PYTHON) tests/lint.py --build $(BUILD)

clean: ## remove what was built, keep what was installed
	@rm -rf build/release build/asan build/tsan

.PHONY: help setup build demo test stress bench emulator generate format lint clean
