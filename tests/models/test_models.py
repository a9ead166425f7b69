"""The article's networks have the article's exact shape, and no network is loaded without a valid card."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import models
from models.classes import CLASSES
from models.networks import member_ensemble, registry
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


def tiny_network(middle, classes=4, seed=3):
    """A network over reports of 6 x 6 x 3, with dropout to reveal a call in training mode."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    rows = keras.Input((6, 6, 3))
    x = layers.Dropout(0.5)(layers.Flatten()(middle(rows)))
    leads = layers.Reshape((13, classes))(layers.Dense(13 * classes)(x))
    return keras.Model(rows, {"report": layers.Dense(classes)(x), "leads": leads, "distance": layers.Dense(1)(x)})


@pytest.mark.tensorflow
def test_a_loaded_network_predicts_like_the_saved_one_from_any_thread(put, tmp_path):
    import keras

    network = member_ensemble("tiny", [tiny_network(keras.layers.Conv2D(2, 3), seed=seed) for seed in (3, 4)])
    network.save(tmp_path / "tiny.keras")
    classifier = models.load("tiny", put(contents=None))
    batches = [np.random.default_rng(n).random((1 + n % 13, 6, 6, 3), dtype=np.float32) for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        predictions = list(threads.map(classifier, batches))
    for batch, found in zip(batches, predictions, strict=True):
        outputs = network(batch, training=False)
        # The card's temperature is 2.
        expected = np.exp(outputs["report"].numpy() / 2)
        np.testing.assert_allclose(found.report, expected / expected.sum(axis=1, keepdims=True), atol=1e-6)
        np.testing.assert_allclose(found.leads.sum(axis=2), 1, atol=1e-6)
        np.testing.assert_allclose(found.distance, outputs["distance"].numpy()[:, 0], atol=1e-6)
    with pytest.raises(ValueError, match="takes rows of"):
        classifier(np.zeros((1, 5, 6, 3), np.float32))


@pytest.mark.tensorflow
def test_a_network_that_holds_code_is_refused(put, tmp_path):
    import keras

    tiny_network(keras.layers.Lambda(lambda x: x * 2)).save(tmp_path / "tiny.keras")
    with pytest.raises(models.ModelFileError, match="could not be loaded"):
        models.load("tiny", put(contents=None))


@pytest.mark.tensorflow
def test_a_file_that_is_not_a_network_is_refused(put):
    with pytest.raises(models.ModelFileError, match="could not be loaded"):
        models.load("tiny", put(contents=b"not a network"))


@pytest.mark.tensorflow
@pytest.mark.parametrize(("classes", "shape"), [(3, [6, 6, 3]), (4, [6, 6, 1])])
def test_a_network_of_another_shape_than_its_card_is_refused(put, tmp_path, classes, shape):
    import keras

    tiny_network(keras.layers.Conv2D(2, 3), classes).save(tmp_path / "tiny.keras")
    with pytest.raises(models.ModelFileError, match="where its card has"):
        models.load("tiny", put(contents=None, input=shape))


@pytest.mark.tensorflow
def test_a_single_network_is_refused(put, tmp_path):
    import keras

    tiny_network(keras.layers.Conv2D(2, 3)).save(tmp_path / "tiny.keras")
    with pytest.raises(models.ModelFileError, match="an ensemble of members"):
        models.load("tiny", put(contents=None))
