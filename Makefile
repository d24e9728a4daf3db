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
LANG_OF_DEMO ?= en
BIN := .venv/bin
STAMP := .venv/.installed
QUICK := tests/engine tests/bot/kit tests/handlers
# Whole batches of generated histories and damaged files, other processes, and HTTP servers.
LONG := tests/engine/test_bitflips.py tests/engine/test_against_the_literal_rules.py \
	tests/engine/test_properties.py tests/engine/test_amounts_in_bounds.py tests/engine/store/test_reader.py tests/handlers/web
# Properties that name how many examples are enough; `make test` tries a third of them.
PROPERTIES := tests/engine/test_books.py tests/engine/network/test_tree.py tests/engine/rules/test_period_close.py
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: help install demo story quick test soak mutants bench wheels picture lock clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(STAMP) ## the environment in .venv, with the command .venv/bin/moaref

# The stamp is made last and taken away first: an environment without one was interrupted half-way, and is begun anew.
$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Python 3.11 or later with its venv module is needed: apt install python3-venv' >&2; exit 1; }
	@if [ -e $(STAMP) ] && $(BIN)/python -c 'import pip'; then rm $(STAMP); else $(PYTHON) -m venv --clear .venv; fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP) ## the whole bot on three phones in a browser; needs no token (LANG_OF_DEMO=fa for Persian)
	@echo 'The demo (the package moaref-demo) is a part of this checkout: nothing more is installed or downloaded.'
	$(BIN)/moaref demo --lang $(LANG_OF_DEMO)

story: $(STAMP) ## a day of the programme, played in the terminal
	$(BIN)/moaref demo --script --lang $(LANG_OF_DEMO)

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
