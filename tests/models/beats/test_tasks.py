"""Splits: no beat tested twice, by patient no record on both sides; and pictures drawn once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models.beats.tasks as tasks
from models.beats.drawing import SIX_HALF_WINDOW_MS, six_class_picture
from models.beats.recordings import AAMI, RHYTHM_FEATURES, beat_windows, read_recordings, rhythm_of_beats
from models.beats.six_classes import SIX_CLASSES, patient_halves, read_six_classes
from models.beats.tasks import KINDS, TASKS, capped_per_class, draw_beats
from tests import tiny_beats


@pytest.fixture(scope="module")
def cache(tmp_path_factory, data):
    """A cache that already holds the drawn beats."""
    folder = tmp_path_factory.mktemp("cache")
    TASKS["five_random"](data, KINDS[0], folder)
    return folder


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_complete(data, cache, name):
    task = TASKS[name](data, KINDS[0], cache)
    n = len(task.label)
    assert task.name == name
    assert task.classes == (SIX_CLASSES if name.startswith("six") else AAMI)
    assert task.pictures.shape == (n, 128, 192)
    assert task.pictures.dtype == np.uint8
    assert len(task.group) == n
    assert task.priors.shape == (len(task.classes),)
    assert task.priors.sum() == pytest.approx(1)
    tested = np.concatenate([split.test for split in task.splits])
    assert len(np.unique(tested)) == len(tested)
    for split in task.splits:
        assert len(split.train)
        assert len(split.test)
        assert not set(split.train) & set(split.test)
    assert task.inter_patient is name.endswith("patients")


def test_the_published_split_is_that_of_the_folders(data, cache):
    collection, task = read_six_classes(data), TASKS["six_published"](data, KINDS[0], cache)
    assert task.splits[0].test.tolist() == np.flatnonzero(collection.in_test).tolist()
    assert len(task.splits[0].train) == (~collection.in_test).sum()
    train = tiny_beats.TRAIN
    # The blank picture of the training folder is in the second class.
    np.testing.assert_allclose(task.priors, np.array([train, train + 1, *[train] * 4]) / (6 * train + 1))
    assert task.rhythm.shape == (len(task.label), len(RHYTHM_FEATURES))
    assert (task.rhythm[task.extra_train][:, -1] == 1).all()
    # A picture that fits no beat surely has no rhythm, and nor has one of a record that is not at hand.
    available = collection.record == "106"
    assert available.any()
    assert (task.rhythm[: len(collection.label), -1] == available).all()


def test_two_halves_are_each_others_test_set(data, cache):
    collection, task = read_six_classes(data), TASKS["six_patients"](data, KINDS[0], cache)
    first, second = task.splits
    assert first.train.tolist() == second.test.tolist()
    assert first.test.tolist() == second.train.tolist()
    assert len(first.train) + len(first.test) == (patient_halves(collection) >= 0).sum()
    for split in task.splits:
        assert not set(task.group[split.train]) & set(task.group[split.test])
        assert "" not in task.group[split.train]


@pytest.mark.parametrize("name", ["six_published", "six_patients"])
def test_extra_training_beats_are_of_records_that_the_pictures_do_not_show(data, cache, monkeypatch, name):
    recordings, task = read_recordings(data), TASKS[name](data, KINDS[0], cache)
    # Three of the four records; of seven symbols, N, N, A, V and L belong to one of the six classes.
    assert len(task.extra_train) == 3 * tiny_beats.BEATS * 5 // 7
    assert set(task.group[task.extra_train]) == {"100", "101", "102"}
    for split in task.splits:
        assert not set(task.extra_train) & {*split.train, *split.test}
    # The first beat of the first record, and its fourth symbol.
    mv = beat_windows(recordings, np.array([0, 3]), SIX_HALF_WINDOW_MS, SIX_HALF_WINDOW_MS)
    for place, one, label in zip(task.extra_train[[0, 3]], mv, ("Normal", "Premature ventricular"), strict=True):
        np.testing.assert_array_equal(task.pictures[place], six_class_picture(one))
        assert SIX_CLASSES[task.label[place]] == label
    monkeypatch.setattr(tasks, "MAX_PER_RECORD", 5)
    assert len(TASKS[name](data, KINDS[0], cache).extra_train) == 3 * 4 * 5


def test_the_random_split_tests_one_beat_in_five_of_any_record(data, cache):
    (split,) = TASKS["five_random"](data, KINDS[0], cache).splits
    beats = len(tiny_beats.RECORDS) * tiny_beats.BEATS
    assert sorted([*split.train, *split.test]) == list(range(beats))
    assert 0.1 < len(split.test) / beats < 0.3
    assert TASKS["five_random"](data, KINDS[0], cache).splits[0].test.tolist() == split.test.tolist()


def test_the_inter_patient_split_has_other_records_in_the_test_set(data, cache):
    task = TASKS["five_patients"](data, KINDS[0], cache)
    (split,) = task.splits
    assert set(task.group[split.train]) == set(tiny_beats.DS1)
    assert set(task.group[split.test]) == set(tiny_beats.DS2)
    assert len(split.test) == tiny_beats.BEATS
    np.testing.assert_array_equal(task.rhythm, rhythm_of_beats(read_recordings(data)))
    assert len(task.extra_train) == 0


def test_training_beats_of_a_class_are_capped_and_priors_are_those_of_all(data, cache, monkeypatch):
    whole = TASKS["five_patients"](data, KINDS[0], cache)
    monkeypatch.setattr(tasks, "MAX_TRAIN_PER_CLASS", 15)
    task = TASKS["five_patients"](data, KINDS[0], cache)
    # Of seven symbols three are of the class N.
    assert np.bincount(task.label[whole.splits[0].train]).tolist() == [12, 36, 12, 12, 12]
    assert np.bincount(task.label[task.splits[0].train]).tolist() == [12, 15, 12, 12, 12]
    np.testing.assert_allclose(task.priors, np.array([1, 3, 1, 1, 1]) / 7)
    assert task.splits[0].test.tolist() == whole.splits[0].test.tolist()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=50), st.integers(1, 20))
def test_a_cap_limits_each_class(beats, most):
    label, wanted = (np.array(column) for column in zip((0, True), *beats, strict=True))
    among = np.flatnonzero(wanted)
    found = capped_per_class(among, label, most)
    assert (np.diff(found) > 0).all()
    assert set(found) <= set(among)
    for one in range(5):
        assert (label[found] == one).sum() == min((label[among] == one).sum(), most)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_independently_of_the_baseline(data, kind):
    recordings = read_recordings(data)
    # The same beat in two records, of which one lies higher by a tenth of a millivolt.
    pictures = draw_beats(recordings, kind, np.array([5, 5 + tiny_beats.BEATS, 6])).astype(int)
    assert pictures.shape == (3, 128, 192)
    assert np.abs(pictures[0] - pictures[1]).mean() < 2
    assert np.abs(pictures[0] - pictures[2]).mean() > 2 * np.abs(pictures[0] - pictures[1]).mean()
    # The R wave comes 250 ms after the left edge of 650 ms.
    assert abs((255 - pictures[0][:72]).sum(axis=0).argmax() - 192 * 250 / 650) < 12


def test_pictures_are_drawn_once_and_cached_only_when_complete(data, tmp_path, monkeypatch):
    def never(recordings, kind, beats):
        raise RuntimeError("drawn")

    whole = tasks.draw_beats
    monkeypatch.setattr(tasks, "draw_beats", never)
    with pytest.raises(RuntimeError, match="drawn"):
        TASKS["five_random"](data, "trace", tmp_path)
    assert not (tmp_path / "beats" / "trace.npy").exists()
    monkeypatch.setattr(tasks, "draw_beats", whole)
    # In several chunks, the last of them shorter.
    monkeypatch.setattr(tasks, "CHUNK", 50)
    first = TASKS["five_random"](data, "trace", tmp_path)
    monkeypatch.setattr(tasks, "draw_beats", never)
    again = TASKS["five_patients"](data, "trace", tmp_path)
    np.testing.assert_array_equal(first.pictures, again.pictures)
    np.testing.assert_array_equal(
        first.pictures[[0, 49, 50, -1]], whole(read_recordings(data), "trace", [0, 49, 50, 167])
    )
