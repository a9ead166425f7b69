"""Copies across the split are found by their pixels, beats by their matches, and no heart is in both halves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.six_classes import SIX, SURE, SixClasses, halves, six_classes
from tests import tiny_beats

OF_CLASS = tiny_beats.TAUGHT + tiny_beats.TESTED


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return six_classes(tiny_beats.six(tmp_path_factory.mktemp("data")))


def test_pictures_are_read_with_their_classes_and_folders(known):
    assert known.pictures.shape == (6 * OF_CLASS + 2, 128, 192)
    assert np.bincount(known.label[:-2]).tolist() == [OF_CLASS] * len(SIX)
    assert known.tested.sum() == 6 * tiny_beats.TESTED + 1


def test_copies_on_both_sides_are_twins_and_only_the_first_is_first(known):
    # Of each class the first and the last; and the two blank ones.
    at = OF_CLASS * np.arange(6)
    copied = np.concatenate([at, at + OF_CLASS - 1, [len(known.label) - 2, len(known.label) - 1]])
    assert np.flatnonzero(known.twin).tolist() == sorted(copied)
    assert np.flatnonzero(~known.first).tolist() == [*(at + OF_CLASS - 1), len(known.label) - 1]


def test_copies_on_one_side_are_no_twins(tmp_path):
    folder = tiny_beats.six(tmp_path)
    with np.load(folder / "signals" / "beats6.npz") as kept:
        arrays = dict(kept)
    arrays["images"][2] = arrays["images"][1]
    np.savez(folder / "signals" / "beats6.npz", **arrays)
    known = six_classes(folder)
    assert known.twin[:3].tolist() == [True, False, False]
    assert known.first[:3].tolist() == [True, True, False]


def test_a_beat_that_fits_badly_or_not_at_all_is_of_no_record(known):
    unsure = np.append(OF_CLASS * np.arange(6) + OF_CLASS - 2, [len(known.label) - 2, len(known.label) - 1])
    assert np.flatnonzero(known.record == "").tolist() == sorted(unsure)
    assert (known.symbol[unsure] == "").all()
    assert (known.sample[unsure] == -1).all()
    assert known.sample[:3].tolist() == [1000, 1001, 1002]
    assert known.record[:3].tolist() == ["106", "201", "106"]
    assert known.symbol[0] == "N"
    assert 0.5 < SURE < 0.99


def test_halves_leave_out_copies_and_what_fits_no_beat(known):
    half = halves(known)
    assert ((half >= 0) == (known.first & (known.record != ""))).all()


def test_a_class_of_two_records_is_in_both_halves(known):
    half = halves(known)
    for label in range(len(SIX)):
        assert set(half[(known.label == label) & (half >= 0)]) == {0, 1}


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.booleans()), min_size=1, max_size=60))
def test_no_record_is_in_both_halves_and_nothing_that_is_used_is_lost(beats):
    label, record, first = (np.array(column) for column in zip(*beats, strict=True))
    record = np.where(record == 0, "", np.char.add("2", record.astype(str)))
    blank = np.zeros(len(label), bool)
    known = SixClasses(np.empty((len(label), 0)), label, blank, blank, first, record, record, label)
    half = halves(known)
    assert ((half >= 0) == (first & (record != ""))).all()
    assert not set(record[half == 0]) & set(record[half == 1])


def test_two_records_of_the_only_class_there_is_are_in_two_halves():
    record, blank = np.array(["200", "200", "201"]), np.zeros(3, bool)
    half = halves(SixClasses(np.empty((3, 0)), np.full(3, 2), blank, blank, ~blank, record, record, np.arange(3)))
    assert half[0] == half[1] != half[2]


@pytest.mark.shared_data
@pytest.mark.slow
def test_a_third_of_the_published_test_pictures_are_copies_and_the_halves_are_apart(shared_data):
    real = six_classes(shared_data)
    assert (len(real.label), int(real.tested.sum()), int(real.first.sum())) == (22_166, 6_825, 19_879)
    assert int((real.tested & real.twin).sum()) == 2_283
    assert int((~real.tested & real.twin).sum()) == 2_286
    by_class = [int((real.tested & real.twin & (real.label == one)).sum()) for one in range(6)]
    assert by_class == [143, 353, 459, 398, 710, 220]
    # One picture fits by exactly the bar, which the description counts as not above it.
    assert int((real.record != "").sum()) == 21_311 + 1
    assert set(real.record[(real.label == 5) & (real.record != "")]) == {"207"}
    half = halves(real)
    assert not set(real.record[half == 0]) & set(real.record[half == 1])
    sizes = np.array([np.bincount(real.label[half == one], minlength=6) for one in (0, 1)])
    # Fibrillation is one record's; of every other class each half has some to teach and some to test.
    assert (sizes > 0).sum(axis=0).tolist() == [2, 2, 2, 2, 2, 1]
