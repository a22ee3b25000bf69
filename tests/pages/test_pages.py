"""Every page, opened cold: it draws, it filters, it carries the filters, it survives bad links."""

import json
import random
import re

import pytest

from kzdash.charts import theme
from kzdash.registry import Registry
from kzdash.scope import EVIDENCE, Cell, Scope
from kzdash.store import Store
from kzdash.ui import concentration
from kzdash.ui.navigation import PAGES

SCRIPTS = [page.script for page in PAGES]
CHARTS = {
    "app.py": 3,
    "pages/actor.py": 5,
    "pages/outlets.py": 5,
    "pages/framing.py": 3,
    "pages/voices.py": 3,
    "pages/relations.py": 2,
    "pages/evidence.py": 0,
}
HOSTILE = [
    "<script>alert(1)</script>", "'; DROP TABLE mentions; --", "../../etc/passwd", "\x00", "%00",
    "NaN", "-1", "99999999999999999999", "a" * 5000, "🦉", "\u202e", "{{7*7}}", "javascript:x",
    "2022-13-45", "0000", "", " ", ",,,,", "null", "rt,rt,rt", "[]", "__proto__", "=cmd()",
]  # fmt: skip
PARAMETERS = [
    "outlet", "actor", "from", "to", "voice", "kind", "of", "first", "second", "frame", "order",
    "seed", "page", "open", "relation", "measure", "labelled", "cell_what", "cell_target",
    "cell_relation", "cell_verb_class", "cell_text", "cell_word", "cell_pos", "cell_scored",
    "cell_outlet", "cell_actor", "cell_label",
    "voices", "cell_period", "cell_frame", "cell_speaker", "cell_article", "cell_cue", "unknown",
]  # fmt: skip


def texts(at):
    return [element.proto.body for element in at.get("html")]


def address(at, name):
    value = at.query_params.get(name, [])
    return [value] if isinstance(value, str) else list(value)


def healthy(at):
    assert not at.exception
    assert not [t for t in texts(at) if 'role="alert"' in t]
    return at


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_opens_cold_with_title_headings_and_charts(open_page, script):
    at = healthy(open_page(script))
    assert [t.value for t in at.title] == [p.name for p in PAGES if p.script == script]
    assert at.header or script == "pages/evidence.py"
    if script in CHARTS:
        assert len(at.get("plotly_chart")) == CHARTS[script]


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_shows_the_selection_of_its_address(open_page, small_build, script):
    at = healthy(open_page(script, outlet="rt", voice="own"))
    size = Store.open(small_build).glance(Scope(outlets=("rt",), voices=("own",))).iloc[0]
    line = next(t for t in texts(at) if "Shown:" in t)
    assert "RT; all actors; all dates; in the outlet&#x27;s own voice" in line
    assert f"{size['mentions']:,} mentions in {size['naming']:,} articles" in line


def test_filters_go_into_the_address_and_to_the_next_page(open_page):
    at = open_page("app.py")
    at.multiselect(key="filter_outlet").set_value(["rt"]).run()
    assert address(at, "outlet") == ["rt"]
    healthy(at.switch_page("pages/framing.py").run())
    assert at.multiselect(key="filter_outlet").value == ["rt"]
    assert address(at, "outlet") == ["rt"]


def test_links_between_pages_carry_the_filters(open_page):
    at = open_page("app.py", outlet="rt", **{"from": "2020"})
    links = [e.proto.query_string for e in at.sidebar.get("page_link")]
    assert len(links) == len(PAGES)
    assert set(links) == {"outlet=rt&from=2020"}


def spec(at, name):
    charts = {c.proto.id.rpartition("-chart_")[2]: c.proto for c in at.get("plotly_chart")}
    return json.loads(charts[name].spec or charts[name].figure.spec)


def values(figure):
    """Return what stands at each mark that opens evidence."""
    axis = "y" if figure["layout"]["yaxis"].get("range") == [-1.08, 1.08] else "x"
    return {
        q: v
        for t in figure["data"]
        if "customdata" in t
        for q, v in zip(t["customdata"], t[axis], strict=True)
    }


