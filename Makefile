# Two commands: `make run` answers the flagship's questions, `make test` passes every check.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test check lint scripts types layers tests docs page bench regold clean

run: $(VENV)/.installed
	$(BIN)/foedus run pact --seed 1
	@echo 'Now type:  source $(BIN)/activate   then, for example:  foedus trace pact kursk_apr'

test: $(VENV)/.developed lint types layers tests

check: lint types layers
	$(BIN)/foedus check pact

lint: $(VENV)/.developed
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/python tools/scripts.py

# The scripts of the pages alone; on a machine without Node.js it says that they were left out.
scripts: $(VENV)/bin/python
	$(BIN)/python tools/scripts.py

types: $(VENV)/.developed
	$(BIN)/mypy

layers: $(VENV)/.developed
	$(BIN)/lint-imports

tests: $(VENV)/.developed
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

regold: $(VENV)/.developed
	$(BIN)/python tools/regold.py

docs: $(VENV)/.developed
	$(BIN)/python tools/builtins_doc.py
	$(BIN)/python tools/evidence_doc.py
	$(BIN)/python tools/errors_doc.py
	$(BIN)/python tools/shelf_doc.py

bench: $(VENV)/.developed
	$(BIN)/pip install -q -e '.[bench]'
	$(BIN)/python benchmarks/run.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	touch $@

$(VENV)/.developed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev,all]'
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis report.html
