"""What stands behind the models as tables: data and their faults, training, the gate, and the leaking split."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecgviz.evaluation.tables import RARE, predictions_table
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.evaluation import Answers

OUTCOMES = {
    "answered": "Answered",
    "unsure": "Not sure enough",
    "unlike": "Called unlike",
    "refused": "Refused as unreadable",
}
LOSSES = {"report_loss": "The report's", "leads_loss": "The leads'", "loss": "Both, weighed"}
TAUGHT, WATCHED = "taught on, blended and disturbed", "watched, as they are"
SPLITS = {
    "all": "Files at random",
    "copies": "of them, a copy was taught on",
    "never_seen": "of them, no copy was taught on",
    "honest": "By report",
}


def quality_table(quality: dict[str, Any]) -> pd.DataFrame:
    """Return what was counted before anything was taught: ``What, Count``."""
    unreadable = sum(quality["unreadable"].values())
    told = {
        "files": quality["files"],
        "distinct reports": quality["distinct_reports"],
        "left out as byte-for-byte duplicates": quality["duplicates"],
        "left out because they stand in two classes": quality["label_conflicts"],
        "not readable": unreadable,
        "with a lead off": sum(quality["lead_off"].values()),
        "groups that stay on one side of a split": quality["groups"],
        "groups of more than one report": quality["groups_of_more_than_one"],
        "groups with reports of two classes": quality["groups_in_two_classes"],
        "labelled Normal, printed rate above 100 a minute": quality["normal_above_100_bpm"],
    }
    return pd.DataFrame({"What": told.keys(), "Count": told.values()})


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
    """Return what is known of each class: one row a class."""
    return pd.DataFrame(
        {
            "Class": CLASSES,
            "Reports": [quality["classes"][label] for label in CLASSES],
            "Of the curated part": [quality["classes_in_v2"][label] for label in CLASSES],
            "Files of these in the collection": [quality["files_in_v2_by_class"][label] for label in CLASSES],
            "With a lead off": [quality["lead_off"][label] for label in CLASSES],
            "Median printed rate, a minute": [quality["median_printed_bpm"][label] for label in CLASSES],
        }
    )


def copies_table(public: dict[str, Any]) -> pd.DataFrame:
    """Return how many files and how many distinct pictures the public collection has: ``class, kind, n``."""
    return pd.DataFrame(
        [
            {"class": label, "kind": kind, "n": public["classes"][label][key]}
            for label in CLASSES
            for key, kind in (("files", "files"), ("distinct", "distinct pictures"))
        ]
    )


def history_table(histories: dict[str, list[dict[str, list[float]]]], loss: str) -> pd.DataFrame:
    """Return losses by epoch: ``model, fold, epoch, kind, loss, kept``.

    ``kept`` marks the epoch whose weights were kept: where the watched loss of all outputs was least.
    """
    rows = []
    for name, folds in histories.items():
        for fold, told in enumerate(folds, start=1):
            best = int(np.argmin(told["val_loss"]))
            for kind, key in ((TAUGHT, loss), (WATCHED, f"val_{loss}")):
                rows += [
                    {"model": EVERY_NAME[name], "fold": fold, "epoch": epoch + 1, "kind": kind, "loss": value,
                     "kept": epoch == best}
                    for epoch, value in enumerate(told[key])
                ]  # fmt: skip
    return pd.DataFrame(rows)


def gate_table(gate: dict[str, Any]) -> pd.DataFrame:
    """Return how many reports of each kind a network takes for unlike: one row a network and kind."""
    return pd.DataFrame(
        [
            {
                "Network": EVERY_NAME[name],
                "Reports of": kind,
                "Reports": one["n"],
                "Called unlike": f"{one['beyond']:.1%}",
            }
            for name, kinds in gate.items()
            for kind, one in kinds.items()
            if one["n"]
        ]
    )


def strange_table(strange: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Return what becomes of strange pages: ``pages, outcome, n, of, share``."""
    return pd.DataFrame(
        [
            {"pages": kind, "outcome": shown, "n": one.get(key, 0), "of": one["n"], "share": one.get(key, 0) / one["n"]}
            for kind, one in strange.items()
            for key, shown in OUTCOMES.items()
        ]
    )


def wide_strange_table(strange: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Lay `strange_table` out to be read: one row a kind of pages."""
    return pd.DataFrame(
        [
            {"Pages": kind, "Pages, n": one["n"]} | {shown: one.get(key, 0) for key, shown in OUTCOMES.items()}
            for kind, one in strange.items()
        ]
    )


def leak_table(leaking: Answers, honest: Answers, network: str = "paper_cnn") -> pd.DataFrame:
    """Return one network on two splits: ``split, model, score, value, low, high, n``."""
    parts = {(SPLITS[part], network): said for part, said in leaking.said.items()}
    apart = {(SPLITS["honest"], network): honest.said[network]}
    tables = [
        predictions_table(told.labels, told.groups, said, "split") for told, said in ((leaking, parts), (honest, apart))
    ]
    return pd.concat(tables, ignore_index=True).dropna(subset="value").reset_index(drop=True)


def found(answers: Answers, model: str, label: int = RARE) -> tuple[int, int]:
    """Return how many reports of a class a model found, and how many it was asked about."""
    labels, said, _ = answers.of(model)
    own = labels == label
    return int((said[own].argmax(axis=1) == label).sum()), int(own.sum())
