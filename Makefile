# make demo · make test · make check · make bench.  Needs Python 3.11 or later and make; everything else is installed
# into .venv by the first of them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml constraints.txt

.PHONY: demo test check docs bench clean

demo: $(VENV)/.installed
	@$(BIN)/sna run surveys/il-cop --out outputs/il-cop
	@echo "Open this page in a browser: $(CURDIR)/outputs/il-cop/index.html"

test: $(VENV)/.dev
	@$(BIN)/python tests/browser_path.py --install
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/make_docs.py --check
	$(BIN)/python surveys/make_examples.py --check
	@$(MAKE) test

docs: $(VENV)/.dev
	$(BIN)/python docs/make_docs.py

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/bench.py

$(VENV)/.installed: $(INPUTS)
	@echo "Preparing .venv (once) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) outputs/il-cop outputs/pplc
