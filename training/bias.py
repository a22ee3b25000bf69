"""Name-swap check: does a sentence's stance change with the name that it is about?

Each template is filled with every name of a group; the stance toward the name should stay.
"""

import numpy as np

from kzdash.nlp.stance_model import StanceItem, StanceModel

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


def name_swap(model: StanceModel) -> dict[str, dict[str, float | int]]:
    """Mean and greatest change of stance when a name is swapped for another of its group.

    ``mean_change`` is the mean absolute difference over all pairs of names in a template,
    ``max_change`` the greatest; ``flips`` the share of pairs whose label changes between
    negative and positive; ``mean_by_name`` shows which names are read more darkly.
    """
    out: dict[str, dict] = {}
    for group, names in GROUPS.items():
        stances = np.array([[_stance(model, t, name) for name in names] for t in TEMPLATES[group]])
        pairs = np.abs(stances[:, :, None] - stances[:, None, :])
        upper = pairs[:, *np.triu_indices(len(names), 1)]
        opposed = (stances[:, :, None] < -0.33) & (stances[:, None, :] > 0.33)
        out[group] = {
            "mean_change": round(float(upper.mean()), 4),
            "max_change": round(float(upper.max()), 4),
            "flips": round(float(opposed.mean()), 4),
            "names": len(names),
            "templates": len(TEMPLATES[group]),
            "mean_by_name": {
                name: round(float(v), 4) for name, v in zip(names, stances.mean(0), strict=True)
            },
        }
    return out


def _stance(model: StanceModel, template: str, name: str) -> float:
    at = template.index("{}")
    text = template.replace("{}", name)
    if at == 0:
        text = text[0].upper() + text[1:]
    [score] = model.score([StanceItem(text, at, at + len(name))])
    assert score is not None
    return score.stance
