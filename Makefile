# Every target brings what it needs first, and is quick when that is there already.
.DEFAULT_GOAL := help
.PHONY: help setup pages web demo up down test evals test-long test-long-sim test-long-fuzz test-long-api check format api doctor lock secrets deploy-rehearsal synth clean
.PHONY: test-bench test-image-python image-check keys screenshots bench bench-init bench-handoff bench-warm bench-load bench-cost bench-worker mutation chaos
MAKEFLAGS += --no-print-directory

# As local/setup/venv.sh has put it there: the bundling of the functions asks for it.
export HANDOFF_CACHE ?= $(HOME)/.cache/livekit-handoff
export UV = $(firstword $(shell ls -t $(HANDOFF_CACHE)/uv-*/bin/uv 2>/dev/null))
export UV_CACHE_DIR = $(HANDOFF_CACHE)/uv

# A shell that forbids bytecode would have every process of every test compile the same modules again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
# make demo FAREWELL=off CUT=room|webhook SCENARIO=name
STAGED = $(if $(FAREWELL),--farewell $(FAREWELL)) $(if $(CUT),--cut $(CUT)) $(if $(SCENARIO),--scenario $(SCENARIO))
KEY = $(if $(NAME),--name $(NAME)) $(if $(SCOPES),--scopes $(SCOPES)) $(if $(REVOKE),--revoke $(REVOKE))
# make chaos N=20 SEED=7 ONLY="3 4" FAULTS="webhooks-lost ai-killed"
BROKEN = $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) $(if $(FAULTS),--faults $(FAULTS)) $(if $(AGAIN),--again)
# The unit tests whose branches are counted; counting makes them three times as slow.
DETAILED := tests/unit/lambda_api/domain tests/unit/agent_container
# Benchmarks in small that start servers of their own.
SERVED := tests/bench/test_load.py tests/bench/test_worker.py
COVERED := --cov=lambda_api.escalations --cov=agent_container --cov-branch --cov-fail-under=95

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: .venv ## Bring everything that is missing
	@$(PYTHON) -m local setup

.PHONY: .venv .venv-image
.venv:
	@local/setup/venv.sh

# In the Python that the worker's image has (Dockerfile), wherever this machine keeps one, else in the usual one.
.venv-image:
	@HANDOFF_VENV=$@ HANDOFF_PYTHON="python3.13 $(wildcard $(HOME)/.pyenv/versions/3.13.*/bin/python3.13) python3" local/setup/venv.sh

pages: .venv ## Build the pages when their sources have changed
	@$(PYTHON) -m local pages

web: pages ## Edit the pages with reload, against the stack that is up
	@npm --prefix web run dev

demo: setup ## Run one whole handoff with real speech and print its timeline
	@$(PYTHON) -m local.rehearsal $(STAGED)

chaos: setup ## Play N handoffs (20) with real media while a seeded plan (SEED=) breaks what is around them
	@$(PYTHON) -m local.rehearsal.chaos --count $(or $(N),20) $(BROKEN)

up: .venv ## Start the whole stack and keep it up; Ctrl-C ends it
	@$(PYTHON) -m local up

down: .venv ## End the stack, wherever it was started
	@$(PYTHON) -m local down

test: setup ## Run all tests
	npm --prefix web --silent test
	$(PYTEST) -n 2 --dist worksteal tests/unit tests/simulation tests/fuzz tests/bench tests/evals $(DETAILED:%=--ignore=%) $(SERVED:%=--ignore=%)
	$(PYTEST) -n 2 --dist worksteal $(DETAILED) tests/contract $(COVERED) --cov-report=term
	$(PYTEST) -n 2 --dist loadfile tests/infra tests/integration
	$(PYTEST) tests/e2e

evals: setup ## Print how well a wish for a person is told apart (MISSES=dev|held_out|none)
	@$(PYTHON) -m tests.evals $(if $(MISSES),--misses $(MISSES))

test-bench: setup ## Run the benchmarks of load and worker in small
	$(PYTEST) -n 2 --dist loadfile $(SERVED)

test-image-python: setup .venv-image ## Run the worker's tests in the Python of its image, where that is here
	.venv-image/bin/python -m pytest -n 2 --dist loadfile tests/unit/agent_container \
		tests/integration/worker/test_avatar.py tests/integration/worker/test_talk_over_in_a_room.py

test-long: .venv ## Live three thousand lives of an escalation under every fault, 120,000 steps
	HANDOFF_LIVES=3000 $(PYTEST) --timeout 3600 tests/unit/lambda_api/domain/test_life.py

