"""Where sentences start: at paragraphs, never amid words; and the title is one sentence.

Runs before the parser, which respects the sentence starts it finds.
"""

from spacy.language import Language
from spacy.tokens import Doc


def is_break(text: str) -> bool:
    """Return whether a token's text is a paragraph break."""
    return text.isspace() and text.count("\n") >= 2


@Language.component("paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Set ``is_sent_start`` at paragraph starts; join the title (the first paragraph) and words.

    A paragraph break is a token of white space with at least two line ends; it belongs to
    the sentence before it. `kzdash.schema.Article` says that the first paragraph is the title.
    A word right after another word, or after a comma, starts no sentence.
    """
    in_title = doc._.article is not None
    after_break, after_word = True, False
    for token in doc:
        if after_break:
            token.is_sent_start = True
        elif in_title or after_word or token.is_space:
            token.is_sent_start = False
        after_break, after_word = (
            is_break(token.text),
            token.text[-1].isalnum() or token.text == ",",
        )
        in_title = in_title and not after_break
    return doc
