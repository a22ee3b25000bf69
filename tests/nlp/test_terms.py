"""Content words are counted, names are not."""

from kzdash.nlp.terms import TermCounter


def test_terms_counts_lemmas(parser):
    doc = TermCounter()(parser("The crowds shouted. A crowd was shouting loudly."))
    assert doc._.terms == {
        ("crowd", "NOUN"): 2,
        ("loudly", "ADV"): 1,
        ("shout", "VERB"): 2,
    }


def test_terms_leaves_out_mentions_and_names(parser):
    doc = parser("The agency arrested John Smith in Paris.")
    doc.spans["mentions"] = [doc[1:2]]
    assert set(TermCounter()(doc)._.terms) == {("arrest", "VERB")}


def test_terms_leaves_out_foreign_sentences(parser):
    doc = parser("Crowds shouted.")
    next(doc.sents)._.scored = False
    assert TermCounter()(doc)._.terms == {}


def test_terms_of_nothing(parser):
    assert TermCounter()(parser(""))._.terms == {}
