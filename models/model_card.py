"""The figures as a page of words and tables."""

from __future__ import annotations

from typing import Any

from models.classes import CLASSES
from models.verdicts import ENSEMBLE

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
        _gate(figures["gate"]),
        _strange(figures["strange_pages"]),
        _leaking(figures["leaking"], figures["headline"]["paper_cnn"]),
        _LIMITS,
    ]
    return "\n".join(part for part in parts if part)


def _headline(headline: dict[str, Any]) -> str:
    lines = [
        "## Reports never seen: 3x4+1 pages of the curated collection\n",
        "| model | n | macro-F1 | balanced accuracy | accuracy | Brier | calibration error |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, shown in _NAMES.items():
        one = headline[name]
        if one["n"]:
            told = [_spread(one[key]) for key in ("macro_f1", "balanced_accuracy", "accuracy", "brier", "ece")]
            lines.append(f"| {shown} | {one['n']} | {' | '.join(told)} |")
    lines.append(
        "\nThe paper's CNN was taught on three of the five folds for 15 epochs, its CNN-LSTM on two for 10; n tells.\n"
    )
    return "\n".join(lines)


def _classes(headline: dict[str, Any]) -> str:
    lines = [
        "## Class by class, both together\n",
        "| class | n | recall | precision | specificity | F1 | AUROC | average precision |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, one in headline[ENSEMBLE]["by_class"].items():
        keys = ("recall", "precision", "specificity", "f1", "auroc", "average_precision")
        lines.append(f"| {name} | {one['n']} | {' | '.join(f'{one[key]:.3f}' for key in keys)} |")
    lines += ["\nTruth by row, answer by column:\n", f"| | {' | '.join(CLASSES)} |", "|---|---|---|---|---|"]
    counts = headline[ENSEMBLE]["confusion"]
    lines += [f"| {name} | {' | '.join(map(str, row))} |" for name, row in zip(CLASSES, counts, strict=True)]
    return "\n".join(lines) + "\n"


def _abstention(abstention: dict[str, Any]) -> str:
    lines = [
        "## When a model does not answer\n",
        "Below its bar of confidence a model abstains. The bar was set on these same reports, so that of",
        "those answered at most one in twenty is wrong.\n",
        "| model | bar | answered | right among them |",
        "|---|---|---|---|",
    ]
    for name, one in abstention.items():
        right = one["accuracy_answered"]
        told = "none" if right is None else f"{right:.3f}"
        lines.append(f"| {name} | {one['bar']:.3f} | {one['coverage']:.3f} | {told} |")
    return "\n".join(lines) + "\n"


def _aggregation(aggregation: dict[str, Any]) -> str:
    lines = [
        "## From leads to the report\n",
        "`joint` is the network's own head over all leads; the others join what each lead says alone.\n",
        "| network | way | macro-F1 | balanced accuracy | calibration error |",
        "|---|---|---|---|---|",
    ]
    for name, ways in aggregation.items():
        for way, one in ways.items():
            told = f"{one['macro_f1']:.3f} | {one['balanced_accuracy']:.3f} | {one['ece']:.3f}"
            lines.append(f"| {name} | {way} | {told} |")
    return "\n".join(lines) + "\n"


def _others(others: dict[str, Any]) -> str:
    lines = [
        "## Other reports, both together\n",
        "No page in two columns is Normal, so their macro-F1 is over the classes that occur or were said. The rest of",
        "version 1 follows other labels than the curated part.\n",
        "| reports | n | macro-F1 | accuracy |",
        "|---|---|---|---|",
    ]
    for part, models in others.items():
        one = models[ENSEMBLE]
        if one["n"]:
            lines.append(f"| {part} | {one['n']} | {_spread(one['macro_f1'])} | {_spread(one['accuracy'])} |")
    return "\n".join(lines) + "\n"


def _gate(gate: dict[str, Any]) -> str:
    lines = [
        "## How many are unlike those taught on\n",
        "| network | reports | n | beyond the limit |",
        "|---|---|---|---|",
    ]
    for name, kinds in gate.items():
        lines += [f"| {name} | {kind} | {one['n']} | {one['beyond']:.3f} |" for kind, one in kinds.items() if one["n"]]
    return "\n".join(lines) + "\n"


def _strange(pages: dict[str, Any]) -> str:
    lines = [
        "What becomes of other pages, and of drawn ones whose leads were replaced, by both together, as counted by",
        "`python tests/benchmarks/strange_pages.py`:\n",
        "| pages | n | refused | called unlike | not sure enough | answered |",
        "|---|---|---|---|---|---|",
    ]
    for kind, one in pages.items():
        told = " | ".join(str(one.get(key, 0)) for key in ("refused", "unlike", "unsure", "answered"))
        lines.append(f"| {kind} | {one['n']} | {told} |")
    return "\n".join(lines) + "\n"


def _leaking(leaking: dict[str, Any], honest: dict[str, Any]) -> str:
    if not leaking:
        return ""
    lines = [
        "## What a leaking split is worth\n",
        "The paper's CNN, the same way taught, on the collection's files split at random: copies of one report lie on",
        "both sides. Beside it, on reports that it never saw.\n",
        "| test files | n | macro-F1 | accuracy | recall of infarction |",
        "|---|---|---|---|---|",
    ]
    shown = {"all": "the leaking split", "copies": "of them, with a copy among those taught on"}
    shown |= {"never_seen": "of them, without", "honest": "honest folds"}
    for part, one in {**leaking, "honest": honest}.items():
        if one["n"]:
            recall = one["by_class"]["Myocardial infarction"]["recall"]
            told = f"{one['n']} | {_spread(one['macro_f1'])} | {_spread(one['accuracy'])} | {recall:.3f}"
            lines.append(f"| {shown[part]} | {told} |")
    return "\n".join(lines) + "\n"


def _spread(one: dict[str, float]) -> str:
    return f"{one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


_LIMITS = """## Limits

One hospital, one recorder, few infarctions, labels from folders. The recorder's filter, 0.67 to 25 Hz on most pages,
distorts ST segments. For research and teaching only; not a medical device.
"""
