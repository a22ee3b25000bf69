"""The store: every answer recomputed with pandas from the same tables."""

import threading
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from altered import altered, with_column

from benchmarks.generate import generate
from kzdash import measures
from kzdash.errors import BuildError, InputError
from kzdash.registry import Registry
from kzdash.schema import RELATION_LABELS
from kzdash.scope import Cell, Scope, first_day, last_day
from kzdash.store import FAMILIES, MAX_PAGE, ORDERS, Store, queries
from kzdash.store import actors as actor_queries

SCOPES = [
    pytest.param(Scope(), id="everything"),
    pytest.param(Scope(outlets=("rt", "atlantico"), voices=("own",)), id="outlets and voice"),
    pytest.param(Scope(start="2020", end="2021-06", kinds=("name", "title")), id="dates and kinds"),
    pytest.param(Scope(actors=("mamin", "tokayev"), start="2019-03-15"), id="actors and start"),
    pytest.param(Scope(actors=("tokayev",), voices=("own", "quoted")), id="actor, both voices"),
    pytest.param(Scope(actors=("tokayev",), voices=("own",), end="2021"), id="actor, own voice"),
    pytest.param(Scope(actors=("mamin", "tokayev"), voices=("quoted",)), id="actors, one voice"),
    pytest.param(Scope(voices=("own",)), id="voice"),
    pytest.param(Scope(kinds=("pronoun",)), id="kind"),
    pytest.param(Scope(outlets=("nowhere",)), id="nothing"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "build"
    generate(folder, 3_000, 1, Registry.load())
    return folder


@pytest.fixture(scope="module")
def store(folder):
    store = Store.open(folder)
    yield store
    store.close()


@pytest.fixture(scope="module")
def tables(folder):
    """The tables as pandas sees them, without articles that do not count."""
    read = {path.stem: pq.read_table(path).to_pandas() for path in folder.glob("*.parquet")}
    for frame in read.values():
        for column in frame.columns:
            if isinstance(frame[column].dtype, pd.CategoricalDtype):
                frame[column] = frame[column].astype("str")
    articles = read["articles"]
    outlet = articles.set_index("article_id")["outlet_id"]
    ordered = articles.assign(
        copy=articles["duplicate_of"].notna(),
        text=articles["duplicate_of"].fillna(articles["article_id"]),
    )
    ordered = ordered.sort_values(["copy", "article_id"])
    articles["counted"] = articles["scored"] & ~ordered.duplicated(["outlet_id", "text"])
    counted = set(articles["article_id"][articles["counted"]])
    for name, frame in read.items():
        if name not in ("articles", "sentences"):
            frame = frame[frame["article_id"].isin(counted)]
        if name != "articles":
            read[name] = frame.assign(outlet=frame["article_id"].map(outlet))
    articles["outlet"] = articles["outlet_id"]
    return read


def in_scope(frame, scope, tables, actor="actor_id"):
    """Select rows by a scope, with pandas and Python dates."""
    published = tables["articles"].set_index("article_id")["published"]
    chosen = []
    for article, text in published.items():
        if scope.start is None and scope.end is None:
            chosen.append(article)
        elif isinstance(text, str):
            late = first_day(text) <= (scope.last or date.max)
            if late and last_day(text) >= (scope.first or date.min):
                chosen.append(article)
    frame = frame[frame["article_id"].isin(chosen)]
    if scope.outlets:
        frame = frame[frame["outlet"].isin(scope.outlets)]
    for column, values in ((actor, scope.actors), ("voice", scope.voices), ("kind", scope.kinds)):
        if values and column in frame.columns:
            frame = frame[frame[column].isin(values)]
    return frame


def counts(series):
    """Return a series as a plain dict."""
    return {key: int(value) for key, value in series.items()}


@pytest.mark.parametrize("scope", SCOPES)
def test_glance(store, tables, scope):
    found = store.glance(scope).iloc[0]
    corpus = Scope(outlets=scope.outlets, start=scope.start, end=scope.end)
    articles = in_scope(tables["articles"], corpus, tables)
    mentions = in_scope(tables["mentions"], scope, tables)
    assert found["articles"] == len(articles)
    assert found["words"] == articles["words"].sum()
    assert found["copies"] == articles["duplicate_of"].notna().sum()
    assert found["repeats"] == articles.query("counted")["duplicate_of"].notna().sum()
    assert found["undated"] == articles["published"].isna().sum()
    dates = [(last_day(d), len(d), d) for d in articles["published"].dropna()]
    assert (found["latest"] if dates else None) == (max(dates)[2] if dates else None)
    assert found["mentions"] == len(mentions)
    assert found["actors"] == mentions["actor_id"].nunique()
    assert found["naming"] == mentions["article_id"].nunique()
    assert found["quotes"] == len(in_scope(tables["quotes"], corpus, tables))


@pytest.mark.parametrize("scope", SCOPES)
def test_uncertain_dates(store, tables, scope):
    found = store.uncertain_dates(scope).iloc[0]
    outlets = in_scope(tables["articles"], Scope(outlets=scope.outlets), tables)
    assert found["undated"] == outlets["published"].isna().sum()
    dated = in_scope(tables["articles"], replace(scope, actors=(), voices=(), kinds=()), tables)
    outside = [
        (scope.first is not None and first_day(text) < scope.first)
        or (scope.last is not None and last_day(text) > scope.last)
        for text in dated["published"].dropna()
    ]
    assert found["partly"] == sum(outside)


@pytest.mark.parametrize("scope", SCOPES)
def test_outlet_sizes(store, tables, scope):
    found = store.outlet_sizes(scope).set_index("outlet")
    mentions = in_scope(tables["mentions"], scope, tables).groupby("outlet").size()
    assert counts(found["mentions"][found["mentions"] > 0]) == counts(mentions)
    narrow = store.articles(Scope(scope.outlets, (), scope.start, scope.end))
    assert set(found.index) == set(tables["articles"].query("counted")["outlet"]) & set(
        narrow["outlet"]
    )
    assert found["mentions"].is_monotonic_decreasing
    counted = tables["articles"].query("counted and article_id in @narrow.article_id")
    of = counted.groupby("outlet")
    assert counts(found["words"]) == counts(of["words"].sum())
    assert found["earliest"].dropna().to_dict() == bound(counted, first_day, "min")
    assert found["latest"].dropna().to_dict() == bound(counted, last_day, "max")


def bound(articles, day, end):
    """Return the first or last day of each outlet's dated articles, as ISO text."""
    dated = articles[articles["published"].notna()]
    days = dated.assign(day=[str(day(text)) for text in dated["published"]])
    return days.groupby("outlet")["day"].agg(end).to_dict()


@pytest.mark.parametrize("scope", SCOPES)
def test_fullest_articles(store, tables, scope):
    found = store.fullest_articles(scope).set_index("outlet")
    each = in_scope(tables["mentions"], scope, tables).groupby(["outlet", "article_id"]).size()
    by_outlet = each.groupby("outlet")
    for column, expected in {
        "articles": by_outlet.size(),
        "mentions": by_outlet.sum(),
        "fullest": by_outlet.max(),
    }.items():
        assert counts(found[column]) == counts(expected)


def within(published, period):
    if pd.isna(published) or period != "quarter" or len(published) == 4:
        return published if pd.isna(published) else published[: 4 if period == "year" else 7]
    return f"{published[:4]}-Q{(int(published[5:7]) + 2) // 3}"


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
def test_articles_over_time(store, tables, period):
    found = store.articles_over_time(Scope(), period)
    published = tables["articles"]["published"].map(lambda day: within(day, period))
    expected = tables["articles"].groupby(["outlet", published.fillna("never")]).size()
    found["period"] = found["period"].fillna("never")
    assert counts(found.set_index(["outlet", "period"])["articles"]) == counts(expected)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("exact", [0, 100_000], ids=["summed", "single mentions"])
@pytest.mark.parametrize(
    "by", [("outlet", "actor"), ("actor", "outlet", "voice"), ("outlet",), ("outlet", "role"), ()]
)
def test_mention_units(store, tables, monkeypatch, scope, exact, by):
    monkeypatch.setattr(actor_queries, "EXACT", exact)
    monkeypatch.setattr(store, "recall", lambda key: None)
    units = store.mention_units(scope, by)
    mentions = in_scope(tables["mentions"], scope, tables).rename(columns={"actor_id": "actor"})
    keys = [*by, "all"]
    grouped = mentions.assign(all=1).groupby(keys)
    sums = units.assign(all=1).groupby(keys)
    p = {name: f"p_{name}" for name in ("negative", "neutral", "positive")}
    for name, column in p.items():
        assert sums[name].sum().to_dict() == pytest.approx(grouped[column].sum().to_dict(), 1e-4)
    assert counts(sums["mentions"].sum()) == counts(grouped.size())
    assert counts(sums["n"].sum()) == counts(grouped["stance"].count())
    variance = mentions["p_positive"] + mentions["p_negative"] - mentions["stance"] ** 2
    expected = variance.groupby([mentions.assign(all=1)[key] for key in keys]).sum()
    assert sums["stance_var"].sum().to_dict() == pytest.approx(expected.to_dict(), 1e-3)
    articles = units.drop_duplicates([*by, "unit"]).assign(all=1).groupby(keys)["articles"].sum()
    assert counts(articles) == counts(grouped["article_id"].nunique())


@pytest.mark.parametrize("scope", SCOPES)
def test_top_actors(store, tables, scope):
    mentions = in_scope(tables["mentions"], scope, tables)
    found = store.top_actors(scope, 1_000).set_index("actor")
    articles = mentions.groupby("actor_id")["article_id"].nunique()
    assert counts(found["mentions"]) == counts(mentions.groupby("actor_id").size())
    assert counts(found["articles"]) == counts(articles)


def test_a_limit_keeps_the_most_frequent_verbs(store):
    pd.testing.assert_frame_equal(store.verbs(Scope(), 7), store.verbs(Scope()).head(7))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("exact", [0, 100_000], ids=["summed", "single mentions"])
@pytest.mark.parametrize("groups", [3, 200])
@pytest.mark.parametrize(
    "by", [("outlet", "actor"), ("outlet", "voice"), ("actor", "voice"), ("outlet",)]
)
def test_articles_of_stance_are_those_with_a_scored_mention(
    store, tables, monkeypatch, scope, exact, groups, by
):
    monkeypatch.setattr(actor_queries, "EXACT", exact)
    monkeypatch.setattr(queries, "GROUPS", groups)
    monkeypatch.setattr(store, "recall", lambda key: None)
    found = measures.means(store.mention_units(scope, by, "stance"), by, paired="voice").cells
    mentions = in_scope(tables["mentions"], scope, tables).rename(columns={"actor_id": "actor"})
    assert mentions["stance"].isna().any() or scope.outlets or scope.actors or scope.start
    scored = mentions[mentions["stance"].notna()].groupby(list(by))
    assert counts(found.set_index(list(by))["articles"]) == counts(scored["article_id"].nunique())
    assert counts(found.set_index(list(by))["mentions"]) == counts(scored.size())


def test_large_cells_come_in_random_groups(store, monkeypatch):
    monkeypatch.setattr(actor_queries, "EXACT", 0)
    monkeypatch.setattr(queries, "GROUPS", 10)
    monkeypatch.setattr(store, "recall", lambda key: None)
    units = store.mention_units(Scope(), ("outlet",))
    assert (units.groupby("outlet")["articles"].sum() > 10).any()
    assert (units["unit"] < 0).any()
    assert units.groupby(["outlet", "unit"]).size().max() == 1


@pytest.mark.parametrize("scope", SCOPES)
def test_attention(store, tables, scope):
    everyone = Scope(scope.outlets, (), scope.start, scope.end, scope.voices, scope.kinds)
    mentions = in_scope(tables["mentions"], everyone, tables)
    table = measures.shares(store.attention_units(scope)).table
    total = mentions.groupby("outlet").size()
    expected = mentions.groupby(["outlet", "actor_id"]).size()
    if scope.actors:
        expected = expected[expected.index.get_level_values(1).isin(scope.actors)]
    found = table.set_index(["outlet", "actor"])
    assert counts(found["mentions"]) == counts(expected)
    for (outlet, actor), row in found.iterrows():
        assert row["estimate"] == pytest.approx(row["mentions"] / total[outlet])
        here = mentions[(mentions["outlet"] == outlet) & (mentions["actor_id"] == actor)]
        assert row["articles"] == here["article_id"].nunique()


@pytest.mark.parametrize("scope", SCOPES)
def test_frames(store, tables, scope):
    corpus = Scope(outlets=scope.outlets, start=scope.start, end=scope.end)
    sentences = in_scope(tables["sentences"], corpus, tables)
    counted = tables["articles"].query("counted")["article_id"]
    sentences = sentences[sentences["article_id"].isin(counted)]
    if scope.actors or scope.voices or scope.kinds:
        mentions = in_scope(tables["mentions"], scope, tables)[["article_id", "sentence_no"]]
        sentences = sentences.merge(mentions.drop_duplicates())
    table = measures.shares(store.frame_units(scope), "frame").table
    framed = sentences.explode("frames").groupby(["outlet", "frames"]).size()
    assert counts(table.set_index(["outlet", "frame"])["mentions"]) == counts(framed)
    total = sentences.groupby("outlet").size()
    assert table["of"].tolist() == [total[o] for o in table["outlet"]]


@pytest.mark.parametrize("scope", SCOPES)
def test_frame_actors(store, tables, scope):
    found = store.frame_actors(scope).set_index(["outlet", "actor", "frame"])
    mentions = in_scope(tables["mentions"], scope, tables)
    mentions = mentions[["outlet", "actor_id", "article_id", "sentence_no"]]
    places = mentions.drop_duplicates().merge(
        tables["sentences"][["article_id", "sentence_no", "frames"]]
    )
    expected = places.explode("frames").groupby(["outlet", "actor_id", "frames"])
    assert counts(found["sentences"]) == counts(expected.size())
    assert counts(found["articles"]) == counts(expected["article_id"].nunique())
    total = places.groupby(["outlet", "actor_id"]).size()
    assert counts(found["of"]) == {key: total[key[:2]] for key in found.index}
    everywhere = total.groupby("actor_id").sum()
    assert counts(found["everywhere"]) == {key: everywhere[key[1]] for key in found.index}


@pytest.mark.parametrize("scope", SCOPES)
def test_speakers(store, tables, scope):
    corpus = Scope(outlets=scope.outlets, start=scope.start, end=scope.end)
    quotes = in_scope(tables["quotes"], corpus, tables)
    quotes["speaker"] = quotes["speaker_actor"].fillna(quotes["speaker_surface"])
    total = quotes.groupby("outlet").size()
    if scope.actors:
        quotes = quotes[quotes["speaker_actor"].isin(scope.actors)]
    found = store.speakers(scope).set_index(["outlet", "speaker"])
    groups = quotes.groupby(["outlet", "speaker"])
    assert counts(found["quotes"]) == counts(groups.size())
    assert counts(found["direct"]) == counts(groups["direct"].sum())
    assert found["of"].tolist() == [total[outlet] for outlet, _ in found.index]
    doubting = quotes[quotes["verb_class"] == "doubting"]
    assert found["doubting"].sum() == len(doubting)
    shares = measures.shares(store.speaker_units(scope), "speaker").table
    assert counts(shares.set_index(["outlet", "speaker"])["mentions"]) == counts(groups.size())


def test_said_about(store, tables):
    keys = ["outlet", "speaker", "actor"]
    units = store.said_about_units(Scope(), limit=10_000).groupby(keys)[["mentions", "positive"]]
    quoted = tables["mentions"][tables["mentions"]["voice"] == "quoted"]
    groups = quoted.groupby(["outlet", "speaker", "actor_id"])
    assert counts(units.sum()["mentions"]) == counts(groups.size())
    expected = groups["p_positive"].sum()
    assert units.sum()["positive"].to_dict() == pytest.approx(expected.to_dict(), abs=1e-4)


def test_speaker_units_hold_the_most_quoted(store):
    units = store.speaker_units(Scope(), limit=2)
    speakers = store.speakers(Scope())
    speakers = speakers[speakers["speaker"].notna()]
    for outlet, named in speakers.groupby("outlet", sort=False):
        held = set(units[units["outlet"] == outlet]["speaker"].dropna())
        assert held == set(named["speaker"].head(2))


@pytest.mark.parametrize("scope", SCOPES)
def test_relations(store, tables, scope):
    rows = in_scope(tables["relations"], scope, tables, actor="none")
    if scope.actors:
        source, target = (rows[f"{end}_actor"].isin(scope.actors) for end in ("source", "target"))
        rows = rows[source | target]
    pairs = store.relation_pairs(scope).set_index(["source", "target"])
    told = pairs[list(RELATION_LABELS)].sum(axis=1)
    assert counts(told) == counts(rows.groupby(["source_actor", "target_actor"]).size())
    voices = store.relation_voices(scope).set_index("outlet")
    assert counts(voices["count"]) == counts(rows.groupby("outlet").size())
    assert counts(voices["own"]) == counts((rows["voice"] == "own").groupby(rows["outlet"]).sum())
    assert len(store.relation_evidence(scope, limit=50)) == min(50, len(rows))


@pytest.mark.parametrize("scope", SCOPES)
def test_terms(store, tables, scope):
    rows = in_scope(tables["terms"], Scope(scope.outlets, (), scope.start, scope.end), tables)
    found = store.terms(scope).set_index(["outlet", "term", "pos"])
    groups = rows.groupby(["outlet", "lemma", "pos"])
    assert counts(found["count"]) == counts(groups["count"].sum())
    assert counts(found["documents"]) == counts(groups.size())


@pytest.mark.parametrize("scope", SCOPES)
def test_epithets_verbs_and_frame_cues_count_rows(store, tables, scope):
    epithets = in_scope(tables["epithets"], scope, tables)
    found = store.epithets(scope).set_index(["outlet", "actor", "text", "voice"])
    places = epithets.groupby(["outlet", "actor_id", "text", "voice"])["article_id"]
    assert counts(found["count"]) == counts(places.size())
    assert counts(found["articles"]) == counts(places.nunique())
    corpus = Scope(scope.outlets, (), scope.start, scope.end)
    quotes = in_scope(tables["quotes"], corpus, tables)
    if scope.actors:
        quotes = quotes[quotes["speaker_actor"].isin(scope.actors)]
    assert store.verbs(scope)["count"].sum() == quotes["verb"].notna().sum()
    framed = in_scope(tables["frame_cues"], corpus, tables)
    if not (scope.actors or scope.voices or scope.kinds):
        assert store.frame_cues(scope, limit=100_000)["count"].sum() == len(framed)


@pytest.mark.parametrize(
    ("ask", "keys"),
    [
        (lambda s, scope: s.verbs(scope), ["outlet", "speaker", "verb", "verb_class"]),
        (lambda s, scope: s.relation_evidence(scope), ["label", "source", "target"]),
    ],
    ids=["verbs", "relations"],
)
def test_nothing_that_ties_comes_in_any_order(store, monkeypatch, ask, keys):
    asked, answer = [], store.ask
    monkeypatch.setattr(store, "ask", lambda q, v: [asked.append(q), answer(q, v)][1])
    ask(store, Scope(start="2018-07"))
    order = asked[0].rpartition("ORDER BY")[2].replace("r.", "").replace(",", " ").split()
    assert set(keys) <= set(order)


@pytest.mark.parametrize(
    ("within", "place"), [("sentence", ["article_id", "sentence_no"]), ("article", ["article_id"])]
)
def test_co_mentions(store, tables, within, place):
    rows = tables["mentions"][["outlet", "actor_id", *place]].drop_duplicates()
    here = rows[rows["actor_id"] == "mamin"].drop(columns="actor_id")
    pairs = rows[rows["actor_id"] != "mamin"].merge(here)
    found = store.co_mentions(Scope(), "mamin", within).set_index(["outlet", "other"])
    assert counts(found["together"]) == counts(pairs.groupby(["outlet", "actor_id"]).size())
    total = here.groupby("outlet").size()
    assert found["of"].tolist() == [total[outlet] for outlet, _ in found.index]


def test_co_mentions_are_those_of_their_evidence(store):
    before = store.co_mentions(Scope(), "mamin")
    other = before["other"][0]
    cell = Cell(what="sentences", actor="mamin", other=other)
    together = before[before["other"] == other]["together"].sum()
    assert store.passage_count(Scope(), cell)["passages"].iloc[0] == together


@pytest.mark.parametrize("scope", SCOPES)
def test_evidence_pages_cover_every_mention_once(store, tables, scope):
    mentions = in_scope(tables["mentions"], scope, tables)
    count = store.evidence_count(scope).iloc[0]
    assert count["mentions"] == len(mentions)
    pages = [
        store.evidence(scope, seed=3, offset=at, limit=400) for at in range(0, len(mentions), 400)
    ]
    seen = [mention for page in pages for mention in page["mention_id"]]
    assert sorted(seen) == sorted(mentions["mention_id"])


@pytest.mark.parametrize("order", ORDERS)
def test_evidence_orders(store, order):
    found = store.evidence(Scope(), order=order, limit=200)
    again = store.evidence(Scope(), order=order, limit=100, offset=100)
    assert found["mention_id"].tolist()[100:] == again["mention_id"].tolist()
    column = order.strip("-")
    if column in ("stance", "sentiment", "actor", "outlet"):
        values = found[column].dropna().tolist()
        assert values == sorted(values, reverse=order.startswith("-"))


def test_random_evidence_repeats_with_its_seed_alone(store):
    one, same, other = (store.evidence(Scope(), seed=s)["mention_id"].tolist() for s in (1, 1, 2))
    assert one == same
    assert one != other


def test_random_evidence_is_mixed(store):
    outlets = store.evidence(Scope(), limit=200)["outlet"].value_counts(normalize=True)
    assert outlets["rt"] == pytest.approx(0.4, abs=0.12)


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        (Cell(outlet="rt"), "outlet"),
        (Cell(actor="mamin"), "actor"),
        (Cell(voice="quoted"), "voice"),
        (Cell(kind="title"), "kind"),
        (Cell(role="agent"), "role"),
        (Cell(label="negative"), "stance_label"),
        (Cell(speaker="mamin"), "speaker"),
    ],
)
def test_cells_narrow_evidence(store, cell, column):
    value = next(v for v in vars(cell).values() if v)
    count = store.evidence_count(Scope(), cell)["mentions"].iloc[0]
    found = store.evidence(Scope(), cell, limit=MAX_PAGE)
    assert len(found) == min(count, MAX_PAGE) > 0
    assert set(found[column]) == {value}


