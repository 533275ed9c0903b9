# On a fresh machine with Python 3.11 to 3.14 (and its venv module) and make:
#   make demo    build the graph of seeds/articles into output/
#   make test    run the tests
#   make check   lint, types, architecture, docs
#   make bench   speed, as ratios within one run
#   make corrections  300 random corrections, and articles that come and go between: the long form
#   make served  a server under 64 clients while graphs are built: the long form
#   make faults  kills, damage, full disks, power cuts: the long form
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info < (3,15))' \
	&& echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# Two test processes where there are two cores; PYTEST="-x tests/read" narrows the run.
PYTEST ?= -n 2 --dist loadgroup

.PHONY: demo test test-fast check foreign bench corrections updates served faults processors docs clean

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "kg needs Python 3.11 to 3.14 with venv."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.kg-installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

$(VENV)/.kg-dev: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,pdf,serve]"
	@touch $@ $(VENV)/.kg-installed

demo: $(VENV)/.kg-installed
	$(BIN)/kg build seeds/articles --out output
	@echo "Look at output/graph.html and output/graph.ttl; ask: $(BIN)/kg ask 'Who sued Midjourney?'"

test: $(VENV)/.kg-dev
	$(BIN)/python -m pytest $(PYTEST)

# Without what takes more than five seconds or a browser.
test-fast: $(VENV)/.kg-dev
	$(BIN)/python -m pytest -m "not slow and not browser"

check: $(VENV)/.kg-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python docs/cli_reference.py --check
	$(BIN)/python -m kg.graph.reference | diff docs/reference/ontology.md -

# Makes the reference anew and puts real answers below the commands that README and docs show.
docs: $(VENV)/.kg-dev
	$(BIN)/python docs/cli_reference.py
	$(BIN)/python -m kg.graph.reference > docs/reference/ontology.md
	$(BIN)/python docs/transcripts.py

# Every text of ours and of the corpora through somebody else's pipeline.
CORPORA ?= ../shared/corpora
foreign: $(VENV)/.kg-dev
	KG_CORPORA=$(CORPORA) $(BIN)/python -m pytest tests/nlp/test_foreign.py

# Each program runs, whatever another finds; what missed its target fails the whole at the end.
bench: $(VENV)/.kg-dev
	@missed=; for part in benchmarks/speed/[a-z]*.py; do \
		echo "== $$part"; $(BIN)/python -m "$$(echo $${part%.py} | tr / .)" || missed="$$missed $$part"; done; \
	test -z "$$missed" || { echo "missed a target:$$missed"; exit 1; }

# 300 random corrections with articles that come, go and change between them.
corrections: $(VENV)/.kg-dev
	KG_CORRECTIONS=300 $(BIN)/python -m pytest tests/corrections

# 800 random sequences of updates, each compared with a merge of all.
updates: $(VENV)/.kg-dev
	KG_UPDATES=400 $(BIN)/python -m pytest tests/merge/test_update.py

# 64 clients for a minute, two builds in the middle.
served: $(VENV)/.kg-dev
	KG_SERVE_CLIENTS=64 KG_SERVE_SECONDS=60 $(BIN)/python -m pytest tests/serve/test_renewal.py -s

# What docs/reliability.md counts; KG_FAULTS_SEED=N tries other places.
faults: $(VENV)/.kg-dev
	KG_FAULTS=1 $(BIN)/python -m pytest tests/faults tests/run -s -rs

# Whether older processors read the same, on more text than in the tests: make processors MORE=FILE.jsonl.gz
processors: $(VENV)/.kg-dev
	$(BIN)/python -m benchmarks.quality.processors $(if $(MORE),--more $(MORE)) --cpu Haswell --cpu EPYC --cpu Skylake-Client

clean:
	find output -mindepth 1 -not -name README.md -delete
