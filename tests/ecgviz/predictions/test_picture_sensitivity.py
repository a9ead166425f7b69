"""Maps over pictures: in words, as a table and as a sheet."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.drawing.picture_maps import CAM, CELL_PX, map_sheet
from ecgviz.predictions import picture_sensitivity as sensitivity
from ecgviz.predictions.picture_sensitivity import PictureSensitivity
from models.classes import CLASSES
from models.serving import predictor
from tests.studies import study_of


def found(kind: str = "grad_cam") -> PictureSensitivity:
    """Return maps of two pictures of which V1's lower right is strongest for the second class."""
    maps = np.zeros((4, 2, 2, 4), np.float32)
    maps[1, 1, 1, 3] = 0.8
    pictures = np.full((2, 128, 250), 255, np.uint8)
    pictures[:, 60:64] = 0
    shuffled = np.array([0.1, 0.2, 0.9, -0.3]) if kind == "grad_cam" else None
    return PictureSensitivity("cnn", kind, ("I", "V1"), pictures, maps, shuffled)


def test_the_strongest_place_is_named_in_shares_of_the_picture():
    assert sensitivity.strongest(found(), CLASSES[1]) == (
        "Strongest for Abnormal heartbeat in V1, 88% of its width from the left, 75% from the top."
    )
    assert "by 80.0 percentage points" in sensitivity.strongest(found("occlusion"), CLASSES[1])
    assert sensitivity.strongest(found(), CLASSES[0]) == "No place speaks for Normal in this map."


def test_the_randomisation_check_passes_or_fails_by_the_correlation():
    assert sensitivity.randomisation(found(), CLASSES[0]).startswith("Randomisation check passed")
    assert sensitivity.randomisation(found(), CLASSES[2]).startswith("Randomisation check failed")
    assert "\N{MINUS SIGN}0.30" in sensitivity.randomisation(found(), CLASSES[3])
    assert sensitivity.randomisation(found("occlusion"), CLASSES[0]) is None


def test_the_table_holds_every_value():
    table = sensitivity.map_table(found())
    assert len(table) == 4 * 2 * 2 * 4
    (strongest,) = table[table["value"] > 0].to_dict("records")
    assert strongest == {"class": "Abnormal heartbeat", "picture": "V1", "row": 1, "column": 3, "value": 0.8}


@pytest.mark.parametrize("kind", ["grad_cam", "occlusion"])
def test_the_sheet_is_coloured_where_the_map_is_strong_and_nowhere_else(kind):
    strong, none = map_sheet(found(kind), CLASSES[1]), map_sheet(found(kind), CLASSES[0])
    assert strong.shape == none.shape
    inside = none[40:200, 5 : CELL_PX - 5]
    assert (inside[..., 0] == inside[..., 1]).all()
    changed = (strong != none).any(axis=2)
    assert not changed[:, :CELL_PX].any()
    assert changed[:, CELL_PX:].any()


def test_grad_cam_is_orange_and_occlusion_is_not():
    place = np.s_[180, 2 * CELL_PX - 10]
    cam, occlusion = (map_sheet(found(kind), CLASSES[1])[place] for kind in ("grad_cam", "occlusion"))
    assert cam[0] > cam[2]
    assert not np.array_equal(cam, occlusion)
    assert CAM[0] > CAM[2]


@pytest.mark.parametrize(("network", "shape"), [("paper_cnn", (13, 150, 150)), ("cnn", (16, 128, 250))])
def test_maps_are_of_the_pictures_that_the_network_receives(monkeypatch, network, shape):
    study = study_of("edan_normal")
    given = []

    def grad_cam(classifier, pictures, shuffled=False):
        given.append(pictures)
        return np.random.default_rng(shuffled).random((4, len(pictures), 8, 16), dtype=np.float32)

    for name in ("paper_grad_cam", "picture_grad_cam"):
        monkeypatch.setattr(sensitivity, name, grad_cam)
    maps = sensitivity.picture_sensitivity_of(study, network, "grad_cam")
    assert given[0].shape == shape
    assert maps.pictures.shape[1:] == shape[1:]
    assert len(maps.names) == maps.maps.shape[1] == shape[0]
    assert (np.abs(maps.shuffled) < 0.5).all()
    assert maps.is_articles == (network == "paper_cnn")
    assert network in predictor.networks().by_name


def test_a_picture_without_ink_is_left_out(monkeypatch):
    study = study_of("rbbb_cabrera")
    monkeypatch.setattr(
        sensitivity, "paper_occlusion", lambda classifier, pictures: np.zeros((4, len(pictures), 5, 5), np.float32)
    )
    maps = sensitivity.picture_sensitivity_of(study, "paper_cnn", "occlusion")
    assert len(maps.names) == len(study.pictures.read)
    assert replace(maps, network="cnn").is_articles is False
