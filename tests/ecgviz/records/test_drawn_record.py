"""A record becomes a page: which layout, speed and gain, what is refused, and where its samples lie."""

import numpy as np
import pytest

from ecgviz.records.drawn_record import drawn_record
from ecgviz.records.record import LeadBuffer
from preprocessing.errors import EcgImageError
from preprocessing.lead_id import LEADS, LeadId, Role
from tests.signal_files import recording

MV = recording()


def record_of(mv, rate_hz=500):
    buffer = LeadBuffer("CSV")
    for lead, row in zip(LEADS, mv, strict=True):
        buffer.add(LeadId(lead, Role.TWELVE_LEAD), row, rate_hz)
    return buffer.record()


def test_ten_seconds_fill_three_rows_and_a_strip():
    drawn = drawn_record(record_of(MV))
    keys = [trace.key for trace in drawn.traces]
    assert sorted(keys) == sorted([*LEADS, "II_rhythm"])
    v4 = next(trace for trace in drawn.traces if trace.key == "V4")
    assert (v4.start_s, v4.mv.size, v4.quality) == (7.5, 1250, 1)
    wanted = MV[9, 3750:] - np.median(MV[9])
    assert np.abs(v4.mv - wanted).max() < 1e-5


def test_samples_lie_where_the_page_has_ink():
    drawn = drawn_record(record_of(MV))
    for trace in drawn.traces:
        column = np.rint(trace.origin_px[0] + np.arange(trace.mv.size) * trace.px_per_sample).astype(int)
        row = np.rint(trace.origin_px[1] - trace.mv * trace.px_per_mv).astype(int)
        assert np.median(drawn.rgb[row, column].max(axis=1)) < 80, trace.key


def test_five_seconds_are_drawn_at_twice_the_speed():
    drawn = drawn_record(record_of(MV[:, :2500]))
    strip = next(trace for trace in drawn.traces if trace.is_strip)
    assert strip.mv.size == 2500
    assert drawn.px_per_s == pytest.approx(50 * 200 / 25.4)


def test_columns_of_five_seconds_are_drawn_as_such():
    mv = MV.copy()
    mv[:6, 2500:], mv[6:, :2500] = np.nan, np.nan
    drawn = drawn_record(record_of(mv))
    assert {trace.mv.size for trace in drawn.traces} == {2500}
    assert len(drawn.traces) == 12


def test_tall_waves_are_drawn_at_half_the_gain_and_outliers_cut():
    tall = drawn_record(record_of(MV * 4))
    assert tall.traces[0].px_per_mv == pytest.approx(5 * 200 / 25.4)
    spiked = MV.copy()
    spiked[:, 1000] = 1e9
    assert max(float(np.nanmax(trace.mv)) for trace in drawn_record(record_of(spiked)).traces) <= 8


def test_noise_and_leads_without_samples_are_refused():
    noise = np.random.default_rng(0).normal(0, 5, MV.shape)
    with pytest.raises(EcgImageError) as caught:
        drawn_record(record_of(noise))
    assert caught.value.code == "not_an_ecg"
    torn = MV.copy()
    torn[9, 300:] = np.nan
    with pytest.raises(EcgImageError, match="recorded of V4") as caught:
        drawn_record(record_of(torn))
    assert caught.value.code == "not_12_lead"
