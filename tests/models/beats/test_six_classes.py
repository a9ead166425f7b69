"""Copies are found by their pixels, beats by their matches, and no record is in both halves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.six_classes import MIN_CORRELATION, SIX_CLASSES, SixClassPictures, patient_halves, read_six_classes
from tests import tiny_beats

OF_CLASS = tiny_beats.TRAIN + tiny_beats.TEST


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    return read_six_classes(tiny_beats.six(tmp_path_factory.mktemp("data")))


def test_pictures_are_read_with_their_classes_and_folders(collection):
    assert collection.pictures.shape == (6 * OF_CLASS + 2, 128, 192)
    assert np.bincount(collection.label[:-2]).tolist() == [OF_CLASS] * len(SIX_CLASSES)
    assert collection.in_test.sum() == 6 * tiny_beats.TEST + 1


def test_copies_on_both_sides_are_found_and_only_one_is_first(collection):
    # Of each class the first and the last; and the two blank ones.
    at = OF_CLASS * np.arange(6)
    copied = np.concatenate([at, at + OF_CLASS - 1, [len(collection.label) - 2, len(collection.label) - 1]])
    assert np.flatnonzero(collection.on_both_sides).tolist() == sorted(copied)
    assert np.flatnonzero(~collection.is_first).tolist() == [*(at + OF_CLASS - 1), len(collection.label) - 1]


def test_copies_within_one_folder_do_not_cross_the_split(tmp_path):
    folder = tiny_beats.six(tmp_path)
    with np.load(folder / "signals" / "beats6.npz") as kept:
        arrays = dict(kept)
    arrays["images"][2] = arrays["images"][1]
    np.savez(folder / "signals" / "beats6.npz", **arrays)
    collection = read_six_classes(folder)
    assert collection.on_both_sides[:3].tolist() == [True, False, False]
    assert collection.is_first[:3].tolist() == [True, True, False]


def test_a_picture_without_a_good_match_has_no_record(collection):
    unmatched = np.append(
        OF_CLASS * np.arange(6) + OF_CLASS - 2, [len(collection.label) - 2, len(collection.label) - 1]
    )
    assert np.flatnonzero(collection.record == "").tolist() == sorted(unmatched)
    assert (collection.symbol[unmatched] == "").all()
    assert (collection.sample[unmatched] == -1).all()
    assert collection.sample[:3].tolist() == [1000, 1001, 1002]
    assert collection.record[:3].tolist() == ["106", "201", "106"]
    assert collection.symbol[0] == "N"
    assert 0.5 < MIN_CORRELATION < 0.99


def test_halves_exclude_copies_and_unmatched_pictures(collection):
    half = patient_halves(collection)
    assert ((half >= 0) == (collection.is_first & (collection.record != ""))).all()


def test_a_class_of_two_records_is_in_both_halves(collection):
    half = patient_halves(collection)
    for label in range(len(SIX_CLASSES)):
        assert set(half[(collection.label == label) & (half >= 0)]) == {0, 1}


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.booleans()), min_size=1, max_size=60))
def test_no_record_is_in_both_halves_and_no_used_picture_is_lost(beats):
    label, record, first = (np.array(column) for column in zip(*beats, strict=True))
    record = np.where(record == 0, "", np.char.add("2", record.astype(str)))
    blank = np.zeros(len(label), bool)
    collection = SixClassPictures(np.empty((len(label), 0)), label, blank, blank, first, record, record, label)
    half = patient_halves(collection)
    assert ((half >= 0) == (first & (record != ""))).all()
    assert not set(record[half == 0]) & set(record[half == 1])


def test_two_records_of_the_only_class_are_in_different_halves():
    record, blank = np.array(["200", "200", "201"]), np.zeros(3, bool)
    half = patient_halves(
        SixClassPictures(np.empty((3, 0)), np.full(3, 2), blank, blank, ~blank, record, record, np.arange(3))
    )
    assert half[0] == half[1] != half[2]


@pytest.mark.shared_data
@pytest.mark.slow
def test_a_third_of_the_published_test_pictures_are_copies_and_the_halves_are_apart(shared_data):
    real = read_six_classes(shared_data)
    assert (len(real.label), int(real.in_test.sum()), int(real.is_first.sum())) == (22_166, 6_825, 19_879)
    assert int((real.in_test & real.on_both_sides).sum()) == 2_283
    assert int((~real.in_test & real.on_both_sides).sum()) == 2_286
    by_class = [int((real.in_test & real.on_both_sides & (real.label == one)).sum()) for one in range(6)]
    assert by_class == [143, 353, 459, 398, 710, 220]
    # One picture correlates by exactly the minimum, which the description does not count.
    assert int((real.record != "").sum()) == 21_311 + 1
    assert set(real.record[(real.label == 5) & (real.record != "")]) == {"207"}
    half = patient_halves(real)
    assert not set(real.record[half == 0]) & set(real.record[half == 1])
    sizes = np.array([np.bincount(real.label[half == one], minlength=6) for one in (0, 1)])
    # Fibrillation is of one record; every other class is in both halves.
    assert (sizes > 0).sum(axis=0).tolist() == [2, 2, 2, 2, 2, 1]