VOICED = [("app.py", "stance"), ("pages/outlets.py", "stance_gap"), ("pages/actor.py", "time")]


@pytest.mark.parametrize(("script", "chart"), VOICED)
def test_own_and_quoted_voice_are_never_averaged_without_saying_so(open_page, script, chart):
    for query, voice in (({}, "own voice"), ({"voices": "together"}, "own and quoted voice toge")):
        at = healthy(open_page(script, **query))
        subtitle = spec(at, chart)["layout"]["title"]["subtitle"]["text"].replace("<br>", " ")
        assert voice in subtitle.lower()
    assert "neutral" in str([t.get("hovertext") for t in spec(at, chart)["data"]])


@pytest.mark.parametrize("voice", ["own", "quoted"])
@pytest.mark.parametrize(("script", "chart"), VOICED)
def test_a_link_restores_the_voice_chosen(open_page, script, chart, voice):
    pair = {"first": "rt", "second": "eurasianet"} if "outlets" in script else {}
    at = healthy(open_page(script, voices=voice, **pair))
    assert address(at, "voices") == ([] if voice == "own" else [voice])
    subtitle = spec(at, chart)["layout"]["title"]["subtitle"]["text"].replace("<br>", " ")
    assert theme.VOICE_NAMES[voice] in subtitle.lower()
    filtered = healthy(open_page(script, voice=voice, **pair))
    one, other = (values(spec(page, chart)) for page in (at, filtered))
    assert one.keys() & other.keys()
    assert all(one[query] == other[query] for query in one.keys() & other.keys())
    assert "choice_voices" not in [w.key for w in filtered.get("button_group")]


def test_voices_stand_side_by_side_on_the_overview(open_page):
    at = healthy(open_page("app.py", voices="apart"))
    queries = [q for t in spec(at, "stance")["data"] for q in t.get("customdata", ())]
    assert {"cell_voice=own", "cell_voice=quoted"} <= {p for q in queries for p in q.split("&")}


def test_clearing_the_filters_clears_the_address(open_page):
    at = open_page("app.py", outlet="rt", kind="name")
    at.button(key="clear_filters").click().run()
    assert not address(at, "outlet")
    assert not address(at, "kind")


def test_an_empty_selection_says_which_filter_to_loosen(open_page):
    at = healthy(open_page("app.py", outlet="rt", to="1950"))
    assert any("Nothing in this selection" in t and "the last date" in t for t in texts(at))
    at.button(key="loosen_end").click().run()
    assert not any("Nothing in this selection" in t for t in texts(at))
    assert address(at, "outlet") == ["rt"]


@pytest.mark.parametrize(
    ("script", "nouns"),
    [
        ("pages/relations.py", ("relation", "relations")),
        ("pages/framing.py", ("use of a frame", "uses of a frame")),
    ],
)
def test_an_empty_page_counts_what_it_shows(open_page, script, nouns):
    at = healthy(open_page(script, outlet="rt", to="1950"))
    said = next(t for t in texts(at) if f"No {nouns[0]} in this selection" in t)
    assert f" {nouns[1]} without the last date." in said
    assert "mention" not in said


def test_a_choice_of_the_page_is_no_filter_to_loosen(open_page, small_build):
    store = Store.open(small_build)
    everyone = set(store.actors()["actor"])
    absent = sorted(everyone - set(store.top_actors(Scope(outlets=("rt",)), 999)["actor"]))
    if not absent:
        pytest.skip("every actor is in this outlet")
    at = healthy(open_page("pages/actor.py", of=absent[0], outlet="rt"))
    assert any("without the outlet filter" in t for t in texts(at))
    assert "loosen_actors" not in [b.key for b in at.button]


def test_two_outlets_are_compared_though_the_filter_has_one(open_page):
    at = healthy(open_page("pages/outlets.py", outlet="rt", first="rt", second="eurasianet"))
    assert len(at.get("plotly_chart")) == CHARTS["pages/outlets.py"]
    assert not any("No actor of the selection" in t for t in texts(at))


