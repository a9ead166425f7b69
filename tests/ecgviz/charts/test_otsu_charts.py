"""The chart of Otsu's threshold, checked on its specification."""

import numpy as np

from ecgviz.charts import otsu_charts
from preprocessing.stages import StageSettings, otsu_curve, stages_of


def drawn_lead() -> np.ndarray:
    """Return a pale lead with one dark line across."""
    gray = np.full((60, 90), 0.94, np.float32)
    gray[28:32] = 0.12
    return gray


def spec_of(settings: StageSettings | None = None) -> dict:
    return otsu_charts.otsu_chart_of(stages_of(drawn_lead(), settings)).to_dict()


def rows(spec: dict, column: str) -> list[dict]:
    return next(data for data in spec["datasets"].values() if column in data[0])


def test_histogram_counts_every_pixel():
    spec = spec_of()
    assert sum(row["pixels"] for row in rows(spec, "pixels")) == 60 * 90
    assert len(rows(spec, "pixels")) == 256


def test_curve_peaks_at_otsus_threshold():
    curve = otsu_curve(stages_of(drawn_lead())[1].picture)
    data = rows(otsu_charts.otsu_chart(curve, curve.threshold).to_dict(), "variance")
    highest = max(row["variance"] for row in data)
    at_threshold = min(data, key=lambda row: abs(row["grey"] - curve.threshold))
    assert at_threshold["variance"] >= 0.999 * highest


def test_the_threshold_used_moves_with_the_shift_and_otsus_stays():
    still, moved = (
        {row["mark"]: row["grey"] for row in rows(spec_of(settings), "mark")}
        for settings in (StageSettings(), StageSettings(threshold_shift=0.2))
    )
    assert still[otsu_charts.USED] == still[otsu_charts.OTSU]
    assert moved[otsu_charts.OTSU] == still[otsu_charts.OTSU]
    assert abs(moved[otsu_charts.USED] - still[otsu_charts.USED] - 0.2) < 1e-9


def test_variance_has_its_own_axis():
    spec = spec_of()
    assert spec["resolve"]["scale"]["y"] == "independent"
    assert "datasets" in spec
    assert "url" not in str(spec["layer"])
