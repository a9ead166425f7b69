"""The estimate of how well each lead was read: its signs on pages read well and badly, and the doubt it leads to."""

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.leads import find_leads
from preprocessing.page import find_page
from preprocessing.traces import trace_leads
from preprocessing.trust import LEAD_SNR, SIGNS, doubted_leads, estimated_snr_db, lead_signs
from sample_images import draw_page, edan_style, simulate


@pytest.fixture(scope="module")
def read():
    """Return a drawn page as it is read."""
    page, layout = find_leads(find_page(draw_page(simulate("normal-sinus", seed=3), edan_style()).image))
    return page, layout, trace_leads(page, layout)


def sign(signs, name):
    return signs[:, SIGNS.index(name)]


def altered(traces, key, change):
    return tuple(replace(trace, mv=change(trace.mv)) if trace.key == key else trace for trace in traces)


def test_every_lead_has_every_sign(read):
    signs = lead_signs(*read)
    assert signs.shape == (13, len(SIGNS))
    assert np.isfinite(signs).all()
    assert (sign(signs, "trace along the path") > 0.6).all()
    assert (sign(signs, "limb leads' laws, dB") > 15).all()
    assert (sign(signs, "scale not from the grid") == 0).all()


def test_a_path_beside_the_trace_is_seen(read):
    page, layout, traces = read
    shifted = altered(traces, "V2", lambda mv: mv + 0.4)
    before, after = lead_signs(page, layout, traces), lead_signs(page, layout, shifted)
    at = [trace.key for trace in traces].index("V2")
    assert sign(after, "trace along the path")[at] < 0.5 * sign(before, "trace along the path")[at]
    assert (
        sign(after, "trace ink of its box on no path")[at] > sign(before, "trace ink of its box on no path")[at] + 0.3
    )
    assert estimated_snr_db(page, layout, shifted)[at] < estimated_snr_db(page, layout, traces)[at] - 3


def test_limb_leads_that_break_the_laws_are_seen(read):
    page, layout, traces = read
    other = altered(traces, "III", lambda mv: -2 * mv)
    laws = sign(lead_signs(page, layout, other), "limb leads' laws, dB")
    keys = [trace.key for trace in traces]
    broken, holding = (
        [laws[keys.index(key)] for key in group] for group in (("I", "II", "III"), ("aVR", "aVL", "aVF"))
    )
    assert max(broken) < min(holding) - 5


def test_a_strip_unlike_its_lead_is_seen(read):
    page, layout, traces = read
    assert sign(lead_signs(page, layout, traces), "strip against lead, dB").min() > 15
    late = altered(traces, "II_rhythm", lambda mv: np.roll(mv, 60))
    assert sign(lead_signs(page, layout, late), "strip against lead, dB").max() < 10


def test_what_was_not_read_leaves_every_sign_finite(read):
    page, layout, traces = read
    unread = tuple(replace(trace, mv=np.full_like(trace.mv, np.nan), quality=0.0) for trace in traces)
    signs = lead_signs(page, layout, unread)
    assert np.isfinite(signs).all()
    assert (sign(signs, "share read") == 0).all()
    assert doubted_leads(unread, estimated_snr_db(page, layout, unread)) == ()


def test_a_page_read_well_has_no_doubted_lead(read):
    page, layout, traces = read
    snr_db = estimated_snr_db(page, layout, traces)
    assert min(snr_db) > LEAD_SNR.doubted_db
    assert doubted_leads(traces, snr_db) == ()


def test_doubted_leads_are_named(read):
    traces = read[2]
    snr_db = [0.0 if trace.key in ("V1", "II_rhythm") else 20.0 for trace in traces]
    (notice,) = doubted_leads(traces, snr_db)
    assert notice.code == "lead_doubted"
    assert notice.message.startswith("May be misread: V1, II strip.")
    assert "all leads" in doubted_leads(traces, [0.0] * len(traces))[0].message


def test_no_leads_have_no_estimate(read):
    assert estimated_snr_db(read[0], read[1], ()) == ()
