"""The figures as a page of words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.classes import CLASSES
from models.networks import ENSEMBLE

_NAMES = {
    ENSEMBLE: "**both together**",
    "cnn": "**cnn**",
    "cnn_lstm": "**cnn_lstm**",
    "paper_cnn": "the paper's CNN",
    "paper_cnn_lstm": "the paper's CNN-LSTM",
    "simple_linear": "linear model of measurements and amplitudes",
    "heart_rate": "heart rate alone",
    "majority": "majority class",
}


def card_page(figures: dict[str, Any]) -> str:
    """Return the page in Markdown."""
    parts = [
        "# The networks and what they are worth\n",
        "Written by `python -m models.evaluate` from `models/evaluation/out_of_fold.npz`. Every report was scored by",
        "networks that had seen neither it nor another of its group. Intervals are 95 %, over groups drawn again.\n",
        _headline(figures["headline"]),
        _classes(figures["headline"]),
        _abstention(figures["abstention"]),
        _aggregation(figures["aggregation"]),
        _others(figures["other_reports"]),
        _gate(figures["distance"]),
        _strange(figures["out_of_distribution"]),
        _leaking(figures["leaking"], figures["headline"]["paper_cnn"]),
        _LIMITS,
    ]
    return "\n".join(part for part in parts if part)


def _headline(headline: dict[str, Any]) -> str:
    keys = ("macro_f1", "balanced_accuracy", "accuracy", "brier", "ece")
    rows = [
        (shown, headline[name]["n"], *(_spread(headline[name][key]) for key in keys))
        for name, shown in _NAMES.items()
        if headline[name]["n"]
    ]
    return _part(
        "## Reports never seen: 3x4+1 pages of the curated collection",
        _table(("model", "n", "macro-F1", "balanced accuracy", "accuracy", "Brier", "calibration error"), rows),
        "The paper's CNN was taught on three of the five folds for 15 epochs, its CNN-LSTM on two for 10; n tells.",
    )


def _classes(headline: dict[str, Any]) -> str:
    both = headline[ENSEMBLE]
    keys = ("recall", "precision", "specificity", "f1", "auroc", "average_precision")
    rows = [(name, one["n"], *(f"{one[key]:.3f}" for key in keys)) for name, one in both["by_class"].items()]
    return _part(
        "## Class by class, both together",
        _table(("class", "n", "recall", "precision", "specificity", "F1", "AUROC", "average precision"), rows),
        "Truth by row, answer by column:",
        _table(("", *CLASSES), [(name, *row) for name, row in zip(CLASSES, both["confusion"], strict=True)]),
    )


def _abstention(abstention: dict[str, Any]) -> str:
    rows = []
    for name, one in abstention.items():
        right = one["selective_accuracy"]
        told = "none" if right is None else f"{right:.3f}"
        rows.append((name, f"{one['threshold']:.3f}", f"{one['coverage']:.3f}", told))
    return _part(
        "## When a model does not answer",
        "Below its bar of confidence a model abstains. The bar was set on these same reports, so that of\n"
        "those answered at most one in twenty is wrong.",
        _table(("model", "bar", "answered", "right among them"), rows),
    )


def _aggregation(aggregation: dict[str, Any]) -> str:
    keys = ("macro_f1", "balanced_accuracy", "ece")
    rows = [
        (name, way, *(f"{one[key]:.3f}" for key in keys))
        for name, ways in aggregation.items()
        for way, one in ways.items()
    ]
    return _part(
        "## From leads to the report",
        "`joint` is the network's own head over all leads; the others join what each lead says alone.",
        _table(("network", "way", "macro-F1", "balanced accuracy", "calibration error"), rows),
    )


def _others(others: dict[str, Any]) -> str:
    both = {part: models[ENSEMBLE] for part, models in others.items() if models[ENSEMBLE]["n"]}
    rows = [(part, one["n"], _spread(one["macro_f1"]), _spread(one["accuracy"])) for part, one in both.items()]
    return _part(
        "## Other reports, both together",
        "No page in two columns is Normal, so their macro-F1 is over the classes that occur or were said. The rest of\n"
        "version 1 follows other labels than the curated part.",
        _table(("reports", "n", "macro-F1", "accuracy"), rows),
    )


def _gate(gate: dict[str, Any]) -> str:
    rows = [
        (name, kind, one["n"], f"{one['beyond_limit']:.3f}")
        for name, kinds in gate.items()
        for kind, one in kinds.items()
        if one["n"]
    ]
    return _part(
        "## How many are unlike those taught on", _table(("network", "reports", "n", "beyond the limit"), rows)
    )


def _strange(pages: dict[str, Any]) -> str:
    outcomes = ("refused", "out_of_distribution", "unsure", "predicted")
    rows = [(kind, one["n"], *(one.get(key, 0) for key in outcomes)) for kind, one in pages.items()]
    return _part(
        "What becomes of other pages, and of drawn ones whose leads were replaced, by both together, as counted by\n"
        "`python tests/benchmarks/strange_pages.py`:",
        _table(("pages", "n", "refused", "called unlike", "not sure enough", "answered"), rows),
    )


def _leaking(leaking: dict[str, Any], honest: dict[str, Any]) -> str:
    if not leaking:
        return ""
    shown = {"all": "the leaking split", "with_copy": "of them, with a copy among those taught on"}
    shown |= {"without_copy": "of them, without", "honest": "honest folds"}
    rows = []
    for part, one in {**leaking, "honest": honest}.items():
        if one["n"]:
            recall = one["by_class"]["Myocardial infarction"]["recall"]
            rows.append((shown[part], one["n"], _spread(one["macro_f1"]), _spread(one["accuracy"]), f"{recall:.3f}"))
    return _part(
        "## What a leaking split is worth",
        "The paper's CNN, the same way taught, on the collection's files split at random: copies of one report lie on\n"
        "both sides. Beside it, on reports that it never saw.",
        _table(("test files", "n", "macro-F1", "accuracy", "recall of infarction"), rows),
    )


def _part(*paragraphs: str) -> str:
    """Set paragraphs apart by empty lines."""
    return "\n\n".join(paragraphs) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, *rows]
    written = ["|" + "".join(f" {cell}".rstrip() + " |" for cell in line) for line in lines]
    return "\n".join([written[0], "|---" * len(head) + "|", *written[1:]])


def _spread(one: dict[str, float]) -> str:
    return f"{one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


_LIMITS = """## Limits

One hospital, one recorder, few infarctions, labels from folders. The recorder's filter, 0.67 to 25 Hz on most pages,
distorts ST segments. For research and teaching only; not a medical device.
"""