test-long-sim: .venv ## Simulate a million escalations (ESCALATIONS=, SEED=), and every fault at every step of every handler
	HANDOFF_ALL_FAULTS=1 $(PYTEST) -n auto --timeout 7200 tests/simulation/test_crash_points.py
	$(PYTHON) -m tests.simulation --escalations $(or $(ESCALATIONS),1000000) $(if $(SEED),--seed $(SEED))

test-long-fuzz: .venv ## Change five million webhooks (MUTATIONS=, SEED=) and compare our verifier with livekit-api's own
	$(PYTHON) -m tests.fuzz --mutations $(or $(MUTATIONS),5000000) $(if $(SEED),--seed $(SEED))

test-long-api: .venv ## Ask every call of the API, as its description allows and forbids it, at the app and at the doors (CASES= of each, SEED=)
	$(PYTHON) -m tests.fuzz.answers --cases $(or $(CASES),345) $(if $(SEED),--seed $(SEED))

mutation: .venv ## Change one thing in the code that decides and see that a test notices, for each (MODULES=, AGAIN=1, CORES=)
	$(PYTHON) -m tests.mutation $(MODULES) $(if $(AGAIN),--again) --cores $(or $(CORES),1)

check: .venv pages ## Format, lint, types, import contracts, dead code, API description, pages, starts
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/vulture
	$(PYTHON) -m lambda_api openapi --check
	npm --prefix web --silent run check
	$(PYTHON) -m tests.bench --gate

bench: setup ## Count what each function's start takes, beside the naive door
	@$(PYTHON) -m tests.bench

bench-init: setup ## Time each function's INIT in AWS's emulator, beside the naive door's
	@$(PYTHON) -m tests.bench.inits

bench-handoff: setup ## Measure how soon the AI is silent and gone, beside a minimal script (MINUTES=)
	@$(PYTHON) -m tests.bench.handoff $(if $(MINUTES),--minutes $(MINUTES))

bench-warm: setup ## Measure what warm requests take beyond the calls that they make
	@$(PYTHON) -m tests.bench.warm

bench-load: setup ## Load the API and the webhooks door, beside a plain app, and race for claims (ROUNDS=, RACES=)
	@$(PYTHON) -m tests.bench.load $(if $(ROUNDS),--rounds $(ROUNDS))
	@$(PYTHON) -m tests.bench.load.races $(if $(RACES),--races $(RACES))

bench-cost: setup ## Compute what a handover costs, and write it into docs/operations.md
	@$(PYTHON) -m tests.bench.cost

bench-worker: setup .venv-image ## Measure the worker: dispatch, memory, growth and live calls, beside a no-op one (ROUNDS=, JOBS=, CALLS=)
	@.venv-image/bin/python -m tests.bench.worker $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(JOBS),--jobs $(JOBS)) $(if $(CALLS),--calls $(CALLS))

format: .venv pages ## Format the code and repair what can be repaired
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	npm --prefix web --silent run format

api: .venv ## Run the API with reload, against the stack that is up
	@$(PYTHON) -m local api

doctor: .venv ## Tell what is here, what is missing, and what brings it
	@$(PYTHON) -m local doctor

screenshots: setup ## Take a picture of every page for docs/images
	@$(PYTHON) -m local.rehearsal.browsing.album

image-check: .venv ## Carry out every step of the Dockerfile in a clean root, up to the worker's health check
	@$(PYTHON) -m local image-check

keys: .venv ## List the API keys, make or revoke one: make keys STAGE=dev [NAME=crm SCOPES=a,b | REVOKE=crm]
	@$(PYTHON) -m local.operator.keys $(or $(STAGE),laptop) $(KEY)

lock: .venv ## Compile requirements/*.in into hashed locks
	@$(PYTHON) -m local lock

deploy-rehearsal: setup ## Deploy from nothing, call, deploy again during a call that goes on, and destroy
	@$(PYTHON) -m local.deploy_rehearsal

secrets: .venv ## Ask for others' keys, make our own, store all: make secrets STAGE=dev [ALSO=llm_fallback | RENEW=worker_key]
	@$(PYTHON) -m local.operator.secrets $(STAGE) $(if $(ALSO),--also $(ALSO)) $(if $(RENEW),--renew $(RENEW))

synth: setup ## Write the CDK stack's templates to cdk.out, without Docker or a network
	@$(PYTHON) -m local synth

clean: down ## Remove what was built here; the cache in ~/.cache/livekit-handoff stays
	rm -rf .local .venv .venv-image cdk.out web/dist web/dist-laptop web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* mutants
