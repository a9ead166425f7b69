"""Saliency over pictures, on untrained networks and on ones that look at one place alone."""

from types import SimpleNamespace

import numpy as np
import pytest

from models.explaining.picture_saliency import (
    SCALED_WINDOWS,
    SQUARE_WINDOWS,
    likeness,
    paper_grad_cam,
    paper_occlusion,
    picture_grad_cam,
    picture_occlusion,
)
from models.networks import PictureFeatures, build, member_ensemble

CLASSES_N = 4


def squares() -> np.ndarray:
    """Return thirteen pictures with one line each, the last one blank."""
    pictures = np.full((13, 150, 150), 255, np.uint8)
    pictures[:12, 70:74] = 0
    return pictures


def shares(first: np.ndarray) -> np.ndarray:
    """Return probabilities whose first class is given; the last axis is new."""
    return np.stack([first, 1 - first, 0 * first, 0 * first], axis=-1)


def test_occlusion_of_the_articles_network_finds_the_place_that_it_looks_at():
    def looks_left(batch):
        ink = (batch[:, :, 60:90, :30] < 255).mean(axis=(2, 3))
        return SimpleNamespace(leads=shares(ink))

    drops = paper_occlusion(looks_left, squares())
    assert drops.shape == (CLASSES_N, 13, *SQUARE_WINDOWS)
    assert (drops[0, :12, 2, 0] > 0).all()
    assert np.count_nonzero(drops[0]) == 12
    assert not drops[:, 12].any()


def test_occlusion_over_pictures_changes_the_features_of_one_picture_alone():
    seen = []

    def backbone(pictures):
        ink = (pictures < 255).mean(axis=2)
        return PictureFeatures(ink, ink, ink)

    def of_features(features):
        seen.append(features.columns)
        return SimpleNamespace(report=shares(features.columns[:, 3, :25].mean(axis=1)))

    pictures = np.full((16, 128, 250), 255, np.uint8)
    pictures[[3, 5], 60:64] = 0
    drops = picture_occlusion(SimpleNamespace(backbone=backbone, of_features=of_features), pictures)
    assert drops.shape == (CLASSES_N, 16, *SCALED_WINDOWS)
    assert np.argwhere(drops[0]).tolist() == [[3, 0, 0]]
    whole, of_third = seen[0][0], seen[1]
    assert all(np.array_equal(np.delete(one, 3, axis=0), np.delete(whole, 3, axis=0)) for one in of_third)


def test_likeness_tells_the_same_maps_from_others():
    maps = np.random.default_rng(1).random((4, 3, 5, 5))
    other = np.random.default_rng(2).random((4, 3, 5, 5))
    assert likeness(maps, maps) == pytest.approx(np.ones(4))
    assert (np.abs(likeness(maps, other)) < 0.5).all()
    assert not likeness(maps, np.zeros_like(maps)).any()


@pytest.mark.tensorflow
def test_grad_cam_of_the_articles_network_is_a_map_of_each_lead_that_shuffled_weights_change():
    classifier = SimpleNamespace(network=build("paper_cnn_lstm"))
    cams = paper_grad_cam(classifier, squares())
    assert cams.shape[:2] == (CLASSES_N, 13)
    assert cams.min() >= 0
    assert cams.max() == pytest.approx(1)
    assert (likeness(cams, paper_grad_cam(classifier, squares(), shuffled=True)) < 0.999).all()


@pytest.mark.tensorflow
def test_grad_cam_over_pictures_is_a_map_of_each_picture():
    random = np.random.default_rng(3)

    def outputs(pictures):
        return {
            "maps": random.random((16, 8, 16, 112), dtype=np.float32),
            "pooled": random.random((16, 1280), dtype=np.float32),
        }

    classifier = SimpleNamespace(
        network=member_ensemble("cnn", [build("cnn")]), backbone=SimpleNamespace(outputs=outputs)
    )
    pictures = np.full((16, 128, 250), 255, np.uint8)
    pictures[:, 60:64] = 0
    cams = picture_grad_cam(classifier, pictures)
    assert cams.shape == (CLASSES_N, 16, 8, 16)
    assert cams.min() >= 0
    assert cams.max() <= 1
