"""The beat lab's articles as tables: what each claims, and the metrics that it gives, measured here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ecgviz.beat_lab.tables import FIGURES, NAMES, PROTOCOL_NAMES, Results, metrics_of, with_interval
from models.beats import PROTOCOLS, TRACE_KIND

SPECTRAL_NETWORK = "beat_cnn_wide"
FOUR_NETWORKS = ("beat_deep_cnn", "beat_cnn_lstm", "beat_shallow_cnn", "beat_cnn_gru_attention")
# As the article of the four networks gives them; it names macro-F1 for the first alone.
FOUR_CLAIMS = {"beat_deep_cnn": 0.913, "beat_cnn_lstm": 0.80, "beat_shallow_cnn": 0.67, "beat_cnn_gru_attention": 0.60}
SIX_PROTOCOLS = tuple(name for name, task in PROTOCOLS.items() if task.startswith("six"))
KIND_NAMES = {TRACE_KIND: "trace", "spectrogram": "spectrogram", "scalogram": "scalogram"}
MEANS = {"Precision": "precision", "Recall": "recall", "Specificity": "specificity", "F1": "f1", "AUROC": "auroc"}


@dataclass(frozen=True)
class SpectralRow:
    """A network or a baseline on one kind of picture, with its metrics under one protocol."""

    name: str
    kind: str
    metrics: dict[str, Any]

    @property
    def title(self) -> str:
        """What a reader chooses it by."""
        return f"{self.name}, {KIND_NAMES[self.kind]}"


def spectral_rows(results: Results, baselines: list[dict[str, Any]], protocol: str) -> list[SpectralRow]:
    """Return the spectral article's network and the baselines on each kind of picture, the network first."""
    own = (
        SpectralRow(NAMES[SPECTRAL_NETWORK], run["kind"], run["by_protocol"][protocol])
        for run in results["runs"]
        if run["network"] == SPECTRAL_NETWORK and protocol in run["by_protocol"]
    )
    return [*own, *_baseline_rows(baselines, protocol)]


def spectral_table(rows: list[SpectralRow]) -> pd.DataFrame:
    """Return one row each with the article's metrics; precision to AUROC are means over the classes.

    A class that is never predicted has a precision of 0, and one that does not occur is left out.
    """
    return pd.DataFrame(
        [
            {
                "Model": row.name.capitalize() if row.name.islower() else row.name,
                "Picture": KIND_NAMES[row.kind],
                "Beats": row.metrics["n"],
                "Accuracy": with_interval(row.metrics, "accuracy"),
                **{shown: class_mean(row.metrics, key) for shown, key in MEANS.items()},
            }
            for row in rows
        ]
    )


def class_mean(metrics: dict[str, Any], key: str) -> float:
    """Return the mean of a figure over the classes that occur; a figure that is undefined for one counts as 0.

    Examples
    --------
    >>> classes = {"N": {"n": 3, "precision": 0.5}, "V": {"n": 1, "precision": None}, "F": {"n": 0, "precision": None}}
    >>> class_mean({"classes": classes}, "precision")
    0.25
    """
    there = [own[key] for own in metrics["classes"].values() if own["n"]]
    return round(float(np.mean([0.0 if value is None else value for value in there])), 4)


def four_networks(results: Results) -> pd.DataFrame:
    """Return the article's comparison of four networks, in its order, with each claim and our figures beside it."""
    rows = []
    for network in FOUR_NETWORKS:
        found = {protocol: metrics_of(results, network, protocol) for protocol in (*SIX_PROTOCOLS, "inter-patient")}
        published = found["published split"]
        rows.append(
            {
                "Network": NAMES[network],
                "Claim": FOUR_CLAIMS[network],
                "Accuracy, published split": with_interval(published, "accuracy"),
                "Macro-F1, published split": with_interval(published, "macro_f1"),
                "Macro-F1, copies removed": with_interval(found["deduplicated"], "macro_f1"),
                "Macro-F1, patient halves": with_interval(found["patient halves"], "macro_f1"),
                "Macro-F1, five classes, DS2": with_interval(found["inter-patient"], "macro_f1"),
                "Parameters": results["sizes"][network]["parameters"],
            }
        )
    return pd.DataFrame(rows)


def grid(trials: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Return one row a trial of the tuning grid: its metrics with their intervals, and what it took."""
    return pd.DataFrame(
        [
            {
                "Changed": name,
                "Accuracy": with_interval(own, "accuracy"),
                "Macro-F1": with_interval(own, "macro_f1"),
                "Parameters": own["parameters"],
                "Seconds": own["seconds"],
            }
            for name, own in trials.items()
        ]
    )


def ensemble(results: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Return one row a member and one for their mean: accuracy and macro-F1, as published and without copies."""
    return pd.DataFrame(
        [
            {"Member": NAMES.get(name, name.replace(SPECTRAL_NETWORK, NAMES[SPECTRAL_NETWORK]).capitalize())}
            | {
                f"{shown}, {PROTOCOL_NAMES[protocol].lower()}": with_interval(own, figure)
                for protocol, own in by_protocol.items()
                for figure, shown in FIGURES.items()
            }
            for name, by_protocol in results.items()
        ]
    )


def largest_class(baselines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the metrics, on the published test folder, of predicting the largest class for every picture."""
    first = next(row for row in _baseline_rows(baselines, SIX_PROTOCOLS[0]) if row.name.startswith("always"))
    return first.metrics


def _baseline_rows(baselines: list[dict[str, Any]], protocol: str) -> Iterator[SpectralRow]:
    for run in baselines:
        if protocol in run["by_protocol"]:
            yield SpectralRow(run["baseline"], run["kind"], run["by_protocol"][protocol])
