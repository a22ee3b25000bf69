"""How well the words of a definite phrase fit what is known of an entity, as features."""

from kzdash.nlp.descriptions import Description, Phrase
from kzdash.nlp.discourse import Entity

Features = dict[str, float]

_STATE_WORDS = frozenset({"country", "republic", "nation", "state", "neighbour", "power"})
_TENSES = {
    "tense_former_former": 1.0,
    "tense_former_current": -1.5,
    "tense_none_former": -1.0,
    "tense_current_former": -1.5,
    "tense_none_current": 0.5,
    "tense_current_current": 0.5,
}


def fit(phrase: Phrase, entity: Entity) -> Features:
    """Describe how a phrase's words fit what is known of an entity."""
    said = phrase.description
    best: Features = {}
    best_value = -1.0
    for known in entity.known:
        overlap, value = _overlap(said, known)
        if value > best_value:
            best, best_value = overlap, value
    found = dict(best) if best else {"fit_nothing": 1.0}
    if not entity.known:
        found["knows_nothing"] = 1.0
    if said.country is not None and entity.country is not None:
        found["country_same" if said.country == entity.country else "country_other"] = 1.0
    if entity.kind in phrase.kinds:
        found[f"noun_{entity.kind}"] = 1.0
    if phrase.determiner in ("this", "that"):
        found["demonstrative"] = 1.0
    if entity.kind == "state":
        found[_state_feature(said)] = 1.0
    if said.modifiers and "fit_head" not in best and "fit_class" not in best:
        found["unsupported_modifiers"] = float(min(len(said.modifiers), 3))
    return found


def fit_value(found: Features) -> float:
    """Return what the features of a fit are worth, from 0; from 2 on the words fit."""
    value = 3 * found.get("fit_head", 0) + 2 * found.get("fit_class", 0)
    value += found.get("fit_modifier", 0) + 1.5 * found.get("fit_modifiers", 0)
    value -= 0.7 * found.get("fit_unmatched", 0) + 4 * found.get("fit_other_country", 0)
    value += 0.5 * found.get("fit_country", 0)
    value += _TENSES.get(next((k for k in found if k.startswith("tense_")), ""), 0.0)
    return max(value, 0.0)


def fits_former(found: Features) -> bool:
    """Return whether a candidate only once was what a phrase calls it now."""
    return bool(found.get("tense_none_former") or found.get("tense_current_former"))


def _overlap(said: Description, known: Description) -> tuple[Features, float]:
    """Return features of how a phrase fits one thing known of an entity, and their worth."""
    found: Features = {}
    if said.head == known.head:
        found["fit_head"] = 1.0
    elif said.classes & known.classes:
        found["fit_class"] = 1.0
    elif said.head in known.modifiers:
        found["fit_modifier"] = 1.0
    else:
        return {"fit_nothing": 1.0}, 0.0
    common = said.modifiers & known.modifiers
    if said.modifiers and common == said.modifiers:
        found["fit_modifiers"] = 1.0
    elif said.modifiers:
        found["fit_unmatched"] = float(min(len(said.modifiers - common), 3))
    else:
        found["fit_plain"] = 1.0
    if known.country and said.country:
        found["fit_country" if known.country == said.country else "fit_other_country"] = 1.0
    tense = f"tense_{said.tense or 'none'}_{known.tense or 'none'}"
    found[tense] = 1.0
    return found, fit_value(found)


def _state_feature(said: Description) -> str:
    word = said.head if said.head in _STATE_WORDS else "other"
    if said.modifiers & {"neighbouring", "neighboring"}:
        word = "neighbour"
    return f"state_{word}_{'mod' if said.modifiers else 'plain'}"
