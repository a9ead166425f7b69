"""The outline of a picture's ink is where the trace is, in millivolts, and the backbone sees each lead by itself."""

import numpy as np
import pytest

from models.networks import PICTURES_SHAPE, features_of
from models.networks.picture_features import COLUMNS_SHAPE, POOLED_SHAPE, outline_of


def drawn_trace(mv):
    """A line of two pixels through the given heights, one for each column."""
    picture = np.full((128, len(mv)), 255, np.uint8)
    for column, height in enumerate(64 - 40 * np.asarray(mv)):
        picture[round(height) - 1 : round(height) + 1, column] = 0
    return picture


def test_the_outline_follows_the_trace():
    mv = np.where(np.arange(250) % 80 < 8, 1.0, 0.0)
    outline = outline_of(drawn_trace(mv))
    np.testing.assert_allclose(outline[:, 0], mv, atol=0.02)
    np.testing.assert_array_equal(outline[:, 1], 1)
    assert (outline[:, 2] >= outline[:, 0]).all()
    assert (outline[:, 3] <= outline[:, 0]).all()


def test_columns_without_ink_are_not_read():
    picture = drawn_trace(np.zeros(250))
    picture[:, 100:150] = 255
    outline = outline_of(picture)
    assert not outline[100:150].any()
    assert outline[:100, 1].all()
    assert not outline_of(np.full((128, 250), 255, np.uint8)).any()


def test_an_upward_wave_is_positive():
    mv = np.zeros(250)
    mv[40:60] = 0.5
    assert outline_of(drawn_trace(mv))[50, 0] == pytest.approx(0.5, abs=0.03)


@pytest.mark.tensorflow
def test_features_of_a_lead_depend_on_its_own_picture_alone():
    from models.networks import backbone

    network = backbone(PICTURES_SHAPE[1:])
    pictures = np.full((1, *PICTURES_SHAPE), 255, np.uint8)
    pictures[0, 3] = drawn_trace(np.sin(np.arange(250) / 9))
    first = features_of(network, pictures)
    pictures[0, 5] = drawn_trace(np.zeros(250))
    second = features_of(network, pictures)
    assert first.columns.shape == (1, *COLUMNS_SHAPE)
    assert first.pooled.shape == (1, *POOLED_SHAPE)
    np.testing.assert_allclose(first.columns[0, 3], second.columns[0, 3], atol=1e-5)
    assert not first.columns[0, 5].any()
    assert second.columns[0, 5].any()
    assert set(first.parts()) == {"outline", "columns", "pooled"}
