"""The results of the networks of beats as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from ecgviz.beat_lab.about import SHORT
from models.beats import AAMI, COUNTED, NETWORKS, OURS, PLAIN_KIND, PLAIN_WAY, SCORINGS, SIX, is_told

NAMES = {
    "beat_cnn_64": "CNN, 64 px",
    "beat_cnn_wide": "Wide CNN",
    "beat_deep_cnn": "Deep CNN",
    "beat_shallow_cnn": "Shallow CNN",
    "beat_cnn_lstm": "CNN-LSTM",
    "beat_cnn_gru_attention": "CNN-GRU, attention",
    "beat_vgg16": "VGG16",
    "beat_vgg_slim": "Slim VGG",
    OURS: "Ours",
}
ALONE = f"{OURS} without rhythm"
# The lines of the results: each network, and ours once more as if nothing were known of the beats around.
LINES = NAMES | {ALONE: "Ours, picture alone"}
SCORED = {
    "as published": "As published",
    "without copies": "Without copies",
    "by patient": "By patient",
    "random split": "Random split",
    "other patients": "Other patients",
}
FIGURES = {"accuracy": "Accuracy", "macro_f1": "Macro-F1"}
NOT_TAUGHT = "not taught"


def classes_of(scoring: str) -> tuple[str, ...]:
    """Return the classes that a scoring is about."""
    return SIX if SCORINGS[scoring].startswith("six") else AAMI


def run_of(told: dict[str, Any], line: str, scoring: str) -> dict[str, Any] | None:
    """Return the figures of one of `LINES` under a scoring, taught on pictures; None where it was not taught."""
    run = _taught_run(told, line, scoring)
    found: dict[str, Any] | None = None if run is None else run[_scored(line)][scoring]
    return found


def taught(told: dict[str, Any], line: str, scoring: str) -> str:
    """Say on how many beats one of `LINES` was taught for a scoring, and for how long."""
    run = _taught_run(told, line, scoring)
    assert run is not None, "only what was taught is told of"
    epochs = [len(history["loss"]) for history in run["histories"]]
    halves = " in two halves, each tested by the other" if len(epochs) > 1 else ""
    towers = sorted({len(tower["loss"]) for history in run["histories"] for tower in history.get("towers", [])})
    of_towers = (
        f" of its head, {' to '.join(map(str, towers[:: len(towers) - 1 or 1]))} of its towers" if towers else ""
    )
    return f"Taught on {run['taught']:,} beats{halves}, {' and '.join(map(str, epochs))} epochs{of_towers}."


def claims(told: dict[str, Any], figure: str) -> pd.DataFrame:
    """Return one row of each of `LINES`: what is claimed, what it gives under each scoring, and what it costs."""
    rows = []
    for name, shown in LINES.items():
        network = OURS if name == ALONE else name
        size = told["sizes"][network]
        rows.append(
            {
                "Network": shown,
                "In the code": network,
                "Claimed": NETWORKS[network].claimed,
                **{SCORED[scoring]: _written(run_of(told, name, scoring), figure) for scoring in SCORINGS},
                "Parameters": size["parameters"],
                "MB": size["megabytes"],
                "ms a beat": size["milliseconds"],
            }
        )
    return pd.DataFrame(rows)


def scores(told: dict[str, Any], figure: str, scorings: list[str]) -> pd.DataFrame:
    """Return one row of each of `LINES` and scoring: ``network, scoring, value, low, high, n``."""
    rows = [
        {"network": shown, "scoring": SCORED[scoring], **run[figure], "n": run["n"]}
        for name, shown in LINES.items()
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
    return _compared(told, figure, "kind", lambda run: run["augmentation"] == PLAIN_WAY)


def augmentations(told: dict[str, Any], figure: str) -> pd.DataFrame:
    """Return one row a network and way to vary pictures: ``network, augmentation, value, low, high, n``."""
    return _compared(told, figure, "augmentation", lambda run: run["kind"] == PLAIN_KIND)


def trials(searched: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Return one row a trial of the search: its macro-F1 and accuracy with their intervals, and each class's F1."""
    rows = [
        {"Ours": name, **{shown: _written(own, figure) for figure, shown in FIGURES.items()}}
        | {f"F1 {label}": f1 for label, f1 in own["f1"].items()}
        for name, own in searched.items()
    ]
    return pd.DataFrame(rows)


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


def _compared(told: dict[str, Any], figure: str, field: str, meant: Callable[[dict[str, Any]], bool]) -> pd.DataFrame:
    rows = [
        {"network": NAMES[run["network"]], field: run[field], **own[figure], "n": own["n"]}
        for run in told["runs"]
        if meant(run) and (own := run["scorings"].get("other patients"))
    ]
    table = pd.DataFrame(rows, columns=["network", field, "value", "low", "high", "n"])
    # One way alone is no comparison.
    return table[table.groupby("network")[field].transform("nunique") > 1]


def _written(run: dict[str, Any] | None, figure: str) -> str:
    if run is None:
        return NOT_TAUGHT
    own = run[figure]
    return f"{own['value']:.3f} ({own['low']:.3f} to {own['high']:.3f})"


def _scored(line: str) -> str:
    return "without_rhythm" if line == ALONE else "scorings"


def _taught_run(told: dict[str, Any], line: str, scoring: str) -> dict[str, Any] | None:
    network = OURS if line == ALONE else line
    for run in told["runs"]:
        if run["network"] == network and is_told(run) and scoring in run.get(_scored(line), {}):
            found: dict[str, Any] = run
            return found
    return None
