"""The article's networks as they ship: stored as integers within a hundredth, and a mean over the leads printed."""

import json

import numpy as np
import pytest

import models
from models.classes import CLASSES
from models.serving import load_paper, stored_arrays
from models.serving.cards import Card
from models.serving.paper_classifier import PaperClassifier, of_leads

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module")
def network():
    import keras

    keras.utils.set_random_seed(4)
    return models.build("paper_cnn_lstm")


@pytest.fixture(scope="module")
def card():
    return Card(
        name="paper_cnn_lstm", sha256="0" * 64, keras="3", data="drawn", split="none", seed=0, input=(13, 150, 150),
        classes=CLASSES, figures={}, limits=(), temperature=2.0, abstain_below=0.5, distance_limit=3.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def classifier(network, card):
    return PaperClassifier(
        network.get_weights(), card, (np.zeros((512, 24), np.float32), np.ones(24, np.float32)), lambda: network
    )


def squares(leads):
    rng = np.random.default_rng(1)
    pictures = np.full((1, 13, 150, 150), 255, np.uint8)
    pictures[0, :leads] = np.where(rng.random((leads, 150, 150)) < 0.1, 0, 255)
    return pictures


def test_the_report_is_the_mean_over_the_leads_that_are_printed(classifier):
    some, whole = classifier(squares(5)), classifier(squares(13))
    probabilities = np.exp(some.lead_logits[0, :5] * 2)
    np.testing.assert_allclose(np.exp(some.report_logits[0] * 2), probabilities.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(whole.leads.sum(axis=-1), 1, atol=1e-5)
    named = dict(zip("abcdefghijklm", whole.leads[0], strict=True))
    np.testing.assert_allclose(of_leads(named, 2.0), whole.report[0], atol=1e-5)
    assert some.distance == pytest.approx(1)
    with pytest.raises(ValueError, match="takes pictures of"):
        classifier(np.zeros((1, 12, 150, 150), np.uint8))


def test_weights_in_integers_hardly_move_a_probability(network, classifier, card, tmp_path, monkeypatch):
    import hashlib
    from dataclasses import asdict

    from models.serving import paper_classifier

    # Here every layer counts as large: the network of the test has none that is.
    monkeypatch.setattr(paper_classifier, "_LARGE", 1000)
    file = tmp_path / "paper_cnn_lstm.npz"
    arrays = {"whitening_weights": np.zeros((512, 24)), "whitening_bias": np.ones(24)}
    np.savez(file, **stored_arrays(network), **arrays)
    assert file.stat().st_size < 0.3 * 4 * network.count_params()
    kept = asdict(card) | {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    file.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
    assert models.shipped(tmp_path) == ("paper_cnn_lstm",)
    loaded = load_paper("paper_cnn_lstm", tmp_path)
    np.testing.assert_allclose(loaded(squares(13)).leads, classifier(squares(13)).leads, atol=0.01)
    # For explanations the same weights lie in Keras.
    inked = np.repeat(squares(13)[0, ..., None].astype(np.float32) / 255, 3, axis=-1)
    probabilities = np.exp(loaded(squares(13)).lead_logits[0] * 2)
    np.testing.assert_allclose(loaded.network(inked, training=False), probabilities, atol=1e-5)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(models.ModelFileError, match="sha256"):
        load_paper("paper_cnn_lstm", tmp_path)
