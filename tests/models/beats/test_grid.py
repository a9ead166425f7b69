"""The tuning grid changes one factor at a time and never reads the published test folder."""

import json

import numpy as np
import pytest

from models.beats import grid
from models.beats.fitting import BeatFitConfig
from models.beats.grid import BASELINE, GRID, GridTrial, grid_parts, run_trial
from models.beats.networks import beat_deep_cnn, deep_cnn
from models.beats.published import grid_results
from models.beats.tasks import six_published


def changed(trial):
    of_fit = [name for name, value in vars(trial.fit).items() if value != getattr(BASELINE.fit, name)]
    return of_fit + [name for name, value in vars(trial).items() if name != "fit" and value != vars(BASELINE)[name]]


def test_each_trial_changes_one_factor():
    assert next(iter(GRID.values())) == BASELINE == GridTrial()
    assert [len(changed(trial)) for trial in GRID.values()] == [0] + [1] * (len(GRID) - 1)


def test_training_and_validation_pictures_are_apart_and_of_the_training_folder(data):
    task = six_published(data, "trace", data)
    train, validation = grid_parts(task, 4, 20)
    assert not set(train) & set(validation)
    assert set(train) | set(validation) <= set(task.splits[0].train)
    assert np.bincount(task.label[train]).tolist() == [4] * 6
    assert len(validation) == 20


@pytest.mark.tensorflow
def test_the_published_sizes_are_the_default():
    assert deep_cnn(6).count_params() == beat_deep_cnn(6).count_params()


@pytest.mark.tensorflow
def test_a_trial_is_scored_on_the_validation_pictures(data, tmp_path, monkeypatch):
    monkeypatch.setattr(grid, "SIDE_PX", 32)
    task = six_published(data, "trace", data)
    train, validation = grid_parts(task, 4, 20)
    trial = GridTrial(filters=(2, 2), dense=4, fit=BeatFitConfig(epochs=1, batch=8, optimizer="rmsprop"))
    found = run_trial(trial, task, train, validation, tmp_path)
    assert (found["n"], found["train_n"], found["epochs"]) == (20, 24, 1)
    assert 0 <= found["macro_f1"]["value"] <= 1
    (tmp_path / "grid.json").write_text(json.dumps({"one": found}), "utf-8")
    assert grid_results(tmp_path / "grid.json")["one"]["n"] == 20


def test_every_trial_of_the_grid_is_published():
    assert list(grid_results()) == list(GRID)
