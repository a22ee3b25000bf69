"""Write the figures of ``figures.json`` into the model cards, between their two markers."""

import json
from pathlib import Path

from kzdash.paths import MODELS

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
SETS = {
    "mt": "NewsMTSC dev, several targets",
    "rw": "NewsMTSC dev, real-world",
    "own": "own corpus, held-out articles",
    "news": "DSE, sentences of real news, held out",
    "gold": "two labelled articles of our outlets",
}
LABELS = ("negative", "neutral", "positive")
RELATIONS = ("neutral", "a>b positive", "b>a positive", "a>b negative", "b>a negative")


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table; the first column is text, the others figures."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def share(value: float) -> str:
    """A figure between 0 and 1 with three decimals."""
    return f"{value:.3f}"


def stance(figures: dict) -> str:
    """Tables of the stance card."""
    data = figures["data"]
    parts = [
        table(
            ["data", "n", "macro-F1", "accuracy", "ECE", "VADER F1", "always neutral F1 (acc.)"],
            [
                [
                    SETS[k],
                    d["n"],
                    share(d["macro_f1"]),
                    share(d["accuracy"]),
                    share(d["ece"]),
                    share(d["vader"]["macro_f1"]),
                    f"{d['always_neutral']['macro_f1']:.3f} "
                    f"({d['always_neutral']['accuracy']:.3f})",
                ]
                for k, d in data.items()
            ],
        ),
        alone(data),
        shares(data),
    ]
    parts += [seeds(figures.get("seeds", {})), folds(figures.get("folds", {}))]
    own = data["own"]
    parts.append(
        f"Own corpus: 95 % interval of macro-F1 over articles {own['interval'][0]:.3f} to "
        f"{own['interval'][1]:.3f}; the second coder against the author "
        f"{own['second_coder']['macro_f1']:.3f}; where both coders agree "
        f"{own['where_coders_agree']['macro_f1']:.3f}. Mean stance of an actor in an article "
        f"(5 mentions or more) against the labels': r = {own['actor_means']['pearson_r']:.3f} "
        f"({own['actor_means']['actors']} actors).\n"
    )
    for title, key in (
        ("kind of mention", "by_kind"),
        ("style of article", "by_style"),
        ("voice", "by_voice"),
    ):
        parts.append(grouped(f"{title}, own corpus", own[key]))
    rows = [[name, *counts] for name, counts in zip(LABELS, own["confusion"], strict=True)]
    parts.append(table(["author's label, own corpus", *(f"model: {x}" for x in LABELS)], rows))
    rows = [
        [f"{r['low']:.1f} to {r['high']:.1f}", r["n"], share(r["confidence"]), share(r["accuracy"])]
        for r in figures["reliability"]["own"]
    ]
    parts.append(table(["confidence, own corpus", "n", "mean confidence", "accuracy"], rows))
    rows = [
        [r["threshold"], share(r["kept"]), share(r["accuracy"]) if r["accuracy"] else "–"]
        for r in figures["abstention"]["own"]
    ]
    parts.append(table(["label kept from confidence, own corpus", "kept", "accuracy"], rows))
    parts.append(name_swap(figures["name_swap"]))
    return "\n".join(part for part in parts if part)


def alone(data: dict[str, dict]) -> str:
    """Table of the sets that have context, read without it; nothing where none is."""
    rows = [
        [SETS[k], share(d["alone"]["macro_f1"]), share(d["alone"]["accuracy"])]
        for k, d in data.items()
        if "alone" in d
    ]
    head = ["each sentence alone, without title and sentence before", "macro-F1", "accuracy"]
    return table(head, rows) if rows else ""


def shares(data: dict[str, dict]) -> str:
    """Table of how often each label was given, and how often the probabilities say so."""
    rows = [
        [
            SETS[name],
            *(
                f"{share(expected)} ({share(labelled)})"
                for labelled, expected in zip(*found["shares"].values(), strict=True)
            ),
        ]
        for name, found in data.items()
    ]
    return table(["mean probability (share of the labels)", *LABELS], rows)