def test_cells_narrow_evidence_by_sentence_and_article(store, tables):
    framed = store.evidence(Scope(), Cell(frame="security"), limit=MAX_PAGE)
    assert all("security" in frames for frames in framed["frames"])
    article = tables["mentions"]["article_id"].iloc[0]
    assert set(store.evidence(Scope(), Cell(article=article))["article_id"]) == {article}
    cued = store.evidence(Scope(), Cell(cue="cue3"), limit=MAX_PAGE)
    assert len(cued)
    assert all("cue3" in cues for cues in cued["cues"])
    other = store.evidence(Scope(actors=("mamin",)), Cell(other="tokayev"), limit=MAX_PAGE)
    together = store.co_mentions(Scope(), "mamin")
    expected = together[together["other"] == "tokayev"]["together"].sum()
    assert len(other[["article_id", "sentence_no"]].drop_duplicates()) == expected


@pytest.mark.parametrize(
    ("period", "begins", "longest"),
    [
        ("2020-03", ("2020-03",), 10),
        ("2020-Q2", ("2020-04", "2020-05", "2020-06"), 10),
        ("2020", ("2020",), 10),
        ("2018-XX", ("2018",), 4),
    ],
)
def test_a_period_narrows_evidence_to_its_articles(store, tables, period, begins, longest):
    known = tables["articles"]
    dates = known["published"]
    here = dates.str.startswith(begins, na=False) & (dates.str.len() <= longest)
    articles = set(known["article_id"][here])
    counted = tables["mentions"]["article_id"].isin(articles).sum()
    assert store.evidence_count(Scope(), Cell(period=period))["mentions"].iloc[0] == counted > 0
    listed = store.passage_count(Scope(), Cell(what="articles", period=period))
    assert listed["articles"].iloc[0] == len(articles)


