"""The simulated heart: identities, seeds, rates, and the signs of each rhythm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_images import CLASSES, LEADS, QUIET, RHYTHMS, Recording, simulate

BEATING = [name for name, rhythm in RHYTHMS.items() if rhythm.rate_bpm is not None]
EVEN = [name for name in BEATING if RHYTHMS[name].early is None and name != "atrial-fibrillation"]


def clean(rhythm: str, seed: int = 5, **wishes: float) -> Recording:
    return simulate(rhythm, seed=seed, noise=QUIET, **wishes)


def level_mv(recording: Recording, lead: str, after_r_s: float) -> float:
    """Median level of a lead at a time from R, above the level just before the QRS."""
    signal, rate = recording.lead(lead), recording.rate_hz
    inner = [r for r in recording.r_times_s if 0.3 < r < recording.duration_s - 0.6]
    at = np.array([round((r + after_r_s) * rate) for r in inner])
    base = np.array([round((r - 0.06) * rate) for r in inner])
    return float(np.median(signal[at] - signal[base]))


@settings(max_examples=12, deadline=None)
@given(rhythm=st.sampled_from(list(RHYTHMS)), seed=st.integers(0, 2**32 - 1))
def test_limb_leads_keep_their_identities(rhythm: str, seed: int) -> None:
    i, ii, iii, avr, avl, avf = simulate(rhythm, seed=seed, duration_s=3).signals_mv[:6]
    np.testing.assert_allclose(ii, i + iii, atol=1e-12)
    np.testing.assert_allclose(avr + avl + avf, 0, atol=1e-12)


@settings(max_examples=8, deadline=None)
@given(rhythm=st.sampled_from(list(RHYTHMS)), seed=st.integers(0, 2**32 - 1))
def test_a_seed_determines_the_recording(rhythm: str, seed: int) -> None:
    first, again, other = (simulate(rhythm, seed=s, duration_s=3) for s in (seed, seed, seed + 1))
    np.testing.assert_array_equal(first.signals_mv, again.signals_mv)
    assert not np.array_equal(first.signals_mv, other.signals_mv)


@settings(max_examples=30, deadline=None)
@given(rhythm=st.sampled_from(EVEN), rate_bpm=st.floats(35, 180), seed=st.integers(0, 999))
def test_the_rate_is_the_requested_one(rhythm: str, rate_bpm: float, seed: int) -> None:
    recording = clean(rhythm, seed, heart_rate_bpm=rate_bpm)
    assert recording.heart_rate_bpm == pytest.approx(rate_bpm, rel=0.05)


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_shape_class_and_size(rhythm: str) -> None:
    recording = simulate(rhythm, seed=7)
    assert recording.signals_mv.shape == (len(LEADS), 5000)
    assert recording.rate_hz == 500
    assert recording.label in CLASSES
    height_mv = np.ptp(recording.signals_mv, axis=1)
    assert height_mv.min() > 0.15
    assert height_mv.max() < 4.5


def test_each_class_has_a_rhythm() -> None:
    assert {rhythm.label for rhythm in RHYTHMS.values()} == set(CLASSES)


def test_fibrillating_ventricles_have_no_rate() -> None:
    recording = simulate("ventricular-fibrillation", heart_rate_bpm=90)
    assert recording.heart_rate_bpm is None
    assert recording.r_times_s == ()


def test_only_fibrillating_atria_are_irregular_throughout() -> None:
    spread = {
        name: np.std(np.diff(r)) / np.mean(np.diff(r))
        for name in (*EVEN, "atrial-fibrillation")
        for r in [clean(name).r_times_s]
    }
    assert spread.pop("atrial-fibrillation") > 0.1
    assert max(spread.values()) < 0.05


@pytest.mark.parametrize("rhythm", ["premature-atrial-beats", "premature-ventricular-beats"])
def test_premature_beats_come_early_and_pause(rhythm: str) -> None:
    intervals_s = np.diff(clean(rhythm).r_times_s)
    early = int(np.argmin(intervals_s[:-1]))
    assert intervals_s[early] < 0.75 * np.median(intervals_s)
    assert intervals_s[early + 1] > 1.05 * np.median(intervals_s)


def test_r_waves_grow_across_the_chest() -> None:
    recording = clean("normal-sinus")
    r_mv = [recording.lead(lead).max() for lead in ("V1", "V2", "V3", "V4")]
    assert r_mv == sorted(r_mv)
    assert r_mv[0] < -recording.lead("V1").min()
    assert recording.lead("V6").max() > 3 * -recording.lead("V6").min()


@pytest.mark.parametrize(
    ("rhythm", "raised", "lowered"),
    [
        ("acute-anterior-infarction", ("V2", "V3", "V4"), ("III", "aVF")),
        ("acute-inferior-infarction", ("II", "III", "aVF"), ("aVL", "V2")),
    ],
)
def test_acute_infarction_raises_st_with_reciprocal_depression(
    rhythm: str, raised: tuple[str, ...], lowered: tuple[str, ...]
) -> None:
    recording = clean(rhythm)
    assert all(level_mv(recording, lead, 0.12) >= 0.1 for lead in raised)
    assert all(level_mv(recording, lead, 0.12) <= -0.05 for lead in lowered)


@pytest.mark.parametrize(
    ("rhythm", "leads"),
    [("old-anterior-infarction", ("V2", "V3")), ("old-inferior-infarction", ("III", "aVF"))],
)
def test_old_infarction_leaves_q_and_inverted_t(rhythm: str, leads: tuple[str, ...]) -> None:
    recording = clean(rhythm)
    for lead in leads:
        assert level_mv(recording, lead, -0.026) < -0.1
        assert level_mv(recording, lead, 0.27) < -0.05
        assert abs(level_mv(recording, lead, 0.12)) < 0.1


def test_blocks_are_broad_and_point_to_their_side() -> None:
    assert level_mv(clean("right-bundle-branch-block"), "V1", 0.058) > 0.4
    left = clean("left-bundle-branch-block")
    assert level_mv(left, "V1", 0.04) < -0.6
    assert level_mv(left, "V6", 0.04) > 0.4
    assert abs(level_mv(clean("normal-sinus"), "V1", 0.06)) < 0.1


def test_first_degree_block_delays_the_beat() -> None:
    assert level_mv(clean("first-degree-block"), "II", -0.26) > 0.05
    assert abs(level_mv(clean("normal-sinus"), "II", -0.26)) < 0.03


def test_repolarisation_shortens_with_the_rate() -> None:
    def t_peak_s(rate_bpm: float) -> float:
        recording = clean("normal-sinus", heart_rate_bpm=rate_bpm)
        first = round(recording.r_times_s[1] * 500) + 50
        return float(np.argmax(recording.lead("V5")[first : first + 150])) / 500

    assert t_peak_s(120) < t_peak_s(60) < t_peak_s(45)


@pytest.mark.parametrize("wish", [{"rhythm": "waltz"}, {"heart_rate_bpm": 5}, {"heart_rate_bpm": 900}])
def test_impossible_requests_are_refused(wish: dict) -> None:
    with pytest.raises(ValueError, match=r"no rhythm|heart rate"):
        simulate(**wish)


@pytest.mark.parametrize(("shape", "rate_hz"), [((11, 100), 500), ((12,), 500), ((12, 1), 500), ((12, 100), 0)])
def test_arrays_of_other_shapes_are_refused(shape: tuple[int, ...], rate_hz: float) -> None:
    with pytest.raises(ValueError, match=r"shape|rate"):
        Recording.from_array(np.zeros(shape), rate_hz)
