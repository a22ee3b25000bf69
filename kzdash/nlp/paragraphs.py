"""Where sentences start: at paragraphs, never amid words; and the title is one sentence.

Runs before the parser, which respects the sentence starts it finds.
"""

from spacy.language import Language
from spacy.tokens import Doc, Token


def is_break(text: str) -> bool:
    """Return whether a token's text is a paragraph break."""
    return text.isspace() and text.count("\n") >= 2


@Language.component("paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Set ``is_sent_start`` at paragraph starts; join the title (the first paragraph) and words.

    A paragraph break is a token of white space with at least two line ends; it belongs to
    the sentence before it. `kzdash.schema.Article` says that the first paragraph is the title.
    A word right after another word, or after a comma, starts no sentence, nor does a mark glued
    to what it closes.
    """
    in_title = doc._.article is not None
    after_break, within = True, False
    for token in doc:
        if after_break:
            token.is_sent_start = True
        elif in_title or within or token.is_space:
            token.is_sent_start = False
        after_break = is_break(token.text)
        within = token.text[-1].isalnum() or token.text == "," or _closes_next(token)
        in_title = in_title and not after_break
    return doc


def _closes_next(token: Token) -> bool:
    """Return whether a mark follows that is glued to a token, and to nothing after it."""
    if token.whitespace_ or token.is_space or token.i + 1 == len(token.doc):
        return False
    after = token.doc[token.i + 1]
    followed = after.i + 1 < len(token.doc) and not token.doc[after.i + 1].is_space
    return not any(c.isalnum() for c in after.text) and bool(after.whitespace_ or not followed)