def test_scored_over_time(store):
    scope = Scope(actors=("mamin",))
    found = store.scored_over_time(scope)
    single = store.stance_in_time(scope)
    single = single[single["first"].notna() & single["estimate"].notna()]
    assert counts(found.groupby("outlet")["articles"].sum()) == counts(
        single.groupby("outlet").size()
    )


def test_reading_an_article(store, tables):
    article = tables["mentions"]["article_id"].iloc[0]
    row = store.article(article).iloc[0]
    assert row["outlet"] == tables["articles"].set_index("article_id")["outlet"][article]
    sentences = store.article_sentences(article)
    expected = tables["sentences"][tables["sentences"]["article_id"] == article]
    assert sentences["start"].tolist() == expected["start"].tolist()
    mentions = store.article_mentions(article)
    expected = tables["mentions"][tables["mentions"]["article_id"] == article]
    assert mentions["mention_id"].tolist() == expected["mention_id"].tolist()
    assert mentions["stance"].to_numpy() == pytest.approx(
        expected["stance"].to_numpy(dtype=float), nan_ok=True
    )
    assert store.article("nothing of the kind").empty
    assert store.article("' OR 1=1 --").empty


def test_copies(store, tables):
    found = store.copies(Scope()).set_index("article_id")
    copies = tables["articles"][tables["articles"]["duplicate_of"].notna()]
    assert set(found.index) == set(copies["article_id"])
    assert counts(found["counted"]) == counts(copies.set_index("article_id")["counted"])


