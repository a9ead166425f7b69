"""Beats are cut in place, in millivolts; rhythm features say how their timing differs from the usual."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.recordings import (
    AAMI,
    RATIO_LIMITS,
    RHYTHM_FEATURES,
    beat_windows,
    read_record,
    read_recordings,
    rhythm_at,
    rhythm_features,
    rhythm_of_beats,
)
from tests import tiny_beats

# The features of a beat in a regular rhythm.
REGULAR = np.array([0] * 8 + [1.0])
INTERVALS_S = st.lists(st.floats(0.3, 2.0), min_size=3, max_size=40)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_beats.mitbih(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def recordings(data):
    return read_recordings(data)


def test_records_are_read_in_millivolts_with_their_beats(recordings):
    assert recordings.mv.shape == (4, tiny_beats.BEATS * tiny_beats.EVERY)
    assert recordings.mv.dtype == np.float32
    assert recordings.rate_hz == 360
    # Away from its beats each record of the stand-in lies a tenth of a millivolt above the one before.
    np.testing.assert_allclose(recordings.mv[:, 0], [0, 0.1, 0.2, 0.3], atol=0.0026)
    peaks_mv = recordings.mv[recordings.record, recordings.sample] - 0.1 * recordings.record
    for symbol, height_mv in zip(sorted(tiny_beats.AAMI_OF), 0.4 + 0.2 * np.arange(6), strict=True):
        np.testing.assert_allclose(peaks_mv[recordings.symbol == symbol], height_mv, atol=0.003)


@pytest.mark.parametrize("name", tiny_beats.RECORDS)
def test_one_record_alone_is_as_among_all(data, recordings, name):
    mv, rate_hz = read_record(data, name)
    np.testing.assert_array_equal(mv, recordings.mv[recordings.names.tolist().index(name)])
    assert (mv.dtype, rate_hz) == (np.float32, recordings.rate_hz)


def test_each_symbol_has_its_class(recordings):
    classes = {
        symbol: {AAMI[one] for one in recordings.label[recordings.symbol == symbol]} for symbol in tiny_beats.AAMI_OF
    }
    assert classes == {symbol: {class_} for symbol, class_ in tiny_beats.AAMI_OF.items()}
    assert recordings.ds1.tolist() == list(tiny_beats.DS1)
    assert recordings.ds2.tolist() == list(tiny_beats.DS2)


def test_a_window_has_its_r_wave_after_the_time_before_it(recordings):
    beats = np.array([3, 60, 100])
    cut = beat_windows(recordings, beats, 100, 50)
    assert cut.shape == (3, 36 + 18)
    np.testing.assert_array_equal(cut[:, 36], recordings.mv[recordings.record[beats], recordings.sample[beats]])
    record, sample = recordings.record[60], recordings.sample[60]
    np.testing.assert_array_equal(cut[1], recordings.mv[record, sample - 36 : sample + 18])


def test_beyond_a_records_ends_its_edge_values_are_repeated(recordings):
    last = tiny_beats.BEATS - 1
    first_cut, last_cut = beat_windows(recordings, np.array([0, last]), 1000, 1000)
    assert (first_cut[: 360 - recordings.sample[0]] == recordings.mv[0, 0]).all()
    assert (last_cut[360 + recordings.mv.shape[1] - recordings.sample[last] :] == recordings.mv[0, -1]).all()
    assert first_cut[360] == recordings.mv[0, recordings.sample[0]]


@settings(max_examples=20)
@given(st.floats(0.3, 2.0), st.integers(0, 60))
def test_features_of_a_regular_rhythm_are_zero(interval_s, beats_n):
    expected = np.tile(REGULAR if beats_n > 2 else 0 * REGULAR, (beats_n, 1))
    np.testing.assert_allclose(rhythm_features(interval_s * np.arange(beats_n)), expected, atol=1e-5)


@settings(max_examples=20)
@given(INTERVALS_S, st.floats(0.5, 2))
def test_a_faster_heart_with_the_same_rhythm_has_the_same_features(intervals_s, faster):
    beats_s = np.cumsum(intervals_s)
    found = rhythm_features(beats_s)
    assert found.dtype == np.float32
    assert (found >= np.log(RATIO_LIMITS[0]) - 1e-6).all()
    assert (found <= np.log(RATIO_LIMITS[1]) + 1e-6).all()
    np.testing.assert_allclose(rhythm_features(beats_s / faster), found, atol=1e-4)


def test_an_early_beat_with_its_pause_by_hand():
    intervals_s = np.full(20, 1.0)
    intervals_s[9:11] = 0.6, 1.4
    found = rhythm_features(np.concatenate([[0], np.cumsum(intervals_s)]))
    one_odd = [1 / 0.6, 1 / 1.4]
    # The upper quartile around is the usual interval, and so are both quartiles nearby.
    np.testing.assert_allclose(found[10], [*np.log([0.6, 1.4, 0.6, 1.4 / 0.6, *one_odd, 1, 1]), 1], atol=1e-5)
    # The last ten intervals of the next beat include the early one, but not its own.
    later = [1.4, 1, 1.4 / 0.96, 1 / 1.4, 0.6 / 1.4, 1, 1, 1]
    np.testing.assert_allclose(found[11], [*np.log(later), 1], atol=1e-5)
    assert found.shape == (21, len(RHYTHM_FEATURES))


def test_a_pause_is_clipped_to_the_largest_ratio():
    found = rhythm_features(np.array([0, 1, 2, 3, 30, 31, 32.0]))
    shortest, longest = np.log(RATIO_LIMITS)
    # Around it are intervals of 1, 1, 1, 27, 1 and 1 s, whose upper quartile is 1 s.
    np.testing.assert_allclose(found[4], [longest, 0, longest, shortest, shortest, 0, 0, 0, 1], atol=1e-5)


def test_an_irregular_rhythm_differs_from_one_early_beat_in_a_regular_one():
    one_early = np.full(40, 0.8)
    one_early[19:21] = 0.5, 1.1
    uneven = np.tile([0.5, 1.1, 0.8, 0.6, 1.0], 8)
    even, odd = (rhythm_features(np.concatenate([[0], np.cumsum(own)])) for own in (one_early, uneven))
    # The middle beat of each comes after 0.5 s and before 1.1 s, where 0.8 s is usual.
    np.testing.assert_allclose(even[20, :2], odd[21, :2], atol=1e-5)
    np.testing.assert_allclose(even[20, 6:8], 0, atol=1e-5)
    # The upper quartile is 1.0 s; the ten intervals nearby are 0.5 to 1.1 s, two of each.
    np.testing.assert_allclose(odd[21, 6:8], np.log([1.0 / 0.8, 0.6 / 1.0]), atol=1e-5)


def test_the_median_is_that_of_the_beats_around():
    # A hundred slow beats, then fifty fast ones: among fast beats the median is fast.
    found = rhythm_features(np.cumsum([1.0] * 100 + [0.5] * 50))
    np.testing.assert_allclose(found[[50, 140]], [REGULAR, REGULAR], atol=1e-5)
    # At the change the median is halfway.
    assert found[99, 1] == pytest.approx(np.log(0.5 / 0.75), abs=1e-5)


def test_rhythm_features_do_not_run_into_the_next_record(recordings):
    found = rhythm_of_beats(recordings)
    assert found.shape == (len(recordings.record), len(RHYTHM_FEATURES))
    # All beats of the stand-in are evenly spaced; from record to record the clock jumps back.
    np.testing.assert_allclose(found, np.tile(REGULAR, (len(found), 1)), atol=1e-5)


def test_a_wave_between_beats_has_rhythm_features_and_an_unknown_record_none(recordings):
    beats = recordings.sample[recordings.record == 1]
    early = beats[10] + (beats[11] - beats[10]) // 2
    found = rhythm_at(
        recordings, np.array(["101", "101", "no such record", ""]), np.array([early, beats[10], beats[10], -1])
    )
    np.testing.assert_allclose(found[0, :2], np.log([0.5, 0.5]), atol=0.01)
    np.testing.assert_allclose(found[1, :2], [0, np.log(0.5)], atol=0.01)
    assert (found[2:] == 0).all()


@pytest.mark.shared_data
@pytest.mark.slow
def test_the_database_has_the_counts_of_its_description(shared_data):
    real = read_recordings(shared_data)
    assert len(real.label) == 109_494
    assert real.mv.shape == (48, 650_000)
    assert -1024 / 200 <= real.mv.min() < real.mv.max() <= (2047 - 1024) / 200
    own = real.names[real.record]
    counts = {
        set_name: dict(zip(AAMI, np.bincount(real.label[np.isin(own, names)], minlength=5).tolist(), strict=True))
        for set_name, names in (("ds1", real.ds1), ("ds2", real.ds2))
    }
    assert counts["ds1"] == {"N": 45_866, "S": 944, "V": 3_788, "F": 415, "Q": 8}
    assert counts["ds2"] == {"N": 44_259, "S": 1_837, "V": 3_221, "F": 388, "Q": 7}
    assert not set(real.ds1) & set(real.ds2)
    assert not {"102", "104", "107", "217"} & (set(real.ds1) | set(real.ds2))
    # Nearly all beats of record 232 are premature, so that there they are the usual ones.
    early, usual = (real.symbol == "A") & (own != "232"), real.symbol == "N"
    before = rhythm_of_beats(real)[:, 0]
    assert np.median(before[early]) < -0.2
    assert abs(np.median(before[usual])) < 0.02
