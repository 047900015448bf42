# demo, test, check, bench: nothing is needed before them but Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE :=

# The tests in which something is saved: they run on PostgreSQL as well.
SAVED := tests/web --ignore tests/web/test_catalogues.py $(addprefix tests/cli/test_,demo.py batches_and_undo.py)

.PHONY: demo test check bench lock catalogues
.DEFAULT_GOAL := demo

demo: .venv/catalogues.stamp                       ## the example municipality, loaded, reported and served
	$(BIN)/katsaus demo $(if $(NO_SERVE),--no-serve) $(if $(PORT),--port $(PORT))

test: .venv/dev.stamp .venv/catalogues.stamp check                 ## every check and every test
	scripts/system-programs
	$(BIN)/pytest
	scripts/with-postgresql $(BIN)/pytest $(SAVED)

check: .venv/dev.stamp                      ## formatting, lint, types, the house's directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/load.stamp .venv/catalogues.stamp                      ## ratios, and pages under load; var/bench.json
	$(BIN)/python -m bench

lock: .venv/setup.stamp                     ## writes requirements/*.txt anew from pyproject.toml
	scripts/lock

.venv/setup.stamp: requirements/setup.txt
	PYTHON=$(PYTHON) scripts/environment
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@touch $@

.venv/run.stamp: .venv/setup.stamp requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements/run.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/catalogues.stamp: .venv/run.stamp $(wildcard src/katsaus/web/locale/*/LC_MESSAGES/django.po)
	$(BIN)/pybabel --quiet compile --directory src/katsaus/web/locale --domain django
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements/dev.txt
	@touch $@

.venv/load.stamp: .venv/dev.stamp requirements/load.txt
	$(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements/load.txt
	@touch $@