def test_filters_are_listed(store, tables):
    articles = tables["articles"].groupby("outlet").size()
    assert counts(store.outlets().set_index("outlet")["articles"]) == counts(articles)
    actors = tables["mentions"].groupby("actor_id")
    assert counts(store.actors().set_index("actor")["mentions"]) == counts(actors.size())
    articles = actors["article_id"].nunique()
    assert counts(store.actors().set_index("actor")["articles"]) == counts(articles)
    assert store.top_actors(Scope(), 3)["actor"].tolist() == store.actors()["actor"].tolist()[:3]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY articles TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "SET threads = 1",
        "INSTALL httpfs",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    ],
)
def test_the_database_is_locked(store, statement):
    with pytest.raises(duckdb.Error):
        store.ask(statement)


def test_what_one_caller_changes_no_other_sees(store):
    first = store.top_actors(Scope())
    expected = first["actor"].tolist()
    first["actor"] = "changed"
    first.loc[0, "mentions"] = -1
    again = store.top_actors(Scope())
    assert again["actor"].tolist() == expected
    assert (again["mentions"] > 0).all()


def test_many_threads_get_the_same_answers(store):
    scopes = [
        Scope(outlets=(outlet,), start=str(year))
        for outlet in ("rt", "atlantico")
        for year in (2018, 2019, 2020)
    ]
    expected = [store.frame_units(scope) for scope in scopes]
    store._answers.clear()
    failed = []

    def ask(shift):
        for i in range(len(scopes)):
            place = (i + shift) % len(scopes)
            if not store.frame_units(scopes[place]).equals(expected[place]):
                failed.append(place)

    threads = [threading.Thread(target=ask, args=(shift,)) for shift in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_a_damaged_build_is_not_opened(folder, tmp_path):
    for path in folder.glob("*.*"):
        data = bytearray(path.read_bytes())
        if path.name == "mentions.parquet":
            data[1000] ^= 1
        (tmp_path / path.name).write_bytes(data)
    with pytest.raises(BuildError, match=r"mentions\.parquet"):
        Store.open(tmp_path)


def test_undefined_is_missing_and_not_zero(store, tables):
    unscored = tables["mentions"][tables["mentions"]["stance"].isna()].iloc[0]
    rows = store.article_mentions(unscored["article_id"]).set_index("mention_id")
    assert np.isnan(rows.loc[unscored["mention_id"], "stance"])
    assert pd.isna(rows.loc[unscored["mention_id"], "stance_label"])


@pytest.mark.parametrize("family", FAMILIES)
def test_families_of_sums_are_parts_of_all(store, monkeypatch, family):
    monkeypatch.setattr(store, "recall", lambda key: None)
    everything = store.mention_units(Scope())
    part = store.mention_units(Scope(), family=family)
    part = part.drop(columns="articles")  # these may be those with a value
    pd.testing.assert_frame_equal(part, everything[part.columns])


@pytest.mark.parametrize("measure", measures.MEASURES)
def test_a_family_has_all_that_its_measures_need(store, measure):
    part = store.mention_units(Scope(), family=measures.family(measure))
    whole = store.mention_units(Scope())
    found, expected = (measures.means(u, measure=measure).table for u in (part, whole))
    pd.testing.assert_frame_equal(found, expected)


def test_stance_in_time(store, tables):
    found = store.stance_in_time(Scope(actors=("mamin",)))
    mentions = tables["mentions"][tables["mentions"]["actor_id"] == "mamin"]
    groups = mentions.groupby("article_id")
    assert counts(found.set_index("article_id")["mentions"]) == counts(groups["stance"].count())
    assert found.set_index("article_id")["estimate"].dropna().to_dict() == pytest.approx(
        groups["stance"].mean().dropna().to_dict(), abs=1e-4
    )
    assert found.set_index("article_id")["neutral"].dropna().to_dict() == pytest.approx(
        groups["p_neutral"].mean().dropna().to_dict(), abs=1e-4
    )


@pytest.mark.parametrize("scope", [Scope(outlets=("nobody",)), Scope(actors=("nobody",))])
def test_a_scope_that_names_what_the_build_has_not_is_refused(store, scope):
    store.check(Scope(outlets=("rt",), actors=("tokayev",)))
    with pytest.raises(InputError, match="'nobody' is not in this build"):
        store.check(scope)


@pytest.fixture(scope="module")
def partly_counted(tmp_path_factory):
    """A store in which articles of one outlet are not in English and some repeat others.

    Also returns the article ids of each outlet.
    """
    folder = tmp_path_factory.mktemp("partly")
    ids = {}

    def change(articles):
        outlet = articles["outlet_id"].to_pylist()
        for article, name in zip(articles["article_id"].to_pylist(), outlet, strict=True):
            ids.setdefault(name, []).append(article)
        first = ids["rt"][0]
        copies = dict.fromkeys([ids["rt"][1], *ids["atlantico"][:2], *ids["eurasianet"][:3]], first)
        originals = [copies.get(one) for one in articles["article_id"].to_pylist()]
        changed = with_column(articles, "duplicate_of", originals)
        return with_column(changed, "scored", [name != "kz-expert" for name in outlet])

    altered(folder, 2_000, {"articles": change})
    store = Store.open(folder)
    yield store, ids
    store.close()


def test_of_one_text_an_outlet_counts_one_article(partly_counted):
    store, ids = partly_counted
    sizes = store.outlet_sizes(Scope()).set_index("outlet")["articles"]
    kept = {outlet: len(articles) for outlet, articles in ids.items()}
    assert sizes.to_dict() == {
        "rt": kept["rt"] - 1,
        "atlantico": kept["atlantico"] - 1,
        "eurasianet": kept["eurasianet"] - 2,
    }
    copies = store.copies(Scope()).set_index("article_id")["counted"]
    assert not copies[ids["rt"][1]]
    assert [bool(copies[one]) for one in ids["eurasianet"][:3]] == [True, False, False]


ANSWERS = {
    "attention": lambda store: store.attention_units(Scope()),
    "stance": lambda store: store.mention_units(Scope(), ("outlet",)),
    "roles": lambda store: store.mention_units(Scope(), ("outlet", "role")),
    "frames": lambda store: store.frame_units(Scope()),
    "frames by actor": lambda store: store.frame_actors(Scope()),
    "speakers": lambda store: store.speaker_units(Scope()),
    "epithets": lambda store: store.epithets(Scope()),
    "relations": lambda store: store.relation_units(Scope()),
    "words": lambda store: store.terms(Scope()),
    "company": lambda store: store.co_mentions(Scope(), "tokayev"),
    "evidence": lambda store: store.evidence(Scope(), limit=500),
}


@pytest.mark.parametrize("ask", ANSWERS.values(), ids=ANSWERS)
def test_articles_not_in_english_are_in_no_measure(partly_counted, ask):
    outlets = set(ask(partly_counted[0])["outlet"])
    assert outlets
    assert "kz-expert" not in outlets
