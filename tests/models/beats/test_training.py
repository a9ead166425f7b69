"""Training: inputs, validation sets that are never trained on, the best epoch kept, the same result again."""

from dataclasses import replace

import numpy as np
import pytest

import models.beats.training as training
from models.beats.augmentation import unchanged
from models.beats.beat_net import BeatNetConfig
from models.beats.drawing import network_inputs
from models.beats.fitting import BeatFitConfig
from models.beats.tasks import Split, Task
from models.beats.training import build_for_task, predict, train_split

CLASSES = ("left", "middle", "right")
CONFIG = BeatFitConfig(epochs=1, batch=10)
SLIM = BeatNetConfig(towers=2, filters=(4, 4, 4, 4), dense_units=8)


def bars(n=100, rhythm=True):
    """An easy task: a bar on the left, in the middle or on the right. The first pixel holds a picture's number."""
    label = np.arange(n) % 3
    pictures = np.full((n, 128, 192), 255, np.uint8)
    for picture, side in zip(pictures, label, strict=True):
        picture[16:112, 24 + 64 * side : 40 + 64 * side] = 0
    pictures[:, 0, 0] = np.arange(n)
    split = Split(np.arange(min(n, 80)), np.arange(80, 100))
    features = np.tile(label[:, None], (1, 5)).astype(np.float32) * rhythm
    group, priors = np.arange(n).astype(str), np.full(3, 1 / 3)
    return Task("six_published", CLASSES, pictures, label, group, (split,), priors, features)


