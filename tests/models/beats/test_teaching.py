"""Teaching: pictures as a network takes them, none of those watched taught, the best epoch kept, the same again."""

from dataclasses import replace

import numpy as np
import pytest

from models.beats import teaching
from models.beats.augmentation import unchanged
from models.beats.beat_net import BeatNetConfig
from models.beats.fitting import BeatCourse
from models.beats.inputs import inputs_of
from models.beats.tasks import Part, Task
from models.beats.teaching import network_for, said_of, teach_part

CLASSES = ("left", "middle", "right")
COURSE = BeatCourse(epochs=1, batch=10)
SLIM = BeatNetConfig(towers=2, filters=(4, 4, 4, 4), dense_units=8)


def bars(n=100, rhythm=True):
    """A task that a glance solves: a bar on the left, in the middle or on the right; each picture has its number."""
    label = np.arange(n) % 3
    pictures = np.full((n, 128, 192), 255, np.uint8)
    for picture, side in zip(pictures, label, strict=True):
        picture[16:112, 24 + 64 * side : 40 + 64 * side] = 0
    pictures[:, 0, 0] = np.arange(n)
    part = Part(np.arange(min(n, 80)), np.arange(80, 100))
    figures = np.tile(label[:, None], (1, 5)).astype(np.float32) * rhythm
    group, shares = np.arange(n).astype(str), np.full(3, 1 / 3)
    return Task("six_published", CLASSES, pictures, label, group, (part,), shares, figures)


