# Everything is run through make; each verb first brings .venv up to date with the lock file.
# Needs only git, make, a package registry for pip, and Python 3.11 or newer: choose it with PYTHON=...

PYTHON ?= python3
PYTEST_FLAGS ?= -n auto --dist loadgroup
LOCK_FLAGS ?=

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
LOCKED := $(VENV)/locked.stamp
READY := $(VENV)/ready.stamp
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

##@ Use
.PHONY: help
help: ## Show this list
	@sed -n -e 's/^##@ \(.*\)/\1:/p' -e 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

.PHONY: site
site: setup ## Build the site into build/site
	$(BIN)/kpigen build

.PHONY: check
check: setup ## Check every record and every policy
	$(BIN)/kpigen check

.PHONY: serve
serve: setup ## Serve the site on this machine while you edit
	$(BIN)/kpigen serve

.PHONY: schema
schema: setup ## Write the JSON schemas of records and policy into schema/
	$(BIN)/kpigen schema

##@ Work on kpigen
.PHONY: test
test: lint ## Run lint, then every test but the nightly ones, with branch coverage
	$(PY) -m pytest $(PYTEST_FLAGS) --cov --cov-report=term

.PHONY: nightly
nightly: setup ## Run the slow campaigns: property tests with many more examples, and what is marked nightly
	$(PY) -m pytest $(PYTEST_FLAGS) -m "nightly or hypothesis" --hypothesis-profile=nightly

.PHONY: lint
lint: setup ## Check style, formatting, types, layers and workflows; change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/zizmor --offline --quiet --persona auditor .github/workflows
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*.*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci .gitlab-ci.yml

.PHONY: fmt
fmt: setup ## Apply the formatter and the safe fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

.PHONY: bench
bench: setup ## Run the benchmarks
	$(PY) -m bench

.PHONY: messages
messages: setup ## Extract the messages and update the catalogues
	mkdir -p build
	$(BIN)/pybabel extract --mapping-file=babel.cfg --ignore-dirs='.* build tests' --project=kpigen --sort-output --no-wrap --output-file=build/messages.pot .
	$(BIN)/pybabel update --input-file=build/messages.pot --output-dir=kpigen/locale --locale=zh --init-missing --ignore-pot-creation-date --no-wrap

##@ Keep house
# The environment is made anew when the lock file changed, when an earlier setup was cut short, when the
# interpreter behind it is gone, or when the clone was moved; kpigen alone is installed anew when only
# pyproject.toml changed. A stamp is removed before, and written after, what it vouches for.
.PHONY: setup
setup: $(READY) ## Make .venv what the lock file says (every verb does this first)

ifneq ($(shell cat $(LOCKED) 2>/dev/null),$(shell pwd -P))
$(LOCKED): broken
endif
ifeq ($(wildcard $(PY) $(PY).exe),)
$(LOCKED): broken
endif
.PHONY: broken
broken:

$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>&1); case "$$found" in Python*) ;; *) found=missing ;; esac; \
	  echo "kpigen needs Python 3.11 or newer, but $(PYTHON) is $$found; name another: make PYTHON=python3.11 ..." >&2; \
	  exit 1; }
	@echo "Setting up $(VENV) from requirements.lock (a few minutes the first time) ..."
	@rm -f $(LOCKED) $(READY)
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --require-hashes --no-deps --only-binary=:all: -r requirements.lock
	@$(PY) -m pip check
	@pwd -P > $@

$(READY): $(LOCKED) pyproject.toml
	@rm -f $@
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: lock
lock: ## Resolve requirements.lock anew from pyproject.toml (LOCK_FLAGS=--upgrade for newer releases)
	@mkdir -p build
	test -x build/lock/bin/uv || { $(PYTHON) -m venv --clear build/lock && build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv; }
	build/lock/bin/uv pip compile --quiet --universal --python-version=3.11 --generate-hashes --no-emit-index-url --no-header --group=dev $(LOCK_FLAGS) --output-file=requirements.lock pyproject.toml

.PHONY: clean
clean: ## Remove everything that was made: build/, .venv and the caches
	rm -rf build $(VENV) kpigen.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
