# `make demo` and `make test` are all a newcomer needs: Python 3.11 and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
MODEL := nlp/jiyao/model
# One BLAS thread: training is only reproducible with a fixed number, and reading is faster.
export OPENBLAS_NUM_THREADS := 1

REVIEW := build/review

.PHONY: demo test test-review labelling lint types imports train scores corpus-report corpus-check format-corpus clean

demo: $(READY)
	mkdir -p out
	$(BIN)/jiyao extract docs/sample --format table
	$(BIN)/jiyao extract docs/sample -o out/ledger.xlsx
	$(BIN)/jiyao extract docs/sample -o out/ledger.html
	@echo
	@echo "The ledger is in out/ledger.xlsx, the page to read in out/ledger.html."

test: lint types imports corpus-check
	$(BIN)/python -m pytest -n 2

# The round trip against a real Label Studio, in a real browser. What is missing is installed; what cannot be, is said,
# and the tests that need it are skipped with the reason.
test-review: $(READY) $(REVIEW)/server.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[review-test]' || \
		echo "playwright cannot be installed here: the tests that need a browser are skipped"
	test -x /usr/bin/chromium || timeout 600 sh -c 'export DEBIAN_FRONTEND=noninteractive; \
		apt-get update; apt-get install -y --no-install-recommends chromium fonts-noto-cjk' >/dev/null 2>&1 </dev/null || \
		echo "no chromium: install chromium and fonts-noto-cjk; the tests that need a browser are skipped"
	JIYAO_LABEL_STUDIO=$$(cat $(REVIEW)/server.txt 2>/dev/null) JIYAO_REVIEW_CACHE=$(REVIEW) \
		$(BIN)/python -m pytest -rs -s --durations=10 tests/review/test_review_server.py

# An environment of its own: the server wants other versions than ours. Where it cannot be installed, there is no such
# file, and the tests are skipped.
$(REVIEW)/server.txt: constraints-review-server.txt
	mkdir -p $(REVIEW)
	if $(PYTHON) -m venv $(REVIEW)/venv && $(REVIEW)/venv/bin/python -m pip install --quiet --disable-pip-version-check -c $< label-studio; \
		then echo $(CURDIR)/$(REVIEW)/venv/bin/label-studio > $@; \
		else echo "the review server cannot be installed here: its tests are skipped"; fi

# Writes the labelling screen from the labels.
labelling: $(READY)
	$(BIN)/python -m jiyao.review.labelling > configs/labelling.xml

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
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,review]'
	touch $@

clean:
	rm -rf $(VENV) out build dist
