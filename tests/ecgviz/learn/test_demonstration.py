"""The pictures and steps of the demonstration."""

import numpy as np
import pytest

from ecgviz.learn import demo_pictures
from ecgviz.learn.demo_steps import KEYS, STEPS
from ecgviz.predictions import live
from ecgviz.study import restage
from preprocessing.stages import StageSettings
from tests.studies import study_of

PICTURED = KEYS[:7]


@pytest.fixture(scope="module")
def study():
    return study_of("edan_normal")


def test_nine_steps_have_two_sentences_each_right_and_wrong():
    assert len(STEPS) == len(set(KEYS)) == 9
    for step in STEPS:
        assert all(sentence.endswith((".", "!")) for sentence in (*step.says, *step.goes_wrong))


@pytest.mark.parametrize("key", PICTURED)
def test_what_goes_wrong_looks_different(study, key):
    right = demo_pictures.picture(study, key, "V2", hidden=False)
    wrong = demo_pictures.faulty_picture(study, key, "V2", hidden=False)
    assert right.shape != wrong.shape or not np.array_equal(right, wrong)


@pytest.mark.parametrize("key", ["smoothed", "otsu", "binary", "resized"])
def test_a_steps_picture_is_the_stage_of_the_study(study, key):
    changed = restage(study, StageSettings(sigma=3))
    assert not np.array_equal(
        demo_pictures.picture(study, key, "V2", False), demo_pictures.picture(changed, key, "V2", False)
    )
    stage = {"binary": "mode_l"}.get(key, key)
    own = next(one.picture for one in study.stages["V2"] if one.key == stage)
    assert np.array_equal(
        demo_pictures.picture(study, key, "V2", False) > 127,
        own > (0 if own.dtype == bool else 127 if own.dtype == np.uint8 else 0.5),
    )


@pytest.mark.parametrize("key", ["upload", "grayscale", "segmentation"])
def test_hidden_margins_stay_hidden_right_and_wrong(study, key):
    for draw in (demo_pictures.picture, demo_pictures.faulty_picture):
        header = draw(study, key, "V2", hidden=True)[:60]
        assert len(np.unique(header[:, 5])) == 1


def test_a_large_picture_fits_the_screen_and_a_small_one_is_enlarged_sharply():
    shown, width = demo_pictures.large(np.zeros((1500, 2200, 3), np.uint8))
    assert width * 1500 / 2200 <= demo_pictures.LARGE_PX[1]
    shown, width = demo_pictures.large(np.eye(150, dtype=np.uint8))
    assert shown.shape == (600, 600)
    assert set(np.unique(shown)) == {0, 1}
    assert width <= demo_pictures.LARGE_PX[0]


def test_thumbnails_have_one_size(study):
    width, height = demo_pictures.THUMB_PX
    predicted = live.of_pictures(study, "paper_cnn")
    shown = [
        demo_pictures.thumbnail(demo_pictures.picture(study, "upload", "I", False)),
        demo_pictures.thumbnail(demo_pictures.picture(study, "resized", "I", False)),
        demo_pictures.bars_thumbnail(predicted, "leads"),
        demo_pictures.bars_thumbnail(predicted, "verdict"),
    ]
    assert {one.shape for one in shown} == {(height, width, 3)}
