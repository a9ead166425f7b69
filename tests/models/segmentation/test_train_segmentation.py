"""Training the page segmentation network: its losses and rates, and a short run with the real code."""

import json

import numpy as np
import pytest

from models.segmentation import build_network, train_segmentation
from models.segmentation.losses import name_loss, pixel_loss, validation_figures
from models.segmentation.train_segmentation import Course, jittered, learning_rate
from preprocessing.page import NAMES, PIXEL_LABELS

STEPS = 10_000


def test_the_rate_rises_to_its_highest_and_falls_to_zero():
    rates = np.array([learning_rate(step, step / STEPS) for step in range(STEPS + 1)])
    top = int(rates.argmax())
    assert 190 <= top <= 210
    assert np.all(np.diff(rates[: top + 1]) > 0)
    assert np.all(np.diff(rates[top:]) < 0)
    assert rates[top] == pytest.approx(train_segmentation.LEARNING_RATE, rel=0.01)
    assert 0 < rates[0] < rates[top] / 100
    assert rates[-1] == pytest.approx(0, abs=1e-12)


def test_the_rate_scales_with_its_highest_and_stays_at_zero_beyond_the_end():
    assert learning_rate(300, 0.03, 1.0) == pytest.approx(2 * learning_rate(300, 0.03, 0.5))
    assert learning_rate(2 * STEPS, 2.0) == pytest.approx(0, abs=1e-12)


def test_a_course_is_over_by_steps_or_by_minutes_whichever_comes_first():
    assert Course(100).done(25, 1e6) == 0.25
    assert Course(100, minutes=8).done(25, 4) == 0.5
    assert Course(100, minutes=8).done(100, 4) == 1


class Constant:
    """A network that gives the same logits for all pixels."""

    def __init__(self, logits):
        self.logits = logits

    def predict_on_batch(self, rgb):
        return {"pixels": np.broadcast_to(np.array(self.logits, np.float32), (*rgb.shape[:3], len(self.logits)))}


def test_validation_gives_the_overlap_of_each_label():
    coverage = np.zeros((20, 8, 8, len(PIXEL_LABELS)), np.uint8)
    coverage[..., 0] = 255
    coverage[:, :4, :, 1] = 255
    figures = validation_figures(Constant([50, 50, -50, 50, -50, -50]), (np.zeros((20, 8, 8, 3), np.uint8), coverage))
    assert list(figures) == list(PIXEL_LABELS)
    assert [figures[label] for label in PIXEL_LABELS[:2]] == [1.0, pytest.approx(2 / 3, abs=1e-3)]
    assert figures["pulse"] == 0


def logits_for(coverage, sureness):
    return sureness * (2 * coverage.astype(np.float32) - 1)


@pytest.mark.tensorflow
def test_the_losses_are_least_for_the_truth():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 2, (2, 8, 8, len(PIXEL_LABELS)))
    names = rng.integers(0, 2, (2, 2, 2, len(NAMES)))
    for loss, truth in ((pixel_loss, pixels), (name_loss, names)):
        right, unsure, wrong = (float(loss(255 * truth, logits_for(truth, sureness))) for sureness in (20, 0, -20))
        assert 0 <= right < 0.05
        assert right < unsure < wrong
        assert np.isfinite(wrong)


@pytest.mark.tensorflow
def test_pictures_vary_while_the_network_is_trained_and_not_when_it_predicts():
    network = build_network((8, 8, 8, 8, 8))
    trained = jittered(network)
    rgb = np.random.default_rng(0).integers(0, 256, (2, 64, 64, 3), dtype=np.uint8)
    expected = network.predict_on_batch(rgb.astype(np.float32))["pixels"]
    np.testing.assert_allclose(trained.predict_on_batch(rgb)["pixels"], expected, atol=1e-4)
    jitter = trained.get_layer("jitter")
    one, other = (np.asarray(jitter(rgb, training=True)) for _ in range(2))
    assert one.shape == rgb.shape
    assert 0 <= one.min() <= one.max() <= 255
    assert 1 < np.abs(one - other).mean() < 40
    assert 1 < np.abs(one - rgb).mean() < 40


@pytest.mark.tensorflow
def test_missed_traces_cost_more_than_missed_grid():
    truth = np.zeros((1, 8, 8, len(PIXEL_LABELS)))
    costs = []
    for label in ("trace", "grid"):
        some = truth.copy()
        some[..., PIXEL_LABELS.index(label)] = 1
        costs.append(float(pixel_loss(255 * some, logits_for(truth, 5))))
    assert costs[0] > costs[1]


def patches(count, seed):
    """Draw dark traces on white paper, with a grey name in some."""
    rng = np.random.default_rng(seed)
    rgb = np.full((count, 64, 64, 3), 240, np.uint8)
    coverage = np.zeros((count, 64, 64, len(PIXEL_LABELS)), np.uint8)
    names = np.zeros((count, 16, 16, len(NAMES)), np.uint8)
    for patch in range(count):
        rows = np.rint(rng.uniform(15, 45) + 8 * np.sin(np.arange(64) / rng.uniform(3, 9))).astype(int)
        for thick in range(2):
            rgb[patch, rows + thick, np.arange(64)] = 30
            coverage[patch, rows + thick, np.arange(64), 0] = 255
        rgb[patch, 2:6, 20:30] = 120
        names[patch, 1, 6, [0, len(NAMES) - 1]] = 255
    return {"rgb": rgb, "coverage": coverage, "names": names}


@pytest.mark.slow
@pytest.mark.tensorflow
def test_a_short_run_learns_and_goes_on_from_its_checkpoint(tmp_path, monkeypatch):
    (tmp_path / "validation").mkdir()
    np.savez(tmp_path / "0.npz", **patches(16, 0))
    np.savez(tmp_path / "validation" / "1.npz", **patches(8, 1))
    monkeypatch.setattr(train_segmentation, "learning_rate", lambda step, done: 5e-3)
    monkeypatch.setattr(train_segmentation, "build_network", lambda: build_network((8, 8, 8, 8, 8)))
    train_segmentation.train(tmp_path, Course(24, batch=8, report_every=8), seed=3)
    averaged = train_segmentation.train(tmp_path, Course(28, 24, batch=8, report_every=8), seed=3)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in log] == [8, 16, 24, 28]
    losses = [line["loss"] for line in log]
    assert losses[2] < 0.8 * losses[0]
    # It goes on where it stopped, not from new weights.
    assert losses[3] < 1.1 * losses[2]
    assert all(0 <= line[label] <= 1 for line in log for label in PIXEL_LABELS)
    restored = build_network((8, 8, 8, 8, 8))
    restored.load_weights(tmp_path / "averaged.weights.h5")
    for kept, last in zip(restored.get_weights(), averaged.get_weights(), strict=True):
        np.testing.assert_array_equal(kept, last)
        assert np.isfinite(kept).all()
    # The average is not the network as it was last trained.
    trained = build_network((8, 8, 8, 8, 8))
    trained.load_weights(tmp_path / "network.weights.h5")
    assert not np.array_equal(trained.get_weights()[0], averaged.get_weights()[0])
