# The project's commands. Nothing but Python 3.11+ and make is needed; `make test` also uses chromium if it is there.
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
# A machine without network installs from the folder that `make wheelhouse` packed.
OFFLINE := $(if $(wildcard wheelhouse),--no-index --find-links wheelhouse)
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
PYTEST := $(PY) -m pytest

.DEFAULT_GOAL := help
.PHONY: help run test lint migrated test-sqlite test-postgres test-browser manual bench requirements wheelhouse

help:
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(PY):
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(PY)
	$(PIP_INSTALL) $(OFFLINE) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(PY)
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

# glibc keeps freed memory in a heap for each thread: two heaps keep a worker that imports 100,000 rows under 300 MB.
run: export MALLOC_ARENA_MAX ?= 2
run: $(VENV)/.installed ## install, prepare the database with the seed card, and serve (HOST, PORT)
	@export DJANGO_SECRET_KEY="$${DJANGO_SECRET_KEY:-$$($(PY) -m common.kept_secret var/secret-key)}" && \
	$(PY) manage.py prepare --address "http://$(HOST):$(PORT)" && \
	exec $(PY) -m gunicorn gwanak_se.wsgi --bind "$(HOST):$(PORT)" --workers 2 --threads 4 --timeout 120 --log-level warning

test: $(VENV)/.installed-dev ## everything: lint, SQLite, PostgreSQL, a real browser
	@# Each of these two keeps one core busy.
	$(MAKE) --jobs=2 --output-sync=target lint migrated
	$(MAKE) test-sqlite test-postgres test-browser

lint: $(VENV)/.installed-dev ## ruff, mypy, and whether a migration is missing
	$(PY) -m ruff check .
	$(PY) -m mypy .
	$(PY) manage.py makemigrations --check --dry-run

test-sqlite: $(VENV)/.installed-dev
	$(PYTEST) --ignore=tests/browser -n 2 --dist worksteal

migrated: $(VENV)/.installed-dev
	$(PY) -m tests.postgres

test-postgres: $(VENV)/.installed-dev
	$(PYTEST) --ignore=tests/browser -n 2 --dist worksteal -p tests.postgres --migrations

test-browser: $(VENV)/.installed-dev
	DJANGO_ALLOW_ASYNC_UNSAFE=true $(PYTEST) tests/browser -rs -n 2 --dist loadfile

manual: $(VENV)/.installed-dev ## take the manual's screenshots again (needs chromium)
	$(PY) docs/manual/screenshots.py

bench: $(VENV)/.installed-dev ## the benchmarks; writes bench/results.json
	$(PY) -m bench

COMPILE := var/tools/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

requirements: ## pin pyproject.toml's dependencies with hashes (needs the network)
	$(PYTHON) -m venv var/tools && var/tools/bin/pip install --quiet pip-tools==7.6.2
	$(COMPILE) -o requirements.txt pyproject.toml
	$(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

wheelhouse: $(VENV)/.installed ## pack the dependencies for a machine without network
	$(PY) -m pip download --quiet --require-hashes --only-binary :all: -r requirements.txt -d wheelhouse
