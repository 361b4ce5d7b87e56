# All the commands of the project; `make setup` first makes .venv with what is missing.
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REDNET_DATA ?= ../shared/data
# Tests start the programs many times, which takes half as long with compiled modules.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run setup test test-slow lint type format i18n tables ci clean bundle installers bundle-test

run: $(READY)
	@$(BIN)/python packaging/run_sample.py

setup: $(READY)

$(READY): pyproject.toml packaging/setup.sh
	@PYTHON=$(PYTHON) sh packaging/setup.sh $(VENV)
	@touch $(READY)

test: $(READY)
	@$(BIN)/python -m pytest -n auto -m "not slow"

test-slow: $(READY)
	@$(BIN)/python -m pytest -m slow

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache

type: $(READY)
	@$(BIN)/mypy

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

i18n: $(READY)
	@sh packaging/i18n.sh $(BIN)

# Goes on where it stopped; benchmarks/tables.py and its neighbours have options to measure less.
tables: $(VENV)/.bench benchmarks/results/estimators.json benchmarks/results/speed_tasks.json benchmarks/results/ablation.json
	@$(BIN)/python -m benchmarks.tables --data $(REDNET_DATA)

benchmarks/results/estimators.json: benchmarks/estimators.py engine/noise_level.py engine/jpeg.py engine/jpeg_traces.py | $(READY)
	@$(BIN)/python -m benchmarks.estimators --data $(REDNET_DATA)

benchmarks/results/speed_tasks.json: benchmarks/speed_tasks.py resources/models/manifest.json | $(VENV)/.bench
	@$(BIN)/python -m benchmarks.speed_tasks --data $(REDNET_DATA)

# Takes hours, so only if it is missing.
benchmarks/results/ablation.json: | $(READY)
	@$(BIN)/python -m benchmarks.ablation --data $(REDNET_DATA)/train --run runs/ablation --steps 400

$(VENV)/.bench: $(READY)
	@$(BIN)/python -m pip install --quiet --editable ".[bench]"
	@touch $@

ci: lint type test test-slow

bundle:
	@PYTHON=$(PYTHON) sh packaging/bundle.sh

installers: bundle
	@sh packaging/linux/installers.sh

# As root on Debian; on an empty system in a chroot without a network.
bundle-test:
	@sh packaging/test_installers.sh

clean:
	rm -rf $(VENV) build dist out *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
