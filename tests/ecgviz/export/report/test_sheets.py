"""The sheets of traces: every sample at its place on the paper, every lead on a sheet, no sheet too large."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.export.report import sheets as sheets_of
from ecgviz.export.report.sheets import CLIPPED, HIGHEST_MM, UNITS_MM, WIDTH_MM, ZERO_MM, sheets
from preprocessing.traces import RATE_HZ
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample for sample in samples()}
NAMES = ["edan_normal", "flutter_12x1", "rbbb_cabrera", "normal_50mm"]


@pytest.fixture(scope="module", params=NAMES)
def study(request):
    return study_of(request.param)


def lasting(study, seconds):
    """The study with every trace drawn out to so many seconds from its start."""
    samples_n = round(seconds * RATE_HZ)
    traces = tuple(replace(trace, mv=np.resize(trace.mv, samples_n)) for trace in study.traces)
    return replace(study, traces=traces)


def test_sheets_fit_on_a4_and_hold_every_lead_once(study):
    drawn = sheets(study)
    for sheet in drawn:
        assert sheet.width == WIDTH_MM * UNITS_MM
        assert sheet.height <= HIGHEST_MM * UNITS_MM
        for line in (*sheet.traces, *sheet.pulses, *sheet.borders):
            assert line.dtype.kind == "i"
            assert line.min() >= 0
            assert line[:, 0].max() <= sheet.width
            assert line[:, 1].max() <= sheet.height
    names = [label.text for sheet in drawn for label in sheet.names]
    assert len(names) == len(set(names)) == len(study.traces)


def test_rows_are_distributed_evenly(study):
    drawn = sheets(study)
    rows = [len(sheet.pulses) for sheet in drawn]
    assert sum(rows) == study.layout.form.rows
    assert max(rows) - min(rows) <= 2


def test_a_pulse_is_a_millivolt_high_and_a_fifth_of_a_second_wide(study):
    for sheet in sheets(study):
        for pulse in sheet.pulses:
            x, y = pulse.T
            assert np.ptp(y) == 10 * UNITS_MM
            assert np.ptp(x[y == y.min()]) == 5 * UNITS_MM


def test_every_sample_lies_at_its_second_and_its_millivolt(study):
    """Where a line bends there is a sample; its place says the time and the voltage that the trace has."""
    (sheet, *_) = sheets(study)
    rows = [np.unique(pulse[:, 1])[-1] for pulse in sheet.pulses]
    trace = study.traces[0]
    first = sheet.traces[0]
    seconds = (first[:, 0] / UNITS_MM - ZERO_MM) / 25
    samples_at = np.rint((seconds - trace.start_s) * RATE_HZ).astype(int)
    assert np.abs(seconds - trace.start_s - samples_at / RATE_HZ).max() <= 0.006 / 25
    mv = (rows[0] - first[:, 1]) / UNITS_MM / 10
    assert np.allclose(mv, trace.mv[samples_at], atol=0.0006)


def test_dropped_points_lie_on_the_line():
    points = np.array([(0, 0), (5, 1), (10, 2), (15, 2), (20, 2), (25, 9)])
    kept = sheets_of._without_collinear(points)
    assert kept.tolist() == [[0, 0], [10, 2], [20, 2], [25, 9]]
    assert np.array_equal(np.interp(points[:, 0], *kept.T), points[:, 1])


def test_a_gap_is_a_gap_and_a_lone_sample_is_a_dot():
    mm = np.array([0.0, 1.0, np.nan, 2.0, np.nan, np.nan])
    lines = sheets_of.polylines(mm, 0.0, 10.0)
    assert [line.tolist() for line in lines] == [[[0, 1000], [5, 900]], [[15, 800], [15, 800]]]
    assert sheets_of.polylines(np.full(4, np.nan), 0.0, 10.0) == []


@pytest.mark.parametrize(("seconds", "parts"), [(10.0, 1), (10.4, 1), (12.5, 2), (20.4, 2), (31.0, 4)])
def test_a_longer_page_runs_on_from_sheet_to_sheet(seconds, parts):
    study = lasting(study_of("flutter_12x1"), seconds)
    drawn = sheets(study)
    begins = [int(sheet.seconds[0].text.split()[0]) for sheet in drawn]
    assert sorted(set(begins)) == [10 * part for part in range(parts)]
    shown = sum(np.ptp(line[:, 0]) for sheet in drawn for line in sheet.traces) / UNITS_MM / 25
    # At each turn of a sheet a step of one sample is not drawn.
    assert shown == pytest.approx(12 * seconds, abs=12 * parts * 3 / RATE_HZ)


def test_clipped_parts_are_mentioned(study):
    huge = tuple(replace(trace, mv=trace.mv * 40) for trace in study.traces)
    drawn = sheets(replace(study, traces=huge))
    assert any(CLIPPED in sheet.words for sheet in drawn)
    assert all(line[:, 1].min() >= 0 for sheet in drawn for line in sheet.traces)
    assert not any(CLIPPED in sheet.words for sheet in sheets(study))


def test_a_report_without_any_ink_still_has_its_paper(study):
    empty = tuple(replace(trace, mv=np.full_like(trace.mv, np.nan)) for trace in study.traces)
    drawn = sheets(replace(study, traces=empty))
    assert not any(sheet.traces for sheet in drawn)
    assert sum(len(sheet.names) for sheet in drawn) == len(study.traces)
