# make serve   set everything up and show the site, reloading on every edit
# make site    build it into site/
# make check   check the facts and run the tests that need no browser
# make test    set everything up, a browser included, and run every test
# make bench   measure the site against a plain one of the same Markdown
# make links   ask every external address whether it still answers
# make ids     add new ids to the list of published ones
# make lock    renew the lock files after an edit of requirements/*.in

PYTHON ?= python3
BIN := .venv/bin

help:
	@sed -n 's/^# //p' Makefile

.venv/%.installed: requirements/%.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

serve: .venv/site.installed
	$(BIN)/mkdocs serve

site: .venv/site.installed
	$(BIN)/mkdocs build --strict

check: .venv/test.installed
	$(BIN)/python scripts/facts.py
	$(BIN)/python -m pytest -q -m "not site"

test: .venv/test.installed
	$(BIN)/python tests/browser.py
	$(BIN)/python -m pytest -q -rs

bench: .venv/test.installed
	$(BIN)/python tests/browser.py
	$(BIN)/python tests/bench.py

links: .venv/site.installed
	$(BIN)/python scripts/check_links.py $(if $(REPORT),--report $(REPORT))

ids: site
	$(BIN)/python tests/published_ids.py site

lock:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv==0.13.9
	for name in site test; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

clean:
	rm -rf .venv .cache site includes

.PHONY: help serve site check test bench links ids lock clean
