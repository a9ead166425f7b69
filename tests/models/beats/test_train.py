"""A quick training run of every shipped beat network on drawn beats, through the code that trained them."""

import json

import numpy as np
import pytest

from models.beats import BEAT_NETWORKS
from models.beats.classifier import BEAT_WEIGHTS_FOLDER
from models.beats.fitting import BeatFitConfig
from models.beats.published import PUBLISHED_AUGMENTATION
from models.beats.tasks import TASKS
from models.beats.train import PREDICTIONS_FILE, RUN_FILE, train
from models.serving import shipped
from tests import tiny_beats

pytestmark = [pytest.mark.slow, pytest.mark.tensorflow]

SHIPPED = {name.partition("-")[0] for name in shipped(BEAT_WEIGHTS_FOLDER)}
CONFIG = BeatFitConfig(epochs=3, batch=16, patience=3)


@pytest.fixture(scope="module")
def task(tmp_path_factory):
    """Beats of five classes, which differ in height, in records of their own for training and test."""
    folder = tmp_path_factory.mktemp("data")
    return TASKS["five_patients"](tiny_beats.mitbih(folder), "trace", folder)


@pytest.mark.parametrize("network", [name for name in BEAT_NETWORKS if name in SHIPPED])
def test_a_shipped_network_trains_and_is_written_with_its_predictions(tmp_path, task, network):
    import keras

    train(network, task, "trace", PUBLISHED_AUGMENTATION[network], CONFIG, 0, tmp_path)
    (history,) = json.loads((tmp_path / RUN_FILE).read_text("utf-8"))["histories"]
    for own in (history, *history.get("towers", [])):
        assert min(own["loss"][1:]) < own["loss"][0]
    with np.load(tmp_path / PREDICTIONS_FILE) as arrays:
        assert arrays["index"].tolist() == task.splits[0].test.tolist()
        np.testing.assert_allclose(arrays["probabilities"].sum(axis=1), 1, atol=1e-5)
        assert ("without_rhythm" in arrays) == (network == "beat_net")
    assert keras.saving.load_model(tmp_path / "split0.keras", compile=False).output_shape == (None, 5)
