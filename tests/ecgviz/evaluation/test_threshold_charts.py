"""Charts over thresholds draw each curve with few points, and look the same."""

import numpy as np
import pandas as pd

from ecgviz.evaluation.threshold_charts import BEND, precision_recall_chart, risk_chart, roc_chart

STEPS = pd.DataFrame(
    {
        "model": "A",
        "threshold": np.linspace(1, 0, 201),
        "false_positive_rate": np.r_[np.zeros(51), np.linspace(0.01, 1, 150)],
        "recall": np.r_[np.linspace(0, 0.5, 51), np.full(149, 0.5), 1.0],
        "precision": 1.0,
    }
)


def drawn(chart, layer):
    """Return the rows that a layer of a chart is drawn from."""
    spec = chart.to_dict()
    return pd.DataFrame(spec["datasets"][spec["layer"][layer]["data"]["name"]])


def test_a_curve_of_steps_is_drawn_by_its_corners():
    other = STEPS.assign(model="B", recall=STEPS["recall"].to_numpy() / 2)
    rows = drawn(roc_chart(pd.concat([STEPS, other], ignore_index=True), STEPS[:1]), 1)
    assert rows.groupby("model").size().to_dict() == {"A": 4, "B": 4}
    assert rows["step"].is_monotonic_increasing
    own = rows[rows["model"] == "A"]
    assert own[["false_positive_rate", "recall"]].to_numpy().round(2).tolist() == [
        [0, 0],
        [0, 0.5],
        [0.99, 0.5],
        [1, 1],
    ]


def test_no_point_of_a_bent_curve_lies_far_from_what_is_drawn():
    coverage = np.linspace(0.01, 1, 300)
    curve = pd.DataFrame({"model": "A", "coverage": coverage, "risk": 0.2 * coverage**2, "threshold": 1 - coverage})
    rows = drawn(risk_chart(curve, curve[:1], curve[:0], 0.1), 1)
    assert 10 < len(rows) < 60
    between = np.interp(coverage, rows["coverage"], rows["risk"])
    assert np.abs(between - curve["risk"]).max() < 2 * BEND * 0.2


def test_a_curve_of_one_point_is_drawn():
    assert len(drawn(precision_recall_chart(STEPS[:1], STEPS[:1]), 0)) == 1
