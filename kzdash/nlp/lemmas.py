"""Lemmas: dictionary forms that spaCy's rules get wrong, made right.

"Hates" is a form of "hate", since "hat" would give "hats": where a short stem alone would
double its consonant or take a bare "s", the dictionary form ends in "e".
"""

from spacy.language import Language
from spacy.tokens import Doc, Token

VOWELS = frozenset("aeiou")
INFLECTED = frozenset({"VBZ", "VBD", "VBN", "VBG", "NNS"})
ENDINGS = ("es", "ed", "ing")
#: Stems that end so take "es" by rule ("buses"), or double no consonant ("showed").
UNDOUBLED = VOWELS | frozenset("swxyz")
IRREGULAR = {
    "bases": "base", "data": "data", "elder": "elder", "eldest": "elder", "graves": "grave",
    "media": "media", "motives": "motive", "syringes": "syringe", "taxes": "tax",
}  # fmt: skip


def lemma_of(token: Token) -> str:
    """Return the dictionary form of a word, spaCy's own where nothing speaks against it."""
    word, lemma = token.lower_, token.lemma_
    if token.tag_ not in {"NNP", "NNPS"} and word in IRREGULAR:
        return IRREGULAR[word]
    silent = token.tag_ in INFLECTED and is_short(lemma) and word.startswith(lemma)
    return lemma + "e" if silent and word.removeprefix(lemma) in ENDINGS else lemma


def is_short(stem: str) -> bool:
    """Return whether a stem has one vowel and one consonant after it, which it would double."""
    if len(stem) < 3 or sum(letter in VOWELS for letter in stem) != 1:
        return False
    return stem[-1] not in UNDOUBLED and stem[-2] in VOWELS


@Language.component("lemmas")
def lemmas(doc: Doc) -> Doc:
    """Set the lemma of every word to `lemma_of`."""
    for token in doc:
        token.lemma_ = lemma_of(token)
    return doc
