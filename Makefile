# Acquaint's commands; `make` lists them. Everything that they make is in .venv/ and var/.

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

PYTHON ?=
PROCESSES ?= 2
VENV := .venv
BIN := $(VENV)/bin
export PYTHON PIP_DISABLE_PIP_VERSION_CHECK := 1
# What is compiled stays beside the source. Some machines forbid it, and there each process would compile all of it.
unexport PYTHONDONTWRITEBYTECODE

# A mark for each state of the requirements: installing starts again when they change, and only then.
mark = $(VENV)/installed-$(subst .txt,,$(1))-$(firstword $(shell cksum < $(1)))
$(shell test -x $(BIN)/python || rm -f $(VENV)/installed-*)
RUNS := $(call mark,requirements.txt)
DEVELOPS := $(call mark,requirements-dev.txt)

.PHONY: help run dev test check format bench lock clean

help: ## List the commands
	@echo "Acquaint: a professional network that a community runs for itself"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r command text; do printf '%-14s %s\n' "$$command" "$$text"; done

run: $(RUNS) ## Serve the site with a demo community at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(BIN)/python -m config.run

dev: $(DEVELOPS) ## The same, and reload whenever the code changes
	@$(BIN)/python -m config.run --reload

test: $(DEVELOPS) ## Run all tests, those in a browser included (PROCESSES=1 for one at a time)
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal $(TESTS)

check: $(DEVELOPS) ## Lint; check formatting, types, layers, migrations, templates and the deployment's safety
	@$(BIN)/python -m config.check

format: $(DEVELOPS) ## Format the code, and mend what the linter can mend
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

MEMBERS ?= 10000

bench: $(DEVELOPS) ## Build a network and measure the site on it (MEMBERS=100000 for a large one)
	@$(BIN)/python -m benchmarks --members $(MEMBERS)

lock: $(DEVELOPS) ## Pin the newest requirements that pyproject.toml allows, with hashes
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	@git diff --stat -- requirements.txt requirements-dev.txt

LOCK := --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

clean: ## Remove what was installed and built; your data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(RUNS): | $(VENV)/bin/python
	@echo "Installing what the site needs."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@rm -f $(VENV)/installed-requirements-[0-9]* && touch $@

$(DEVELOPS): | $(VENV)/bin/python
	@echo "Installing what developing takes."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@rm -f $(VENV)/installed-requirements* && touch $@ $(RUNS)

$(VENV)/bin/python:
	@python=$$(config/find-python.sh) && echo "Making $(VENV) with $$python" && "$$python" -m venv --clear $(VENV)