@pytest.mark.parametrize(
    ("script", "query", "claim"),
    [
        ("pages/voices.py", {"voice": "own"}, "Not narrowed by the voice filter."),
        ("pages/outlets.py", {"actor": "tokayev"}, "Not narrowed by the actor filter."),
        ("pages/relations.py", {"kind": "name"}, "Not narrowed by the kind filter."),
    ],
)
def test_a_chart_says_which_filter_does_not_narrow_it(open_page, script, query, claim):
    assert any(claim in t for t in texts(healthy(open_page(script, **query))))


def test_a_small_selection_is_called_descriptive(open_page, small_build):
    store = Store.open(small_build)
    day = store.articles(Scope(outlets=("rt",)))["published"].dropna().iloc[0]
    at = healthy(open_page("app.py", outlet="rt", to=day, **{"from": day}))
    assert any("Descriptive only" in t for t in texts(at))


def test_a_page_says_once_where_one_article_holds_most_mentions(open_page, small_build):
    store = Store.open(small_build)
    name = Registry.load().outlet_name
    scopes = [Scope(actors=(actor,)) for actor in store.actors()["actor"]]
    scope = next(s for s in scopes if concentration.said(store, s, name))
    for query, number in ((scope.to_query(), 1), ({}, 0)):
        at = healthy(open_page("pages/actor.py", of=scope.actors[0], **query))
        found = [t for t in texts(at) if "shares and means rest mostly" in t]
        assert len([t for t in found if "Shown:" in t]) == number
        assert len(found) == 1


def test_a_link_that_names_unknown_things_says_so_and_shows_the_rest(open_page):
    at = healthy(open_page("app.py", outlet=["nobody", "rt"]))
    assert at.multiselect(key="filter_outlet").value == ["rt"]
    assert any("not known here: nobody" in t for t in texts(at))


def test_choosing_a_mark_opens_its_evidence(open_page):
    at = open_page("app.py", outlet="rt")
    chart = {"selection": {"points": [{"customdata": "cell_outlet=rt&cell_actor=tokayev"}]}}
    at.session_state["chart_attention"] = chart
    at.run()
    assert address(at, "cell_actor") == ["tokayev"]
    assert address(at, "outlet") == ["rt"]


def test_evidence_of_a_cell_is_what_the_store_counts(open_page, small_build):
    at = healthy(open_page("pages/evidence.py", cell_label="negative", outlet="rt"))
    shown = next(t for t in texts(at) if "shown: 1 to" in t)
    store = Store.open(small_build)
    units = store.mention_units(Scope(outlets=("rt",)))
    assert shown.startswith(f'<p class="kz-note">{units["labelled_negative"].sum():,} mentions')


def test_evidence_of_a_mark_begins_with_what_the_mark_says(open_page, small_build):
    store = Store.open(small_build)
    row = store.evidence(Scope(), limit=1).iloc[0]
    cell = Cell(outlet=row["outlet"], actor=row["actor"], scored="stance")
    at = healthy(open_page("pages/evidence.py", **cell.to_query()))
    [said] = [t for t in texts(at) if '"kz-finding"' in t]
    counted = store.evidence_count(Scope(), cell).iloc[0]
    assert f": {theme.count(counted['mentions'], 'mention')}, mean stance " in said
    assert f"mean stance {theme.signed(counted['stance'])}." in said
    whole = healthy(open_page("pages/evidence.py"))
    assert not [t for t in texts(whole) if '"kz-finding"' in t]


def test_a_mention_opened_from_the_list_is_shown_from_the_top(open_page, small_build):
    mention = Store.open(small_build).evidence(Scope(), limit=1).iloc[0]["mention_id"]
    at = open_page("pages/evidence.py")
    assert not [t for t in texts(at) if '"kz-arrival"' in t]
    at.query_params["open"] = mention
    assert [t for t in texts(healthy(at.run())) if '"kz-arrival"' in t]
    assert not [t for t in texts(healthy(at.run())) if '"kz-arrival"' in t]


