"""Whose name it is: names found by spelling, decided by what stands around them."""

from dataclasses import replace

from spacy.tokens import Doc, Token

from kzdash.nlp.datelines import is_dateline_agency
from kzdash.nlp.descriptions import FORMER, HYPHENS, KIN, NOUN_KINDS, glued, opens_compound
from kzdash.nlp.discourse import Discourse, Entity, Named
from kzdash.nlp.introductions import GENDERS, HONORIFICS, MORE_TITLES, NOT_GIVEN, Introductions
from kzdash.nlp.knowledge import Knowledge
from kzdash.nlp.longer_names import LongerNames
from kzdash.nlp.metonyms import acts_as_government
from kzdash.nlp.names import NameHit, after_initial, is_acronym, is_capital
from kzdash.nlp.spelling import letters, translit_key
from kzdash.registry import Actor

#: A name after one of these and a hyphen says of what its noun is for or against.
_PREFIXES = frozenset("pro anti post pre non un".split())
_PATRONYMICS = ("vich", "vna", "uly", "kyzy", "qyzy")


class Namer:
    """Turn name hits of one document into entities of its discourse."""

    def __init__(self, doc: Doc, discourse: Discourse, knowledge: Knowledge) -> None:
        self.doc = doc
        self.discourse = discourse
        self.actors = knowledge.actors
        self.adjectives = knowledge.states
        self.full_names: set[str] = set()
        self.adjective_at = discourse.adjectives
        self.introductions = Introductions(discourse, knowledge)
        self.longer = LongerNames(discourse, knowledge.states)

    def entity(self, actor_id: str) -> Entity:
        """Return the entity of an actor, made at its first reference."""
        found = self.discourse.by_actor.get(actor_id)
        if found is None:
            found = self.discourse.add(entity_of(self.actors[actor_id]))
        return found

    def name(self, hits: list[NameHit]) -> list[Named]:
        """Return who the names mean, outsiders included, in text order."""
        self.full_names = {a for hit in hits if hit.form == "full" for a in hit.actors}
        named: list[Named] = []
        covered = self._spelt_out(self._joined(hits))
        index = 0
        for hit in covered:
            named += self.introductions.outsiders(index, hit.start)
            found = self._decide(hit)
            if found is not None:
                named.append(found)
                index = found.end
        named += self.introductions.outsiders(index, len(self.doc))
        return named

    def _joined(self, hits: list[NameHit]) -> list[NameHit]:
        """Join given and family names parted by middle names, initials or in brackets."""
        joined: list[NameHit] = []
        for hit in hits:
            last = joined[-1] if joined else None
            if (
                last is not None
                and hit.form == "family"
                and 0 < hit.start - last.end <= 3
                and (bearers := self._bearers(last)) & set(hit.actors)
                and all(_inside_name(t) for t in self.doc[last.end : hit.start])
            ):
                actors = tuple(a for a in hit.actors if a in bearers)
                joined[-1] = NameHit(last.start, hit.end, actors, "full")
            else:
                joined.append(hit)
        return joined

    def _spelt_out(self, hits: list[NameHit]) -> list[NameHit]:
        """Let an acronym mean what the text spells it out as ("Caspian Pipeline Consortium (CPC)").

        Of a body that the registry does not know it is no name.
        """
        ending = {hit.end: hit for hit in hits}
        meant: dict[str, tuple[str, ...]] = {}
        for hit in hits:
            before = hit.start - 1
            if self._is_acronym(hit) and before > 0 and self.doc[before].text == "(":
                word = self.doc[hit.start].text
                if self._initials(before, word):
                    meant[word] = ending[before].actors if before in ending else ()
        kept = []
        for hit in hits:
            actors = meant.get(self.doc[hit.start].text) if self._is_acronym(hit) else None
            if actors is None:
                kept.append(hit)
            elif actors:
                kept.append(replace(hit, actors=actors))
        return kept

    def _is_acronym(self, hit: NameHit) -> bool:
        return hit.end - hit.start == 1 and is_acronym(self.doc[hit.start].text)

    def _initials(self, end: int, acronym: str) -> bool:
        """Return whether the words before a token have the initials of an acronym."""
        words = self.doc[max(0, end - len(acronym)) : end]
        return "".join(word.text[:1] for word in words) == acronym

    def _decide(self, hit: NameHit) -> Named | None:
        if hit.form == "adjective":
            return self._adjective(hit)
        if self._bound(hit):
            return None
        if hit.form == "full":
            return self._full(hit)
        if hit.form == "family":
            return self._family(hit)
        if hit.form == "given":
            return self._given(hit)
        if hit.form in ("title", "noun"):
            return self._described(hit)
        return self._called_like_a_city(hit) or self._proper(hit)

    def _bound(self, hit: NameHit) -> bool:
        """Return whether a name is part of a compound word ("Kremlin-backed", "pro-Moscow")."""
        doc = self.doc
        if opens_compound(doc, hit.end):
            return True
        if not glued(doc, hit.start - 1):
            return False
        before = doc[hit.start - 2]
        common = letters(before.text)[:1].islower() and before.lower_ != "ex"
        return common or before.lower_ in _PREFIXES

    def _full(self, hit: NameHit) -> Named:
        entity = self.entity(hit.actors[0])
        for family in self.actors[hit.actors[0]].family:
            self.introductions.by_name[translit_key(letters(family))] = entity
        self.introductions.titles_before(hit.start, entity)
        return Named(hit.start, hit.end, entity, "name")

    def _family(self, hit: NameHit) -> Named | None:
        key = "".join(translit_key(letters(t.text)) for t in self.doc[hit.start : hit.end])
        start = self._given_before(hit)
        if start < hit.start:
            given = [letters(t.text) for t in self.doc[start : hit.start] if letters(t.text)]
            matches = [a for a in hit.actors if self._initials_fit(given, self.actors[a])]
            if len(matches) != 1:
                return self.introductions.outsider(start, hit.end, "person", key)
            return self._full(NameHit(start, hit.end, (matches[0],), "full"))
        if hit.end < len(self.doc) and self._continues(hit):
            return None
        before = self.introductions.by_name.get(key)
        if before is not None and (before.actor in hit.actors or before.actor is None):
            if before.actor is None and len(hit.actors) == 1 and hit.actors[0] in self.full_names:
                before = None
        else:
            before = None
        if before is None:
            actors = [a for a in hit.actors if a in self.full_names] or list(hit.actors)
            actors = self._by_title(actors, hit.start)
            if len(actors) != 1:
                return None
            before = self.entity(actors[0])
        self.introductions.titles_before(hit.start, before)
        return Named(hit.start, hit.end, before, "name")

    def _continues(self, hit: NameHit) -> bool:
        """Return whether a short family name opens another person's name ("Li Wenliang")."""
        token, after = self.doc[hit.end - 1], self.doc[hit.end]
        return (
            after.ent_type_ == "PERSON"
            and after.ent_iob_ == "I"
            and is_capital(after)
            and not self.actors[hit.actors[0]].given
            and token.ent_type_ == "PERSON"
        )

    def _by_title(self, actors: list[str], start: int) -> list[str]:
        if len(actors) < 2 or start == 0:
            return actors
        gender = GENDERS.get(self.introductions.word(start - 1))
        fitting = [a for a in actors if self.actors[a].gender == gender] if gender else actors
        known = [a for a in fitting if a in self.discourse.by_actor]
        return known if len(known) == 1 else fitting

    def _given_before(self, hit: NameHit) -> int:
        """Return where a given name before a family name starts, or the family name's start."""
        start = hit.start
        while start > 0 and hit.start - start < 4:
            token = self.doc[start - 1]
            if token.text in HYPHENS and start > 1 and not token.whitespace_:
                if not self._is_given(self.doc[start - 2]):
                    break
                start -= 2
                continue
            if not self._is_given(token):
                break
            start -= 1
        return start

    def _is_given(self, token: Token) -> bool:
        word = letters(token.text).casefold()
        if not is_capital(token) or not word or token.is_digit or token.i in self.adjective_at:
            return False
        if word in NOT_GIVEN or word in HONORIFICS or word in MORE_TITLES or word in NOUN_KINDS:
            return False
        if word in FORMER or word in self.adjectives or token.is_stop:
            return False
        if token.is_sent_start or self._shouting(token):
            following = self.doc[token.i + 1]
            return token.ent_type_ == "PERSON" and following.ent_iob_ == "I"
        return token.tag_ in ("NNP", "NNPS", "FW") or token.ent_type_ == "PERSON"

    def _shouting(self, token: Token) -> bool:
        """Return whether a token stands in a heading, where capitals mean nothing."""
        return self.discourse.sentences[token.i] == 0 or (token.text.isupper() and len(token) > 2)

    def _initials_fit(self, given: list[str], actor: Actor) -> bool:
        keys = [translit_key(letters(part)) for name in actor.given for part in name.split("-")]
        keys += [translit_key("".join(letters(p) for p in name.split("-"))) for name in actor.given]
        first = given[0]
        if len(first) <= 2:
            return any(key[:1] == translit_key(first)[:1] for key in keys)
        return translit_key(first) in keys

    def _given(self, hit: NameHit) -> Named | None:
        """A given name alone means whoever was named in full with it, or a relative.

        With a patronymic it means whoever of that name was named before, and with the one that
        the registry has, that person alone.
        """
        actors = [a for a in hit.actors if a in self.full_names or self._relative(a, hit)]
        if hit.end - hit.start > 1 and self._is_patronymic(hit.end - 1):
            actors = list(hit.actors)
        elif self._is_patronymic(hit.end):
            hit = NameHit(hit.start, hit.end + 1, hit.actors, hit.form)
            actors = actors or [a for a in hit.actors if a in self.discourse.by_actor]
        if len(actors) != 1 or self._in_name(hit):
            return None
        return Named(hit.start, hit.end, self.entity(actors[0]), "name")

    def _is_patronymic(self, index: int) -> bool:
        token = self.doc[index] if index < len(self.doc) else None
        return token is not None and is_capital(token) and token.lower_.endswith(_PATRONYMICS)

    def _relative(self, person: str, hit: NameHit) -> bool:
        """Return whether a given name can be that of a member of a family spoken of before.

        After "daughter" one other member is enough. A bare name needs several, and nobody else
        in the document whom a comma or a family name after it introduces.
        """
        families = (a.members for a in self.actors.values() if person in a.members)
        known = {m for members in families for m in members if m in self.discourse.by_actor}
        if hit.start and self.doc[hit.start - 1].lower_ in KIN:
            return bool(known)
        return len(known - {person}) > 1 and hit.actors == (person,) and self._is_bare(hit)

    def _is_bare(self, hit: NameHit) -> bool:
        """Return whether a given name stands alone wherever the document has it."""
        word = self.doc[hit.start].text
        after = (t.nbor() for t in self.doc[:-1] if t.text == word)
        return hit.end - hit.start == 1 and not any(
            t.text in (",", "(") or (is_capital(t) and t.tag_ == "NNP") for t in after
        )

    def _called_like_a_city(self, hit: NameHit) -> Named | None:
        """Return who is meant where a city's name is somebody's given name, too, and acts."""
        actors = self._bearers(hit) & self.full_names if hit.form == "metonym" else None
        if not actors or not acts_as_government(self.doc, hit.start, hit.end):
            return None
        return self._given(NameHit(hit.start, hit.end, tuple(sorted(actors)), "given"))

    def _bearers(self, hit: NameHit) -> set[str]:
        """Return whose given name, alone or with more, a hit can be."""
        if hit.form in ("given", "full"):
            return set(hit.actors)
        if hit.form != "metonym" or hit.end - hit.start > 1:
            return set()
        word = self.doc[hit.start].text
        return {a.id for a in self.actors.values() if word in a.given}

    def _in_name(self, hit: NameHit) -> bool:
        doc = self.doc
        after = doc[hit.end] if hit.end < len(doc) else None
        if after is not None and after.text in HYPHENS:
            after = doc[hit.end + 1] if hit.end + 1 < len(doc) else None
        if after is not None and is_capital(after) and after.is_alpha and after.tag_ == "NNP":
            return True
        before = doc[hit.start - 1] if hit.start else None
        if before is not None and before.text in HYPHENS and hit.start > 1:
            return True
        return before is not None and is_capital(before) and self._is_given(before)

    def _adjective(self, hit: NameHit) -> Named | None:
        if self._people(hit):
            return Named(hit.start - 1, hit.end, self.entity(hit.actors[0]), "name")
        for index in range(hit.start, hit.end):
            self.adjective_at[index] = hit.actors[0]
        return None

    def _people(self, hit: NameHit) -> bool:
        """Return whether a word with "the" stands for a people ("the Chinese", "the Poles").

        Those of a place are a part or a minority of it ("the Poles of Lithuania").
        """
        token = self.doc[hit.end - 1]
        before = self.doc[hit.start - 1] if hit.start else None
        if (
            before is None
            or before.lower_ != "the"
            or self.doc[hit.start : hit.end].text not in self.actors[hit.actors[0]].nouns
            or opens_compound(self.doc, hit.end)
            or any(child.dep_ in ("prep", "relcl", "acl") for child in token.rights)
        ):
            return False
        return token.dep_ not in ("amod", "compound", "nmod") or token.head.i < token.i

    def _described(self, hit: NameHit) -> Named | None:
        """Fixed titles ("the Leader of the Nation") and nouns of communities."""
        doc = self.doc
        if self._indefinite(hit) or self._opens_name(hit):
            return None
        start = hit.start
        if start and doc[start - 1].lower_ == "the":
            start -= 1
        return Named(start, hit.end, self.entity(hit.actors[0]), "title")

    def _indefinite(self, hit: NameHit) -> bool:
        head = self.doc[hit.end - 1]
        if head.tag_ in ("NNS", "NNPS"):
            return False
        return any(t.lower_ in ("a", "an", "another", "no", "any") for t in head.lefts)

    def _opens_name(self, hit: NameHit) -> bool:
        """Return whether a title stands directly before a person's name."""
        token = self.doc[hit.end] if hit.end < len(self.doc) else None
        return token is not None and token.ent_type_ == "PERSON" and is_capital(token)

    def _proper(self, hit: NameHit) -> Named | None:
        actor = self.actors[hit.actors[0]]
        if actor.kind in ("state",) and self.longer.holds(hit):
            return None
        if hit.form == "metonym" and self.longer.holds(hit):
            return None
        if actor.kind == "organisation" and (
            self.longer.of_another_state(hit, actor)
            or is_dateline_agency(self.doc, hit.start, hit.end)
        ):
            return None
        if self._modifies(hit, actor):
            self._adjective(hit)
            return None
        entity = self.entity(self._organisation_of_article(hit))
        start = hit.start
        if actor.kind == "organisation":
            self.introductions.bodies[hit.end - 1] = entity
        return Named(start, hit.end, entity, "metonym" if hit.form == "metonym" else "name")

    def _organisation_of_article(self, hit: NameHit) -> str:
        known = [a for a in hit.actors if a in self.discourse.by_actor]
        return known[0] if known else hit.actors[0]

    def _modifies(self, hit: NameHit, actor: Actor) -> bool:
        """Return whether a state's short form stands as an adjective ("US goods")."""
        doc = self.doc
        word = "".join(letters(t.text) for t in doc[hit.start : hit.end])
        if actor.kind != "state" or not (len(word) <= 4 and word.isupper()):
            return False
        if hit.end >= len(doc):
            return False
        after = doc[hit.end]
        if doc[hit.end - 1].whitespace_ == "" and after.text in HYPHENS:
            return True
        if after.pos_ in ("NOUN", "PROPN", "ADJ") or after.tag_ in ("VBG", "VBN"):
            head = doc[hit.end - 1]
            if after.tag_ in ("VBG", "VBN") or after.pos_ == "ADJ":
                return head.dep_ in ("compound", "amod", "nmod") and head.head.i > head.i
            return not (head.dep_ in ("nsubj", "nsubjpass") and head.head.pos_ in ("VERB", "AUX"))
        return False


def _inside_name(token: Token) -> bool:
    """Return whether a token can stand between given and family name."""
    return after_initial(token) if token.text == "." else is_capital(token) or token.text in HYPHENS


def entity_of(actor: Actor) -> Entity:
    """Return a fresh entity for an actor of the registry."""
    country = actor.id if actor.kind == "state" else actor.country
    return Entity(actor.id, actor.kind, actor.gender, actor.plural, country)
