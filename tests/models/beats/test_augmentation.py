"""Augmentation keeps shape and type; the label-preserving kind never mirrors a beat or turns it upside down."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.augmentation import AUGMENTATIONS, conventional, label_preserving, unchanged
from models.beats.drawing import aami_picture

SEEDS = st.integers(0, 2**32 - 1)
CLOCK = np.arange(234)
# A tall narrow wave early, a low broad one late.
BEAT = aami_picture(1.8 * np.exp(-(((CLOCK - 60) / 4) ** 2)) + 0.4 * np.exp(-(((CLOCK - 170) / 15) ** 2)))


def peak_of(picture):
    """Return row and column of the highest ink."""
    dark = picture < 128
    row = int(np.flatnonzero(dark.any(axis=1))[0])
    return row, float(np.flatnonzero(dark[row]).mean())


@pytest.mark.parametrize("augmentation", AUGMENTATIONS)
@settings(max_examples=15)
@given(seed=SEEDS, rows=st.integers(8, 70), columns=st.integers(8, 90))
def test_shape_and_type_stay_and_the_seed_decides(augmentation, seed, rows, columns):
    picture = np.full((rows, columns), 255, np.uint8)
    picture[rows // 2] = 0
    before = picture.copy()
    changed, again = (AUGMENTATIONS[augmentation](picture, np.random.default_rng(seed)) for _ in range(2))
    assert changed.shape == picture.shape
    assert changed.dtype == np.uint8
    np.testing.assert_array_equal(changed, again)
    np.testing.assert_array_equal(picture, before)


@settings(max_examples=25)
@given(SEEDS)
def test_label_preserving_augmentation_never_mirrors_a_beat(seed):
    row, column = peak_of(BEAT)
    changed_row, changed_column = peak_of(label_preserving(BEAT, np.random.default_rng(seed)))
    # Mirrored in time it would be 90 columns off; upside down, the highest ink would be the baseline's.
    assert abs(changed_column - column) < 15
    assert abs(changed_row - row) < 25


@settings(max_examples=25)
@given(SEEDS)
def test_label_preserving_augmentation_shifts_the_ink_by_a_few_pixels(seed):
    def middle(picture):
        return np.array([at.mean() for at in np.nonzero(picture < 128)])

    moved = middle(label_preserving(BEAT, np.random.default_rng(seed))) - middle(BEAT)
    assert np.abs(moved).max() < 16


def test_most_shifts_are_small_and_go_either_way():
    shifts = np.array([peak_of(label_preserving(BEAT, np.random.default_rng(seed)))[1] for seed in range(40)])
    shifts -= peak_of(BEAT)[1]
    assert np.median(np.abs(shifts)) < 5
    assert (shifts > 0.5).any()
    assert (shifts < -0.5).any()


def test_conventional_augmentation_mirrors_every_other_beat():
    # The middle of a picture is column 95.5; shear and rotation move the peak by less than its distance from there.
    mirrored = [peak_of(conventional(BEAT, np.random.default_rng(seed)))[1] > 95.5 for seed in range(40)]
    assert 8 < sum(mirrored) < 32


def test_no_augmentation_returns_the_picture_itself():
    assert unchanged(BEAT, np.random.default_rng(0)) is BEAT
