"""An augmented page still shows the same leads upright, and moves the stages' settings within their range."""

import numpy as np
import pytest

from models.data.drawn_pages import stored
from models.networks import PICTURES_SHAPE
from models.training import augmented_page, pictures_of
from models.training.page_augmentation import PageAugmentation
from sample_images import draw_page, edan_style, simulate


@pytest.fixture(scope="module")
def page():
    return stored(draw_page(simulate("normal-sinus", seed=5), edan_style()))


def test_every_lead_of_a_drawn_page_has_its_picture(page):
    pictures = pictures_of(page)
    assert pictures.shape == PICTURES_SHAPE
    assert (pictures < 128).any(axis=(1, 2)).all()


def test_an_augmented_page_is_another_view_of_the_same_leads(page):
    plain = (pictures_of(page) < 128).mean(axis=1)
    changed = [pictures_of(*augmented_page(page, np.random.default_rng(seed))) for seed in range(4)]
    for pictures in changed:
        assert (pictures != pictures_of(page)).any()
        ink = (pictures < 128).mean(axis=1)
        # R waves stand where they stood: mirrored in time they would not.
        assert np.corrcoef(plain.ravel(), ink.ravel())[0, 1] > 0.3


def test_the_seed_decides_and_the_settings_stay_in_range(page):
    first, second = (augmented_page(page, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(first[0].gray, second[0].gray)
    assert first[1] == second[1]
    config = PageAugmentation()
    for seed in range(8):
        _, settings = augmented_page(page, np.random.default_rng(seed))
        assert 0 <= settings.sigma <= config.sigma_px
        assert abs(settings.threshold_shift) <= config.threshold_shift
