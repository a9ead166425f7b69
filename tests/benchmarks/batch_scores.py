"""How long charts of a labelled batch take when a threshold moves: ``python tests/benchmarks/batch_scores.py``.

Draws probabilities of seven models for 500 reports. Counted is the processor time that the app spends from a moved
slider to the chart as JSON: tables with bootstrap intervals, charts, and their specification. Allowed are 500 ms.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import comparison_tables, score_tables, tables, threshold_charts, threshold_tables
from models.evaluation import HeldOutPredictions
from models.networks import MODEL_KEYS
from models.scoring import ACCEPTED_RISK

ALLOWED_MS, TURNS, CLASSES = 500, 7, 4


def drawn(n: int) -> HeldOutPredictions:
    """Return predictions of every model, better than chance, each report a group of its own."""
    rng = np.random.default_rng(0)
    labels = rng.integers(CLASSES, size=n)
    truth = np.eye(CLASSES)[labels]
    found = {name: rng.dirichlet(np.ones(CLASSES), n) + 0.7 * truth for name in MODEL_KEYS}
    return HeldOutPredictions(
        labels, np.arange(n), {name: one / one.sum(axis=1, keepdims=True) for name, one in found.items()}
    )


def moved_threshold(predictions: HeldOutPredictions, at: float) -> None:
    """Redraw Thresholds."""
    curves = threshold_tables.curve_table(predictions, MODEL_KEYS, 2)
    points = threshold_tables.threshold_table(predictions, MODEL_KEYS, 2, at)
    threshold_tables.wide_threshold_table(points)
    for chart in (threshold_charts.roc_chart, threshold_charts.precision_recall_chart):
        chart(curves, points).to_dict(validate=False)


def moved_abstention(predictions: HeldOutPredictions, at: float) -> None:
    """Redraw risk over coverage."""
    curves = threshold_tables.risk_table(predictions, MODEL_KEYS)
    points = threshold_tables.abstention_table(predictions, dict.fromkeys(MODEL_KEYS, at))
    threshold_charts.risk_chart(curves, points, points, ACCEPTED_RISK).to_dict(validate=False)


def opened_scores(predictions: HeldOutPredictions, at: float) -> None:
    """Open the headline and Confusion matrix for the first time."""
    score_tables.score_table(predictions, MODEL_KEYS)
    score_tables.class_table(predictions, MODEL_KEYS)
    counts = tables.confusion_table(predictions, MODEL_KEYS)
    for name in dict.fromkeys(counts["model"]):
        evaluation_charts.confusion_chart(counts[counts["model"] == name], False).to_dict(validate=False)


def compared_pair(predictions: HeldOutPredictions, at: float) -> None:
    """Choose another pair on Compare models."""
    table = comparison_tables.difference_table(predictions, *MODEL_KEYS[:2])
    comparison_tables.mcnemar_table(predictions, MODEL_KEYS)
    evaluation_charts.interval_chart(table, "score", "difference", signed=True).to_dict(validate=False)


def main() -> None:
    """Time every redraw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=500, help="how many (default: %(default)s)")
    predictions = drawn(parser.parse_args().reports)
    redraws = (moved_threshold, moved_abstention, compared_pair, opened_scores)
    for redraw in redraws:
        spent = []
        for turn in range(TURNS):
            start = process_time()
            redraw(predictions, 0.3 + 0.05 * turn)
            spent.append(1000 * (process_time() - start))
        found = median(spent[1:])
        word = "within" if found <= ALLOWED_MS else "BEYOND"
        print(f"{redraw.__name__:18} first {spent[0]:5.0f} ms, then median {found:5.0f} ms: {word} {ALLOWED_MS}")


if __name__ == "__main__":
    main()
