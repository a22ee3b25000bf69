"""Name-swap check: does a sentence's stance change with the name that it is about?

Each template is filled with every name of a group; the stance toward the name should stay.
"""

import numpy as np

from kzdash.nlp.stance_model import LABELS, StanceItem, StanceModel

#: What every group must keep to: the mean change of stance, of at most 2, and the share of pairs
#: of names of which one is read as negative and the other as positive. It lies just above what
#: the worst group of the first shipped models reached, to notice a model that is worse; it does
#: not say that smaller changes do no harm.
LIMIT = {"mean": 0.15, "opposed": 0.12}
GROUPS = {
    "states": (
        "Kazakhstan",
        "Russia",
        "China",
        "the United States",
        "Uzbekistan",
        "Ukraine",
        "Belarus",
        "Iran",
        "France",
        "Germany",
        "Turkey",
        "India",
    ),
    "presidents": (
        "Tokayev",
        "Nazarbayev",
        "Putin",
        "Trump",
        "Biden",
        "Macron",
        "Xi Jinping",
        "Lukashenko",
        "Mirziyoyev",
        "Zelensky",
        "Erdogan",
        "Merkel",
    ),
    "outlets": (
        "RT",
        "Eurasianet",
        "Atlantico",
        "kz.expert",
        "Radio Azattyk",
        "the BBC",
        "Reuters",
        "TASS",
        "Xinhua",
        "CNN",
    ),
}

TEMPLATES = {
    "states": (
        "On Monday {} published its trade figures for the first quarter.",
        "The agreement with {} was signed on the margins of the summit.",
        "Analysts blame {} for the collapse of the talks.",
        "Once again {} has broken its promises to its smaller neighbours.",
        "Thanks to {}, thousands of families got clean water this winter.",
        "Observers praised {} for its patient and honest mediation.",
        "Whatever one thinks of the deal, {} gets less out of it than it hoped.",
        "It is hardly a coincidence that the cables were cut after {} lost the vote.",
        "The delegation flew to the capital to discuss gas prices with {}.",
        "Few believed the assurances of {} that the troops would leave.",
    ),
    "presidents": (
        "On Tuesday {} received the ambassador and discussed the harvest.",
        "According to the press service, {} will visit the region in May.",
        "Critics say that {} surrounded himself with flatterers and thieves.",
        "With rare courage {} admitted the mistakes of the government.",
        "Nobody has done more for the reform of the courts than {}.",
        "It was {} who ordered the police to fire on the crowd.",
        "As so often, {} promised much and delivered nothing.",
        "The new law was signed by {} late on Friday.",
        "Even his opponents concede that {} kept the country out of the war.",
        "Asked about the missing millions, {} smiled and changed the subject.",
    ),
    "outlets": (
        "The interview was published by {} on Thursday.",
        "As {} reported, the minister resigned in the evening.",
        "The story by {} turned out to be invented from beginning to end.",
        "Only {} had the courage to print the documents.",
        "Readers have learned not to believe a word that {} writes.",
        "The careful reporting of {} won the respect of its rivals.",
        "The ministry sent its answer to {} a week later.",
        "Journalists of {} were at the scene within an hour.",
    ),
}


def name_swap(model: StanceModel) -> dict[str, dict]:
    """What changes when a name is swapped for another of its group, by group; see `changes`.

    ``mean_by_name`` shows which names are read more darkly.
    """
    out: dict[str, dict] = {}
    for group, names in GROUPS.items():
        templates = TEMPLATES[group]
        scores = model.score([item(template, name) for template in templates for name in names])
        size = len(templates), len(names)
        stances = np.array([s.stance for s in scores if s]).reshape(size)
        labels = np.array([LABELS.index(s.label) for s in scores if s]).reshape(size)
        means = zip(names, stances.mean(0), strict=True)
        out[group] = changes(stances, labels) | {
            "names": len(names),
            "templates": len(templates),
            "mean_by_name": {name: round(float(value), 4) for name, value in means},
        }
    return out


def changes(stances: np.ndarray, labels: np.ndarray) -> dict[str, object]:
    """Changes over the unordered pairs of names in each template.

    Args:
        stances: (templates, names), -1 to 1.
        labels: (templates, names), 0 to 2 in the order of `LABELS`.

    Returns:
        ``mean`` and ``greatest`` absolute difference of stance; ``changed`` and ``opposed``,
        the shares of pairs whose labels differ at all, and are negative and positive;
        ``limit``, which is `LIMIT`, and ``kept``, whether neither figure is above it.
    """
    one, other = np.triu_indices(stances.shape[1], 1)
    moved = np.abs(stances[:, one] - stances[:, other])
    apart = np.abs(labels[:, one] - labels[:, other])
    found = {
        "mean": round(float(moved.mean()), 4),
        "greatest": round(float(moved.max()), 4),
        "changed": round(float((apart > 0).mean()), 4),
        "opposed": round(float((apart == 2).mean()), 4),
    }
    kept = all(found[figure] <= most for figure, most in LIMIT.items())
    return found | {"limit": dict(LIMIT), "kept": kept}


def item(template: str, name: str) -> StanceItem:
    """A template with a name in the place of its braces, as the target.

    >>> item("{} spoke.", "the governor").text
    'The governor spoke.'
    """
    at = template.index("{}")
    text = template.replace("{}", name)
    if at == 0:
        text = text[0].upper() + text[1:]
    return StanceItem(text, at, at + len(name))
