"""Robots rules (RFC 9309): which paths a site asks programs not to fetch."""

import re
from dataclasses import dataclass

from kzdash.corpus.addresses import quoted

_MOST_LINES = 20_000
_MOST_RULES = 5_000
_LONGEST_DELAY = 10.0
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}")


@dataclass(frozen=True)
class Rules:
    """The rules of a site for one program: (pattern, allowed), and its wished delay."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Return whether a path (with query) may be fetched: the longest matching rule says."""
        path = _alike(path)
        best = (-1, True)
        for pattern, allowed in self.rules:
            rank = (len(pattern), allowed)
            if rank > best and _matches(pattern, path):
                best = rank
        return best[1]


ALLOW_ALL = Rules()


def parse(text: str, agent: str) -> Rules:
    """Return the rules of a robots.txt for a program: its own group, else the group ``*``."""
    groups: dict[str, tuple[list[tuple[str, bool]], list[float]]] = {}
    names: list[str] = []
    in_rules = False
    for line in text.replace("\ufeff", "").splitlines()[:_MOST_LINES]:
        key, _, value = line.split("#", 1)[0].partition(":")
        key, value = key.strip().casefold(), value.strip()
        if key == "user-agent":
            name = value.casefold().partition("/")[0].strip()
            names = [*([] if in_rules else names), name]
            in_rules = False
            groups.setdefault(name, ([], []))
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            for name in names[:50]:
                _add(groups[name], key, value)
    rules, delays = groups.get(agent.casefold(), groups.get("*", ([], [])))
    alike = tuple((_alike(pattern), allowed) for pattern, allowed in rules)
    return Rules(alike, min(max(delays, default=0.0), _LONGEST_DELAY))


def _add(group: tuple[list[tuple[str, bool]], list[float]], key: str, value: str) -> None:
    rules, delays = group
    if key == "crawl-delay":
        if value.replace(".", "", 1).isdecimal() and len(value) < 10:
            delays.append(float(value))
    elif value and len(rules) < _MOST_RULES and len(value) <= 2_000:
        rules.append((value, key == "allow"))


def _alike(text: str) -> str:
    """Return a pattern or path with its letters written in one way of the possible ones."""
    return _ENCODED.sub(lambda match: match[0].upper(), quoted(text))


def _matches(pattern: str, path: str) -> bool:
    """Return whether a pattern (``*`` any characters, ``$`` the end) begins a path, linearly."""
    anchored = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1] if anchored else pieces[1:]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not anchored:
        return True
    if len(pieces) == 1:
        return at == len(path)
    return len(path) - at >= len(pieces[-1]) and path.endswith(pieces[-1])
