"""Labelled reports as predictions: each distinct report once, by layout and trust, and none that was trained on."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.batch import ModelVerdict, Row
from ecgviz.batch_results import evaluation_files, in_training, labelled_predictions, subsets_of
from ecgviz.batch_results.written_scores import subset_scores
from models.classes import CLASSES
from models.evaluation import out_of_fold


def verdict(label: int, confidence: float = 0.7) -> ModelVerdict:
    rest = (1 - confidence) / 3
    probabilities = tuple(confidence if at == label else rest for at in range(4))
    return ModelVerdict(CLASSES[label], confidence, "predicted", False, probabilities, "abc")


def row(number: int, truth: int | None, trace_cnn: int, ensemble: int, **changed) -> Row:
    whole = Row(
        number, f"{number}.png", "read", None, None, f"{number:064}", None, (), 1.0, None, layout="3x4+1", trust="good",
        label=None if truth is None else CLASSES[truth],
        verdicts={"trace_cnn": verdict(trace_cnn), "ensemble": verdict(ensemble)},
    )  # fmt: skip
    return replace(whole, **changed)


ROWS = [
    row(1, 0, 0, 0),
    row(2, 1, 0, 1, layout="6x2"),
    row(3, 1, 1, 1, trust="provisional"),
    row(4, 2, 0, 2),
    row(5, None, 0, 0),
    row(6, 3, 0, 0, status="refused", verdicts={}),
    # A copy of the first.
    row(7, 0, 0, 0, sha256=f"{1:064}", duplicate_of="1.png"),
]


def test_each_distinct_labelled_report_that_was_read_is_scored_once():
    predictions = labelled_predictions(ROWS)
    assert predictions.labels.tolist() == [0, 1, 1, 2]
    assert predictions.groups.tolist() == [0, 1, 2, 3]
    assert list(predictions.probabilities) == ["trace_cnn", "ensemble"]
    assert predictions.probabilities["trace_cnn"].argmax(axis=1).tolist() == [0, 0, 1, 0]


def test_a_label_on_the_copy_alone_counts():
    rows = [row(1, None, 0, 0), row(2, 3, 0, 0, sha256=f"{1:064}")]
    assert labelled_predictions(rows).labels.tolist() == [3]


def test_a_model_that_did_not_predict_a_report_is_scored_on_the_others():
    rows = [*ROWS[:3], row(4, 2, 0, 2, verdicts={"ensemble": verdict(2)})]
    labels, probabilities, _ = labelled_predictions(rows).of("trace_cnn")
    assert len(labels) == len(probabilities) == 3
    assert np.isnan(labelled_predictions(rows).probabilities["trace_cnn"][3]).all()


def test_subsets_are_layouts_and_states_of_trust():
    sizes = {name: len(labelled_predictions(own).labels) for name, own in subsets_of(ROWS).items()}
    assert sizes == {
        "All reports": 4,
        "Layout 3x4+1": 3,
        "Layout 6x2": 1,
        "Trust good": 3,
        "Trust provisional": 1,
    }


def test_scores_by_subset_are_those_of_its_reports():
    table = subset_scores(ROWS)
    own = table[(table["score"] == "Accuracy") & (table["model"] == "Combined")].set_index("part")["value"]
    assert own.to_dict() == dict.fromkeys(subsets_of(ROWS), 1.0)
    alone = table[(table["score"] == "Accuracy") & (table["model"] == "Trace CNN")].set_index("part")["value"]
    assert alone["All reports"] == pytest.approx(0.5)
    assert alone["Layout 6x2"] == 0


def test_every_file_of_scores_is_written():
    files = evaluation_files(ROWS)
    assert set(files) == {
        f"{name}.csv"
        for name in ("scores", "classes", "confusion", "reliability", "risk_coverage", "differences", "mcnemar")
    }
    assert b"Trace CNN,Combined,4,0,2,0.5" in files["mcnemar.csv"]


def test_a_single_model_has_no_pairs():
    rows = [replace(one, verdicts={"ensemble": verdict(0)}) for one in ROWS[:4]]
    assert evaluation_files(rows)["mcnemar.csv"].splitlines() == [b"first,second,n,first_only,second_only,p"]


def test_reports_of_the_training_set_are_counted_once():
    trained = str(out_of_fold.load().sha256[0]).ljust(64, "0")
    assert in_training(ROWS) == 0
    assert in_training([*ROWS, row(8, 0, 0, 0, sha256=trained), row(9, 0, 0, 0, sha256=trained)]) == 1
