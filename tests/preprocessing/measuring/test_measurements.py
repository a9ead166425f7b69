"""Measurements: correct if a beat can be measured, None with a reason if not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.leads import Layout, LeadBox
from preprocessing.measuring.heart_beats import HeartBeats
from preprocessing.measuring.measurements import bazett_ms, counted_intervals, fridericia_ms, measure
from preprocessing.measuring.rhythm import IRREGULAR
from preprocessing.page import Page
from preprocessing.traces import RATE_HZ, trace_leads
from sample_images import LEADS, RHYTHMS, draw_page, edan_style, simulate
from tests.printed_traces import printed, trace

INTERVALS = ("pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "qtc_fridericia_ms")
AXES = ("p_axis_deg", "axis_deg", "t_axis_deg")
# In drawn rhythms QT follows the interval before each beat: if that changes, there is no single QT.
STEADY = [
    name
    for name, rhythm in RHYTHMS.items()
    if rhythm.beat and not rhythm.early and rhythm.rr_spread < 0.1 and name not in ("ventricular-tachycardia",)
]


def values(measured):
    return {name: one.value for name, one in measured.values.items()}


@pytest.mark.parametrize("rhythm", STEADY)
def test_a_steady_rhythm_is_measured(rhythm):
    recording, drawn = simulate(rhythm, seed=3), RHYTHMS[rhythm].beat
    measured = measure(printed(recording, "3x4+1"))
    found = values(measured)
    assert found["heart_rate_bpm"] == pytest.approx(recording.heart_rate_bpm, abs=2)
    assert found["rhythm"] == "regular"
    # The complex of a drawn block runs into its ST segment without a bend.
    assert found["qrs_ms"] == pytest.approx(1000 * drawn.qrs_s, abs=40 if rhythm == "left-bundle-branch-block" else 14)
    if drawn.p_mv is None:
        assert found["pr_ms"] is None
        assert "P wave" in measured.pr_ms.reason
    else:
        assert found["pr_ms"] == pytest.approx(1000 * drawn.pr_s, abs=22)
    if rhythm != "atrial-flutter":
        rr_s = 60 / found["heart_rate_bpm"]
        # The wave is drawn to two standard deviations; its tail is measured a little longer.
        assert found["qt_ms"] == pytest.approx(1000 * (0.39 * rr_s ** (1 / 3) + drawn.qrs_s - 0.09) + 18, abs=25)
        assert found["qtc_ms"] == pytest.approx(bazett_ms(found["qt_ms"], rr_s))
        assert found["qtc_fridericia_ms"] == pytest.approx(fridericia_ms(found["qt_ms"], rr_s))


def test_atrial_fibrillation_has_no_p_wave_and_no_regular_rhythm():
    measured = measure(printed(simulate("atrial-fibrillation", seed=4), "12x1"))
    assert measured.rhythm.value == "irregular"
    assert measured.rr_spread_ms.value > 80
    assert measured.pr_ms.value is None
    assert measured.p_axis_deg.value is None
    assert measured.qrs_ms.value == pytest.approx(90, abs=12)


def test_early_beats_are_reported_and_not_measured():
    measured = measure(printed(simulate("premature-ventricular-beats", seed=0), "3x4+1"))
    assert measured.rhythm.value == "regular with early or missed beats"
    assert measured.qrs_ms.value == pytest.approx(90, abs=12)


def test_a_tachycardia_without_baseline_has_a_rate_and_no_intervals():
    measured = measure(printed(simulate("ventricular-tachycardia", seed=1), "3x4+1"))
    assert measured.heart_rate_bpm.value == pytest.approx(170, abs=3)
    for name in (*INTERVALS, *AXES):
        assert values(measured)[name] is None
        assert "distinct" in measured.values[name].reason


@pytest.mark.parametrize(
    ("traces", "reason"),
    [
        (printed(simulate("ventricular-fibrillation", seed=2), "6x2"), "there are no distinct QRS complexes"),
        ([trace(np.full(5000, np.nan), lead) for lead in LEADS], "no trace could be read"),
        ([trace(np.zeros(5000), lead) for lead in LEADS], "the leads are flat"),
        ([], "no trace could be read"),
    ],
    ids=["fibrillation", "unread", "flat", "none"],
)
def test_without_beats_every_measurement_gives_the_reason(traces, reason):
    for name, one in measure(traces).values.items():
        assert (one.value, one.reason) == (None, reason), name
        assert one.rests_on


def test_one_lead_alone_gives_a_rate_and_no_intervals():
    measured = measure([trace(simulate(seed=1).lead("II"))])
    assert measured.heart_rate_bpm.value == pytest.approx(70, abs=2)
    assert "only 1 of the leads" in measured.qrs_ms.reason


@settings(max_examples=5)
@given(st.floats(0.4, 3), st.integers(-1000, 1000))
def test_neither_gain_nor_level_changes_a_time(gain, level_uv):
    recording = simulate("normal-sinus", seed=5)
    plain = measure(printed(recording, "3x4+1"))
    signals = (recording.signals_mv * gain + level_uv / 1000).astype(np.float32)
    other = measure(printed(replace(recording, signals_mv=signals), "3x4+1"))
    for name in ("heart_rate_bpm", "pr_ms", "qrs_ms", "qt_ms"):
        assert values(other)[name] == pytest.approx(values(plain)[name], abs=4.1), name
    for name in AXES:
        assert values(other)[name] == pytest.approx(values(plain)[name], abs=4), name


@settings(max_examples=5)
@given(st.integers(0, 400))
def test_a_later_start_changes_little(samples):
    recording = simulate("normal-sinus", seed=6, duration_s=11)
    one = measure(printed(recording, "12x1"))
    later = measure(printed(replace(recording, signals_mv=recording.signals_mv[:, samples:]), "12x1"))
    assert values(later)["heart_rate_bpm"] == pytest.approx(values(one)["heart_rate_bpm"], abs=2)
    for name in ("pr_ms", "qrs_ms", "qt_ms"):
        assert values(later)[name] == pytest.approx(values(one)[name], abs=8), name


@settings(max_examples=12)
@given(st.data())
def test_gaps_raise_no_error_and_give_only_finite_values(data):
    rhythm = data.draw(st.sampled_from(sorted(RHYTHMS)))
    traces = []
    for one in printed(simulate(rhythm, seed=7), data.draw(st.sampled_from(["3x4+1", "6x2", "3x4"]))):
        mv = one.mv.copy()
        for _ in range(data.draw(st.integers(0, 3))):
            start = data.draw(st.integers(0, mv.size))
            mv[start : start + data.draw(st.integers(1, mv.size))] = np.nan
        traces.append(replace(one, mv=mv, quality=float(np.isfinite(mv).mean())))
    for name, one in measure(traces).values.items():
        assert (one.value is None) == (one.reason is not None), name
        assert one.value is None or isinstance(one.value, str) or np.isfinite(one.value), name


def test_a_drawn_page_has_the_measurements_of_its_recording():
    recording, style = simulate("normal-sinus", seed=2), edan_style()
    drawing = draw_page(recording, style)
    page = Page(drawing.image, style.px_per_mm, style.px_per_mm, "grid", style.speed_mm_s, style.gain_mm_mv)
    boxes = [
        LeadBox(lead.lead, lead.role, *lead.quad[0].tolist(), *lead.quad[2].tolist(), lead.start_s)
        for lead in drawing.leads
    ]
    read = values(measure(trace_leads(page, Layout("3x4+1", 1.0, tuple(boxes)))))
    true = values(measure(printed(recording, "3x4+1")))
    assert read["heart_rate_bpm"] == pytest.approx(true["heart_rate_bpm"], abs=1)
    for name, reach in (("pr_ms", 15), ("qrs_ms", 12), ("qt_ms", 20), ("axis_deg", 8)):
        assert read[name] == pytest.approx(true[name], abs=reach), name


def test_times_are_on_the_grid_of_the_samples():
    measured = measure(printed(simulate("normal-sinus", seed=1), "3x4+1"))
    assert measured.qrs_ms.value % (1000 / RATE_HZ) == 0
    assert "beats in 12 leads" in measured.qrs_ms.rests_on
    assert "beats in 6 limb leads" in measured.axis_deg.rests_on
    assert "intervals" in measured.heart_rate_bpm.rests_on


def test_an_irregular_rhythm_counts_the_intervals_in_which_a_beat_may_hide_too():
    found = HeartBeats(np.array([0.0, 0.5, 1.3, 1.8]), (0.0,), hidden=np.array([False, True, False]))
    assert counted_intervals(found, IRREGULAR).size == 3
    assert counted_intervals(found, "regular").tolist() == pytest.approx([0.5, 0.5])
