# Short names for what README.md and CONTRIBUTING.md say. `make` alone lists them.

.PHONY: help demo test check format resources benchmark

help:
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /: /'

demo: ## set up and code the example articles
	python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/waqai code examples/articles.jsonl

test: ## set up and run all tests
	python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest

check: ## lint and types, as before a commit
	.venv/bin/ruff check && .venv/bin/mypy

format: ## mend what the linter can mend by itself
	.venv/bin/ruff check --fix

resources: ## test the resource files alone
	.venv/bin/pytest tests/house/test_resources.py tests/knowledge

benchmark: ## speed on this machine
	.venv/bin/python benchmarks/throughput.py
