"""The page segmentation network and its ONNX file, with random weights: both give the same maps."""

import json

import numpy as np
import pytest

from models.segmentation import build_network, onnx_file, write_onnx
from models.segmentation import network as network_module
from preprocessing.page import NAMES, NAMES_STRIDE, PIXEL_LABELS, segmentation
from preprocessing.weights_file import checked_bytes, read_card

pytestmark = pytest.mark.tensorflow

OUTPUTS = ["pixels", "names"]
WIDTHS = (8, 8, 12, 12, 16)


def random_network():
    """Return a small network whose batch normalisation has statistics of its own in every layer."""
    import keras

    keras.utils.set_random_seed(4)
    network = build_network(WIDTHS)
    rng = np.random.default_rng(2)
    for layer in network.layers:
        if type(layer).__name__ == "BatchNormalization":
            gamma, beta, mean, variance = layer.get_weights()
            layer.set_weights(
                [
                    rng.uniform(0.5, 1.5, gamma.shape),
                    rng.normal(0, 0.2, beta.shape),
                    rng.normal(0, 0.2, mean.shape),
                    rng.uniform(0.5, 1.5, variance.shape),
                ]
            )
    return network


@pytest.fixture(scope="module")
def network():
    return random_network()


@pytest.fixture(scope="module")
def session(network, tmp_path_factory):
    import onnxruntime

    path = tmp_path_factory.mktemp("onnx") / "network.onnx"
    write_onnx(network, path)
    return onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])


def picture(rows, columns):
    return np.random.default_rng(1).integers(0, 256, (1, rows, columns, 3), dtype=np.uint8)


def test_the_network_gives_logits_for_every_pixel_and_names_for_every_fourth(network):
    logits = network.predict_on_batch(picture(64, 96).astype(np.float32))
    assert logits["pixels"].shape == (1, 64, 96, len(PIXEL_LABELS))
    assert logits["names"].shape == (1, 64 // NAMES_STRIDE, 96 // NAMES_STRIDE, len(NAMES))
    assert logits["pixels"].min() < 0 < logits["pixels"].max()


def test_the_network_has_few_parameters():
    assert 300_000 < build_network().count_params() < 800_000


@pytest.mark.parametrize("shape", [(64, 96), (32, 160)])
def test_the_file_gives_the_same_maps_as_the_network(network, session, shape):
    rgb = picture(*shape)
    logits = network.predict_on_batch(rgb.astype(np.float32))
    for output, found in zip(OUTPUTS, session.run(OUTPUTS, {"rgb": rgb}), strict=True):
        expected = 1 / (1 + np.exp(-np.asarray(logits[output], float)))
        assert found.dtype == np.uint8
        # Half a step of rounding, and weights in half precision.
        np.testing.assert_allclose(found.transpose(0, 2, 3, 1) / 255, expected, atol=1 / 255 + 0.002)
        assert np.ptp(found) > 20


def test_published_weights_have_a_card_with_which_pages_are_labelled(tmp_path, monkeypatch):
    path = tmp_path / "segmentation.onnx"
    monkeypatch.setattr(onnx_file, "SEGMENTATION_FILE", path)
    monkeypatch.setattr(network_module, "build_network", lambda: build_network(WIDTHS))
    random_network().save_weights(tmp_path / "averaged.weights.h5")
    lines = [
        {"step": step, "batch": 16, "minutes": 1.5, "shards": 3, **dict.fromkeys(PIXEL_LABELS, share)}
        for step, share in ((200, 0.25), (400, 0.5))
    ]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    onnx_file.publish(tmp_path, seed=11)
    card = read_card(path)
    assert card.outputs == (*PIXEL_LABELS, *(f"name {name}" for name in NAMES))
    assert card.seed == 11
    assert card.training["step"] == 400
    assert set(card.figures["validation_overlap"].values()) == {0.5}
    assert checked_bytes(path)
    segmentation._session.cache_clear()
    try:
        monkeypatch.setattr(segmentation, "SEGMENTATION_FILE", path)
        maps = segmentation.segment(picture(70, 90)[0], 6.0, 6.0)
    finally:
        segmentation._session.cache_clear()
    assert maps.labels.shape == (len(PIXEL_LABELS), 70, 90)
    assert np.ptp(maps.labels) > 20
