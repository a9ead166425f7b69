"""From pictures to shipped networks, on a small stand-in for the data: trained, scored, quantised, loaded."""

import json

import numpy as np
import pytest

import models.beats.publish as publish
import models.beats.train as train
from models.beats import BEAT_NETWORKS
from models.beats.augmentation import AUGMENTATIONS
from models.beats.classifier import load_beat_network
from models.beats.fitting import BeatFitConfig
from models.beats.published import NO_AUGMENTATION, PUBLISHED_AUGMENTATION
from models.beats.recordings import RHYTHM_FEATURES
from models.beats.scoring import prior_corrected
from models.beats.shipping import LIVE_TASKS, SIX_CLASSES_ONLY, is_live
from models.beats.six_classes import SIX_CLASSES, read_six_classes
from models.beats.tasks import KINDS, TASKS, Split, Task
from models.serving import ModelFileError, shipped
from tests import tiny_beats

CONFIG = BeatFitConfig(epochs=1, batch=8)
TRACE, AUGMENTATION = KINDS[0], PUBLISHED_AUGMENTATION["beat_net"]
RUN = {"network": "beat_net", "task": LIVE_TASKS[0], "kind": TRACE, "augmentation": AUGMENTATION, "seed": 0}

# A result whose run is no longer in the cache.
BEFORE = {"task": "five_random", "network": "beat_cnn_64", "kind": TRACE, "augmentation": "none", "by_protocol": "old"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory, data):
    """Four runs: three that ship, among them one of ours and one on scalograms, and one in halves."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ECGVIZ_DATA", str(data))
        options = ["--network", "beat_cnn_64", "--task", "six_published", "--epochs", "1", "--cache", str(folder)]
        patch.setattr("sys.argv", ["train", *options])
        train.main()
    for name, network, kind, augmentation in (
        ("five_patients", "beat_net", TRACE, AUGMENTATION),
        ("five_patients", "beat_cnn_64", "scalogram", "none"),
        ("six_patients", "beat_net", TRACE, "conventional"),
    ):
        task = TASKS[name](data, kind, folder)
        own = train.run_folder(folder, network, name, kind, augmentation, 0)
        train.train(network, task, kind, augmentation, CONFIG, 0, own)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory, data, cache):
    """The folder with everything that was published: the weights' folder, and the figures beside it."""
    folder = tmp_path_factory.mktemp("shipped")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ECGVIZ_DATA", str(data))
        patch.setattr(publish, "FIGURES_FILE", folder / "figures.json")
        patch.setattr(publish, "BEAT_WEIGHTS_FOLDER", folder / "weights")
        networks = {name: BEAT_NETWORKS[name] for name in ("beat_cnn_64", "beat_net")}
        patch.setattr(publish, "BEAT_NETWORKS", networks)
        patch.setattr(publish, "TIMES", 1)
        patch.setattr("sys.argv", ["publish", "--cache", str(cache)])
        ours = BEFORE | {"task": "five_patients", "network": "beat_net", "augmentation": AUGMENTATION}
        (folder / "figures.json").write_text(json.dumps({"runs": [BEFORE, ours]}), encoding="utf-8")
        publish.main()
    return folder


def test_counts_of_classes_copies_and_beats(data):
    counts = publish.six_class_counts(data)
    train_n, test_n = tiny_beats.TRAIN, tiny_beats.TEST
    assert list(counts) == list(SIX_CLASSES)
    # The test pictures of right bundle branch block include the blank one, a copy from another class.
    assert counts["Right bundle branch block"] == {
        "train": train_n,
        "test": test_n + 1,
        "test_copies": 2,
        "distinct": train_n + test_n - 1,
        "symbols": {"N": train_n + test_n - 1},
        "records": {"208": 9, "209": 8},
    }
    assert counts["Normal"]["distinct"] == train_n + test_n


