"""The report: one page, complete, printable, and safe to open from disk."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pandas as pd
import pytest
from hostile import hostile

from benchmarks.generate import generate
from kzdash import measures
from kzdash.errors import InputError
from kzdash.registry import Registry
from kzdash.report import report, sections
from kzdash.report.numbers import ROWS, numbers
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui import navigation, outlets, readable, validity, words
from kzdash.ui.page import View

SELECTIONS = {
    "all": Scope(),
    "pair": Scope(outlets=("eurasianet", "rt")),
    "actor": Scope(actors=("tokayev",), voices=("own",)),
}
_PLOTLY = re.compile(r"<script>.*?</script>", re.DOTALL)


class Reader(HTMLParser):
    """Reads the report's parts: heading, remarks, and the rows of its table."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, dict[str, list]] = {}
        self.here: dict[str, list] = {"text": [], "rows": []}
        self.tag = ""

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.here["rows"].append([])
        if tag in ("td", "th"):
            self.here["rows"][-1].append("")
        if tag != "wbr":
            self.tag = tag

    def handle_data(self, data):
        if self.tag == "h2":
            self.here = self.parts.setdefault(data, {"text": [], "rows": []})
        elif self.tag in ("td", "th"):
            self.here["rows"][-1][-1] += data
        elif self.tag != "script":
            self.here["text"].append(data)

    def handle_endtag(self, tag):
        if tag not in ("wbr", "b"):
            self.tag = ""


def read(page: str) -> dict[str, dict]:
    reader = Reader()
    reader.feed(_PLOTLY.sub("", page))
    return {
        question: {"text": " ".join(part["text"]), "rows": part["rows"]}
        for question, part in reader.parts.items()
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    generate(folder, 1_200, seed=4)
    return Store.open(folder)


@pytest.fixture(scope="module")
def pages(store):
    return {
        name: report(store, Registry.load(), scope, "A <title>")
        for name, scope in SELECTIONS.items()
    }


@pytest.fixture(scope="module")
def parts(pages):
    return {name: read(page) for name, page in pages.items()}


def view_of(store, scope):
    return View(navigation.OVERVIEW, store, Registry.load(), scope)


def test_report_names_selection_size_build_and_day(store, pages):
    page = pages["actor"]
    size = store.glance(SELECTIONS["actor"]).iloc[0]
    assert "Kassym-Jomart Tokayev; all dates; in the outlet&#x27;s own voice" in page
    assert f"{size['mentions']:,} mentions in {size['naming']:,} articles" in page
    assert store.manifest.content_hash in page
    assert f"<dt>Made on</dt><dd>{datetime.now(UTC).date().isoformat()[:8]}" in page


def test_report_says_where_one_article_holds_most_mentions(store):
    scopes = [Scope(actors=(actor,)) for actor in store.actors()["actor"]]
    scope = next(s for s in scopes if view_of(store, s).concentration)
    said = html.escape(" ".join(view_of(store, scope).concentration.rstrip(".").split()))
    assert report(store, Registry.load(), scope).count(said) == 1
    assert "rest mostly on" not in report(store, Registry.load(), Scope())


@pytest.mark.parametrize("few", [True, False])
def test_report_says_that_a_small_selection_is_descriptive(store, few):
    day = store.articles(Scope(outlets=("rt",)))["published"].dropna().iloc[0]
    scope = Scope(outlets=("rt",), start=day, end=day) if few else Scope(outlets=("rt",))
    assert ("Descriptive only: " in report(store, Registry.load(), scope)) == few


@pytest.mark.parametrize("name", SELECTIONS)
def test_report_loads_nothing_from_outside(pages, name):
    own = _PLOTLY.sub("", pages[name])
    assert "default-src 'none'" in own
    assert not re.search(r"<(link|iframe|img|object|embed|base)\b|\bsrc=|url\(|@import", own)
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)', own))


@pytest.mark.parametrize("name", SELECTIONS)
def test_report_is_small_enough_to_send(pages, name):
    assert len(pages[name].encode()) < 6_000_000


