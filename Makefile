# make demo · make test · make check · make bench · make fuzz.  Needs Python 3.11 or later and make; everything else is installed
# into .venv by the first of them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml constraints.txt

.PHONY: demo test check docs bench fuzz clean

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
	$(BIN)/python benchmarks/bench_names.py
	$(BIN)/python benchmarks/bench_expertise.py
	$(BIN)/python benchmarks/bench_backbone.py large
	$(BIN)/python benchmarks/bench_groups.py
	$(BIN)/python benchmarks/bench_measures.py --limit 5 --rounds 2
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(VENV)/pyarrow 'pyarrow>=21'
	$(BIN)/python benchmarks/bench_attendance.py $(VENV)/pyarrow

# Not part of the checks: runs until stopped, or with RUNS=10000 for so many files.
fuzz: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3.0'
	$(BIN)/python benchmarks/fuzz.py -max_len=96 -len_control=0 $(if $(RUNS),-runs=$(RUNS))

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