def test_finished_runs_of_the_first_seed_are_found_in_order(tmp_path):
    for network, seed, finished in (
        ("beat_net", 0, True),
        ("beat_vgg_slim", 0, True),
        ("beat_cnn_64", 1, True),
        ("beat_cnn_64", 0, False),
    ):
        folder = train.run_folder(tmp_path, network, "six_published", "trace", "label-preserving", seed)
        folder.mkdir(parents=True)
        (folder / train.RUN_FILE).write_text(json.dumps(RUN | {"network": network, "seed": seed}), encoding="utf-8")
        if finished:
            np.savez(folder / train.PREDICTIONS_FILE)
        assert " " not in folder.name
    found = publish.cached_runs(tmp_path / "beats", "six_published")
    assert [(run["network"], run["seed"]) for run in found] == [("beat_vgg_slim", 0), ("beat_net", 0)]
    assert publish.cached_runs(tmp_path / "beats", "six_patients") == []


def test_copies_count_under_one_protocol_only():
    label = np.array([0, 1, 2, 0, 1, 2])
    split = Split(np.arange(2), np.arange(2, 6))
    none = np.empty((6, 0))
    task = Task("six_published", SIX_CLASSES, none, label, np.full(6, ""), (split,), np.full(6, 1 / 6), none)
    on_both_sides = np.array([True, True, True, False, False, False])
    # Of the four test pictures, the copy and one other are predicted correctly.
    found = publish.metrics_by_protocol(task, split.test, np.eye(6)[[2, 0, 5, 5]], on_both_sides)
    assert {protocol: (one["n"], one["accuracy"]["value"]) for protocol, one in found.items()} == {
        "published split": (4, 0.5),
        "deduplicated": (3, round(1 / 3, 4)),
    }


@pytest.mark.parametrize(
    ("changes", "live"),
    [
        ({}, True),
        ({"task": "five_patients"}, True),
        ({"task": "five_random"}, False),
        ({"kind": "spectrogram", "task": "five_patients"}, True),
        ({"kind": "spectrogram", "task": "five_patients", "network": "beat_vgg_slim"}, False),
        ({"augmentation": "conventional"}, False),
        ({"network": SIX_CLASSES_ONLY[0]}, True),
        ({"network": SIX_CLASSES_ONLY[0], "task": "five_patients"}, False),
    ],
)
def test_which_runs_the_app_uses(changes, live):
    assert {"none", "conventional"} < set(AUGMENTATIONS)
    network, kind = changes.get("network", RUN["network"]), changes.get("kind", TRACE)
    augmentation = PUBLISHED_AUGMENTATION[network] if kind == TRACE else NO_AUGMENTATION
    assert is_live(RUN | {"augmentation": augmentation} | changes) is live


@pytest.mark.tensorflow
def test_the_results_hold_every_run(published, data):
    results = json.loads((published / "figures.json").read_text("utf-8"))
    runs = {(run["task"], run["network"]): run for run in results["runs"]}
    assert len(runs) == 5
    # Results without a run in the cache stay; the others are replaced.
    assert runs["five_random", "beat_cnn_64"] == BEFORE
    assert runs["five_patients", "beat_net"]["by_protocol"] != "old"
    collection = read_six_classes(data)
    whole = runs["six_published", "beat_cnn_64"]
    assert whole["by_protocol"]["published split"]["n"] == collection.in_test.sum()
    assert whole["by_protocol"]["deduplicated"]["n"] == (collection.in_test & ~collection.on_both_sides).sum()
    assert whole["train_n"] == (~collection.in_test).sum()
    assert len(whole["histories"]) == 1
    halves = runs["six_patients", "beat_net"]
    # Each half is the test set once.
    assert halves["by_protocol"]["patient halves"]["n"] == (collection.is_first & (collection.record != "")).sum()
    # Our network trains on the extra beats in both halves.
    extra_n = len(TASKS["six_patients"](data, "trace", published).extra_train)
    assert halves["train_n"] == halves["by_protocol"]["patient halves"]["n"] + 2 * extra_n
    assert len(halves["histories"]) == 2
    assert runs["five_patients", "beat_net"]["by_protocol"]["inter-patient"]["n"] == tiny_beats.BEATS
    # Only our network is scored without the rhythm too, on the same beats.
    assert "by_protocol_without_rhythm" not in whole
    without = halves["by_protocol_without_rhythm"]
    assert without["patient halves"]["n"] == halves["by_protocol"]["patient halves"]["n"]
    assert without != halves["by_protocol"]
    assert results["sizes"]["beat_cnn_64"]["parameters"] == 879_910
    assert results["sizes"]["beat_cnn_64"]["megabytes"] == 3.5
    assert results["sizes"]["beat_net"]["milliseconds"] > 0
    assert set(results["six_classes"]) == set(SIX_CLASSES)


