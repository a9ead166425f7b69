"""What a labelled batch of 500 reports costs: ``python tests/benchmarks/batch_scores.py``.

Reads one sample page, and makes 500 readings of it with drawn probabilities, labels, hashes and rates; the pictures of
the table are of that page. Counted is the processor time that the app spends from a moved slider to the chart as JSON,
tables with bootstrap intervals, charts, and their specification: allowed are 500 ms. Then the resident memory above
the start, with all rows held, every part drawn and every file written: allowed are 300 MB. The start is an app that has
read one page and drawn every part once: networks and libraries are loaded.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ecgviz.batch import (
    Done,
    RunSettings,
    as_csv,
    as_parquet,
    leads_csv,
    models_in,
    read_file,
    row_of,
    table,
    with_labels,
)
from ecgviz.batch_results import drift_tables, labelled_predictions, overview_tables, subsets_of
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import comparison_tables, score_tables, tables, threshold_charts, threshold_tables
from models.classes import CLASSES as LABELS
from models.evaluation import HeldOutPredictions
from models.networks import MODEL_KEYS
from models.scoring import ACCEPTED_RISK

ALLOWED_MS, ALLOWED_MB, TURNS = 500, 300, 7
SAMPLE = ROOT / "sample_images" / "gallery" / "edan_normal.jpg"


def batch_of(n: int) -> list[Done]:
    """Return labelled readings of n reports, all models better than chance."""
    rng = np.random.default_rng(0)
    page = read_file(SAMPLE.read_bytes(), SAMPLE.name, RunSettings(), True).done
    labels = rng.integers(len(LABELS), size=n)
    found = []
    for number, label in enumerate(labels):
        reading = json.loads(page.line)
        reading |= {"file": f"{number}.jpg", "sha256": hashlib.sha256(str(number).encode()).hexdigest()}
        reading["measurements"]["heart_rate_bpm"] = int(rng.integers(50, 130))
        for model in reading["models"].values():
            one = rng.dirichlet(np.ones(len(LABELS))) + 0.7 * np.eye(len(LABELS))[label]
            model["probabilities"] = (one / one.sum()).tolist()
            model["label"], model["confidence"] = LABELS[int(one.argmax())], float(max(model["probabilities"]))
        # Each has a picture of its own in memory, as in a batch.
        found.append(Done(row_of(reading), json.dumps(reading), bytes(bytearray(page.thumbnail))))
    return with_labels(found, [LABELS[label] for label in labels])


def everything(done: list[Done]) -> None:
    """Draw what the page shows and write what it offers."""
    table.frame(done)
    rows = [one.row for one in done]
    for own in subsets_of(rows).values():
        opened_scores(labelled_predictions(own), 0.5)
    overview_tables.class_counts(rows, models_in(rows))
    drift_tables.drift_table(done)
    for write in (as_csv, leads_csv, as_parquet):
        write(done)


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
    n = parser.parse_args().reports
    everything(batch_of(20))
    process = psutil.Process()
    before = process.memory_info().rss
    done = batch_of(n)
    held = process.memory_info().rss
    predictions = labelled_predictions([one.row for one in done])
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
    everything(done)
    rows_mb, all_mb = ((after - before) / 1e6 for after in (held, process.memory_info().rss))
    word = "within" if all_mb <= ALLOWED_MB else "BEYOND"
    print(f"memory above the start: rows {rows_mb:.0f} MB, all drawn and written {all_mb:.0f} MB: {word} {ALLOWED_MB}")


if __name__ == "__main__":
    main()
