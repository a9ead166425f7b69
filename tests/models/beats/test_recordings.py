"""Beats are cut where they are, in millivolts, and their rhythm says how their timing differs from the usual."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.recordings import AAMI, RHYTHM, SHARES, one_record, recordings, rhythm, rhythm_at, rhythm_of, strips
from tests import tiny_beats

# What is told of a beat that comes as usual.
NOTHING = np.array([0] * 8 + [1.0])
INTERVALS_S = st.lists(st.floats(0.3, 2.0), min_size=3, max_size=40)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_beats.mitbih(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def known(data):
    return recordings(data)


def test_records_are_read_in_millivolts_with_their_beats(known):
    assert known.mv.shape == (4, tiny_beats.BEATS * tiny_beats.EVERY)
    assert known.mv.dtype == np.float32
    assert known.rate_hz == 360
    # Away from its beats each record of the stand-in lies a tenth of a millivolt above the one before.
    np.testing.assert_allclose(known.mv[:, 0], [0, 0.1, 0.2, 0.3], atol=0.0026)
    peaks_mv = known.mv[known.record, known.sample] - 0.1 * known.record
    for symbol, height_mv in zip(sorted(tiny_beats.AAMI_OF), 0.4 + 0.2 * np.arange(6), strict=True):
        np.testing.assert_allclose(peaks_mv[known.symbol == symbol], height_mv, atol=0.003)


@pytest.mark.parametrize("name", tiny_beats.RECORDS)
def test_one_record_alone_is_as_among_all(data, known, name):
    mv, rate_hz = one_record(data, name)
    np.testing.assert_array_equal(mv, known.mv[known.names.tolist().index(name)])
    assert (mv.dtype, rate_hz) == (np.float32, known.rate_hz)


def test_each_symbol_has_its_class(known):
    told = {symbol: {AAMI[one] for one in known.label[known.symbol == symbol]} for symbol in tiny_beats.AAMI_OF}
    assert told == {symbol: {class_} for symbol, class_ in tiny_beats.AAMI_OF.items()}
    assert known.ds1.tolist() == list(tiny_beats.DS1)
    assert known.ds2.tolist() == list(tiny_beats.DS2)


def test_a_strip_has_its_beat_after_the_time_before_it(known):
    beats = np.array([3, 60, 100])
    cut = strips(known, beats, 100, 50)
    assert cut.shape == (3, 36 + 18)
    np.testing.assert_array_equal(cut[:, 36], known.mv[known.record[beats], known.sample[beats]])
    record, sample = known.record[60], known.sample[60]
    np.testing.assert_array_equal(cut[1], known.mv[record, sample - 36 : sample + 18])


def test_beyond_a_records_ends_its_last_value_goes_on(known):
    last = tiny_beats.BEATS - 1
    first_cut, last_cut = strips(known, np.array([0, last]), 1000, 1000)
    assert (first_cut[: 360 - known.sample[0]] == known.mv[0, 0]).all()
    assert (last_cut[360 + known.mv.shape[1] - known.sample[last] :] == known.mv[0, -1]).all()
    assert first_cut[360] == known.mv[0, known.sample[0]]


@settings(max_examples=20)
@given(st.floats(0.3, 2.0), st.integers(0, 60))
def test_a_steady_rhythm_says_nothing(interval_s, beats_n):
    expected = np.tile(NOTHING if beats_n > 2 else 0 * NOTHING, (beats_n, 1))
    np.testing.assert_allclose(rhythm_of(interval_s * np.arange(beats_n)), expected, atol=1e-5)


@settings(max_examples=20)
@given(INTERVALS_S, st.floats(0.5, 2))
def test_a_faster_heart_of_the_same_rhythm_is_told_the_same(intervals_s, faster):
    beats_s = np.cumsum(intervals_s)
    found = rhythm_of(beats_s)
    assert found.dtype == np.float32
    assert (found >= np.log(SHARES[0]) - 1e-6).all()
    assert (found <= np.log(SHARES[1]) + 1e-6).all()
    np.testing.assert_allclose(rhythm_of(beats_s / faster), found, atol=1e-4)


def test_an_early_beat_with_its_pause_by_hand():
    intervals_s = np.full(20, 1.0)
    intervals_s[9:11] = 0.6, 1.4
    found = rhythm_of(np.concatenate([[0], np.cumsum(intervals_s)]))
    one_odd = [1 / 0.6, 1 / 1.4]
    # A long interval of those around is as the usual one is, and so are those near by, but for the two odd ones.
    np.testing.assert_allclose(found[10], [*np.log([0.6, 1.4, 0.6, 1.4 / 0.6, *one_odd, 1, 1]), 1], atol=1e-5)
    # The next one's last ten have the early beat's interval among them, and its own not.
    later = [1.4, 1, 1.4 / 0.96, 1 / 1.4, 0.6 / 1.4, 1, 1, 1]
    np.testing.assert_allclose(found[11], [*np.log(later), 1], atol=1e-5)
    assert found.shape == (21, len(RHYTHM))


def test_a_long_stop_is_told_as_the_longest_there_is():
    found = rhythm_of(np.array([0, 1, 2, 3, 30, 31, 32.0]))
    shortest, longest = np.log(SHARES)
    # Around it are intervals of 1, 1, 1, 27, 1 and 1 s; a fourth from the top of those is 1 s still.
    np.testing.assert_allclose(found[4], [longest, 0, longest, shortest, shortest, 0, 0, 0, 1], atol=1e-5)


def test_an_uneven_rhythm_is_told_from_an_early_beat_in_an_even_one():
    one_early = np.full(40, 0.8)
    one_early[19:21] = 0.5, 1.1
    uneven = np.tile([0.5, 1.1, 0.8, 0.6, 1.0], 8)
    even, odd = (rhythm_of(np.concatenate([[0], np.cumsum(own)])) for own in (one_early, uneven))
    # The middle beat of each comes after 0.5 s and before 1.1 s, where 0.8 s is usual.
    np.testing.assert_allclose(even[20, :2], odd[21, :2], atol=1e-5)
    np.testing.assert_allclose(even[20, 6:8], 0, atol=1e-5)
    # A fourth of its intervals are above 1.0 s; near by, ten of them are 0.5 to 1.1 s, two of each.
    np.testing.assert_allclose(odd[21, 6:8], np.log([1.0 / 0.8, 0.6 / 1.0]), atol=1e-5)


def test_what_is_usual_is_that_of_the_beats_around():
    # A hundred slow beats, then fifty fast ones: where all around are fast, fast is usual.
    found = rhythm_of(np.cumsum([1.0] * 100 + [0.5] * 50))
    np.testing.assert_allclose(found[[50, 140]], [NOTHING, NOTHING], atol=1e-5)
    # Between them the usual is halfway.
    assert found[99, 1] == pytest.approx(np.log(0.5 / 0.75), abs=1e-5)


def test_the_rhythm_of_one_record_does_not_run_into_the_next(known):
    found = rhythm(known)
    assert found.shape == (len(known.record), len(RHYTHM))
    # All beats of the stand-in are evenly spaced; from record to record the clock jumps back.
    np.testing.assert_allclose(found, np.tile(NOTHING, (len(found), 1)), atol=1e-5)


def test_a_wave_between_two_beats_has_a_rhythm_and_an_unknown_record_has_none(known):
    beats = known.sample[known.record == 1]
    early = beats[10] + (beats[11] - beats[10]) // 2
    found = rhythm_at(known, np.array(["101", "101", "nobody's", ""]), np.array([early, beats[10], beats[10], -1]))
    np.testing.assert_allclose(found[0, :2], np.log([0.5, 0.5]), atol=0.01)
    np.testing.assert_allclose(found[1, :2], [0, np.log(0.5)], atol=0.01)
    assert (found[2:] == 0).all()


@pytest.mark.shared_data
@pytest.mark.slow
def test_the_database_has_the_counts_of_its_description(shared_data):
    real = recordings(shared_data)
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
    # But for record 232, whose beats are nearly all of that kind.
    early, usual = (real.symbol == "A") & (own != "232"), real.symbol == "N"
    before = rhythm(real)[:, 0]
    assert np.median(before[early]) < -0.2
    assert abs(np.median(before[usual])) < 0.02
