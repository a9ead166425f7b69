"""Wear: every kind of capture leaves a picture of the same size, in which the ink can still be seen."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sample_images.endless.wear import KINDS, Capture, random_wear, worn


def page() -> Image.Image:
    picture = Image.new("RGB", (120, 90), (250, 240, 240))
    ImageDraw.Draw(picture).rectangle((30, 30, 90, 60), fill=(20, 20, 20))
    return picture


@pytest.mark.parametrize("kind", KINDS)
def test_ink_stays_darker_than_paper(kind: str) -> None:
    for seed in range(5):
        capture = Capture(kind, 6.0, 20.0, 243.0, 3.0)
        shown = np.asarray(worn(page(), np.random.default_rng(seed), capture)).astype(float)
        assert shown.shape == (90, 120, 3)
        assert shown[35:55, 35:85].mean() + 10 < shown[5:25].mean()


def test_scans_in_black_and_white_keep_a_thin_pen() -> None:
    picture = Image.new("RGB", (60, 60), (255, 255, 255))
    ImageDraw.Draw(picture).line((0, 30, 60, 30), fill=(150, 150, 150))
    for seed in range(10):
        shown = np.asarray(worn(picture, np.random.default_rng(seed), Capture("bits", 3.0, 0.0, 255.0, 0.42)))
        assert shown[28:33].min() < 128


def test_every_kind_of_wear_occurs() -> None:
    rng = np.random.default_rng(0)
    assert {random_wear(rng) for _ in range(400)} == set(KINDS)