def test_report_escapes_its_title(pages):
    assert "<h1>A &lt;title&gt;</h1>" in pages["all"]


def test_hostile_names_stay_text(tmp_path):
    hostile(tmp_path, 600)
    store = Store.open(tmp_path)
    page = report(store, Registry.load().naming(store.manifest.outlets), Scope())
    script = page.rindex("</script>", 0, page.index("<body>"))
    body = page[script:]
    assert not re.search(r"<(img|iframe|svg|a href=\"(?!#))", body)
    assert body.count("<script") == body.count('class="plotly-graph-div"')


@pytest.mark.parametrize("name", SELECTIONS)
def test_every_chart_carries_filters_and_build(store, pages, name):
    view = view_of(store, SELECTIONS[name])
    charts = [s for s in sections(view) if s.figure is not None]
    body = pages[name][pages[name].index("<body>") :]
    assert body.count('class="plotly-graph-div"') == len(charts)
    assert body.count(f"kzdash, build {view.build}, ") == len(charts)


@pytest.mark.parametrize("name", SELECTIONS)
def test_no_chart_offers_to_upload_itself(pages, name):
    body = pages[name][pages[name].index("<body>") :]
    charts = body.count('class="plotly-graph-div"')
    assert body.count('"showSendToCloud": false') == charts


@pytest.mark.parametrize("name", SELECTIONS)
def test_every_part_with_numbers_prints_all_of_its_rows(store, parts, name):
    for section in sections(view_of(store, SELECTIONS[name])):
        rows = parts[name][section.question]["rows"]
        assert max(0, len(rows) - 1) == min(ROWS, len(section.in_print)), section.question


HEADS = {
    "95 % from": "low",
    "95 % to": "high",
    "false discovery": "q",
    "effect size": "effect",
    "mentions first": "mentions_first",
}


def table_of(part: dict) -> pd.DataFrame:
    head, *rows = part["rows"]
    return pd.DataFrame(rows, columns=head).rename(columns=HEADS)


def expected(table: pd.DataFrame, columns: list[str]) -> list[list[str]]:
    ways = readable.written(table)
    written = [
        [ways[name](value).replace("\u00a0", " ") for value in table[name].tolist()]
        for name in columns
    ]
    return [list(row) for row in zip(*written, strict=True)]


def own(scope):
    return replace(scope, voices=scope.voices or ("own",))


def narrowed(store, scope):
    actors = tuple(sorted(store.top_actors(scope, 12)["actor"]))
    return Scope(scope.outlets, actors, scope.start, scope.end, scope.voices, scope.kinds)


@pytest.mark.parametrize("name", SELECTIONS)
def test_stance_and_attention_equal_the_measures(store, parts, name):
    scope = narrowed(store, SELECTIONS[name])
    columns = ["estimate", "low", "high", "articles", "mentions"]
    stance = measures.means(store.mention_units(own(scope), ("outlet", "actor"), "stance")).table
    shown = table_of(parts[name]["How is each actor presented?"])
    assert shown[columns].to_numpy().tolist() == expected(stance, columns)
    shares = measures.shares(store.attention_units(scope), every=True).table
    shown = table_of(parts[name]["Who gets the attention?"])
    assert shown[columns].to_numpy().tolist() == expected(shares, columns)


@pytest.mark.parametrize("name", SELECTIONS)
def test_sentiment_stands_beside_stance_by_voice(store, parts, name):
    by = ("outlet", "voice")
    found = []
    for measure in ("stance", "sentiment"):
        units = store.mention_units(SELECTIONS[name], by, measure)
        found.append(measures.means(units, by, measure, paired="voice").table)
    shown = table_of(parts[name]["Is the wording pleasant, and is the presentation favourable?"])
    columns = ["estimate", "low", "high", "articles", "mentions"]
    assert shown[columns].to_numpy().tolist() == expected(pd.concat(found), columns)
    assert set(shown["measure"]) == {"stance", "sentiment"}


