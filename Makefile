# Everything happens in .venv; nothing outside this folder is touched.
# `make help` lists the targets. Only GNU make and Python with its venv module are needed to begin.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Where the environment forbids byte code, every process would compile the project again. `make clean` removes it.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
WORKERS ?= 4
# Empty: the demo speaks the browser's language, the story English.
LANG_OF_DEMO ?=
BIN := .venv/bin
# What the bot runs on, which is enough for the demo; and the tools of those who work on it besides.
RUNS := .venv/.runs
STAMP := .venv/.installed
QUICK := tests/engine tests/bot/kit tests/handlers
# Whole batches of generated histories and damaged files, other processes, and HTTP servers.
LONG := tests/engine/test_bitflips.py tests/engine/test_against_the_literal_rules.py \
	tests/engine/test_properties.py tests/engine/test_amounts_in_bounds.py tests/engine/store/test_reader.py tests/handlers/web
# Properties that name how many examples are enough; `make test` tries a third of them.
PROPERTIES := tests/engine/test_books.py tests/engine/network/test_tree.py tests/engine/rules/test_period_close.py
PIP := $(BIN)/python -m pip --disable-pip-version-check
LIBRARIES = $(shell grep -c '^[a-z].*==' requirements.txt)
# Turns pip's talk into a count of libraries: one line that is written over in a terminal, one for every ten elsewhere.
COUNTED = awk -v all=$(LIBRARIES) -v over=$$(test -t 1 && echo 1 || echo 0) ' \
	/^Collecting / { if (++n > all) n = all; if (over) printf "\r     %d of %d: %s\033[K", n, all, $$2; \
		else if (n % 10 == 0) printf "     %d of %d\n", n, all; fflush() } \
	/^Installing / { printf over ? "\r     putting them in place\033[K" : "     putting them in place\n"; fflush() } \
	END { if (over) printf "\r\033[K" }'
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: help install demo story quick test soak mutants bench wheels picture lock clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(STAMP) ## the environment in .venv, with the command .venv/bin/moaref and all tools

# Stamps are made last and taken away first: an environment without one was interrupted half-way, and is begun anew.
$(RUNS): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Python 3.11 or later with its venv module is needed: apt install python3-venv' >&2; exit 1; }
	@echo 'The first time takes a minute or two: everything goes into the folder .venv, and nothing else is touched.'
	@echo '1/3  an environment for Python'
	@if [ -e $(RUNS) -o -e $(STAMP) ] && $(BIN)/python -c 'import pip' 2>/dev/null; then rm -f $(RUNS) $(STAMP); \
		else $(PYTHON) -m venv --clear .venv; fi
	@echo "2/3  $(LIBRARIES) libraries that the bot runs on"
	@$(PIP) install --progress-bar off --require-hashes -r requirements.txt | $(COUNTED)
	@echo '3/3  Moaref itself'
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $(RUNS)

$(STAMP): $(RUNS) requirements-dev.txt
	@echo 'Tools for those who work on it:'
	@$(PIP) install --quiet --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $(STAMP)

demo: $(RUNS) ## the whole bot on three phones in a browser; needs no token (LANG_OF_DEMO=fa: in Persian, whatever the browser's)
	@$(BIN)/moaref demo $(LANG_OF_DEMO:%=--lang %)

story: $(RUNS) ## a day of the programme, played in the terminal
	@$(BIN)/moaref demo --script $(LANG_OF_DEMO:%=--lang %)

test: $(STAMP) ## every check: style, types, layers, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

quick: $(STAMP) ## style, types, layers, and the tests of engine, kit and handlers that start no process; under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 --dist worksteal --hypothesis-profile quick $(QUICK) $(LONG:%=--ignore=%)

soak: $(STAMP) ## the long runs: many kills, MOAREF_CASES=50000 generated histories (MOAREF_SEED repeats them)
	$(BIN)/pytest -m soak --timeout 7200
	$(BIN)/pytest -q --hypothesis-profile long $(PROPERTIES)

mutants: $(STAMP) ## small changes to the engine's arithmetic, which the tests must notice; goes with soak
	rm -rf mutants
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results
	$(BIN)/mutmut export-cicd-stats
	$(BIN)/python tests/support/mutants.py

bench: $(STAMP) ## how fast it is, against a floor measured in the same run
	$(BIN)/moaref bench

wheels: $(STAMP) ## dist/ with the wheels of moaref and of moaref-demo, which `moaref[demo]` asks for
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--wheel-dir dist . ./packaging/demo

picture: $(STAMP) ## the pictures of the READMEs, taken from the tour (needs Chromium)
	PYTHONPATH=.:tests/support:tests/reference $(BIN)/python tests/support/picture.py

lock: $(STAMP) ## new versions into the requirements files (needs the network)
	$(BIN)/python -m pip install --quiet pip-tools
	$(LOCK) --upgrade --output-file requirements.txt pyproject.toml requirements.in
	$(LOCK) --upgrade --output-file requirements-dev.txt requirements-dev.in

clean: ## away with the environment and the tools' caches
	rm -rf .venv dist mutants .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
