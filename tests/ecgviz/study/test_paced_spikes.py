"""Pacing spikes: seen where they stand before beats on drawn pages, and not in beats without a pacemaker."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from ecgviz.study import Study, open_study
from ecgviz.study.paced_measuring import without_spikes
from ecgviz.study.paced_spikes import PACED, spikes
from ecgviz.words.first_line import PACED as PACED_WORDS
from ecgviz.words.first_line import first_line
from models.serving import predictor
from preprocessing.traces import RATE_HZ
from sample_images import Recording, draw_page, edan_style, project, simulate, twelve_leads
from tests.conftest import fixed_prediction
from tests.studies import study_of

DIPOLE_MV = np.array([0.9, -1.2, 0.9])
BROAD = "left-bundle-branch-block"
# Before the R wave: at the onset of a broad complex, and before the P wave.
VENTRICULAR_S, ATRIAL_S = 0.09, 0.25


def spiked(recording: Recording, *before_s: float) -> Recording:
    """Return a recording with spikes of one sample, 2 ms, before each R wave."""
    dipole = np.zeros((3, recording.signals_mv.shape[1]))
    for wait_s in before_s:
        at = np.rint((np.array(recording.r_times_s) - wait_s) * recording.rate_hz).astype(int)
        dipole[:, at[(at >= 0) & (at < dipole.shape[1])]] = DIPOLE_MV[:, None]
    return replace(recording, signals_mv=recording.signals_mv + twelve_leads(project(dipole)))


def read(recording: Recording) -> Study:
    """Draw a recording as a recorder prints it, and read it."""
    file = BytesIO()
    Image.fromarray(draw_page(recording, edan_style()).image).save(file, "PNG")
    return open_study(file.getvalue(), with_models=False)


@pytest.mark.parametrize("before_s", [(VENTRICULAR_S,), (VENTRICULAR_S, ATRIAL_S)], ids=["ventricle", "both"])
def test_spikes_before_broad_beats_are_seen_and_said(before_s):
    study = read(spiked(simulate(BROAD, seed=3), *before_s))
    assert study.is_paced
    assert PACED in study.notices
    assert study.forbids_prediction == (PACED.code,)
    assert study.trust.reasons == ()
    rhythm = first_line(study.measurements, study.trust, study.is_paced)[1]
    assert rhythm.value == f"Regular, {PACED_WORDS}"
    assert rhythm.outside == "paced"
    assert study.measurements.qrs_ms.value < 190


def test_no_network_over_reports_predicts_a_paced_one(monkeypatch):
    given = []

    def networks(traces, beats, doubts=(), pictures=None, baselines=True):
        given.append(doubts)
        return fixed_prediction(traces, beats)

    monkeypatch.setattr(predictor, "networks", lambda: networks)
    study = replace(study_of("edan_lbbb"))
    study.__dict__["is_paced"] = True
    assert study.prediction.findings is not None
    assert given == [(PACED.code,)]


@pytest.mark.parametrize("name", ["edan_lbbb", "edan_normal", "edan_af", "rbbb_cabrera", "pvc_6x2"])
def test_beats_without_a_pacemaker_show_no_spikes(name):
    study = study_of(name)
    assert not study.is_paced
    assert PACED not in study.notices
    assert PACED_WORDS not in first_line(study.measurements, study.trust, study.is_paced)[1].value


def test_a_narrow_deflection_is_a_spike_and_a_p_wave_is_none():
    times_s = np.arange(2 * RATE_HZ) / RATE_HZ
    wave = 0.25 * np.exp(-(((times_s - 0.5) / 0.03) ** 2))
    narrow = 0.3 * np.exp(-(((times_s - 1.2) / 0.004) ** 2))
    assert spikes(wave).size == 0
    assert spikes(wave + narrow).tolist() == [600]
    assert spikes(wave - narrow).tolist() == [600]
    hidden = wave + narrow
    hidden[595:598] = np.nan
    assert spikes(hidden).size == 0
    assert spikes(np.full(100, np.nan)).size == 0


def test_spikes_are_bridged_in_every_lead_and_nothing_else_is_changed():
    study = study_of("edan_lbbb")
    traces, found = study.traces, study.measurements
    drawn = []
    for trace, start_s in zip(traces, found.beats.clock_s, strict=True):
        mv = trace.mv.copy()
        at = np.rint((found.beat.at_s - VENTRICULAR_S - start_s) * RATE_HZ).astype(int)
        at = at[(at > 30) & (at < mv.size - 30)]
        mv[at] += 1
        drawn.append(replace(trace, mv=mv))
    cleaned = without_spikes(drawn, found, np.array([-1000 * VENTRICULAR_S]))
    for before, spiky, after in zip(traces, drawn, cleaned, strict=True):
        spike = spiky.mv != before.mv
        far = ~np.convolve(spike, np.ones(17), "same").astype(bool)
        np.testing.assert_array_equal(after.mv[far], before.mv[far])
        assert not spike.any() or np.nanmax(np.abs(after.mv - before.mv)[spike]) < 0.5