@pytest.mark.parametrize("shape", [(64, 64, 3), (128, 192, 1)])
def test_pictures_become_inputs_of_a_networks_shape(shape):
    pictures = np.full((2, 128, 192), 255, np.uint8)
    pictures[1, :, :96] = 0
    found = network_inputs(pictures, shape)
    assert found.shape == (2, *shape)
    assert found.dtype == np.float32
    assert (found[0] == 1).all()
    assert (found[1, :, : shape[1] // 2 - 2] == 0).all()
    assert (found[1, :, shape[1] // 2 + 2 :] == 1).all()
    assert (found == found[..., :1]).all()


def test_the_rhythm_goes_beside_the_pictures():
    rhythm = np.ones((2, 5), np.float32)
    found = network_inputs(np.zeros((2, 128, 192), np.uint8), (64, 96, 1), rhythm)
    assert set(found) == {"picture", "rhythm"}
    assert found["rhythm"] is rhythm
    assert found["picture"].shape == (2, 64, 96, 1)


@pytest.mark.tensorflow
def test_only_our_network_takes_the_rhythm():
    def inputs(name):
        return [tensor.name for tensor in build_for_task(name, 3, 5).inputs]

    assert sorted(inputs("beat_net")) == ["picture", "rhythm"]
    assert inputs("beat_cnn_64") == ["picture"]


@pytest.mark.tensorflow
def test_our_network_also_predicts_without_the_rhythm():
    task = bars()
    own = build_for_task("beat_net", 3, 5)
    known, unknown = (predict(own, "beat_net", task, np.arange(9), known) for known in (True, False))
    np.testing.assert_allclose(unknown, predict(own, "beat_net", bars(rhythm=False), np.arange(9)), atol=1e-6)
    assert np.abs(known - unknown).max() > 1e-4


@pytest.fixture
def fits(monkeypatch):
    """Each fit's network, inputs, training indices and validation indices."""
    found, fit = [], training.fit_beats

    def noted(network, inputs, label, own, validation, *rest):
        found.append((network, inputs, set(own.tolist()), set(validation.tolist())))
        return fit(network, inputs, label, own, validation, *rest)

    monkeypatch.setattr(training, "fit_beats", noted)
    return found


@pytest.mark.tensorflow
@pytest.mark.parametrize("inter_patient", [True, False])
def test_the_head_is_trained_on_out_of_fold_predictions_of_the_towers(tmp_path, fits, inter_patient):
    # Ten patients of ten pictures each, eight of them for training.
    task = replace(bars(), inter_patient=inter_patient, group=np.char.mod("%d", np.arange(100) // 10))
    whole, history = train_split("beat_net", task, task.splits[0], unchanged, CONFIG, 0, tmp_path, SLIM)
    *towers, (head, inputs, train, validation) = fits
    assert len(towers) == len(history["towers"]) == SLIM.towers
    assert not train & validation
    index = np.array(sorted(train | validation))
    assert index.tolist() == list(range(80))
    out_of_fold, _ = inputs(index, None)
    for tower, pictures, own, validation_set in towers:
        assert not own & validation_set
        patients, others = set(task.group[list(own)]), set(task.group[list(validation_set)])
        # By patient, the validation set is of other patients; else it is a tenth of the tower's own pictures.
        assert (not patients & others) is inter_patient
        held_out = np.array(sorted(set(range(80)) - own - (set() if inter_patient else validation_set)))
        assert len(held_out) >= 20
        np.testing.assert_allclose(out_of_fold[held_out], tower(pictures(held_out, None)), atol=1e-5)
    # The whole network predicts what the towers and then the head do.
    mean = np.mean([np.asarray(tower(pictures(np.arange(5), None))) for tower, pictures, *_ in towers], axis=0)
    predicted = predict(whole, "beat_net", task, np.arange(5))
    np.testing.assert_allclose(predicted, head([mean, task.rhythm[:5]]), atol=1e-5)


@pytest.mark.tensorflow
def test_a_class_of_one_patient_is_never_held_out_entirely(tmp_path, fits):
    # The task is inter-patient, but the last class is of one patient.
    group = np.where(np.arange(100) % 3 == 2, "0", np.char.mod("%d", 1 + np.arange(100) // 10))
    task = replace(bars(), inter_patient=True, group=group)
    train_split("beat_net", task, task.splits[0], unchanged, CONFIG, 0, tmp_path, SLIM)
    *towers, _ = fits
    assert all(set(task.label[list(own)]) == {0, 1, 2} for _, _, own, _ in towers)


@pytest.mark.tensorflow
def test_the_head_is_sometimes_trained_without_the_rhythm(tmp_path, fits):
    task = replace(bars(), rhythm=np.ones((100, 5), np.float32))
    train_split("beat_net", task, task.splits[0], unchanged, CONFIG, 0, tmp_path, SLIM)
    _, inputs, *_ = fits[-1]
    index = np.arange(80).repeat(10)
    assert inputs(index, None)[1].all()
    assert inputs(index, np.random.default_rng(0))[1].any(axis=1).mean() == pytest.approx(0.75, abs=0.06)
    assert task.rhythm.all()


@pytest.mark.tensorflow
def test_our_network_can_be_trained_in_another_size(tmp_path):
    task = bars()
    own, _ = train_split("beat_net", task, task.splits[0], unchanged, CONFIG, 0, tmp_path, SLIM)
    assert own.count_params() < build_for_task("beat_net", 3, 5).count_params() / 4


@pytest.mark.tensorflow
def test_a_single_tower_is_trained_on_everything(tmp_path, fits):
    task = bars()
    train_split("beat_net", task, task.splits[0], unchanged, CONFIG, 0, tmp_path, replace(SLIM, towers=1))
    assert [own | validation for *_, own, validation in fits] == [set(range(80))] * 2


@pytest.mark.tensorflow
def test_a_tenth_is_the_validation_set_and_never_trained_on(tmp_path):
    task, seen = bars(), []

    def noted(picture, rng):
        seen.append(int(picture[0, 0]))
        return picture

    _, history = train_split("beat_cnn_64", task, task.splits[0], noted, CONFIG, 3, tmp_path / "new" / "first")
    # Keras prefetches a batch or two; only the validation pictures are missing among all batches.
    assert set(seen) < set(range(80))
    assert len(set(seen[:70])) == 70
    assert len(set(seen)) <= 72
    assert {len(values) for values in history.values()} == {1}
    assert {"loss", "accuracy", "val_loss", "val_accuracy"} <= set(history)


@pytest.mark.tensorflow
def test_the_same_seed_trains_the_same_network(tmp_path):
    task = bars()
    predicted = []
    for _ in range(2):
        network, _ = train_split("beat_net", task, task.splits[0], unchanged, CONFIG, 3, tmp_path, SLIM)
        predicted.append(predict(network, "beat_net", task, task.splits[0].test))
    np.testing.assert_allclose(*predicted, atol=1e-5)
    np.testing.assert_allclose(predicted[0].sum(axis=1), 1, atol=1e-5)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", ["beat_net", "beat_cnn_64"])
def test_only_our_network_trains_on_the_extra_beats(tmp_path, fits, name):
    task = replace(bars(130), extra_train=np.arange(100, 130))
    train_split(name, task, task.splits[0], unchanged, CONFIG, 0, tmp_path, SLIM)
    used = set().union(*(own | validation for *_, own, validation in fits))
    assert used == set(range(80)) | (set(task.extra_train) if name == "beat_net" else set())


@pytest.mark.tensorflow
def test_an_easy_task_is_learned(tmp_path):
    task = bars(rhythm=False)
    network, _ = train_split("beat_cnn_64", task, task.splits[0], unchanged, BeatFitConfig(4, 10), 0, tmp_path)
    predicted = predict(network, "beat_cnn_64", task, task.splits[0].test)
    assert (predicted.argmax(axis=1) == task.label[80:]).mean() > 0.9


@pytest.mark.tensorflow
def test_the_best_epoch_is_kept_and_not_the_last(tmp_path):
    # Random classes and too high a rate: from some epoch on the loss only rises.
    task = replace(bars(rhythm=False), label=np.random.default_rng(1).integers(3, size=100))
    network, history = train_split(
        "beat_cnn_64", task, task.splits[0], unchanged, BeatFitConfig(3, 10, 0.02), 0, tmp_path
    )
    losses = history["val_loss"]
    assert min(losses) < losses[-1] - 0.001
    # The validation set is the first tenth of the same shuffle.
    validation = np.random.default_rng(0).permutation(task.splits[0].train)[:8]
    likely = predict(network, "beat_cnn_64", task, validation)[np.arange(8), task.label[validation]]
    assert -np.log(likely).mean() == pytest.approx(min(losses), abs=1e-4)


@pytest.mark.tensorflow
def test_averaged_weights_are_validated_and_kept_where_configured(tmp_path):
    task, config = bars(), BeatFitConfig(2, 10, ema_momentum=0.9)
    network, history = train_split("beat_cnn_64", task, task.splits[0], unchanged, config, 0, tmp_path)
    _, other = train_split("beat_cnn_64", task, task.splits[0], unchanged, replace(config, ema_momentum=0), 0, tmp_path)
    assert abs(history["val_loss"][0] - other["val_loss"][0]) > 1e-3
    validation = np.random.default_rng(0).permutation(task.splits[0].train)[:8]
    likely = predict(network, "beat_cnn_64", task, validation)[np.arange(8), task.label[validation]]
    assert -np.log(likely).mean() == pytest.approx(min(history["val_loss"]), abs=1e-4)


@pytest.mark.tensorflow
def test_predictions_do_not_depend_on_the_batch(monkeypatch):
    task = bars(20)
    network = build_for_task("beat_net", 3, 5)
    index = np.array([13, 2, 7, 7, 19])
    whole = predict(network, "beat_net", task, index)
    monkeypatch.setattr(training, "PREDICT_BATCH", 2)
    parts = predict(network, "beat_net", task, index)
    assert whole.shape == (5, 3)
    np.testing.assert_allclose(parts, whole, atol=1e-6)
    np.testing.assert_allclose(whole[2], whole[3], atol=1e-6)
    assert np.abs(whole[0] - whole[1]).max() > 1e-6
