"""The article's networks have the article's exact shape, and no network is loaded without a valid card."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import models
from models.classes import CLASSES
from models.networks import (
    DIRECTIONS,
    ROWS_SHAPE,
    Whitening,
    member_ensemble,
    registry,
    statistics,
    traces,
    with_distance,
)
from models.serving import loaded_network
from models.serving.cards import checked_file


@pytest.fixture
def put(tmp_path):
    """Write a weights file and its card into a folder; changes replace keys of the card, None removes one."""

    def put_one(stem="tiny", contents=b"weights", **changes):
        file = tmp_path / f"{stem}.keras"
        if contents is not None:
            file.write_bytes(contents)
        card = {
            "name": stem,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "keras": "3.15.1",
            "data": "drawn",
            "split": "none",
            "seed": 1,
            "input": [6, 6, 3],
            "classes": list(CLASSES),
            "temperature": 2.0,
            "abstain_below": 0.5,
            "distance_limit": 3.0,
            "figures": {},
            "limits": ["never trained"],
        }
        kept = {key: value for key, value in (card | changes).items() if value is not None}
        file.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
        return tmp_path

    return put_one


def test_an_unknown_name_raises_without_loading_anything():
    with pytest.raises(KeyError, match="paper_cnn"):
        registry.build("resnet")


def test_every_shipped_network_has_a_valid_card():
    for name in models.shipped():
        checked_file(name)


def test_a_file_is_shipped_only_with_its_card(put, tmp_path):
    put("with_card")
    (tmp_path / "without_card.keras").write_bytes(b"weights")
    assert models.shipped(tmp_path) == ("with_card",)
    assert models.shipped(tmp_path / "nowhere") == ()


def test_a_valid_card_is_read(put):
    file, card = checked_file("tiny", put())
    assert file.name == "tiny.keras"
    assert card.input == (6, 6, 3)
    assert card.classes == CLASSES
    assert card.limits == ("never trained",)


def test_a_missing_file_or_card_is_named(put, tmp_path):
    with pytest.raises(models.ModelFileError, match=r"no weights file paper_cnn\.npz"):
        models.load("paper_cnn", tmp_path)
    put()
    (tmp_path / "tiny.json").unlink()
    with pytest.raises(models.ModelFileError, match=r"tiny\.keras has no card tiny\.json"):
        models.load("tiny", tmp_path)


@pytest.mark.parametrize("name", ["", "..", "../tiny", "weights/tiny", "/etc/passwd"])
def test_a_name_leads_to_no_other_folder(put, tmp_path, name):
    put()
    (tmp_path / "weights").mkdir()
    with pytest.raises(models.ModelFileError):
        models.load(name, tmp_path / "weights")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sha256": "0" * 64}, "has the sha256 [0-9a-f]{64}, where its card has 0{64}"),
        ({"sha256": None}, "lacks sha256"),
        ({"split": None, "seed": None}, "lacks split, seed"),
        ({"name": "other"}, "is the card of 'other', not of 'tiny'"),
        ({"classes": ["Normal", "Other"]}, "has the classes"),
        ({"classes": list(reversed(CLASSES))}, "has the classes"),
        ({"seed": "1"}, "must give seed as int"),
        ({"seed": True}, "must give seed as int"),
        ({"sha256": 7}, "must give sha256 as str"),
        ({"figures": []}, "must give figures as dict"),
        ({"temperature": "2"}, "must give temperature as float"),
        ({"distance_limit": None}, "lacks distance_limit"),
    ],
)
def test_a_wrong_card_is_refused_before_keras_sees_the_file(put, changes, message):
    with pytest.raises(models.ModelFileError, match=message):
        models.load("tiny", put(**changes))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00"])
def test_a_card_that_is_not_a_json_object_is_refused(put, text):
    folder = put()
    (folder / "tiny.json").write_text(text, encoding="utf-8")
    with pytest.raises(models.ModelFileError, match=r"tiny\.json"):
        models.load("tiny", folder)


def test_a_file_changed_by_one_bit_is_refused(put):
    folder = put()
    (folder / "tiny.keras").write_bytes(b"weightr")
    with pytest.raises(models.ModelFileError, match="sha256"):
        models.load("tiny", folder)


@pytest.mark.tensorflow
@pytest.mark.parametrize(("name", "parameters"), [("paper_cnn", 19_035_716), ("paper_cnn_lstm", 1_473_092)])
def test_the_networks_have_the_papers_parameters(name, parameters):
    network = registry.build(name)
    assert network.count_params() == parameters
    assert network.input_shape == (None, 150, 150, 3)
    assert network.output_shape == (None, len(CLASSES))
    assert name in registry.names()


def trace_network(seed=3, classes=4):
    """An untrained member of the CNN over traces, with its distance and with dropout to reveal training mode."""
    import keras

    keras.utils.set_random_seed(seed)
    member = registry.build("trace_cnn", traces.LeadConfig(classes=classes))
    pooled = statistics(member)
    random = np.random.default_rng(seed)
    whitenings = [Whitening(random.normal(size=(n, DIRECTIONS)), np.zeros(DIRECTIONS)) for n in (pooled.shape[-1], 96)]
    return with_distance(member, pooled, *whitenings)


@pytest.mark.tensorflow
def test_a_loaded_network_predicts_like_the_saved_one_from_any_thread(put, tmp_path):
    network = member_ensemble("trace_cnn", [trace_network(seed) for seed in (3, 4)])
    network.save(tmp_path / "trace_cnn.keras")
    classifier = models.load("trace_cnn", put("trace_cnn", None, input=list(ROWS_SHAPE)))
    batches = [np.random.default_rng(n).random((1 + n % 13, *ROWS_SHAPE), dtype=np.float32) for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        predictions = list(threads.map(classifier, batches))
    for batch, found in zip(batches, predictions, strict=True):
        outputs = network(batch, training=False)
        # The card's temperature is 2.
        expected = np.exp(outputs["report"].numpy() / 2)
        np.testing.assert_allclose(found.report, expected / expected.sum(axis=1, keepdims=True), atol=1e-5)
        np.testing.assert_allclose(found.leads.sum(axis=2), 1, atol=1e-6)
        np.testing.assert_allclose(found.distance, outputs["distance"].numpy()[:, 0], rtol=1e-4)
    with pytest.raises(ValueError, match="takes rows of"):
        classifier(np.zeros((1, 5, 6, 3), np.float32))
    # What explanations ask for is the same network.
    again = classifier.network(batches[3], training=False)
    np.testing.assert_allclose(again["report"], network(batches[3], training=False)["report"], atol=1e-6)


@pytest.mark.tensorflow
def test_code_in_a_file_is_never_run(put, tmp_path):
    import keras
    from keras import layers

    rows = keras.Input(ROWS_SHAPE)
    report = layers.Dense(4)(layers.Flatten()(layers.Lambda(lambda x: x * 2)(rows)))
    member_ensemble("trace_cnn", [keras.Model(rows, {"report": report})]).save(tmp_path / "trace_cnn.keras")
    put("trace_cnn", None, input=list(ROWS_SHAPE))
    with pytest.raises(models.ModelFileError, match="do not fit the network's graph"):
        models.load("trace_cnn", tmp_path)
    with pytest.raises(models.ModelFileError, match="could not be loaded by Keras"):
        loaded_network(tmp_path / "trace_cnn.keras", lambda network: None, None)


def test_a_file_that_is_not_a_network_is_refused(put):
    with pytest.raises(models.ModelFileError, match="could not be loaded"):
        models.load("trace_cnn", put("trace_cnn", b"not a network", input=list(ROWS_SHAPE)))


@pytest.mark.tensorflow
def test_a_network_of_another_shape_is_refused(put, tmp_path):
    member_ensemble("trace_cnn", [trace_network(classes=3)]).save(tmp_path / "trace_cnn.keras")
    with pytest.raises(models.ModelFileError, match="do not fit the network's graph"):
        models.load("trace_cnn", put("trace_cnn", None, input=list(ROWS_SHAPE)))
    with pytest.raises(models.ModelFileError, match=r"has rows of \(6, 6, 3\)"):
        models.load("trace_cnn", put("trace_cnn", None))


@pytest.mark.tensorflow
def test_a_single_network_is_refused(put, tmp_path):
    trace_network().save(tmp_path / "trace_cnn.keras")
    with pytest.raises(models.ModelFileError, match="an ensemble of members"):
        models.load("trace_cnn", put("trace_cnn", None, input=list(ROWS_SHAPE)))
