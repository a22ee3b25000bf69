# Everyday commands; each line can be typed by hand as well.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup app build check test lock

setup:            ## install everything, test tools too, into .venv
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --no-deps --no-build-isolation -e .

app:              ## open the dashboard
	$(BIN)/streamlit run app.py

build:            ## analyse a corpus into the shipped tables: make build IN=folder
	$(BIN)/kzdash build $(or $(IN),$(error name the corpus: make build IN=folder)) \
		--out data/analysis

check:            ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test:             ## all tests
	$(BIN)/pytest -n 2 --dist loadfile

lock:             ## write requirements*.txt anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -o requirements.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -c requirements.txt \
		-o requirements-dev.txt
