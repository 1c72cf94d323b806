# Two commands do all: `make demo` shows the program on the shipped data, `make test` proves it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test office-tests spark-tests browser-tests windows-zip test-windows lint format check docs golden lock bench fuzz versions release-check clean help

help:            ## list what can be made
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

$(VENV)/.pip: 
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	touch $@

# An editable install reads its source anew on every run where PYTHONDONTWRITEBYTECODE is set, which takes twice the time.
COMPILE = $(BIN)/python -m compileall -q src

$(VENV)/.demo: $(VENV)/.pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[excel]'
	touch $@

$(VENV)/.dev: $(VENV)/.pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable . --group dev
	$(COMPILE)
	touch $@ $(VENV)/.demo

demo: $(VENV)/.demo            ## install into .venv, print the status tables of the shipped data, and play a month with workbooks
	$(COMPILE)
	$(BIN)/mzplan status
	$(BIN)/python scripts/demo.py

test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.dev             ## install everything and run the whole suite with its coverage gate
	$(COMPILE)
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term

office-tests: $(VENV)/.dev     ## install LibreOffice where it is missing (Debian, as root), and run the tests that need it
	command -v soffice >/dev/null && command -v pdftotext >/dev/null || { apt-get update -qq && \
	  apt-get install -qq -y --no-install-recommends libreoffice-calc libreoffice-writer poppler-utils; }
	$(BIN)/python -m pytest -q -m office

spark-tests: $(VENV)/.dev      ## install Java where it is missing (Debian, as root) and PySpark, and run the tests of that engine
	command -v java >/dev/null || { apt-get update -qq && \
	  apt-get install -qq -y --no-install-recommends openjdk-17-jre-headless; }
	$(BIN)/python -m pip install --quiet --editable '.[spark]'
	$(BIN)/python -m pytest -q -m spark

browser-tests: $(VENV)/.dev    ## install Chromium and its driver where missing (Debian, as root, npm), and try the report in it
	command -v chromium >/dev/null || { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; }
	command -v npm >/dev/null || { apt-get update -qq && apt-get install -qq -y --no-install-recommends npm; }
	npm ci --silent --no-audit --no-fund --prefix tests/browser
	$(BIN)/python -m pytest -q -m browser

windows-zip: $(VENV)/.dev      ## make dist/mzplan-windows.zip: Python, the program and what it needs, for computers that have none
	$(BIN)/python scripts/windows/zip.py

test-windows: windows-zip      ## install Wine where missing (Debian, as root), and try in it what windows-zip makes
	sh scripts/windows/install.sh
	$(BIN)/python -m pytest -q -m windows tests/test_windows.py

WORKFLOWS = .github/workflows/*.yml docs/examples/github/*.yml

lint: $(VENV)/.dev             ## ruff (lint and format), mypy strict, and the linters of workflows, our own and the examples
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src tests
	$(BIN)/zizmor --quiet --offline --no-progress action.yml $(WORKFLOWS)
	$(BIN)/actionlint $(WORKFLOWS)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci docs/examples/gitlab/.gitlab-ci.yml
	$(BIN)/pre-commit validate-manifest .pre-commit-hooks.yaml

check: lint test               ## every gate

format: $(VENV)/.dev           ## let ruff rewrite the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(VENV)/.dev           ## rewrite the golden files; read the diff like prose
	$(BIN)/python -m pytest -q --update-golden

docs: $(VENV)/.dev             ## rewrite what is generated in the READMEs and docs/
	$(BIN)/python scripts/make_docs.py

lock: $(VENV)/.pip             ## pin what the action and the zip for Windows bring, each with its digest: requirements.lock, windows.lock
	$(BIN)/python -m pip install --quiet --group lock
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
		--no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra excel --extra docx --extra template --group windows --python-platform windows --python-version 3.12 \
		--generate-hashes --upgrade --quiet --no-emit-index-url --custom-compile-command "make lock" --output-file windows.lock

bench:                         ## repeat the measurements of benchmarks/README.md in an environment of its own
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(VENV)-bench/bin/python -m pip install --quiet --editable '.[excel]' --group bench
	$(VENV)-bench/bin/python benchmarks/hostile.py
	$(VENV)-bench/bin/python benchmarks/forms.py
	$(VENV)-bench/bin/python benchmarks/run.py

fuzz: $(VENV)/.dev             ## run the cases that the suite leaves out, the corpus with many seeds, every bulletin with one thing after another turned round, and the fuzz target, each for FUZZ_SECONDS (60)
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "many or hypothesis" --hypothesis-profile many
	$(BIN)/python fuzz/fuzz_corpus.py $(or $(FUZZ_SECONDS),60)
	$(BIN)/python fuzz/fuzz_bulletin.py $(or $(FUZZ_SECONDS),60)
	$(BIN)/python -m pip install --quiet --group fuzz
	$(BIN)/python fuzz/fuzz_check.py -max_total_time=$(or $(FUZZ_SECONDS),60)

versions:                      ## run the suite of the sdist, with the oldest and with the newest version of each dependency
	$(PYTHON) -m venv $(VENV)-versions
	$(VENV)-versions/bin/python -m pip install --quiet uv build
	PATH="$(abspath $(VENV)-versions/bin):$$PATH" sh scripts/versions.sh

release-check: $(VENV)/.dev    ## make dist/release and try it: metadata, links, the wheel with each Python here, the suite of the sdist
	$(BIN)/python -m pip install --quiet --group release
	PATH="$(abspath $(BIN)):$$PATH" sh scripts/release.sh
	$(MAKE) versions

clean:                         ## remove the environment and caches
	rm -rf $(VENV) $(VENV)-bench $(VENV)-versions .fuzz-corpus .mypy_cache .pytest_cache .ruff_cache .hypothesis dist .coverage*
