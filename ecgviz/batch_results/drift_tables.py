"""Whether the reports of a batch are like those the networks were trained on, value by value."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ecgviz.batch import Done, models_in
from ecgviz.evaluation import comparison_tables
from ecgviz.predictions import EVERY_NAME
from models.evaluation import held_out, out_of_fold
from models.scoring import drift

# Written by tests/benchmarks/training_reports.py.
REFERENCE = Path(__file__).resolve().with_name("training_reports.json")
LAYOUT = "Layout"
# With fewer values on either side a test says nothing.
LEAST_VALUES = 5


def _measured(name: str) -> Callable[[dict[str, Any]], float | None]:
    return lambda reading: reading["measurements"][name]


def _middle(name: str) -> Callable[[dict[str, Any]], float | None]:
    def median(reading: dict[str, Any]) -> float | None:
        values = [lead[name] for lead in reading["leads"] if lead[name] is not None]
        return float(np.median(values)) if values else None

    return median


# Each value of a reading that is compared: measurements, then features of the page and of its leads.
VALUES: dict[str, Callable[[dict[str, Any]], float | None]] = {
    "Heart rate, bpm": _measured("heart_rate_bpm"),
    "RR spread, ms": _measured("rr_spread_ms"),
    "PR, ms": _measured("pr_ms"),
    "QRS, ms": _measured("qrs_ms"),
    "QT, ms": _measured("qt_ms"),
    "QTc (Bazett), ms": _measured("qtc_ms"),
    "QRS axis, \N{DEGREE SIGN}": _measured("axis_deg"),
    "R, mV, median of leads": _middle("r_mv"),
    "S, mV, median of leads": _middle("s_mv"),
    "T, mV, median of leads": _middle("t_mv"),
    "ST at J, mV, median of leads": _middle("st_j_mv"),
    "Lead quality, mean": lambda reading: float(np.mean([lead["quality"] for lead in reading["leads"]])),
    "Leads without a good signal": lambda reading: sum(lead["signal"] != "good" for lead in reading["leads"]),
    "Pixels per mm": lambda reading: reading["page"]["px_per_mm_x"],
}


@dataclass(frozen=True)
class Reference:
    """The training reports: their number, the values of each kind, and how many have each layout."""

    n: int
    values: dict[str, list[float]]
    layouts: dict[str, int]


@cache
def reference() -> Reference:
    """Return the training reports as they ship: each kind of value sorted on its own, so that no row is a report."""
    return Reference(**json.loads(REFERENCE.read_text(encoding="utf-8")))


def reference_of(readings: Sequence[dict[str, Any]]) -> Reference:
    """Return what is kept of readings to compare others with."""
    values = {name: sorted(round(value, 3) for value in _values(readings, name)) for name in VALUES}
    return Reference(len(readings), values, dict(sorted(Counter(one["layout"]["name"] for one in readings).items())))


def samples_of(done: Sequence[Done]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the training reports' values and the batch's by kind, each distinct report once.

    The confidences of networks are compared with those on held-out training reports.
    """
    own = list({one.row.sha256: one for one in done if one.row.status == "read"}.values())
    readings = [json.loads(one.line) for one in own]
    found = {name: (np.array(values), np.array(_values(readings, name))) for name, values in reference().values.items()}
    trained = held_out.predictions(out_of_fold.load())
    for model in models_in([one.row for one in own]):
        if model in trained.probabilities:
            confidences = [one.row.verdicts[model].confidence for one in own if model in one.row.verdicts]
            before = trained.of(model)[1].max(axis=1)
            found[f"Confidence of {EVERY_NAME[model]}"] = (before, np.array(confidences))
    return found


def drift_table(done: Sequence[Done]) -> pd.DataFrame:
    """Compare a batch with the training reports: ``value, training_n, batch_n, psi, shift, ks, p, medians``.

    Numbers by the population stability index over deciles and the two-sample Kolmogorov-Smirnov test, the layout by
    the index alone. Values with fewer than `LEAST_VALUES` reports are left out.
    """
    rows = []
    for name, (before, now) in samples_of(done).items():
        if min(len(before), len(now)) < LEAST_VALUES:
            continue
        found = drift.drift_of(before, now)
        rows.append(
            {"value": name, "training_n": found.reference_n, "batch_n": found.observed_n, "psi": found.psi,
             "shift": shift_in_words(found.psi), "ks": found.ks, "p": found.p,
             "training_median": float(np.median(before)), "batch_median": float(np.median(now))}
        )  # fmt: skip
    known = reference().layouts
    seen = Counter({one.row.sha256: one.row.layout for one in done if one.row.layout}.values())
    if sum(seen.values()) >= LEAST_VALUES:
        names = sorted(known.keys() | seen.keys())
        counts = [np.array([one.get(name, 0) for name in names]) for one in (known, seen)]
        psi = drift.stability_of_counts(*counts)
        rows.append({"value": LAYOUT, "training_n": int(counts[0].sum()), "batch_n": int(counts[1].sum()), "psi": psi,
                     "shift": shift_in_words(psi)})  # fmt: skip
    columns = ["value", "training_n", "batch_n", "psi", "shift", "ks", "p", "training_median", "batch_median"]
    return pd.DataFrame(rows, columns=columns).sort_values("psi", ascending=False, ignore_index=True)


def wide_drift_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `drift_table` for people."""
    missing = table["ks"].isna()
    return pd.DataFrame(
        {
            "Value": table["value"],
            "Shift": table["shift"],
            "PSI": table["psi"].round(3),
            "KS": table["ks"].round(3),
            "p (KS)": [
                "" if none else comparison_tables.p_value(p) for none, p in zip(missing, table["p"], strict=True)
            ],
            "Median, batch": table["batch_median"].round(3),
            "Median, training": table["training_median"].round(3),
            "Reports, batch": table["batch_n"],
            "Reports, training": table["training_n"],
        }
    )


def shift_in_words(psi: float) -> str:
    """Return how large a shift a population stability index means.

    >>> shift_in_words(0.05), shift_in_words(0.2), shift_in_words(0.3)
    ('none', 'moderate', 'large')
    """
    return "none" if psi < drift.SMALL_SHIFT else "moderate" if psi < drift.LARGE_SHIFT else "large"


def distribution_table(before: np.ndarray, now: np.ndarray) -> pd.DataFrame:
    """Return the distribution functions of two samples: ``reports, value, share``, a step at each value."""
    return pd.concat(
        [
            pd.DataFrame({"reports": name, "value": np.sort(own), "share": np.arange(1, len(own) + 1) / len(own)})
            for name, own in (("training", before), ("this batch", now))
        ],
        ignore_index=True,
    )


def _values(readings: Sequence[dict[str, Any]], name: str) -> list[float]:
    found = [VALUES[name](one) for one in readings]
    return [float(value) for value in found if value is not None]