def seeds(figures: dict[str, dict]) -> str:
    """Table of the trainings that differ in their seed; nothing where there are none."""
    if not figures:
        return ""
    rows = [[SETS[k], d["runs"], share(d["mean"]), share(d["sd"])] for k, d in figures.items()]
    head = ["networks of each seed alone, not calibrated", "seeds", "mean macro-F1"]
    return table([*head, "standard deviation"], rows)


def folds(figures: dict) -> str:
    """Figures out of fold; nothing where there are none."""
    if not figures:
        return ""
    rows = [
        [d["fold"], d["n"], share(d["macro_f1"]), share(d["accuracy"])] for d in figures["each"]
    ]
    mean, every = figures["mean"], figures["all"]
    rows.append(["mean", "", share(mean["macro_f1"]), share(mean["accuracy"])])
    low, high = every["interval"]
    text = (
        f"\n{figures['articles']} articles with two coders, each read by a network that was "
        f"trained without its fold: macro-F1 {every['macro_f1']:.3f} (95 % interval "
        f"over articles {low:.3f} to {high:.3f}{lone(every)}), accuracy "
        f"{every['accuracy']:.3f}, ECE {every['ece']:.3f}; mean stance of an actor in an article "
        f"(5 mentions or more) against the labels': r = "
        f"{every['actor_means']['pearson_r']:.3f} ({every['actor_means']['actors']} actors).\n"
    )
    parts = [table(["fold of the own corpus", "n", "macro-F1", "accuracy"], rows) + text]
    for title, key in (("kind of mention", "by_kind"), ("style of article", "by_style")):
        parts.append(grouped(f"{title}, out of fold", every[key]))
    return "\n".join(parts)


def lone(every: dict) -> str:
    """What the same mentions give without their context; nothing where they were not asked."""
    return f"; each sentence alone {every['alone']['macro_f1']:.3f}" if "alone" in every else ""


def grouped(title: str, groups: dict[str, dict]) -> str:
    """Table of scores by group."""
    rows = [[k, d["n"], share(d["macro_f1"]), share(d["accuracy"])] for k, d in groups.items()]
    return table([title, "n", "macro-F1", "accuracy"], rows)


def name_swap(groups: dict[str, dict]) -> str:
    """Table of the name-swap check, and its limit."""
    head = ["names swapped", "names", "sentences", "mean change", "greatest change"]
    head += ["label changes", "negative against positive", "within limit"]
    rows = [
        [k, d["names"], d["templates"]]
        + [share(d[figure]) for figure in ("mean", "greatest", "changed", "opposed")]
        + ["yes" if d["kept"] else "no"]
        for k, d in groups.items()
    ]
    limit = next(iter(groups.values()))["limit"]
    return table(head, rows) + (
        f"\nLimit: mean change of stance at most {limit['mean']:.2f}, and at most "
        f"{limit['opposed']:.2f} of the pairs of names negative against positive.\n"
    )


def relation(figures: dict) -> str:
    """Tables of the relation card."""
    d = figures["valid"]
    rows = [
        [name, sum(counts), share(f1), *counts]
        for name, f1, counts in zip(RELATIONS, d["f1"], d["confusion"], strict=True)
    ]
    head = ["label, DSE valid", "n", "F1", *(f"model: {x}" for x in RELATIONS)]
    text = (
        f"DSE valid, {d['n']} pairs: macro-F1 {d['macro_f1']:.3f}, accuracy {d['accuracy']:.3f}, "
        f"ECE {d['ece']:.3f}; always neutral {d['always_neutral']:.3f}; always the most "
        f"probable label {d['most_probable']:.3f}.\n\n"
    )
    return text + table(head, rows)


def fill(folder: Path, text: str) -> None:
    """Replace what stands between the markers of a card."""
    path = folder / "README.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Fill both cards."""
    for name, make in (("stance", stance), ("relation", relation)):
        folder = MODELS / name
        figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
        fill(folder, make(figures))


if __name__ == "__main__":
    main()
