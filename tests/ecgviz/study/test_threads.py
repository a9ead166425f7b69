"""A reading does not depend on the threads that it has."""

from pathlib import Path

import numpy as np
import pytest

from ecgviz.study import open_study
from preprocessing.side_by_side import THREADS_VARIABLE, allowed_threads

GALLERY = Path(__file__).resolve().parents[3] / "sample_images" / "gallery"


@pytest.mark.parametrize("sample", ["edan_normal.jpg", "flutter_12x1.webp"])
def test_a_report_is_read_the_same_to_the_bit_on_one_thread_and_on_two(sample, monkeypatch):
    monkeypatch.delenv(THREADS_VARIABLE, raising=False)
    studies = []
    for count in (1, 2):
        with allowed_threads(count):
            studies.append(open_study(GALLERY / sample, with_models=False))
    one, two = studies
    assert (one.layout.name, one.trust, one.printed) == (two.layout.name, two.trust, two.printed)
    assert one.measurements.values == two.measurements.values
    np.testing.assert_array_equal(one.page.maps.labels, two.page.maps.labels)
    for trace, other in zip(one.traces, two.traces, strict=True):
        np.testing.assert_array_equal(trace.mv, other.mv)
