# What a newcomer needs: `make demo` and `make test`. Both set themselves up; Python 3.11 or newer is enough.

SIZE ?= tiny
PORT ?= 8000
SERVE ?= 1
PYTHON ?=

# Behind a company's own certificate authority uv and node would otherwise not know it.
export UV_SYSTEM_CERTS ?= 1
export NODE_USE_SYSTEM_CA ?= 1
export UV_NO_PROGRESS ?= 1
export PYTHONUNBUFFERED = 1

BIN := .venv/bin
MADE := .venv/made
UV := $(BIN)/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock"
PURE := src/rightplace/domain src/rightplace/foundation

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: reference help demo capacity setup setup-test test lint types layers unit proof pictures bench reset lock wheel clean

help:  ## What can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

demo: setup  ## A synthetic city at 127.0.0.1:8000 (SIZE=tiny|area|city PORT= SERVE=0)
	@$(BIN)/rightplace demo --size $(SIZE) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

capacity: setup $(MADE)/capacity  ## The capacity model beside the base: numpy, numba and what they need, from the lock

setup: $(MADE)/base $(MADE)/front  ## Everything that the demo needs
	@$(BIN)/python -m rightplace.frontend

setup-test: $(MADE)/test $(MADE)/front
	@$(BIN)/python -m rightplace.frontend

test: lint types layers unit  ## Lint, types, import contracts, tests, browser stories

lint: setup-test
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .

types: setup-test
	$(BIN)/mypy $(PURE)

layers: setup-test
	$(BIN)/lint-imports --no-logo

unit: setup-test
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

proof: setup-test  ## The eight promises, each with what breaks it, and the figures
	PROOF=1 $(BIN)/python -m pytest -m promise -v

pictures: setup-test  ## The pictures of the README
	$(BIN)/python -m rightplace.demo.pictures

reference: setup-test  ## Write docs/'s reference pages from the code
	@$(BIN)/python tools/make_reference.py

bench: setup-test  ## The figures of the design, measured here
	$(BIN)/rightplace bench record
	$(BIN)/rightplace bench allocation
	$(BIN)/rightplace bench capacity

reset:  ## Throw the demo's database away
	@if [ -x $(BIN)/rightplace ]; then $(BIN)/rightplace db reset --yes; fi

lock: $(MADE)/uv  ## Write the exact versions of all packages anew
	$(LOCK) --upgrade requirements-uv.in -o requirements-uv.txt
	$(LOCK) --upgrade --group checkout pyproject.toml -o requirements.txt
	$(LOCK) --upgrade --group checkout --extra capacity -c requirements.txt pyproject.toml -o requirements-capacity.txt
	$(LOCK) --upgrade --group checkout --group test --extra allocation --extra capacity --extra cluster -c requirements.txt pyproject.toml -o requirements-test.txt

wheel: setup  ## dist/rightplace-*.whl, with what was built and without the demo
	rm -rf dist
	$(BIN)/python -m hatchling build -t wheel

clean:  ## Throw away all that set-up made, but the database
	rm -rf .venv node_modules src/rightplace/common/web/static/built dist

# Each stamp is written when its step is whole: a .venv alone may be half made.
$(MADE)/uv: requirements-uv.txt
	@echo "Setting up: Python packages, then style and script. This is done once."
	@sh tools/make_venv.sh $(PYTHON)
	@mkdir -p $(MADE) && touch $@

$(MADE)/base: $(MADE)/uv requirements.txt pyproject.toml
	@if [ ! -e $(MADE)/test ]; then $(UV) pip sync -q --python $(BIN)/python --require-hashes requirements-uv.txt requirements.txt && $(MAKE) -s editable; fi
	@if [ -e $(MADE)/test ]; then $(MAKE) -s $(MADE)/test; fi
	@touch $@

$(MADE)/capacity: $(MADE)/base requirements-capacity.txt
	@if [ ! -e $(MADE)/test ]; then $(UV) pip sync -q --python $(BIN)/python --require-hashes requirements-uv.txt requirements-capacity.txt && $(MAKE) -s editable; fi
	@touch $@

$(MADE)/test: $(MADE)/uv requirements-test.txt pyproject.toml
	@$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements-uv.txt requirements-test.txt
	@$(MAKE) -s editable
	@touch $@ $(MADE)/base

.PHONY: editable
editable:
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation --offline -e .

# npm and its packages look for a node on the path.
$(MADE)/front: package-lock.json .npmrc | $(MADE)/uv
	@if [ ! -e $(MADE)/test ]; then $(MAKE) -s $(MADE)/base; fi
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-progress
	@touch $@
