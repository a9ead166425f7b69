"""The linear head that ships, and files that are refused."""

import json
import shutil

import numpy as np
import pytest

from models.networks import LINEAR_HEAD, PICTURES_SHAPE
from models.serving import WEIGHTS_FOLDER, ModelFileError, load_linear_head


@pytest.fixture
def folder(tmp_path):
    for name in (LINEAR_HEAD, "backbone"):
        for file in WEIGHTS_FOLDER.glob(f"{name}.*"):
            shutil.copy(file, tmp_path)
    return tmp_path


def test_the_head_that_ships_predicts_probabilities():
    pictures = np.full((1, *PICTURES_SHAPE), 255, np.uint8)
    pictures[:, :, 63:65] = 0
    member = load_linear_head()
    found = member(pictures)
    assert found.shape == (1, 4)
    assert found.sum() == pytest.approx(1)
    assert len(member.version) == 12


def test_a_changed_file_is_refused(folder):
    np.savez(folder / f"{LINEAR_HEAD}.npz", kernel=np.zeros(3), bias=np.zeros(3))
    with pytest.raises(ModelFileError, match="sha256"):
        load_linear_head(folder)


@pytest.mark.parametrize("ending", ["npz", "json"])
def test_a_missing_file_is_refused(folder, ending):
    (folder / f"{LINEAR_HEAD}.{ending}").unlink()
    with pytest.raises(ModelFileError, match=LINEAR_HEAD):
        load_linear_head(folder)


def test_a_card_without_a_temperature_is_refused(folder):
    card = folder / f"{LINEAR_HEAD}.json"
    card.write_text(json.dumps({"sha256": json.loads(card.read_text(encoding="utf-8"))["sha256"]}), encoding="utf-8")
    with pytest.raises(ModelFileError, match="temperature"):
        load_linear_head(folder)
