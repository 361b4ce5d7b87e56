# All the commands of the project; `make setup` first makes .venv with what is missing.
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run setup test test-slow lint type format i18n ci clean bundle installers bundle-test

run: $(READY)
	@$(BIN)/python packaging/run_sample.py

setup: $(READY)

$(READY): pyproject.toml packaging/setup.sh
	@PYTHON=$(PYTHON) sh packaging/setup.sh $(VENV)
	@touch $(READY)

test: $(READY)
	@$(BIN)/python -m pytest -m "not slow"

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

ci: lint type test test-slow

bundle:
	@PYTHON=$(PYTHON) sh packaging/bundle.sh

installers: bundle
	@sh packaging/linux/installers.sh

# As root on Debian; on an empty system in a chroot without a network.
bundle-test:
	@sh packaging/test_installers.sh

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