@pytest.mark.tensorflow
def test_live_networks_ship_at_less_than_half_their_size(published, cache):
    weights = published / "weights"
    names = ("beat_cnn_64-five_patients-scalogram", "beat_cnn_64-six_published", "beat_net-five_patients")
    assert shipped(weights) == names
    assert [load_beat_network(name, weights).card.kind for name in names] == ["scalogram", "trace", "trace"]
    for name, run in (("beat_cnn_64-six_published", "six_published-trace-beat_cnn_64-none-0"),
                      ("beat_net-five_patients", "five_patients-trace-beat_net-label-preserving-0")):  # fmt: skip
        large = cache / "beats" / run / "split0.keras"
        assert (weights / f"{name}.keras").stat().st_size < 0.4 * large.stat().st_size


@pytest.mark.tensorflow
@pytest.mark.parametrize(("network", "name"), [("beat_cnn_64", "six_published"), ("beat_net", "five_patients")])
def test_a_shipped_network_predicts_as_before_quantisation(published, data, cache, network, name):
    classifier = load_beat_network(f"{network}-{name}", published / "weights")
    task = TASKS[name](data, TRACE, cache)
    folder = train.run_folder(cache, network, name, TRACE, PUBLISHED_AUGMENTATION[network], 0)
    with np.load(folder / train.PREDICTIONS_FILE) as arrays:
        index, probabilities = arrays["index"], arrays["probabilities"]
    expected = prior_corrected(probabilities, task) if name.startswith("five") else probabilities
    found = classifier(task.pictures[index], task.rhythm[index])
    np.testing.assert_allclose(found, expected, atol=0.03)
    assert classifier.card.classes == task.classes
    assert classifier.card.rhythm == (len(RHYTHM_FEATURES) if network == "beat_net" else 0)
    results = json.loads((published / "figures.json").read_text("utf-8"))
    (run,) = [run for run in results["runs"] if run["task"] == name and run["kind"] == TRACE]
    metrics = next(iter(run["by_protocol"].values()))
    assert classifier.card.figures["accuracy"] == metrics["accuracy"]
    agreement = classifier.card.figures["agreement_after_quantisation"]
    assert agreement["n"] == len(index)
    assert agreement["share"] > 0.8


@pytest.mark.tensorflow
def test_a_shipped_file_that_was_changed_or_lost_its_card_is_refused(published, tmp_path):
    name = "beat_net-five_patients"
    contents = (published / "weights" / f"{name}.keras").read_bytes()
    (tmp_path / f"{name}.keras").write_bytes(contents)
    with pytest.raises(ModelFileError, match="has no card"):
        load_beat_network(name, tmp_path)
    (tmp_path / f"{name}.json").write_bytes((published / "weights" / f"{name}.json").read_bytes())
    assert load_beat_network(name, tmp_path).card.name == name
    (tmp_path / f"{name}.keras").write_bytes(contents[:-1] + bytes([contents[-1] ^ 1]))
    with pytest.raises(ModelFileError, match="has the sha256"):
        load_beat_network(name, tmp_path)
