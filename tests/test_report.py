"""The report: one page, complete, printable, and safe to open from disk."""

import re

import pytest

from benchmarks.generate import generate
from kzdash.errors import InputError
from kzdash.registry import Registry
from kzdash.report import report, sections
from kzdash.scope import Scope
from kzdash.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    generate(folder, 1_200, seed=4)
    return Store.open(folder)


@pytest.fixture(scope="module")
def page(store):
    return report(store, Registry.load(), Scope(outlets=("rt",)), "A <title>")


def test_report_names_selection_size_and_build(store, page):
    size = store.glance(Scope(outlets=("rt",))).iloc[0]
    assert "RT; all actors; all dates" in page
    assert f"{size['mentions']:,} mentions in {size['naming']:,} articles" in page
    assert store.manifest.content_hash in page


def test_report_loads_nothing_from_outside(page):
    own = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "default-src 'none'" in own
    assert not re.search(r"<(link|iframe|img|object|embed|base)\b|\bsrc=", own)


def test_report_escapes_its_title(page):
    assert "<h1>A &lt;title&gt;</h1>" in page


def test_report_has_every_chart_with_its_numbers(store, page):
    charts = list(sections(store, Registry.load(), Scope(outlets=("rt",))))
    assert len(charts) == 6
    assert page.count("<summary>The numbers</summary>") == len(charts)


def test_an_empty_selection_is_refused(store):
    with pytest.raises(InputError, match="Loosen a filter"):
        report(store, Registry.load(), Scope(end="1950"))
