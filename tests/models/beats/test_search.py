"""The search for how ours is taught: within DS1, other patients in each part, and each trial written down."""

import json
from dataclasses import replace

import numpy as np
import pytest

from models.beats import search, tasks
from models.beats.beat_net import BeatNetConfig
from models.beats.fitting import BeatCourse
from models.beats.published import searched
from models.beats.recordings import RHYTHM
from models.beats.search import TRIALS, Trial
from models.beats.tasks import five_rehearsed
from tests import tiny_beats

QUICK = BeatCourse(epochs=1, batch=16)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_beats.mitbih(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def as_many_parts_as_records(monkeypatch):
    monkeypatch.setattr(tasks, "REHEARSED_PARTS", len(tiny_beats.DS1))


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


def test_nothing_that_is_reported_on_is_taught_or_tested(data, cache):
    task = five_rehearsed(data, cache)
    assert len(task.parts) == 2
    for part in task.parts:
        taught, tested = set(task.group[part.taught]), set(task.group[part.tested])
        assert taught | tested == set(tiny_beats.DS1)
        assert not taught & tested


def test_one_thing_is_changed_at_a_time():
    plain, *others = TRIALS.values()
    assert plain == Trial()
    for trial in others:
        assert sum(getattr(trial, name) != getattr(plain, name) for name in vars(plain)) == 1


@pytest.mark.tensorflow
def test_each_trial_is_written_down_beside_those_before(data, cache, tmp_path, monkeypatch):
    small, slim = (BeatNetConfig(towers=1, filters=(first, 4, 4, 4)) for first in (8, 4))
    trials = {
        "as it is": Trial(course=QUICK, config=small),
        "slim, without the rhythm": Trial(course=QUICK, config=slim, rhythm_n=0),
        "four figures, other beats of the same": Trial(course=QUICK, config=small, rhythm_n=4, by_record=False),
    }

    def all_told(*given):
        found = five_rehearsed(*given)
        return replace(found, rhythm=np.ones_like(found.rhythm))

    monkeypatch.setattr(search, "five_rehearsed", all_told)
    monkeypatch.setenv("ECGVIZ_DATA", str(data))
    monkeypatch.setattr(search, "TRIALS", trials)
    monkeypatch.setattr(search, "SEARCHED", tmp_path / "search.json")
    asked = []
    teach = search.teach_part

    def noted(name, task, *rest):
        asked.append((int(task.rhythm.any(axis=0).sum()), rest[-1].filters[0], task.other_patients))
        return teach(name, task, *rest)

    monkeypatch.setattr(search, "teach_part", noted)
    for name in trials:
        monkeypatch.setattr("sys.argv", ["search", "--trial", name, "--cache", str(cache)])
        search.main()
    # Of four figures there is told that they are known, too.
    assert asked == [(len(RHYTHM), 8, True)] * 2 + [(0, 4, True)] * 2 + [(5, 8, False)] * 2
    told = json.loads((tmp_path / "search.json").read_text("utf-8"))
    assert list(told) == list(trials)
    task = five_rehearsed(data, cache)
    for one in told.values():
        assert one["n"] == sum(len(part.tested) for part in task.parts)
        assert one["macro_f1"]["low"] <= one["macro_f1"]["value"] <= one["macro_f1"]["high"]
        assert set(one["f1"]) == {"N", "S", "V", "F"}


def test_what_ships_was_searched_whole():
    told = searched()
    assert set(told) == set(TRIALS)
    assert len({one["n"] for one in told.values()}) == 1
    assert all(np.isfinite(one["macro_f1"]["value"]) for one in told.values())
