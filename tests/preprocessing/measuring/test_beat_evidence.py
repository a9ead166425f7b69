"""Evidence of beats in all leads combined."""

import numpy as np

from preprocessing.measuring.beat_evidence import beat_evidence, steep_leads
from preprocessing.traces import RATE_HZ
from sample_images import simulate
from tests.printed_traces import printed, trace

RECORDING = simulate("normal-sinus", seed=1)


def starts(traces):
    return [one.start_s for one in traces]


def test_evidence_is_high_at_beats_and_low_between():
    traces = printed(RECORDING, "12x1")
    evidence = beat_evidence(steep_leads(traces), starts(traces))
    at = np.rint(np.array([r_s for r_s in RECORDING.r_times_s if 0.3 < r_s < 9.7]) * RATE_HZ).astype(int)
    assert evidence[at].min() > 4 * np.median(evidence)
    assert evidence.size == 5000


def test_a_wave_in_one_lead_alone_is_no_beat():
    signals = RECORDING.signals_mv.copy()
    signals[3, 1900:1910] += 20
    traces = tuple(trace(mv, f"V{number}") for number, mv in enumerate(signals))
    beats = beat_evidence(steep_leads(printed(RECORDING, "12x1")), [0.0] * 12)
    disturbed = beat_evidence(steep_leads(traces), starts(traces))
    assert disturbed[1880:1930].max() < 0.4 * beats.max()


def test_unread_and_flat_leads_do_not_count():
    mv = RECORDING.lead("II")
    alone = beat_evidence(steep_leads([trace(mv)]), [0.0])
    unread, flat = trace(np.full(5000, np.nan), "I"), trace(np.full(5000, 0.2), "V1")
    assert steep_leads([unread])[0].height_mv == 0
    assert np.allclose(beat_evidence(steep_leads([trace(mv), unread, flat]), [0.0] * 3), alone)


def test_a_gap_is_not_steep():
    mv = RECORDING.lead("II").copy()
    mv[1000:1400] = np.nan
    assert not steep_leads([trace(mv)])[0].steepness[1100:1300].any()