def test_random_evidence_is_repeated_by_its_link(open_page):
    def cards(at):
        return [t for t in texts(at) if "kz-mention" in t]

    one, two = (cards(open_page("pages/evidence.py", seed="7")) for _ in range(2))
    other = cards(open_page("pages/evidence.py", seed="8"))
    assert one == two
    assert one != other


def test_shuffling_and_paging_stand_in_the_address(open_page):
    at = open_page("pages/evidence.py")
    at.button(key="shuffle").click().run()
    assert address(at, "seed") != ["1"]
    at.button(key="page_after").click().run()
    assert address(at, "page") == ["2"]


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        pytest.param("button_group", "choice_cell_label", "negative", id="stance"),
        pytest.param("selectbox", "choice_order", "date", id="order"),
        pytest.param("button_group", "choice_cell_what", "sentences", id="evidence"),
        pytest.param("multiselect", "filter_outlet", ["rt"], id="filter"),
        pytest.param("button", "shuffle", None, id="seed"),
    ],
)
def test_another_list_begins_at_its_first_page(open_page, kind, key, value):
    at = healthy(open_page("pages/evidence.py", page="3"))
    assert address(at, "page") == ["3"]
    widget = at.get(kind)
    widget = next(one for one in widget if one.key == key)
    (widget.click() if kind == "button" else widget.set_value(value)).run()
    assert not address(at, "page")
    assert any("shown: 1 to 20" in t for t in texts(at))


def test_paging_goes_on_from_the_page_of_the_link(open_page):
    at = open_page("pages/evidence.py", page="3")
    at.button(key="page_after").click().run()
    at.run()
    assert address(at, "page") == ["4"]
    opened = next(e for e in at.main.get("page_link") if "Open in" in e.proto.label)
    assert "page=4" in opened.proto.query_string


def test_a_filter_changed_beside_a_mention_changes_its_list(open_page, small_build):
    mention = Store.open(small_build).evidence(Scope(), limit=1).iloc[0]["mention_id"]
    at = healthy(open_page("pages/evidence.py", open=mention, page="3", outlet="rt"))
    at.multiselect(key="filter_outlet").set_value([]).run()
    assert (address(at, "open"), address(at, "page")) == ([mention], [])
    assert not address(at, "outlet")


def test_a_mention_opens_with_a_line_to_correct_it(open_page, small_build):
    mention = Store.open(small_build).evidence(Scope(), limit=1).iloc[0]
    at = healthy(open_page("pages/evidence.py", open=mention["mention_id"]))
    at.selectbox(key=f"right_stance_{mention['mention_id']}").set_value("positive").run()
    line = label_line(at)
    [said] = [m for m in line["mentions"] if m["required"]]
    assert (said["actor"], said["stance"]) == (mention["actor"], 1)
    assert (line["text"], line["url"], line["frames"]) == (None, mention["url"], None)
    assert any("copy it from the publisher" in c.value for c in at.caption)


def label_line(at):
    return json.loads(next(code.value for code in at.code if code.value.startswith("{")))


def test_a_reader_judges_a_whole_sentence_in_which_the_mention_is_none(open_page, small_build):
    store = Store.open(small_build)
    found = store.evidence(Scope(voices=("quoted",)), limit=200)
    counts = found.groupby(["article_id", "sentence_no"])["mention_id"].transform("size")
    mention = found[counts > 1].iloc[0]
    at = healthy(open_page("pages/evidence.py", open=mention["mention_id"]))
    key = mention["mention_id"]
    before = len(label_line(at)["mentions"])
    at.checkbox(key=f"right_whole_{key}").check().run()
    at.selectbox(key=f"right_actor_{key}").set_value("no mention of an actor").run()
    line = label_line(healthy(at))
    assert len(line["mentions"]) == before - 1
    assert all(m["required"] and m["voice"] for m in line["mentions"])
    assert line["frames"] == list(mention["frames"])


