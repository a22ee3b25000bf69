import pytest

from kzdash.schema import Article

TEXT = "Who won? A look back\n\nThe vote ended. Nobody\nslept.\n\nA heading\n\nThe end."


def parsed(parser, text, article=True):
    doc = parser.make_doc(text)
    doc._.article = Article("a", "o", "t", text) if article else None
    return parser(doc)


def test_title_is_one_sentence(parser):
    doc = parsed(parser, TEXT)
    assert next(doc.sents).text.strip() == "Who won? A look back"


def test_every_paragraph_starts_a_sentence(parser):
    starts = {sentence.start_char for sentence in parsed(parser, TEXT).sents}
    assert {0, *(TEXT.index(p) for p in ("The vote", "A heading", "The end"))} <= starts


def test_a_single_line_end_starts_no_sentence(parser):
    starts = {sentence.start_char for sentence in parsed(parser, TEXT).sents}
    assert TEXT.index("slept") not in starts


@pytest.mark.parametrize("start", ["Omarova", "sent", "yesterday", "'s"])
def test_no_sentence_starts_amid_words(parser, start):
    text = "A trial\n\nAida Omarova sent, yesterday, Borland's army"
    assert text.index(start) not in {s.start_char for s in parsed(parser, text).sents}


@pytest.mark.parametrize("mark", ['"', "”", "»", ")"])
@pytest.mark.parametrize("end", ["", " It rained.", "\n\nIt rained."])
def test_a_closing_mark_is_no_sentence(parser, mark, end):
    text = f"A trial\n\nNobody spoke of it. “The end of an era came and nobody wept.{mark}{end}"
    sentences = [s.text.strip() for s in parsed(parser, text).sents]
    assert sentences[2].endswith(f"wept.{mark}")


@pytest.mark.parametrize("text", ["", "\n\n", "One."])
def test_tiny_texts_are_parsed(parser, text):
    assert parsed(parser, text).text == text


def test_text_that_is_no_article_has_no_title(parser):
    doc = parsed(parser, "One ended. Two began.", article=False)
    assert len(list(doc.sents)) == 2
