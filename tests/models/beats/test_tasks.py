"""Who is taught and who is tested: nobody twice, by patient no record on both sides, and pictures drawn once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats import tasks
from models.beats.drawing import FIELD_HALF_MS, field_picture
from models.beats.recordings import AAMI, RHYTHM, recordings, rhythm, strips
from models.beats.six_classes import SIX, halves, six_classes
from models.beats.tasks import KINDS, TASKS, at_most, drawn
from tests import tiny_beats


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    tiny_beats.six(folder)
    return tiny_beats.mitbih(folder)


@pytest.fixture(scope="module")
def cache(tmp_path_factory, data):
    """A cache in which the beats are drawn already."""
    folder = tmp_path_factory.mktemp("cache")
    TASKS["five_random"](data, KINDS[0], folder)
    return folder


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_whole(data, cache, name):
    task = TASKS[name](data, KINDS[0], cache)
    n = len(task.label)
    assert task.name == name
    assert task.classes == (SIX if name.startswith("six") else AAMI)
    assert task.pictures.shape == (n, 128, 192)
    assert task.pictures.dtype == np.uint8
    assert len(task.group) == n
    assert task.shares.shape == (len(task.classes),)
    assert task.shares.sum() == pytest.approx(1)
    tested = np.concatenate([part.tested for part in task.parts])
    assert len(np.unique(tested)) == len(tested)
    for part in task.parts:
        assert len(part.taught)
        assert len(part.tested)
        assert not set(part.taught) & set(part.tested)
    assert task.other_patients is name.endswith("patients")


def test_the_published_split_is_that_of_the_folders(data, cache):
    known, task = six_classes(data), TASKS["six_published"](data, KINDS[0], cache)
    assert task.parts[0].tested.tolist() == np.flatnonzero(known.tested).tolist()
    assert len(task.parts[0].taught) == (~known.tested).sum()
    taught = tiny_beats.TAUGHT
    # The blank picture of the taught is in the second class.
    np.testing.assert_allclose(task.shares, np.array([taught, taught + 1, *[taught] * 4]) / (6 * taught + 1))
    assert task.rhythm.shape == (len(task.label), len(RHYTHM))
    assert (task.rhythm[task.more][:, -1] == 1).all()
    # A picture that fits no beat surely has no rhythm, and nor has one of a record that is not at hand.
    at_hand = known.record == "106"
    assert at_hand.any()
    assert (task.rhythm[: len(known.label), -1] == at_hand).all()


def test_two_halves_test_one_another(data, cache):
    known, task = six_classes(data), TASKS["six_patients"](data, KINDS[0], cache)
    first, second = task.parts
    assert first.taught.tolist() == second.tested.tolist()
    assert first.tested.tolist() == second.taught.tolist()
    assert len(first.taught) + len(first.tested) == (halves(known) >= 0).sum()
    for part in task.parts:
        assert not set(task.group[part.taught]) & set(task.group[part.tested])
        assert "" not in task.group[part.taught]


@pytest.mark.parametrize("name", ["six_published", "six_patients"])
def test_beats_beside_the_collection_are_of_records_that_it_does_not_show(data, cache, monkeypatch, name):
    known, task = recordings(data), TASKS[name](data, KINDS[0], cache)
    # Three of the four records; of seven symbols, N, N, A, V and L belong to one of the six classes.
    assert len(task.more) == 3 * tiny_beats.BEATS * 5 // 7
    assert set(task.group[task.more]) == {"100", "101", "102"}
    for part in task.parts:
        assert not set(task.more) & {*part.taught, *part.tested}
    # The first beat of the first record, and its fourth symbol.
    mv = strips(known, np.array([0, 3]), FIELD_HALF_MS, FIELD_HALF_MS)
    for place, one, label in zip(task.more[[0, 3]], mv, ("Normal", "Premature ventricular"), strict=True):
        np.testing.assert_array_equal(task.pictures[place], field_picture(one))
        assert SIX[task.label[place]] == label
    monkeypatch.setattr(tasks, "MOST_OF_RECORD", 5)
    assert len(TASKS[name](data, KINDS[0], cache).more) == 3 * 4 * 5


def test_one_beat_in_five_is_tested_whosever_it_is(data, cache):
    (part,) = TASKS["five_random"](data, KINDS[0], cache).parts
    beats = len(tiny_beats.RECORDS) * tiny_beats.BEATS
    assert sorted([*part.taught, *part.tested]) == list(range(beats))
    assert 0.1 < len(part.tested) / beats < 0.3
    assert TASKS["five_random"](data, KINDS[0], cache).parts[0].tested.tolist() == part.tested.tolist()


def test_other_patients_are_tested_than_were_taught(data, cache):
    task = TASKS["five_patients"](data, KINDS[0], cache)
    (part,) = task.parts
    assert set(task.group[part.taught]) == set(tiny_beats.DS1)
    assert set(task.group[part.tested]) == set(tiny_beats.DS2)
    assert len(part.tested) == tiny_beats.BEATS
    np.testing.assert_array_equal(task.rhythm, rhythm(recordings(data)))
    assert len(task.more) == 0


def test_no_class_is_taught_too_often_and_shares_are_those_of_all(data, cache, monkeypatch):
    whole = TASKS["five_patients"](data, KINDS[0], cache)
    monkeypatch.setattr(tasks, "MOST_TAUGHT", 15)
    task = TASKS["five_patients"](data, KINDS[0], cache)
    # Of seven symbols three are of the class N.
    assert np.bincount(task.label[whole.parts[0].taught]).tolist() == [12, 36, 12, 12, 12]
    assert np.bincount(task.label[task.parts[0].taught]).tolist() == [12, 15, 12, 12, 12]
    np.testing.assert_allclose(task.shares, np.array([1, 3, 1, 1, 1]) / 7)
    assert task.parts[0].tested.tolist() == whole.parts[0].tested.tolist()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=50), st.integers(1, 20))
def test_at_most_so_many_of_a_class_are_drawn(beats, most):
    label, wanted = (np.array(column) for column in zip((0, True), *beats, strict=True))
    among = np.flatnonzero(wanted)
    found = at_most(among, label, most)
    assert (np.diff(found) > 0).all()
    assert set(found) <= set(among)
    for one in range(5):
        assert (label[found] == one).sum() == min((label[among] == one).sum(), most)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_wherever_the_baseline_lies(data, kind):
    known = recordings(data)
    # The same beat in two records, of which one lies higher by a tenth of a millivolt.
    pictures = drawn(known, kind, np.array([5, 5 + tiny_beats.BEATS, 6])).astype(int)
    assert pictures.shape == (3, 128, 192)
    assert np.abs(pictures[0] - pictures[1]).mean() < 2
    assert np.abs(pictures[0] - pictures[2]).mean() > 2 * np.abs(pictures[0] - pictures[1]).mean()
    # The R wave comes 250 ms after the left edge of 650 ms.
    assert abs((255 - pictures[0][:72]).sum(axis=0).argmax() - 192 * 250 / 650) < 12


def test_pictures_are_drawn_once_and_kept_only_whole(data, tmp_path, monkeypatch):
    def never(known, kind, beats):
        raise RuntimeError("drawn")

    whole = tasks.drawn
    monkeypatch.setattr(tasks, "drawn", never)
    with pytest.raises(RuntimeError, match="drawn"):
        TASKS["five_random"](data, "picture", tmp_path)
    assert not (tmp_path / "beats" / "picture.npy").exists()
    monkeypatch.setattr(tasks, "drawn", whole)
    # In more than one go, the last of them shorter.
    monkeypatch.setattr(tasks, "CHUNK", 50)
    first = TASKS["five_random"](data, "picture", tmp_path)
    monkeypatch.setattr(tasks, "drawn", never)
    again = TASKS["five_patients"](data, "picture", tmp_path)
    np.testing.assert_array_equal(first.pictures, again.pictures)
    np.testing.assert_array_equal(first.pictures[[0, 49, 50, -1]], whole(recordings(data), "picture", [0, 49, 50, 167]))