@pytest.mark.parametrize("name", SELECTIONS)
def test_relations_equal_the_store(store, parts, name):
    pairs = store.relation_pairs(SELECTIONS[name])
    columns = ["praises", "supports", "blames", "attacks", "articles"]
    shown = table_of(parts[name]["Who is for or against whom?"])
    assert shown[columns].to_numpy().tolist() == expected(pairs, columns)


def test_largest_differences_stand_in_words_with_interval_and_effect(parts):
    part = parts["all"]["Where do the outlets differ most?"]
    shown = table_of(part)
    assert len(shown) == 4
    assert part["text"].count("95 % interval") + part["text"].count("no interval") == 4
    effects = [value.lstrip("−") for value in shown["effect"]]
    assert all(f"{float(value):.2f}." in part["text"] for value in effects)
    for row in shown.itertuples():
        assert row.first in part["text"]
        assert row.actor in part["text"]


GAPS = (
    "Whom do the two outlets present differently?",
    "To whom does one of them attend more?",
    "Which words set them apart?",
)
PORTRAIT = (
    "With which words is the actor characterised?",
    "How does the presentation change over time?",
    "With whom is the actor named?",
)


@pytest.mark.parametrize(
    ("questions", "only"), [(GAPS, "pair"), (PORTRAIT, "actor")], ids=["two outlets", "one actor"]
)
def test_what_needs_two_outlets_or_one_actor_is_there_for_them_alone(parts, questions, only):
    for name, part in parts.items():
        for question in questions:
            assert (question in part) == (name == only), (name, question)
        if name != only:
            assert "What is not in this report?" in part


@pytest.mark.parametrize("name", SELECTIONS)
def test_report_says_who_is_left_out(store, parts, name):
    view = view_of(store, SELECTIONS[name])
    actors = list(store.top_actors(view.scope, 12)["actor"])
    found = measures.shares(store.attention_units(narrowed(store, view.scope))).table
    shown = table_of(parts[name]["Who is not named?"])
    columns = ["estimate", "low", "high", "articles", "mentions"]
    assert shown[columns].to_numpy().tolist() == expected(found, columns)
    text = " ".join(parts[name]["Who is not named?"]["text"].split())
    said = outlets.missing(view, found, view.outlets, actors[:10]).split("<b>")[0]
    assert said.rstrip() in text
    together = "the outlets together" if name != "pair" else "the two outlets compared"
    assert f"the actors whom {together} mention most" in text


def test_report_on_one_outlet_says_that_nothing_shows_what_it_leaves_out(store):
    part = read(report(store, Registry.load(), Scope(outlets=("rt",))))["Who is not named?"]
    assert "nothing shows whom it does not name" in part["text"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How is each actor presented?", "Highest: "),
        ("Who speaks?", "Most heard: "),
        ("Do the quoted say what the outlet says?", "Largest gap"),
        (GAPS[0], " Largest"),
        (GAPS[1], " Largest"),
    ],
)
def test_findings_are_those_of_the_pages(parts, question, said):
    assert said in parts["pair"][question]["text"]


def test_gaps_equal_the_measures(store, parts):
    scope = SELECTIONS["pair"]
    chosen = Scope(scope.outlets, tuple(sorted(store.top_actors(scope, 12)["actor"])))
    pair = tuple(o for o in store.outlets()["outlet"] if o in scope.outlets)
    keys = ("outlet", "actor")
    found = words.together(
        measures.means(store.mention_units(own(chosen), keys), keys).differences(pairs=[pair]),
        measures.shares(store.attention_units(chosen), every=True).differences(pairs=[pair]),
    ).sort_values("difference", ascending=False)
    columns = ["difference", "low", "high", "p", "q", "effect", "mentions_first"]
    for measure, question in zip(("stance", "attention"), GAPS, strict=False):
        shown = table_of(parts["pair"][question])
        gaps = found[found["measure"] == measure]
        assert shown[columns].to_numpy().tolist() == expected(gaps, columns)


@pytest.mark.parametrize("question", GAPS[:2])
def test_the_largest_difference_of_two_outlets_is_one_and_the_same(parts, question):
    said = parts["pair"][question]["text"].split("Largest", 1)[1].split(": ", 1)[1]
    assert said.split(". ")[0].strip() in parts["pair"]["Where do the outlets differ most?"]["text"]


