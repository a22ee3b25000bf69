"""The reader of our own corpus and of the benchmark formats."""

import pytest

from training import corpus
from training.corpus import OWN


@pytest.fixture(scope="module")
def own() -> list[corpus.Example]:
    return corpus.own(OWN)


@pytest.mark.parametrize(
    ("line", "text", "spans"),
    [
        pytest.param("Nobody spoke.", "Nobody spoke.", [], id="no mention"),
        pytest.param(
            "{Aru|aru|name|1|own} met {him|oren|pronoun|0|quoted|aru}. ##diplomacy,security",
            "Aru met him.",
            [(0, 3), (8, 11)],
            id="mentions and frames",
        ),
    ],
)
def test_parse_line_takes_the_markup_out(line, text, spans):
    found, marks = corpus.parse_line(line)
    assert found == text
    assert [(m.start, m.end) for m in marks] == spans


def test_every_mention_lies_in_its_sentence(own):
    assert len(own) > 5000
    assert all(0 <= e.start < e.end <= len(e.text) and "{" not in e.text for e in own)


def test_every_label_is_a_distribution_that_has_the_author_in_it(own):
    assert all(sum(e.probs) == pytest.approx(1) for e in own)
    assert all(e.probs[e.author + 1] >= 0.5 for e in own)


@pytest.mark.parametrize(
    ("words", "style"),
    [
        pytest.param("state broadcaster, op-ed", "broadcaster", id="broadcaster"),
        pytest.param("Western quarterly, analysis", "Western analysis", id="capital letter"),
        pytest.param("hostile profile, exile weekly", "portrait", id="two signs"),
        pytest.param("sermon", "other", id="unknown"),
    ],
)
def test_style_is_told_by_the_words_of_the_head(words, style):
    assert corpus.style(words) == style


def test_every_article_that_is_ever_held_out_has_a_known_style(own):
    held = set(corpus.second_codes(OWN / "second_coder.txt"))
    assert {e.facts["style"] for e in own if e.article in held} <= set(corpus.STYLES)


def test_second_coder_has_a_code_for_every_mention():
    codes = corpus.second_codes(OWN / "second_coder.txt")
    counts = {
        f"{path.parent.name}_{path.stem}": sum(
            len(sentence.marks) for sentence in corpus.own_article(path)[0]
        )
        for path in corpus.own_files(OWN)
    }
    assert {name: len(found) for name, found in codes.items()} == {
        name: counts[name] for name in codes
    }


def test_folds_part_the_articles_with_two_coders():
    folds = [corpus.fold(OWN, n) for n in range(5)]
    assert set().union(*folds) == set(corpus.second_codes(OWN / "second_coder.txt"))
    assert sum(map(len, folds)) == len(set().union(*folds))


@pytest.mark.parametrize(
    ("line", "a", "b"),
    [
        pytest.param("[Aru] met [Oren].\tAru\tOren\t0", "Aru", "Oren", id="in order"),
        pytest.param("[Oren]s met [Aru].\tAru\tOren\t3", "Aru", "Oren", id="inside a word"),
        pytest.param("[sic] [Aru] met [Oren].\tAru\tOren\t1", "Aru", "Oren", id="other brackets"),
    ],
)
def test_dse_finds_both_entities(tmp_path, line, a, b):
    path = tmp_path / "dse.txt"
    path.write_text(line, encoding="utf-8")
    [pair] = corpus.dse(path)
    assert pair.text[slice(*pair.a)] == a
    assert pair.text[slice(*pair.b)] == b
