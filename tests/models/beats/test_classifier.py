"""A beat network loads only with a valid card, predicts the same from any thread, and has Grad-CAM maps."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import numpy as np
import pytest

from models.beats import BEAT_NETWORKS, TRACE_KIND, build
from models.beats.beat_net import beat_net
from models.beats.classifier import BeatCard, BeatClassifier, load_beat_network
from models.beats.drawing import network_inputs
from models.beats.live import file_stem, shipped_networks, task_key
from models.beats.shipping import quantised
from models.serving import ModelFileError, checked_card, shipped

CLASSES = ("F", "N", "Q", "S", "V")
EVEN = (1.0,) * len(CLASSES)


def card_of(network, **changes):
    """Return the card of an untrained network."""
    known = BeatCard(
        name=network,
        sha256="0" * 64,
        keras="3",
        network=network,
        task="five_patients",
        kind="trace",
        data="drawn",
        split="none",
        seed=0,
        input=BEAT_NETWORKS[network].shape,
        rhythm=0,
        classes=CLASSES,
        class_weights=EVEN,
        figures={},
        limits=("untrained",),
    )
    return BeatCard(**(asdict(known) | changes))


def put(folder, card, **changes):
    """Write a card beside its file, with the file's hash; `changes` replace keys, and None removes one."""
    file = folder / f"{card.name}.keras"
    if not file.exists():
        file.write_bytes(b"weights")
    lines = asdict(card) | {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()} | changes
    kept = {key: value for key, value in lines.items() if value is not None}
    file.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pictures():
    """Six pictures with a dark block each, in different places."""
    found = np.full((6, 128, 192), 255, np.uint8)
    for at, picture in enumerate(found):
        picture[10 + 15 * at : 40 + 15 * at, 20 + 25 * at : 50 + 25 * at] = 0
    return found


@pytest.fixture(scope="module")
def untrained():
    """The networks under test, with random weights scaled so that their classes differ."""
    import keras

    keras.utils.set_random_seed(1)
    plain, ours = build("beat_cnn_64", len(CLASSES)), beat_net(len(CLASSES), 5)
    for network in (plain, ours):
        kernel, bias = network.get_layer("classes").get_weights()
        network.get_layer("classes").set_weights([4 * kernel, bias])
    return {"beat_cnn_64": plain, "beat_net": ours}


def test_a_valid_card_is_read_with_its_file(tmp_path):
    file, card = checked_card("beat_net", put(tmp_path, card_of("beat_net")), BeatCard)
    assert file == tmp_path / "beat_net.keras"
    assert card == card_of("beat_net", sha256=hashlib.sha256(b"weights").hexdigest())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sha256": "0" * 64}, "has the sha256 [0-9a-f]{64}, where its card has 0{64}"),
        ({"class_weights": None, "task": None}, "lacks task, class_weights"),
        ({"rhythm": "4"}, "must give rhythm as int"),
        ({"rhythm": True}, "must give rhythm as int"),
        ({"class_weights": {}}, "must give class_weights as list"),
        ({"network": 7}, "must give network as str"),
        ({"name": "other"}, "is the card of 'other'"),
        ({"class_weights": [1.0]}, "has 1 class weights for 5 classes"),
    ],
)
def test_a_wrong_card_is_refused_before_keras_sees_the_file(tmp_path, changes, message):
    with pytest.raises(ModelFileError, match=message):
        load_beat_network("beat_net", put(tmp_path, card_of("beat_net"), **changes))


def test_missing_files_are_named_and_not_counted_as_shipped(tmp_path):
    with pytest.raises(ModelFileError, match=r"no weights file beat_net\.keras"):
        load_beat_network("beat_net", tmp_path)
    put(tmp_path, card_of("beat_net"))
    assert shipped(tmp_path) == ("beat_net",)
    (tmp_path / "beat_net.json").unlink()
    with pytest.raises(ModelFileError, match=r"beat_net\.keras has no card beat_net\.json"):
        load_beat_network("beat_net", tmp_path)
    assert shipped(tmp_path) == shipped(tmp_path / "nowhere") == ()


def test_shipped_networks_are_found_by_task_and_kind_in_order(tmp_path):
    spectra = task_key("five_patients", "scalogram")
    assert task_key("five_patients", TRACE_KIND) == "five_patients"
    for network, task in (("beat_net", "five_patients"), ("beat_cnn_64", "five_patients"), ("beat_net", spectra)):
        put(tmp_path, card_of(network, name=file_stem(network, task)))
    assert shipped_networks("five_patients", tmp_path) == ["beat_cnn_64", "beat_net"]
    assert shipped_networks(spectra, tmp_path) == ["beat_net"]
    assert shipped_networks("six_published", tmp_path) == []


@pytest.mark.parametrize("name", ["", "..", "../beat_net", "/etc/passwd"])
def test_a_name_cannot_lead_to_another_folder(tmp_path, name):
    put(tmp_path, card_of("beat_net"))
    (tmp_path / "inner").mkdir()
    with pytest.raises(ModelFileError, match=r"is not the name of a network|no weights file"):
        load_beat_network(name, tmp_path / "inner")


