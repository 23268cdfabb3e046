# `make demo` and `make test` are all a newcomer needs: Python 3.11 and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
MODEL := nlp/jiyao/model
# One BLAS thread: training is only reproducible with a fixed number, and reading is faster.
export OPENBLAS_NUM_THREADS := 1

.PHONY: demo test lint types imports train scores corpus-report corpus-check format-corpus clean

demo: $(READY)
	mkdir -p out
	$(BIN)/jiyao extract docs/sample --format table
	$(BIN)/jiyao extract docs/sample -o out/ledger.xlsx
	$(BIN)/jiyao extract docs/sample -o out/ledger.html
	@echo
	@echo "The ledger is in out/ledger.xlsx, the page to read in out/ledger.html."

test: lint types imports corpus-check
	$(BIN)/python -m pytest -n 2

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

corpus-check: $(READY)
	$(BIN)/python -m jiyao.corpus --errors-only annotations/minutes

format-corpus: $(READY)
	$(BIN)/python -m jiyao.corpus --rewrite annotations/minutes

# Trains the model that ships from annotations/ by configs/.
train: $(READY)
	$(BIN)/jiyao train -o $(MODEL) --workers 2
	$(BIN)/python training/scores.py

# Measures the corpus and writes the figures into annotations/README.md.
corpus-report: $(READY)
	$(BIN)/python training/corpus_report.py

# Scores the shipped model with the rules as they are, and writes the table into the READMEs.
scores: $(READY)
	$(BIN)/python training/scores.py --measure

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) out build dist
