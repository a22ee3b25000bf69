"""Directed sentiment (DSE; Park, Pan and Joo 2021): sentences with two marked entities."""

from pathlib import Path

from kzdash.errors import InputError
from kzdash.nlp.relation_model import LABELS, RelationItem


def read(path: Path) -> tuple[list[RelationItem], list[int]]:
    """Return the pairs of a file and their classes, numbers of `LABELS`.

    Left out are sentences whose two entities are not marked; a few of the published are so.

    Raises:
        InputError: a line is not of that form.
    """
    items: list[RelationItem] = []
    labels: list[int] = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                marked, first, second, label = line.rstrip("\n").split("\t")
                number_of_class = range(len(LABELS))[int(label)]
            except (ValueError, IndexError):
                raise InputError(
                    f"{path.name}, line {number}",
                    "not of DSE's form",
                    "sentence with both entities in brackets, p, q, class; tab-separated",
                ) from None
            item = unmark(marked, first, second)
            if item is not None:
                items.append(item)
                labels.append(number_of_class)
    return items, labels


def unmark(marked: str, first: str, second: str) -> RelationItem | None:
    """Return a sentence without its brackets, and where its two entities stand.

    None where an entity does not stand in the sentence between brackets.
    """
    if first == second or any(f"[{name}]" not in marked for name in (first, second)):
        return None
    places: dict[str, tuple[int, int]] = {}
    text, rest = "", marked
    for name in sorted((first, second), key=lambda name: marked.index(f"[{name}]")):
        before, _, rest = rest.partition(f"[{name}]")
        text += before
        places[name] = (len(text), len(text) + len(name))
        text += name
    return RelationItem(text + rest, places[first], places[second])
