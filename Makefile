# make run     start the platform with a demonstration district on http://127.0.0.1:8000
# make test    every check and every test, as the build server runs them
# make pictures  photograph every main page in both languages into docs/pictures
# make stories   play the stories of docs/stories.md and photograph what their people see
# make client  make a Python client of the programming interface in build/client
# make check   what needs no database, no browser and no patience: under 90 seconds
#
# Needed: Python 3.11 or newer with venv, Node 20 or newer with npm. Everything else is fetched by lock file.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The tests start the platform a hundred times: it is compiled once.
unexport PYTHONDONTWRITEBYTECODE

VENV ?= .venv
# The first that really starts and is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && echo $$p && break; done)
PY := $(VENV)/bin/python
# One more than the build server has cores: who waits for a browser or a killed server leaves it idle. Neighbouring
# tests stay with one worker, so that the district they share is made once.
JOBS ?= 3
BESIDE := -n $(JOBS) --dist worksteal --durations=12 --durations-min=10
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip install --quiet

VENDOR := src/huying/web/static/vendor
VENDORED := htmx.org/dist/htmx.min.js \
	maplibre-gl/dist/maplibre-gl.mjs maplibre-gl/dist/maplibre-gl-worker.mjs maplibre-gl/dist/maplibre-gl.css \
	echarts/dist/echarts.esm.min.mjs
PO := $(wildcard src/huying/web/locale/*/LC_MESSAGES/django.po)

PLAIN := not database and not server and not browser and not slow

.PHONY: help run client test pictures stories check formatted linted typed layered plain format assets lock chromium clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run: $(VENV)/.installed assets
	$(PY) -m huying migrate
	$(PY) -m huying demo --if-empty
	HUYING_NOTICES=$${HUYING_NOTICES:-var/messages.tsv} exec $(PY) -m huying serve

test: check chromium
	$(PY) -m tests.servers $(BESIDE)

# Nothing generated is kept in the repository: the description is the source.
client: $(VENV)/.installed-dev assets
	mkdir -p build
	$(PY) -m huying openapi > build/openapi.json
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(VENV)/bin/openapi-python-client generate --path build/openapi.json \
		--config docs/client.yaml --output-path build/client --overwrite

pictures: $(VENV)/.installed-dev assets chromium
	$(PY) -m tests.pictures

stories: $(VENV)/.installed-dev assets chromium
	STORY_PICTURES=1 $(PY) -m pytest -q tests/stories

# Each step stands alone, so that `make -k check` reports all of them.
check: formatted linted typed layered plain

formatted: $(VENV)/.installed-dev
	$(VENV)/bin/ruff format --check --quiet .

linted: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check --quiet .

typed: $(VENV)/.installed-dev
	$(PY) -m mypy

layered: $(VENV)/.installed-dev
	$(VENV)/bin/lint-imports --no-logo

plain: $(VENV)/.installed-dev assets
	$(PY) -m pytest $(BESIDE) -m "$(PLAIN)"

format: $(VENV)/.installed-dev
	$(VENV)/bin/ruff format --quiet .
	$(VENV)/bin/ruff check --fix --quiet .

# What browsers receive from others, with licences and compressed twins, and the texts in their second language.
assets: $(VENDOR)/.made $(PO:.po=.mo)

lock:
	uv pip compile pyproject.toml --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
		--quiet -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --quiet -o requirements-dev.lock

clean:
	rm -rf $(VENV) node_modules $(VENDOR) $(PO:.po=.mo) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The environment. The package itself is linked by a path file: nothing is built, nothing else is fetched.
$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.linked: | $(PY)
	$(PY) -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "huying-source.pth").write_text("$(CURDIR)/src\n")'
	printf '#!/bin/sh\nexec "%s" -m huying "$$@"\n' "$(CURDIR)/$(PY)" > $(VENV)/bin/huying
	chmod +x $(VENV)/bin/huying
	touch $@

$(VENV)/.installed: requirements.lock $(VENV)/.linked | $(PY)
	$(PIP) --require-hashes -r requirements.lock
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

node_modules/.installed: package-lock.json package.json .npmrc
	npm ci --ignore-scripts --silent
	touch $@

$(VENDOR)/.made: node_modules/.installed Makefile | $(VENV)/.installed
	rm -rf $(VENDOR)
	mkdir -p $(VENDOR)
	cp $(addprefix node_modules/,$(VENDORED)) $(VENDOR)
	for p in htmx.org maplibre-gl echarts; do cat node_modules/$$p/LICENSE*; done > $(VENDOR)/licences.txt
	$(PY) -m whitenoise.compress --quiet $(VENDOR)
	touch $@

%.mo: %.po | $(VENV)/.installed
	$(PY) -m huying.site.translations compile

# A browser for the tests of pages: the system's own; fetched where we may.
# Without a window of its own it needs half the time; where a system has no such package, the usual one does.
chromium:
	@command -v chromium-headless-shell chromium chromium-browser google-chrome > /dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && install="apt-get install -y -qq --no-install-recommends fonts-noto-cjk" \
		&& { $$install chromium-headless-shell || $$install chromium; }; \
	elif [ "$${CI:-}" = true ]; then echo "chromium is missing"; exit 1; \
	else echo "no chromium: the tests of pages will be skipped"; fi