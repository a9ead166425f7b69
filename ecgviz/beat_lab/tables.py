"""The results of the networks of beats as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ecgviz.beat_lab.about import SHORT
from models.beats import NETWORKS
from models.beats.augmentation import WAYS
from models.beats.recordings import AAMI
from models.beats.results import COUNTED
from models.beats.six_classes import SIX
from models.beats.tasks import KINDS
from models.beats.told import SCORINGS

NAMES = {
    "beat_cnn_64": "CNN, 64 px",
    "beat_cnn_wide": "Wide CNN",
    "beat_deep_cnn": "Deep CNN",
    "beat_shallow_cnn": "Shallow CNN",
    "beat_cnn_lstm": "CNN-LSTM",
    "beat_cnn_gru_attention": "CNN-GRU, attention",
    "beat_vgg16": "VGG16",
    "beat_vgg_slim": "Slim VGG",
    "beat_net": "Ours",
}
SCORED = {
    "as published": "As published",
    "without copies": "Without copies",
    "by patient": "By patient",
    "random split": "Random split",
    "other patients": "Other patients",
}
FIGURES = {"accuracy": "Accuracy", "macro_f1": "Macro-F1"}
NOT_TAUGHT = "not taught"
# As the results are told; the other ways of augmentation and the other kinds of picture are compared on their own.
PLAIN_WAY, PLAIN_KIND = next(iter(WAYS)), KINDS[0]


def classes_of(scoring: str) -> tuple[str, ...]:
    """Return the classes that a scoring is about."""
    return SIX if SCORINGS[scoring].startswith("six") else AAMI


def run_of(told: dict[str, Any], network: str, scoring: str) -> dict[str, Any] | None:
    """Return a network's figures under a scoring, plainly taught on pictures; None where it was not taught."""
    for run in told["runs"]:
        plain = run["kind"] == PLAIN_KIND and run["augmentation"] == PLAIN_WAY
        if run["network"] == network and plain and scoring in run["scorings"]:
            found: dict[str, Any] = run["scorings"][scoring]
            return found
    return None


def claims(told: dict[str, Any], figure: str) -> pd.DataFrame:
    """Return one row a network: what is claimed, what it gives here under each scoring, and what it costs."""
    rows = []
    for name, network in NETWORKS.items():
        size = told["sizes"][name]
        rows.append(
            {
                "Network": NAMES[name],
                "Name": name,
                "Claimed": network.claimed,
                **{SCORED[scoring]: _written(run_of(told, name, scoring), figure) for scoring in SCORINGS},
                "Parameters": size["parameters"],
                "MB": size["megabytes"],
                "ms a beat": size["milliseconds"],
            }
        )
    return pd.DataFrame(rows)


def scores(told: dict[str, Any], figure: str, scorings: list[str]) -> pd.DataFrame:
    """Return one row a network and scoring: ``network, scoring, value, low, high, n``."""
    rows = [
        {"network": NAMES[name], "scoring": SCORED[scoring], **run[figure], "n": run["n"]}
        for name in NETWORKS
        for scoring in scorings
        if (run := run_of(told, name, scoring)) is not None
    ]
    return pd.DataFrame(rows, columns=["network", "scoring", "value", "low", "high", "n"])


def by_class(run: dict[str, Any]) -> pd.DataFrame:
    """Return one row a class: how many there are, and how well they are told from the rest."""
    return pd.DataFrame(
        [
            {
                "Class": name,
                "Beats": own["n"],
                "Sensitivity": own["recall"],
                "Specificity": own["specificity"],
                "Precision": own["precision"],
                "F1": own["f1"],
                "AUROC": own["auroc"],
            }
            for name, own in run["classes"].items()
        ]
    )


def confusion(run: dict[str, Any]) -> pd.DataFrame:
    """Return one row a cell: ``truth, answer, beats, row_share``."""
    classes = short(run["classes"])
    return pd.DataFrame(
        [
            {"truth": truth, "answer": answer, "beats": count, "row_share": count / max(sum(row), 1)}
            for truth, row in zip(classes, run["confusion"], strict=True)
            for answer, count in zip(classes, row, strict=True)
        ]
    )


def short(classes: Iterable[str]) -> list[str]:
    """Return classes as a chart's columns name them."""
    return [SHORT.get(name, name) for name in classes]


def kinds(told: dict[str, Any], figure: str) -> pd.DataFrame:
    """Return one row a network and kind of picture, on other patients: ``network, kind, value, low, high, n``."""
    return _compared(told, figure, "kind", {"task": "five_patients", "augmentation": PLAIN_WAY})


def augmentations(told: dict[str, Any], figure: str, scoring: str) -> pd.DataFrame:
    """Return one row a network and way to vary pictures: ``network, augmentation, value, low, high, n``."""
    return _compared(told, figure, "augmentation", {"task": SCORINGS[scoring], "kind": PLAIN_KIND}, scoring)


def counted_words(scoring: str) -> str:
    """Say which classes a scoring's macro-F1 is the mean of."""
    names = COUNTED if SCORINGS[scoring].startswith("five") else SIX
    return ", ".join(names)


def what_they_are(told: dict[str, Any]) -> pd.DataFrame:
    """Return one row a class of the six: its pictures, their copies, and what beats and whose they are."""
    rows = []
    for name, own in told["six_classes"].items():
        rows.append(
            {
                "Class": name,
                "Train": own["taught"],
                "Test": own["tested"],
                "Test files that are also in train": own["tested_copies"],
                "Distinct": own["distinct"],
                "Annotated as": ", ".join(f"{symbol} {count:,}" for symbol, count in own["symbols"].items()),
                "Records": ", ".join(f"{record} ({count:,})" for record, count in own["records"].items()),
            }
        )
    return pd.DataFrame(rows)


def _compared(
    told: dict[str, Any], figure: str, field: str, fixed: dict[str, str], scoring: str = "other patients"
) -> pd.DataFrame:
    rows = [
        {"network": NAMES[run["network"]], field: run[field], **own[figure], "n": own["n"]}
        for run in told["runs"]
        if all(run[key] == value for key, value in fixed.items()) and (own := run["scorings"].get(scoring))
    ]
    table = pd.DataFrame(rows, columns=["network", field, "value", "low", "high", "n"])
    # One way alone is no comparison.
    return table[table.groupby("network")[field].transform("nunique") > 1]


def _written(run: dict[str, Any] | None, figure: str) -> str:
    if run is None:
        return NOT_TAUGHT
    own = run[figure]
    return f"{own['value']:.3f} ({own['low']:.3f} to {own['high']:.3f})"
