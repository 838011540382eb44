# The two commands a newcomer needs are `make site` and `make test`; CI runs the same.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: site test check serve reference screenshots bench bench-profile bench-images constraints clean

site: $(INSTALLED)  ## build the sample site, the brochures and the open data into build/site/
	$(BIN)/rongguang build

test: $(INSTALLED)  ## format, lint, types, reference, tests
	tools/require-test-tools
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/rongguang reference --check
	$(BIN)/pytest

check: $(INSTALLED)  ## check the content only
	$(BIN)/rongguang check

serve: $(INSTALLED)  ## preview with live reload
	$(BIN)/rongguang serve

reference: $(INSTALLED)  ## write schemas/ and docs/reference/ from the model
	$(BIN)/rongguang reference

screenshots: $(INSTALLED)  ## the pictures in the README
	tools/require-test-tools
	$(BIN)/python tools/screenshots.py

# For example: make bench BENCH="--records 1000 --rounds 1"
BENCH ?=

bench: $(VENV)/.bench  ## the same archive with other generators: benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.run $(BENCH)

bench-profile: $(VENV)/.bench  ## where our own time goes: benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.profile $(BENCH)

$(VENV)/.bench: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	touch $@

bench-images: $(INSTALLED)  ## renditions of 1,000 photographs, ours and by other libraries where they are installed
	$(BIN)/python -m benchmarks.images $(BENCH)

constraints:  ## pin every dependency with its hashes (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file constraints.txt

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Rongguang needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf build dist .rongguang $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
