"""Background of the models as tables: data, training history, out-of-distribution pages, and the leaking split."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecgviz.evaluation.tables import RARE, predictions_table
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.evaluation import HeldOutPredictions

OUTCOMES = {
    "predicted": "Predicted",
    "unsure": "Low confidence",
    "out_of_distribution": "Out of distribution",
    "refused": "Unreadable",
}
# By the key in figures.json.
PAGES = {
    "drawn samples": "Simulated samples",
    "photographs and scans of other machines": "Other recorders",
    "leads replaced: noise": "Noise instead of leads",
    "leads replaced: flat": "Flat lines instead of leads",
    "leads replaced: three times as high": "Amplitude \N{MULTIPLICATION SIGN} 3",
    "leads replaced: a fifth as high": "Amplitude \N{MULTIPLICATION SIGN} 0.2",
    "leads replaced: turned over": "Reversed in time and voltage",
}
LOSSES = {"report_loss": "Report", "leads_loss": "Single leads", "loss": "Weighted sum"}
TRAINING, VALIDATION = "training (augmented)", "validation"
SPLITS = {
    "all": "Random split of files",
    "with_copy": "of these, with a copy in training",
    "without_copy": "of these, without a copy",
    "honest": "Split by report",
}


def quality_table(quality: dict[str, Any]) -> pd.DataFrame:
    """Return the counts of the data: ``Item, Count``."""
    unreadable = sum(quality["unreadable"].values())
    counts = {
        "files": quality["files"],
        "distinct reports": quality["distinct_reports"],
        "excluded: exact duplicates": quality["duplicates"],
        "excluded: in two classes": quality["label_conflicts"],
        "excluded: unreadable": unreadable,
        "with a lead off": sum(quality["lead_off"].values()),
        "groups": quality["groups"],
        "groups with several reports": quality["groups_of_more_than_one"],
        "groups with two classes": quality["groups_in_two_classes"],
        "labelled Normal, above 100 bpm": quality["normal_above_100_bpm"],
    }
    return pd.DataFrame({"Item": counts.keys(), "Count": counts.values()})


def classes_by_layout(quality: dict[str, Any]) -> pd.DataFrame:
    """Return how many reports of each class have each layout: ``layout, class, reports``."""
    return pd.DataFrame(
        [
            {"layout": layout, "class": label, "reports": n}
            for layout, counts in quality["classes_by_layout"].items()
            for label, n in counts.items()
        ]
    )


def class_facts(quality: dict[str, Any]) -> pd.DataFrame:
    """Return facts about each class, one row per class."""
    return pd.DataFrame(
        {
            "Class": CLASSES,
            "Reports": [quality["classes"][label] for label in CLASSES],
            "In the curated part": [quality["classes_in_v2"][label] for label in CLASSES],
            "Files in the dataset, copies included": [quality["files_in_v2_by_class"][label] for label in CLASSES],
            "With a lead off": [quality["lead_off"][label] for label in CLASSES],
            "Median printed rate (bpm)": [quality["median_printed_bpm"][label] for label in CLASSES],
        }
    )


def copies_table(public: dict[str, Any]) -> pd.DataFrame:
    """Count files and distinct images of the public dataset: ``class, kind, n``."""
    return pd.DataFrame(
        [
            {"class": label, "kind": kind, "n": public["classes"][label][key]}
            for label in CLASSES
            for key, kind in (("files", "files"), ("distinct", "distinct images"))
        ]
    )


def history_table(histories: dict[str, list[dict[str, list[float]]]], loss: str) -> pd.DataFrame:
    """Return losses by epoch: ``model, fold, epoch, kind, loss, kept``.

    ``kept`` marks the epoch whose weights were kept: the one with the lowest validation loss of all outputs.
    """
    rows = []
    for name, folds in histories.items():
        for fold, history in enumerate(folds, start=1):
            best = int(np.argmin(history["val_loss"]))
            for kind, key in ((TRAINING, loss), (VALIDATION, f"val_{loss}")):
                rows += [
                    {"model": EVERY_NAME[name], "fold": fold, "epoch": epoch + 1, "kind": kind, "loss": value,
                     "kept": epoch == best}
                    for epoch, value in enumerate(history[key])
                ]  # fmt: skip
    return pd.DataFrame(rows)


def distance_table(distances: dict[str, Any]) -> pd.DataFrame:
    """Return the share of reports out of distribution, one row per network and kind of report."""
    return pd.DataFrame(
        [
            {
                "Network": EVERY_NAME[name],
                "Kind": kind,
                "Reports": one["n"],
                "Out of distribution": f"{one['beyond_limit']:.1%}",
            }
            for name, kinds in distances.items()
            for kind, one in kinds.items()
            if one["n"]
        ]
    )


def outcome_table(pages: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Return the outcomes for unusual pages: ``pages, outcome, n, of, share``."""
    return pd.DataFrame(
        [
            {
                "pages": PAGES[kind],
                "outcome": shown,
                "n": one.get(key, 0),
                "of": one["n"],
                "share": one.get(key, 0) / one["n"],
            }
            for kind, one in pages.items()
            for key, shown in OUTCOMES.items()
        ]
    )


def wide_outcome_table(pages: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Return `outcome_table` in wide form, one row per kind of pages."""
    return pd.DataFrame(
        [
            {"Pages": PAGES[kind], "Count": one["n"]} | {shown: one.get(key, 0) for key, shown in OUTCOMES.items()}
            for kind, one in pages.items()
        ]
    )


def leakage_table(
    leaking: HeldOutPredictions, by_report: HeldOutPredictions, network: str = "paper_cnn"
) -> pd.DataFrame:
    """Return the scores of one network on two splits: ``split, model, score, value, low, high, n``."""
    parts = {(SPLITS[part], network): own for part, own in leaking.probabilities.items()}
    whole = {(SPLITS["honest"], network): by_report.probabilities[network]}
    tables = [
        predictions_table(own.labels, own.groups, probabilities, "split")
        for own, probabilities in ((leaking, parts), (by_report, whole))
    ]
    return pd.concat(tables, ignore_index=True).dropna(subset="value").reset_index(drop=True)


def correct_of(held_out: HeldOutPredictions, model: str, label: int = RARE) -> tuple[int, int]:
    """Return how many reports of a class a model predicted correctly, and how many it was evaluated on."""
    labels, probabilities, _ = held_out.of(model)
    own = labels == label
    return int((probabilities[own].argmax(axis=1) == label).sum()), int(own.sum())
