"""The search for how ours is taught: within DS1, other patients in each half, and each trial written down."""

import json

import numpy as np
import pytest

from models.beats import search
from models.beats.beat_net import BeatNetConfig
from models.beats.search import TRIALS, Trial
from models.beats.tasks import five_rehearsed
from models.beats.teaching import BeatCourse
from models.beats.told import searched
from tests import tiny_beats

QUICK = BeatCourse(epochs=1, batch=16)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_beats.mitbih(tmp_path_factory.mktemp("data"))


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
    trials = {
        "as it is": Trial(course=QUICK),
        "slim, without the rhythm": Trial(course=QUICK, config=BeatNetConfig(filters=(4, 4, 4, 4)), rhythm=False),
    }
    monkeypatch.setenv("ECGVIZ_DATA", str(data))
    monkeypatch.setattr(search, "TRIALS", trials)
    monkeypatch.setattr(search, "SEARCHED", tmp_path / "search.json")
    asked = []
    teach = search.teach_part

    def noted(name, task, *rest):
        asked.append((bool(task.rhythm.any()), rest[-1].filters[0]))
        return teach(name, task, *rest)

    monkeypatch.setattr(search, "teach_part", noted)
    for name in trials:
        monkeypatch.setattr("sys.argv", ["search", "--trial", name, "--cache", str(cache)])
        search.main()
    assert asked == [(True, 16)] * 2 + [(False, 4)] * 2
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
