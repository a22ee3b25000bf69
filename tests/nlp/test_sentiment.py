import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from kzdash.nlp.sentiment import SentimentScorer, clauses, compound


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("A wonderful success.", 1, id="pleasant"),
        pytest.param("A terrible crime.", -1, id="unpleasant"),
        pytest.param("The talks lasted two hours.", 0, id="no valence"),
    ],
)
def test_compound_has_the_sign_of_the_words(text, sign):
    score = compound(text)
    assert (score > 0) - (score < 0) == sign


@pytest.mark.parametrize("text", ["", "  ", "2022 – 14", "…"])
def test_a_text_without_letters_has_no_sentiment(text):
    assert compound(text) is None


def test_compound_is_vaders_own():
    text = "The minister praised the brave rescuers, but the fire was a disaster."
    assert compound(text) == SentimentIntensityAnalyzer().polarity_scores(text)["compound"]


def annotated(parser, text, surface, scored=True):
    doc = parser(text)
    start = text.index(surface)
    mention = doc.char_span(start, start + len(surface), label="x")
    doc.spans["mentions"] = [mention]
    for sentence in doc.sents:
        sentence._.scored = scored
    SentimentScorer()(doc)
    return doc.spans["mentions"][0], next(doc.sents)


def test_a_mention_has_the_sentiment_of_its_clause(parser):
    text = "Mamin won the lovely prize because Smailov destroyed the horrible evidence."
    winner, _ = annotated(parser, text, "Mamin")
    destroyer, _ = annotated(parser, text, "Smailov")
    assert winner._.sentiment > 0 > destroyer._.sentiment


def test_a_mention_that_the_parser_cut_has_the_sentiment_where_it_begins(parser):
    doc = parser("Jo won the lovely prize. Mamin wept.")
    first, second = doc.sents
    first._.scored = second._.scored = True
    doc.spans["mentions"] = [doc[first.end - 2 : second.start + 1]]
    SentimentScorer()(doc)
    assert doc.spans["mentions"][0]._.sentiment == first._.sentiment > 0


def test_every_token_stands_in_one_clause_of_its_sentence(parser):
    doc = parser("Mamin left after the cabinet, which had failed, fell and Smailov came.")
    sentence = next(doc.sents)
    of = clauses(sentence)
    assert set(of) == {token.i for token in sentence}
    assert set(of.values()) <= set(of)


def test_a_sentence_that_is_not_scored_keeps_none(parser):
    mention, sentence = annotated(parser, "Mamin won a lovely prize.", "Mamin", scored=False)
    assert (mention._.sentiment, sentence._.sentiment) == (None, None)