def test_a_speaker_goes_with_the_outlets_own_voice(open_page, small_build):
    found = Store.open(small_build).evidence(Scope(voices=("quoted",)), limit=1)
    key = found["mention_id"].iloc[0]
    at = healthy(open_page("pages/evidence.py", open=key))
    at.selectbox(key=f"right_speaker_{key}").set_value("putin").run()
    assert "putin" in [m["speaker"] for m in label_line(at)["mentions"]]
    at.selectbox(key=f"right_voice_{key}").set_value("own").run()
    assert not any(m["speaker"] for m in label_line(at)["mentions"])


def test_without_texts_the_page_says_why_no_sentence_is_shown(open_page):
    assert any("belong to their publishers" in t for t in texts(open_page("pages/evidence.py")))


def test_a_build_that_cannot_be_opened_is_named_in_a_plain_box(open_page, monkeypatch, tmp_path):
    monkeypatch.setenv("KZDASH_BUILD", str(tmp_path / "secret_place"))
    at = open_page("app.py")
    assert not at.exception
    box = next(t for t in texts(at) if 'role="alert"' in t)
    assert "manifest.json" in box
    assert "secret_place" not in box


@pytest.mark.parametrize("script", SCRIPTS)
def test_malformed_links_give_usable_pages(open_page, script):
    draw = random.Random(script)
    for _ in range(13):
        names = draw.sample(PARAMETERS, 6)
        query = {name: draw.choice(HOSTILE) for name in names}
        at = healthy(open_page(script, **query))
        assert at.title
        for element in at.get("html"):
            own = element.proto.unsafe_allow_javascript
            assert ("alert(1)" if own else "<script") not in element.proto.body


@pytest.mark.parametrize("what", EVIDENCE)
def test_evidence_lists_every_kind_with_its_place_and_its_table(open_page, small_build, what):
    at = healthy(open_page("pages/evidence.py", cell_what=what, outlet="rt"))
    total = Store.open(small_build).passage_count(Scope(outlets=("rt",)), Cell(what=what))
    assert any(
        t.startswith(f'<p class="kz-note">{total["passages"].iloc[0]:,} ') for t in texts(at)
    )
    cards = "".join(t for t in texts(at) if "kz-mention" in t)
    assert cards.count("<article") == min(20, total["passages"].iloc[0])
    assert what == "articles" or "characters" in cards


def test_evidence_says_whether_a_frame_has_a_cue(open_page):
    at = open_page("pages/evidence.py", cell_what="sentences", cell_frame="security")
    assert any("without a cue of its own" in t for t in texts(at))
    assert any("cued by" in t for t in texts(at))


def test_conditions_that_do_not_fit_the_evidence_are_dropped(open_page):
    at = open_page("pages/evidence.py", cell_what="quotes", cell_role="agent", cell_outlet="rt")
    assert not address(at, "cell_role")
    assert address(at, "cell_outlet") == ["rt"]


def test_evidence_of_an_article_says_its_title_and_outlet(open_page, small_build):
    row = Store.open(small_build).evidence(Scope(outlets=("rt",)), limit=1).iloc[0]
    at = open_page("pages/evidence.py", cell_article=row["article_id"])
    assert any(f"in “{row['title']}” (RT)" in t for t in texts(at))


def test_the_share_of_own_voice_is_not_told_of_one_voice(open_page):
    said = "the rest in quoted speech"
    assert any(said in t for t in texts(open_page("pages/relations.py")))
    assert not any(said in t for t in texts(open_page("pages/relations.py", voice="own")))


def test_a_mark_without_evidence_says_what_to_loosen(open_page):
    at = healthy(open_page("pages/evidence.py", cell_what="relations", cell_actor="nobody"))
    assert any("Nothing fits all conditions" in t for t in texts(at))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("app.py", "Stance"),
        ("pages/actor.py", "Roles"),
        ("pages/actor.py", "Epithets"),
        ("pages/relations.py", "Relations"),
        ("pages/voices.py", "reporting verbs"),
    ],
)
def test_weak_measures_have_a_badge_beside_their_chart(open_page, script, said):
    at = open_page(script)
    links = [e.proto.label for e in at.main.get("page_link")]
    assert any(said in link and "Methods" in link for link in links)


