# make serve    set everything up and show the site, reloading on every edit
# make site     build it into site/
# make check    judge the facts, the code and the pages, in seconds; needs no browser
# make test     set everything up, a browser included, and run every test
# make bench    measure the site against a plain one of the same Markdown
# make links    ask every external address of the site whether it still answers
# make basemap  cut the outlines of the map anew (needs Node 20.11 or later)
# make fonts    cut the typefaces of the pages anew
# make lock     renew the lock files after an edit of requirements/*.in
# make clean    remove everything that these commands have made

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python -m

help:
	@sed -n 's/^# //p' Makefile

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed, and $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
	         "Name another: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/%.installed: requirements/%.txt .venv/made
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

serve: .venv/site.installed
	$(RUN) mkdocs serve

site: .venv/site.installed
	$(RUN) mkdocs build --strict

check: .venv/check.installed
	$(BIN)/python scripts/build.py
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) pytest -q -rs -n auto -m "not site"

test: .venv/test.installed check
	$(BIN)/python tests/site/browser.py
	$(RUN) pytest -q -rs -m site

bench: .venv/test.installed
	$(BIN)/python tests/site/browser.py
	$(BIN)/python tests/site/bench.py

# Whether every id that the last published site had is in site/ too.
published: .venv/site.installed
	$(BIN)/python tests/site/published_ids.py site $(PUBLISHED)

links: site .venv/links.installed
	$(BIN)/linkchecker --config .github/linkcheckerrc $(if $(REPORT),--no-warnings) site/ \
	  $(if $(REPORT),>$(REPORT)) || test $$? -eq 1

basemap:
	cd scripts/pages/basemap && npm ci --silent && npm run --silent cut

fonts: .venv/fonts.installed
	$(BIN)/python scripts/pages/fonts/cut.py

lock: .venv/made
	$(RUN) pip install --quiet uv==0.13.9
	for name in site check test links fonts; do \
	  $(RUN) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

clean:
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis site includes links.txt
	rm -rf overrides/head docs/sheets docs/questions docs/assets/cards
	git clean -fdqX docs 2>/dev/null || true

.PHONY: help serve site check test bench published links basemap fonts lock clean