@pytest.mark.parametrize("shape", [(64, 64, 3), (128, 192, 1)])
def test_pictures_are_brought_to_a_networks_form(shape):
    pictures = np.full((2, 128, 192), 255, np.uint8)
    pictures[1, :, :96] = 0
    found = inputs_of(pictures, shape)
    assert found.shape == (2, *shape)
    assert found.dtype == np.float32
    assert (found[0] == 1).all()
    assert (found[1, :, : shape[1] // 2 - 2] == 0).all()
    assert (found[1, :, shape[1] // 2 + 2 :] == 1).all()
    assert (found == found[..., :1]).all()


def test_the_rhythm_goes_beside_the_pictures():
    rhythm = np.ones((2, 5), np.float32)
    found = inputs_of(np.zeros((2, 128, 192), np.uint8), (64, 96, 1), rhythm)
    assert set(found) == {"picture", "rhythm"}
    assert found["rhythm"] is rhythm
    assert found["picture"].shape == (2, 64, 96, 1)


@pytest.mark.tensorflow
def test_only_our_network_is_given_the_rhythm():
    def inputs(name):
        return [tensor.name for tensor in network_for(name, 3, 5).inputs]

    assert sorted(inputs("beat_net")) == ["picture", "rhythm"]
    assert inputs("beat_cnn_64") == ["picture"]


@pytest.mark.tensorflow
def test_ours_may_be_asked_without_the_rhythm():
    task = bars()
    own = network_for("beat_net", 3, 5)
    known, unknown = (said_of(own, "beat_net", task, np.arange(9), known) for known in (True, False))
    np.testing.assert_allclose(unknown, said_of(own, "beat_net", bars(rhythm=False), np.arange(9)), atol=1e-6)
    assert np.abs(known - unknown).max() > 1e-4


@pytest.fixture
def fittings(monkeypatch):
    """Each fitting's network, what it is given, and the places that it is taught and watched on."""
    found, fit = [], teaching.fitted

    def noted(network, given, label, own, watched, *rest):
        found.append((network, given, set(own.tolist()), set(watched.tolist())))
        return fit(network, given, label, own, watched, *rest)

    monkeypatch.setattr(teaching, "fitted", noted)
    return found


@pytest.mark.tensorflow
@pytest.mark.parametrize("other_patients", [True, False])
def test_the_head_is_taught_on_what_each_tower_says_of_what_it_was_not_taught(tmp_path, fittings, other_patients):
    # Ten patients of ten pictures each, of whom eight are taught.
    task = replace(bars(), other_patients=other_patients, group=np.char.mod("%d", np.arange(100) // 10))
    whole, history = teach_part("beat_net", task, task.parts[0], unchanged, COURSE, 0, tmp_path, SLIM)
    *towers, (head, given, taught, watched) = fittings
    assert len(towers) == len(history["towers"]) == SLIM.towers
    assert not taught & watched
    places = np.array(sorted(taught | watched))
    assert places.tolist() == list(range(80))
    seen, _ = given(places, None)
    for tower, pictures, own, watching in towers:
        assert not own & watching
        patients, others = set(task.group[list(own)]), set(task.group[list(watching)])
        # Where other patients are tested, others are watched too; a tenth of the tower's own pictures where not.
        assert (not patients & others) is other_patients
        left_out = np.array(sorted(set(range(80)) - own - (set() if other_patients else watching)))
        assert len(left_out) >= 20
        np.testing.assert_allclose(seen[left_out], tower(pictures(left_out, None)), atol=1e-5)
    # What is returned says what the towers and the head say one after the other.
    mean = np.mean([np.asarray(tower(pictures(np.arange(5), None))) for tower, pictures, *_ in towers], axis=0)
    said = said_of(whole, "beat_net", task, np.arange(5))
    np.testing.assert_allclose(said, head([mean, task.rhythm[:5]]), atol=1e-5)


@pytest.mark.tensorflow
def test_a_class_of_one_patient_is_never_left_out_whole(tmp_path, fittings):
    # Other patients are tested, but all of the last class is one's.
    group = np.where(np.arange(100) % 3 == 2, "0", np.char.mod("%d", 1 + np.arange(100) // 10))
    task = replace(bars(), other_patients=True, group=group)
    teach_part("beat_net", task, task.parts[0], unchanged, COURSE, 0, tmp_path, SLIM)
    *towers, _ = fittings
    assert all(set(task.label[list(own)]) == {0, 1, 2} for _, _, own, _ in towers)


@pytest.mark.tensorflow
def test_the_head_is_sometimes_taught_without_the_rhythm(tmp_path, fittings):
    task = replace(bars(), rhythm=np.ones((100, 5), np.float32))
    teach_part("beat_net", task, task.parts[0], unchanged, COURSE, 0, tmp_path, SLIM)
    _, given, *_ = fittings[-1]
    places = np.arange(80).repeat(10)
    assert given(places, None)[1].all()
    assert given(places, np.random.default_rng(0))[1].any(axis=1).mean() == pytest.approx(0.75, abs=0.06)
    assert task.rhythm.all()


@pytest.mark.tensorflow
def test_ours_may_be_built_in_another_size(tmp_path):
    task = bars()
    own, _ = teach_part("beat_net", task, task.parts[0], unchanged, COURSE, 0, tmp_path, SLIM)
    assert own.count_params() < network_for("beat_net", 3, 5).count_params() / 4


@pytest.mark.tensorflow
def test_one_tower_alone_is_taught_all(tmp_path, fittings):
    task = bars()
    teach_part("beat_net", task, task.parts[0], unchanged, COURSE, 0, tmp_path, replace(SLIM, towers=1))
    assert [own | watched for *_, own, watched in fittings] == [set(range(80))] * 2


@pytest.mark.tensorflow
def test_a_tenth_is_watched_and_never_taught(tmp_path):
    task, seen = bars(), []

    def noted(picture, rng):
        seen.append(int(picture[0, 0]))
        return picture

    _, history = teach_part("beat_cnn_64", task, task.parts[0], noted, COURSE, 3, tmp_path / "new" / "first")
    # Keras asks for a batch or two ahead; among all batches of some rounds only the watched ones are missing.
    assert set(seen) < set(range(80))
    assert len(set(seen[:70])) == 70
    assert len(set(seen)) <= 72
    assert {len(values) for values in history.values()} == {1}
    assert {"loss", "accuracy", "val_loss", "val_accuracy"} <= set(history)


@pytest.mark.tensorflow
def test_the_same_seed_teaches_the_same(tmp_path):
    task = bars()
    said = []
    for _ in range(2):
        network, _ = teach_part("beat_net", task, task.parts[0], unchanged, COURSE, 3, tmp_path, SLIM)
        said.append(said_of(network, "beat_net", task, task.parts[0].tested))
    np.testing.assert_allclose(*said, atol=1e-5)
    np.testing.assert_allclose(said[0].sum(axis=1), 1, atol=1e-5)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", ["beat_net", "beat_cnn_64"])
def test_only_our_network_is_taught_what_lies_beside_the_parts(tmp_path, fittings, name):
    task = replace(bars(130), more=np.arange(100, 130))
    teach_part(name, task, task.parts[0], unchanged, COURSE, 0, tmp_path, SLIM)
    used = set().union(*(own | watched for *_, own, watched in fittings))
    assert used == set(range(80)) | (set(task.more) if name == "beat_net" else set())


@pytest.mark.tensorflow
def test_what_a_glance_tells_is_learnt(tmp_path):
    task = bars(rhythm=False)
    network, _ = teach_part("beat_cnn_64", task, task.parts[0], unchanged, BeatCourse(4, 10), 0, tmp_path)
    said = said_of(network, "beat_cnn_64", task, task.parts[0].tested)
    assert (said.argmax(axis=1) == task.label[80:]).mean() > 0.9


@pytest.mark.tensorflow
def test_the_best_epoch_is_kept_and_not_the_last(tmp_path):
    # Classes by chance and too fast a rate: from some epoch on it only gets worse.
    task = replace(bars(rhythm=False), label=np.random.default_rng(1).integers(3, size=100))
    network, history = teach_part("beat_cnn_64", task, task.parts[0], unchanged, BeatCourse(3, 10, 0.02), 0, tmp_path)
    losses = history["val_loss"]
    assert min(losses) < losses[-1] - 0.001
    # The watched are the first tenth of the same shuffle.
    watched = np.random.default_rng(0).permutation(task.parts[0].taught)[:8]
    likely = said_of(network, "beat_cnn_64", task, watched)[np.arange(8), task.label[watched]]
    assert -np.log(likely).mean() == pytest.approx(min(losses), abs=1e-4)


@pytest.mark.tensorflow
def test_what_is_watched_and_kept_is_the_mean_of_the_weights_where_one_is_asked_for(tmp_path):
    task, course = bars(), BeatCourse(2, 10, averaging=0.9)
    network, history = teach_part("beat_cnn_64", task, task.parts[0], unchanged, course, 0, tmp_path)
    _, other = teach_part("beat_cnn_64", task, task.parts[0], unchanged, replace(course, averaging=0), 0, tmp_path)
    assert abs(history["val_loss"][0] - other["val_loss"][0]) > 1e-3
    watched = np.random.default_rng(0).permutation(task.parts[0].taught)[:8]
    likely = said_of(network, "beat_cnn_64", task, watched)[np.arange(8), task.label[watched]]
    assert -np.log(likely).mean() == pytest.approx(min(history["val_loss"]), abs=1e-4)


@pytest.mark.tensorflow
def test_answers_do_not_depend_on_how_many_are_asked_at_a_time(monkeypatch):
    task = bars(20)
    network = network_for("beat_net", 3, 5)
    places = np.array([13, 2, 7, 7, 19])
    whole = said_of(network, "beat_net", task, places)
    monkeypatch.setattr(teaching, "ASKED", 2)
    parts = said_of(network, "beat_net", task, places)
    assert whole.shape == (5, 3)
    np.testing.assert_allclose(parts, whole, atol=1e-6)
    np.testing.assert_allclose(whole[2], whole[3], atol=1e-6)
    assert np.abs(whole[0] - whole[1]).max() > 1e-6
