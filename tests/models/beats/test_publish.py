"""From pictures to what ships, on a small stand-in of the data: taught, scored, rounded, and loaded with its card."""

import json

import numpy as np
import pytest

from models.beats import NETWORKS, publish, train
from models.beats.augmentation import WAYS
from models.beats.classifier import load_beats
from models.beats.fitting import BeatCourse
from models.beats.published import MAIN, PLAIN_WAY
from models.beats.recordings import RHYTHM
from models.beats.scoring import reweighed
from models.beats.shipping import LIVE, TOO_LARGE_TWICE, is_live
from models.beats.six_classes import SIX, six_classes
from models.beats.tasks import KINDS, TASKS, Part, Task
from models.serving import ModelFileError, shipped
from tests import tiny_beats

COURSE = BeatCourse(epochs=1, batch=8)
RUN = {"network": "beat_net", "task": LIVE[0], "kind": KINDS[0], "augmentation": MAIN["beat_net"], "seed": 0}

# A line of results from a cache that is gone.
BEFORE = {"task": "five_random", "network": "beat_cnn_64", "kind": KINDS[0], "augmentation": "none", "scorings": "told"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    tiny_beats.six(folder)
    return tiny_beats.mitbih(folder)


@pytest.fixture(scope="module")
def cache(tmp_path_factory, data):
    """Four teachings: three that ship, of them one of ours and one on scalograms, and one in halves."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ECGVIZ_DATA", str(data))
        asked = ["--network", "beat_cnn_64", "--task", "six_published", "--epochs", "1", "--cache", str(folder)]
        patch.setattr("sys.argv", ["train", *asked])
        train.main()
    for name, network, kind, way in (
        ("five_patients", "beat_net", KINDS[0], MAIN["beat_net"]),
        ("five_patients", "beat_cnn_64", "scalogram", "none"),
        ("six_patients", "beat_net", KINDS[0], "as claimed"),
    ):
        task = TASKS[name](data, kind, folder)
        own = train.folder_of(folder, network, name, kind, way, 0)
        train.teach(network, task, kind, way, COURSE, 0, own)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory, data, cache):
    """Where everything that ships was written: the weights' folder, and the figures beside it."""
    folder = tmp_path_factory.mktemp("shipped")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ECGVIZ_DATA", str(data))
        patch.setattr(publish, "FIGURES", folder / "figures.json")
        patch.setattr(publish, "BEAT_WEIGHTS", folder / "weights")
        patch.setattr(publish, "NETWORKS", {"beat_cnn_64": NETWORKS["beat_cnn_64"], "beat_net": NETWORKS["beat_net"]})
        patch.setattr(publish, "TIMES", 1)
        patch.setattr("sys.argv", ["publish", "--cache", str(cache)])
        before = [BEFORE, BEFORE | {"task": "five_patients", "network": "beat_net", "augmentation": MAIN["beat_net"]}]
        (folder / "figures.json").write_text(json.dumps({"runs": before}), encoding="utf-8")
        publish.main()
    return folder


def test_facts_count_classes_copies_and_beats(data):
    told = publish.facts_of(data)
    taught, tested = tiny_beats.TAUGHT, tiny_beats.TESTED
    assert list(told) == list(SIX)
    # Right bundle branch block has the blank picture among its tested, which is a copy of another class's.
    assert told["Right bundle branch block"] == {
        "taught": taught,
        "tested": tested + 1,
        "tested_copies": 2,
        "distinct": taught + tested - 1,
        "symbols": {"N": taught + tested - 1},
        "records": {"208": 9, "209": 8},
    }
    assert told["Normal"]["distinct"] == taught + tested


def test_teachings_are_found_whole_and_in_order(tmp_path):
    for network, seed, whole in (
        ("beat_net", 0, True),
        ("beat_vgg_slim", 0, True),
        ("beat_cnn_64", 1, True),
        ("beat_cnn_64", 0, False),
    ):
        folder = train.folder_of(tmp_path, network, "six_published", "picture", "keeping meaning", seed)
        folder.mkdir(parents=True)
        (folder / "taught.json").write_text(json.dumps(RUN | {"network": network, "seed": seed}), encoding="utf-8")
        if whole:
            np.savez(folder / "said.npz")
        assert " " not in folder.name
    found = publish.runs_of(tmp_path / "beats", "six_published")
    assert [(run["network"], run["seed"]) for run in found] == [("beat_vgg_slim", 0), ("beat_net", 0)]
    assert publish.runs_of(tmp_path / "beats", "six_patients") == []


def test_copies_are_left_out_of_one_scoring_alone():
    label = np.array([0, 1, 2, 0, 1, 2])
    part = Part(np.arange(2), np.arange(2, 6))
    none = np.empty((6, 0))
    task = Task("six_published", SIX, none, label, np.full(6, ""), (part,), np.full(6, 1 / 6), none)
    twins = np.array([True, True, True, False, False, False])
    # Of the four tested, the copy and one other are told rightly.
    told = publish.scorings(task, part.tested, np.eye(6)[[2, 0, 5, 5]], twins)
    assert {way: (one["n"], one["accuracy"]["value"]) for way, one in told.items()} == {
        "as published": (4, 0.5),
        "without copies": (3, round(1 / 3, 4)),
    }


@pytest.mark.parametrize(
    ("changes", "live"),
    [
        ({}, True),
        ({"task": "five_patients"}, True),
        ({"task": "five_random"}, False),
        ({"kind": "spectrogram", "task": "five_patients"}, True),
        ({"kind": "spectrogram", "task": "five_patients", "network": "beat_vgg_slim"}, False),
        ({"augmentation": "as claimed"}, False),
        ({"network": TOO_LARGE_TWICE[0]}, True),
        ({"network": TOO_LARGE_TWICE[0], "task": "five_patients"}, False),
    ],
)
def test_what_is_shown_live(changes, live):
    assert {"none", "as claimed"} < set(WAYS)
    network, kind = changes.get("network", RUN["network"]), changes.get("kind", KINDS[0])
    way = MAIN[network] if kind == KINDS[0] else PLAIN_WAY
    assert is_live(RUN | {"augmentation": way} | changes) is live


@pytest.mark.tensorflow
def test_figures_tell_of_every_teaching(published, data):
    told = json.loads((published / "figures.json").read_text("utf-8"))
    lines = {(line["task"], line["network"]): line for line in told["runs"]}
    assert len(lines) == 5
    # What is not in the cache stays as it was told; what is there is told anew.
    assert lines["five_random", "beat_cnn_64"] == BEFORE
    assert lines["five_patients", "beat_net"]["scorings"] != "told"
    known = six_classes(data)
    whole = lines["six_published", "beat_cnn_64"]
    assert whole["scorings"]["as published"]["n"] == known.tested.sum()
    assert whole["scorings"]["without copies"]["n"] == (known.tested & ~known.twin).sum()
    assert whole["taught"] == (~known.tested).sum()
    assert len(whole["histories"]) == 1
    apart = lines["six_patients", "beat_net"]
    # Each half is tested once, by what was taught on the other.
    assert apart["scorings"]["by patient"]["n"] == (known.first & (known.record != "")).sum()
    # Ours has the beats beside the collection in each of them.
    beside = len(TASKS["six_patients"](data, "picture", published).more)
    assert apart["taught"] == apart["scorings"]["by patient"]["n"] + 2 * beside
    assert len(apart["histories"]) == 2
    assert lines["five_patients", "beat_net"]["scorings"]["other patients"]["n"] == tiny_beats.BEATS
    # Ours is also asked as if nothing were known of the rhythm, and is scored by the same beats.
    assert "without_rhythm" not in whole
    assert apart["without_rhythm"]["by patient"]["n"] == apart["scorings"]["by patient"]["n"]
    assert apart["without_rhythm"] != apart["scorings"]
    assert told["sizes"]["beat_cnn_64"]["parameters"] == 879_910
    assert told["sizes"]["beat_cnn_64"]["megabytes"] == 3.5
    assert told["sizes"]["beat_net"]["milliseconds"] > 0
    assert set(told["six_classes"]) == set(SIX)


@pytest.mark.tensorflow
def test_what_ships_is_what_is_live_at_a_fourth_of_its_size(published, cache):
    weights = published / "weights"
    names = ("beat_cnn_64-five_patients-scalogram", "beat_cnn_64-six_published", "beat_net-five_patients")
    assert shipped(weights) == names
    assert [load_beats(name, weights).card.kind for name in names] == ["scalogram", "picture", "picture"]
    for name, run in (("beat_cnn_64-six_published", "six_published-picture-beat_cnn_64-none-0"),
                      ("beat_net-five_patients", "five_patients-picture-beat_net-keeping_meaning-0")):  # fmt: skip
        large = cache / "beats" / run / "part0.keras"
        assert (weights / f"{name}.keras").stat().st_size < 0.4 * large.stat().st_size


@pytest.mark.tensorflow
@pytest.mark.parametrize(("network", "name"), [("beat_cnn_64", "six_published"), ("beat_net", "five_patients")])
def test_what_ships_answers_as_what_was_taught_within_rounding(published, data, cache, network, name):
    classifier = load_beats(f"{network}-{name}", published / "weights")
    task = TASKS[name](data, KINDS[0], cache)
    with np.load(train.folder_of(cache, network, name, KINDS[0], MAIN[network], 0) / "said.npz") as kept:
        places, said = kept["places"], kept["probabilities"]
    expected = reweighed(said, task) if name.startswith("five") else said
    found = classifier(task.pictures[places], task.rhythm[places])
    np.testing.assert_allclose(found, expected, atol=0.03)
    assert classifier.card.classes == task.classes
    assert classifier.card.rhythm == (len(RHYTHM) if network == "beat_net" else 0)
    told = json.loads((published / "figures.json").read_text("utf-8"))
    (line,) = [run for run in told["runs"] if run["task"] == name and run["kind"] == KINDS[0]]
    scored = next(iter(line["scorings"].values()))
    assert classifier.card.figures["accuracy"] == scored["accuracy"]
    alike = classifier.card.figures["answers_as_before_rounding"]
    assert alike["n"] == len(places)
    assert alike["share"] > 0.8


@pytest.mark.tensorflow
def test_a_shipped_file_that_was_changed_or_lost_its_card_is_refused(published, tmp_path):
    name = "beat_net-five_patients"
    contents = (published / "weights" / f"{name}.keras").read_bytes()
    (tmp_path / f"{name}.keras").write_bytes(contents)
    with pytest.raises(ModelFileError, match="has no card"):
        load_beats(name, tmp_path)
    (tmp_path / f"{name}.json").write_bytes((published / "weights" / f"{name}.json").read_bytes())
    assert load_beats(name, tmp_path).card.name == name
    (tmp_path / f"{name}.keras").write_bytes(contents[:-1] + bytes([contents[-1] ^ 1]))
    with pytest.raises(ModelFileError, match="has the sha256"):
        load_beats(name, tmp_path)
