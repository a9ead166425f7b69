"""The hyperparameter search stays within DS1, splits by record, and writes every trial."""

import json
from dataclasses import replace

import numpy as np
import pytest

import models.beats.search as search
import models.beats.tasks as tasks
from models.beats.beat_net import BeatNetConfig
from models.beats.fitting import BeatFitConfig
from models.beats.published import search_results
from models.beats.recordings import RHYTHM_FEATURES
from models.beats.search import TRIALS, Trial
from models.beats.tasks import five_tuning
from tests import tiny_beats

QUICK = BeatFitConfig(epochs=1, batch=16)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_beats.mitbih(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def as_many_folds_as_records(monkeypatch):
    monkeypatch.setattr(tasks, "TUNING_FOLDS", len(tiny_beats.DS1))


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


def test_no_record_of_the_reported_test_set_is_used(data, cache):
    task = five_tuning(data, cache)
    assert len(task.splits) == 2
    for split in task.splits:
        train, test = set(task.group[split.train]), set(task.group[split.test])
        assert train | test == set(tiny_beats.DS1)
        assert not train & test


def test_each_trial_changes_one_hyperparameter():
    baseline, *others = TRIALS.values()
    assert baseline == Trial()
    for trial in others:
        assert sum(getattr(trial, name) != getattr(baseline, name) for name in vars(baseline)) == 1


@pytest.mark.tensorflow
def test_each_trial_is_written_beside_those_before(data, cache, tmp_path, monkeypatch):
    small, slim = (BeatNetConfig(towers=1, filters=(first, 4, 4, 4)) for first in (8, 4))
    trials = {
        "baseline": Trial(fit=QUICK, config=small),
        "slim, without rhythm": Trial(fit=QUICK, config=slim, rhythm_n=0),
        "four features, not by record": Trial(fit=QUICK, config=small, rhythm_n=4, by_record=False),
    }

    def all_known(*given):
        found = five_tuning(*given)
        return replace(found, rhythm=np.ones_like(found.rhythm))

    monkeypatch.setattr(search, "five_tuning", all_known)
    monkeypatch.setenv("ECGVIZ_DATA", str(data))
    monkeypatch.setattr(search, "TRIALS", trials)
    monkeypatch.setattr(search, "SEARCH_FILE", tmp_path / "search.json")
    trained = []
    train_split = search.train_split

    def noted(name, task, *rest):
        trained.append((int(task.rhythm.any(axis=0).sum()), rest[-1].filters[0], task.inter_patient))
        return train_split(name, task, *rest)

    monkeypatch.setattr(search, "train_split", noted)
    for name in trials:
        monkeypatch.setattr("sys.argv", ["search", "--trial", name, "--cache", str(cache)])
        search.main()
    # With four features there is a fifth: that they are known.
    assert trained == [(len(RHYTHM_FEATURES), 8, True)] * 2 + [(0, 4, True)] * 2 + [(5, 8, False)] * 2
    found = json.loads((tmp_path / "search.json").read_text("utf-8"))
    assert list(found) == list(trials)
    task = five_tuning(data, cache)
    for one in found.values():
        assert one["n"] == sum(len(split.test) for split in task.splits)
        assert one["macro_f1"]["low"] <= one["macro_f1"]["value"] <= one["macro_f1"]["high"]
        assert set(one["f1"]) == {"N", "S", "V", "F"}


def test_the_published_search_is_complete():
    found = search_results()
    assert set(found) == set(TRIALS)
    assert len({one["n"] for one in found.values()}) == 1
    assert all(np.isfinite(one["macro_f1"]["value"]) for one in found.values())