def test_an_epithet_opens_its_evidence(open_page):
    at = open_page("pages/actor.py", of="tokayev")
    links = [link for t in texts(at) for link in re.findall(r'href="evidence\?([^"]*)"', t)]
    assert links
    assert all("cell_what=epithets" in link and "cell_actor=tokayev" in link for link in links)


def test_a_line_of_who_speaks_about_whom_opens_its_evidence(open_page):
    at = open_page("pages/voices.py")
    at.session_state["said_about"] = {"selection": {"rows": [0], "columns": []}}
    at.run()
    assert address(at, "cell_speaker")
    assert address(at, "cell_voice") == ["quoted"]


def test_methods_begins_with_links_to_its_parts(open_page):
    at = healthy(open_page("pages/methods.py"))
    linked = re.findall(r"\]\(#(\w+)\)", " ".join(m.value for m in at.markdown))
    assert linked == [h.proto.anchor for h in at.header]


@pytest.mark.parametrize("few", [True, False])
def test_the_articles_of_a_small_selection_are_listed(open_page, small_build, few):
    store = Store.open(small_build)
    days = sorted(set(store.articles(Scope())["published"].dropna()))
    scope = Scope(start=days[0], end=days[0]) if few else Scope()
    at = healthy(open_page("app.py", **scope.to_query()))
    tables = [t.value for t in at.dataframe if list(t.value.columns)[:2] == ["outlet", "title"]]
    listed = [t for t in tables if "mentions" in t.columns]
    assert [len(t) for t in listed] == ([len(store.articles(scope))] if few else [])


def test_outlets_with_mentions_in_the_selection_are_compared_first(open_page, small_build):
    store = Store.open(small_build)
    dates = store.articles(Scope())
    days = sorted(set(dates["published"].dropna()))
    day, sizes = next((d, s) for d in days if len(s := store.outlet_sizes(Scope(end=d))) > 1)
    assert len(sizes) < len(store.outlets())
    at = healthy(open_page("pages/outlets.py", to=day))
    offered = next(w for w in at.selectbox if w.key == "choice_first")
    assert offered.value == sizes["outlet"].iloc[0]
    absent = set(store.outlets()["outlet"]) - set(sizes["outlet"])
    figure = spec(at, "left_out")
    assert len(figure["layout"]["xaxis"]["ticktext"]) == len(sizes)
    said = next(t for t in texts(at) if "Not in this selection" in t or "five articles" in t)
    assert not any(Registry.load().outlet_name(o) in said for o in absent)


def test_frames_of_two_outlets_differ_with_an_interval_and_a_table(open_page):
    at = healthy(open_page("pages/outlets.py"))
    said = [t for t in texts(at) if "kz-finding" in t and " of the sentences" in t]
    assert any(name in said[-1] for name in (f.name for f in Registry.load().frames.values()))
    assert "interval" in said[-1]
    table = next(d for d in at.dataframe if "frame" in d.value and "q" in d.value).value
    assert {"estimate", "difference", "difference_low", "difference_high", "effect"} <= set(table)
    assert table.groupby("frame")["difference"].nunique().max() == 1


def test_one_outlet_alone_leaves_nobody_out(open_page, small_build):
    store = Store.open(small_build)
    day = min(store.articles(Scope())["published"].dropna())
    assert len(store.outlet_sizes(Scope(end=day))) == 1
    at = healthy(open_page("pages/outlets.py", to=day))
    assert any("One outlet alone is read" in t for t in texts(at))
    assert not any(" most mentioned actors." in t for t in texts(at))


def test_stance_has_its_badge_before_the_largest_differences(open_page):
    at = healthy(open_page("app.py"))
    labels = [link.proto.label for link in at.get("page_link")]
    first = next(i for i, label in enumerate(labels) if label.startswith("Stance"))
    assert first < next(i for i, label in enumerate(labels) if label.startswith("Compare in"))


def test_one_actor_is_named_by_name(open_page):
    at = healthy(open_page("pages/outlets.py", actor="tokayev"))
    said = next(t for t in texts(at) if "Every outlet of five" in t or "No mention found" in t)
    assert "1 most" not in said
