"""Warps: one map for points, picture and labels."""

import numpy as np
import pytest
from PIL import Image

from sample_images.endless.canvas import Canvas
from sample_images.endless.warps import Warp, random_warp, warped


@pytest.mark.parametrize("seed", range(12))
def test_points_map_back(seed: int) -> None:
    rng = np.random.default_rng(seed)
    warp = random_warp(rng, (50.0, 40.0))
    at = rng.uniform(-25, 25, (30, 2))
    np.testing.assert_allclose(warp.to_picture(warp.to_page(at)), at, atol=1e-5)


def test_the_default_changes_nothing() -> None:
    at = np.array([(3.0, -2.0), (0.0, 7.0)])
    np.testing.assert_allclose(Warp((10.0, 20.0)).to_page(at), at + np.array([10, 20]))


@pytest.mark.parametrize("seed", range(12))
def test_a_dot_moves_to_where_the_map_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    canvas = Canvas((0.0, 0.0, 100.0, 80.0), 10.0, 1, (255, 255, 255))
    warp = random_warp(rng, (50.0, 40.0))
    dot = warp.to_page(rng.uniform(-12, 12, (1, 2)))
    canvas.draw("trace", [np.vstack([dot, dot + 0.01])], 1.0, (0, 0, 0))
    for image in (255 - np.asarray(canvas.picture)[..., 0], canvas.maps[0]):
        (seen,) = warped([Image.fromarray(image)], canvas, warp, (320, 320), 8.0)
        weight = np.asarray(seen).astype(float)
        y, x = np.indices(weight.shape)
        centre = np.array([(x * weight).sum(), (y * weight).sum()]) / weight.sum()
        expected = warp.to_picture(dot)[0] * 8.0 + 160 - 0.5
        np.testing.assert_allclose(centre, expected, atol=0.25)