@pytest.mark.parametrize(
    "question",
    [
        "Who acts, and who is acted on?",
        "How many mentions are neutral?",
        "Who speaks?",
        "How is speech introduced?",
        "Which frames does each outlet use?",
        "Which kinds of relation does each outlet tell?",
    ],
)
@pytest.mark.parametrize("name", SELECTIONS)
def test_report_has_the_charts_of_the_pages(parts, name, question):
    assert parts[name][question]["rows"]


def test_doubts_about_a_measure_stand_by_its_chart_and_in_the_notes(store, pages, parts):
    weak = [badge.text for badge in validity.badges("role")]
    for text in weak:
        assert text in parts["all"]["Who acts, and who is acted on?"]["text"]
        assert text in parts["all"]["How to read it"]["text"]
    used = {m for s in sections(view_of(store, Scope())) for m in s.measures}
    notes = parts["all"]["How to read it"]["text"]
    for badge in validity.badges(*sorted(used)):
        assert badge.text in notes


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("When did the articles appear?", "the actor filter and the voice filter"),
        ("Who speaks?", "the voice filter"),
    ],
)
def test_a_chart_says_which_filters_do_not_narrow_it(parts, question, said):
    assert f"Not narrowed by {said}." in parts["actor"][question]["text"]
    assert "Not narrowed" not in parts["pair"][question]["text"]


def test_report_says_where_both_voices_are_together(parts):
    question = "Who gets the attention?"
    assert "Own and quoted voice together" in parts["all"][question]["text"]
    assert "together" not in parts["actor"][question]["text"]
    assert "together" not in parts["all"]["How is each actor presented?"]["text"]


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("Does own voice differ from what is quoted?", ("outlet", "actor", "voice")),
        ("Do the quoted say what the outlet says?", ("actor", "voice")),
    ],
)
@pytest.mark.parametrize("name", ["all", "pair"])
def test_both_voices_stand_apart_too(store, parts, name, question, keys):
    units = store.mention_units(narrowed(store, SELECTIONS[name]), keys, "stance")
    columns = ["estimate", "low", "high", "articles", "mentions"]
    shown = table_of(parts[name][question])
    assert set(shown["voice"]) == {"outlet's own voice", "quoted speech"}
    found = measures.means(units, keys, paired="voice").table
    assert shown[columns].to_numpy().tolist() == expected(found, columns)


@pytest.mark.parametrize(
    ("latest", "last", "said"),
    [
        ("2022-03", "2022-03-31", "2022-03 (at most 2022-03-31)"),
        ("2022-03-31", "2022-03-31", "2022-03-31"),
        ("2021", "2021-12-31", "2021 (at most 2021-12-31)"),
        (None, None, "not known"),
    ],
)
def test_last_date_is_as_exact_as_it_is_known(store, monkeypatch, latest, last, said):
    view = view_of(store, Scope())
    row = pd.DataFrame({"latest": [latest], "last": [last]})
    monkeypatch.setattr(store, "glance", lambda scope: row)
    assert view.until == said


def test_print_opens_the_numbers_and_cuts_no_chart(pages):
    page = pages["all"]
    assert "beforeprint" in page
    printed = page[page.index("@media print") :]
    assert ".chart,tr,li,dd{break-inside:avoid}" in printed
    assert "thead{display:table-header-group}" in printed


def test_a_long_table_says_how_much_of_it_is_printed(store):
    table = pd.DataFrame({"count": range(ROWS + 1)})
    html = numbers(view_of(store, Scope()), table)
    assert html.count("<tr>") == ROWS + 1
    assert f"The first {ROWS} of {ROWS + 1} rows" in html


def test_a_wide_table_scrolls_by_itself(pages):
    assert ".wide{overflow-x:auto}" in pages["all"]
    assert pages["all"].count('<div class="wide"><table>') == pages["all"].count("<table>")


def test_an_empty_selection_is_refused(store):
    with pytest.raises(InputError, match="Loosen a filter"):
        report(store, Registry.load(), Scope(end="1950"))