@pytest.mark.tensorflow
@pytest.mark.parametrize(("name", "rhythm"), [("beat_cnn_64", 0), ("beat_net", 5)])
def test_a_loaded_network_predicts_the_same_from_any_thread(tmp_path, untrained, pictures, name, rhythm):
    untrained[name].save(tmp_path / f"{name}.keras")
    classifier = load_beat_network(name, put(tmp_path, card_of(name, rhythm=rhythm)))
    features = np.random.default_rng(0).normal(size=(6, 5)).astype(np.float32) if rhythm else None
    inputs = network_inputs(pictures, BEAT_NETWORKS[name].shape, features)
    expected = np.asarray(untrained[name](inputs, training=False))
    np.testing.assert_allclose(classifier(pictures, features), expected, atol=1e-5)
    own = None if features is None else features[2]
    whole = classifier(pictures, features), classifier.grad_cam(pictures[2], 1, own)

    def both(_):
        return classifier(pictures, features), classifier.grad_cam(pictures[2], 1, own)

    with ThreadPoolExecutor(8) as threads:
        for result in threads.map(both, range(24)):
            np.testing.assert_array_equal(result[0], whole[0])
            np.testing.assert_array_equal(result[1], whole[1])


@pytest.mark.tensorflow
def test_first_maps_from_many_threads_at_once_are_right(untrained, pictures):
    classifier = BeatClassifier(untrained["beat_cnn_64"], card_of("beat_cnn_64"))
    with ThreadPoolExecutor(8) as threads:
        maps = list(threads.map(lambda label: classifier.grad_cam(pictures[0], label % 5), range(16)))
    for label, found in enumerate(maps):
        np.testing.assert_array_equal(found, maps[label % 5])


@pytest.mark.tensorflow
def test_probabilities_are_weighted_as_in_the_card(untrained, pictures):
    weights = (1.0, 8.0, 0.0, 0.5, 1.0)
    even = BeatClassifier(untrained["beat_cnn_64"], card_of("beat_cnn_64"))(pictures)
    weighted = BeatClassifier(untrained["beat_cnn_64"], card_of("beat_cnn_64", class_weights=weights))(pictures)
    expected = even * np.array(weights)
    np.testing.assert_allclose(weighted, expected / expected.sum(axis=1, keepdims=True), atol=1e-6)
    np.testing.assert_allclose(even.sum(axis=1), 1, atol=1e-6)
    assert weighted.dtype == np.float32
    assert (weighted[:, 2] == 0).all()
    assert np.abs(weighted - even).max() > 0.1


@pytest.mark.tensorflow
def test_a_missing_rhythm_counts_as_unknown_and_a_known_one_matters(untrained, pictures):
    classifier = BeatClassifier(untrained["beat_net"], card_of("beat_net", rhythm=5))
    usual = classifier(pictures)
    np.testing.assert_array_equal(classifier(pictures, np.zeros((6, 5))), usual)
    assert np.abs(classifier(pictures, np.full((6, 5), 1.0)) - usual).max() > 1e-4


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", [name for name in BEAT_NETWORKS if name != "beat_vgg16"])
def test_grad_cam_is_a_map_of_the_picture(pictures, name):
    import keras

    keras.utils.set_random_seed(2)
    # As shipped, with int8 dense layers.
    classifier = BeatClassifier(quantised(build(name, len(CLASSES))), card_of(name))
    maps = [classifier.grad_cam(pictures[1], label) for label in range(2)]
    for found in maps:
        assert found.shape == (128, 192)
        assert found.dtype == np.float32
        # The maximum is 1 but for smoothing by resizing; a map is all 0 where nothing raises the class.
        assert found.min() >= 0
        assert found.max() == 0 or 0.5 < found.max() <= 1
    assert any(found.max() > 0 for found in maps)


@pytest.mark.tensorflow
def test_grad_cam_marks_where_the_class_is_recognised():
    import keras
    from keras import layers

    # One feature map is high on ink and the other on paper; each raises one class.
    picture = keras.Input((64, 96, 1), name="picture")
    means = layers.GlobalAveragePooling2D()(layers.Conv2D(2, 1, name="maps")(picture))
    network = keras.Model(picture, layers.Dense(2, activation="softmax", name="classes")(means))
    network.get_layer("maps").set_weights([np.array([[[[-1.0, 1.0]]]]), np.array([1.0, 0.0])])
    network.get_layer("classes").set_weights([3 * np.eye(2), np.zeros(2)])
    classifier = BeatClassifier(network, card_of("beat_net", classes=("ink", "paper"), class_weights=(1.0, 1.0)))
    lower_right = np.full((128, 192), 255, np.uint8)
    lower_right[80:110, 120:170] = 0
    ink, paper = classifier.grad_cam(lower_right, 0), classifier.grad_cam(lower_right, 1)
    assert ink[84:106, 124:166].min() > 0.9
    assert max(ink[:76].max(), ink[:, :116].max()) < 0.1
    assert paper[84:106, 124:166].max() < 0.1
    assert paper[:76].min() > 0.9


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    "changes",
    [{"input": (64, 96, 1)}, {"rhythm": 4}, {"classes": CLASSES[:4], "class_weights": EVEN[:4]}],
    ids=["input", "rhythm", "classes"],
)
def test_a_network_of_another_shape_than_its_card_is_refused(tmp_path, untrained, changes):
    untrained["beat_cnn_64"].save(tmp_path / "beat_cnn_64.keras")
    with pytest.raises(ModelFileError, match="where its card has"):
        load_beat_network("beat_cnn_64", put(tmp_path, card_of("beat_cnn_64", **changes)))


@pytest.mark.tensorflow
def test_a_file_that_is_no_network_or_holds_code_is_refused(tmp_path):
    import keras

    with pytest.raises(ModelFileError, match="could not be loaded"):
        load_beat_network("beat_net", put(tmp_path, card_of("beat_net")))
    picture = keras.Input((64, 96, 1), name="picture")
    keras.Model(picture, keras.layers.Lambda(lambda x: x * 2)(picture)).save(tmp_path / "beat_net.keras")
    with pytest.raises(ModelFileError, match="could not be loaded"):
        load_beat_network("beat_net", put(tmp_path, card_of("beat_net")))
