"""Short training runs of every network over reports, on drawn data: losses fall, trained networks are published."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
import scipy

import models
from models import prepare, pretrain, publish, train, train_paper
from models.classes import CLASSES
from models.data import LabelledSignals, Prepared, folds_of, printed
from models.evaluate import Settings
from models.networks import PAPER_NETWORKS, PICTURE_NETWORKS, RATE_HZ, STRIP_SAMPLES, TRACE_NETWORKS
from models.serving import WEIGHTS_FOLDER
from models.training import FitConfig
from preprocessing.lead_id import LEADS
from sample_images import samples, simulate

pytestmark = [pytest.mark.slow, pytest.mark.tensorflow]

RHYTHMS = ("normal-sinus", "atrial-fibrillation", "acute-anterior-infarction", "old-inferior-infarction")
EACH = 12
PAGES = ("edan_normal", "edan_acute_anterior")
SHORT = FitConfig(epochs=3, steps=4, rate=2e-3, patience=3, warm_steps=2)


@pytest.fixture(scope="session")
def signals():
    """Simulated recordings of four rhythms, in the form of the recordings for pre-training."""
    recordings = [simulate(rhythm, seed=seed) for seed in range(EACH) for rhythm in RHYTHMS]
    raw = np.stack([one.signals_mv for one in recordings])
    mv = scipy.signal.resample_poly(raw, RATE_HZ, round(recordings[0].rate_hz), axis=-1)[..., :STRIP_SAMPLES]
    return LabelledSignals(mv[:, None].astype(np.float32), np.tile(np.eye(4, dtype=np.float32), (EACH, 1)), RHYTHMS)


@pytest.fixture(scope="session")
def reports(signals):
    """The recordings as prepared reports of the four classes; the first two have the pictures of drawn pages."""
    n = len(signals.codes)
    table = pd.DataFrame({"label": signals.codes.argmax(axis=1), "group": [f"{at:03}" for at in range(n)]})
    table = table.assign(in_v2=True, layout="3x4+1")
    pictures = np.full((n, len(LEADS) + 1, 150, 150), 255, np.uint8)
    paths = {sample.name: sample.path for sample in samples()}
    for at, name in zip((0, 2), PAGES, strict=True):
        pictures[at] = prepare.read_report(str(paths[name]))["pictures"]
    return Prepared(table, printed(signals.mv, np.random.default_rng(0)), pictures)


@pytest.mark.parametrize("name", TRACE_NETWORKS)
def test_a_network_is_pretrained_and_its_weights_are_kept(name, signals, tmp_path, monkeypatch):
    monkeypatch.setattr(pretrain, "VALIDATION_N", EACH)
    assert 0 <= pretrain.pretrain(name, signals, 0, tmp_path, SHORT) <= 1
    file = pretrain.pretrained_file(name, tmp_path)
    assert falls(history_beside(file)["loss"])
    fresh = models.build(name)
    before = fresh.get_weights()
    fresh.load_weights(file)
    assert any((old != new).any() for old, new in zip(before, fresh.get_weights(), strict=True))


@pytest.mark.parametrize("name", TRACE_NETWORKS)
def test_a_network_is_trained_published_and_loaded(name, reports, tmp_path):
    import keras

    file = pretrain.pretrained_file(name, tmp_path)
    file.parent.mkdir()
    keras.utils.set_random_seed(0)
    models.build(name).save_weights(file)
    folds = folds_of(reports.table)
    held_out = folds == 0
    outputs = train.train_fold(name, reports, folds, 0, 0, tmp_path, SHORT)
    assert outputs["report"].shape == (held_out.sum(), len(CLASSES))
    member_file = train.member_file(name, 0, tmp_path)
    history = history_beside(member_file)
    assert falls(history["loss"])
    assert set(history) >= {"report_loss", "leads_loss", "val_loss"}

    network = keras.saving.load_model(member_file, compile=False)
    member, distances = publish.distance_member(network, reports.rows, ~held_out)
    assert distances[~held_out].mean() < 2
    settings = Settings({name: 2.0}, {name: 0.5}, {name: 3.0}, {}, {}, {})
    publish.write(name, [member], settings, {"headline": {name: {}}}, 0, tmp_path)
    assert models.shipped(tmp_path) == (name,)
    found = models.load(name, tmp_path)(reports.rows[held_out])
    # The card's temperature is 2.
    np.testing.assert_allclose(found.report_logits, outputs["report"] / 2, 1e-3, 1e-3)
    np.testing.assert_allclose(found.distance, distances[held_out], 1e-2)
    np.testing.assert_allclose(found.leads.sum(axis=-1), 1, 1e-5)


@pytest.mark.parametrize("name", PICTURE_NETWORKS)
def test_a_network_over_pictures_is_trained_published_and_loaded(name, reports, tmp_path):
    import keras

    from models import publish_pictures, train_pictures
    from models.data import StoredFeatures
    from models.networks import PICTURES_SHAPE, PictureFeatures
    from models.networks.picture_features import COLUMNS_SHAPE, OUTLINE_SHAPE, POOLED_SHAPE
    from models.serving import load_pictures

    n = len(reports.table)
    outline = np.zeros((n, *OUTLINE_SHAPE), np.float16)
    outline[..., :2] = reports.rows
    features = PictureFeatures(
        outline, np.ones((n, *COLUMNS_SHAPE), np.float16), np.ones((n, *POOLED_SHAPE), np.float16)
    )
    stored = StoredFeatures(features, np.arange(n), np.ones(n, int))
    labels = reports.table["label"].to_numpy()
    table = reports.table.assign(features=True)
    keras.utils.set_random_seed(0)
    start = models.build(train_pictures.TRACES[name])
    network = train_pictures.train_fold(name, table, stored, (stored, labels), 0, 0, tmp_path / "fold", start, SHORT)
    assert falls(history_beside(tmp_path / "fold" / "member.keras")["loss"])

    held_out = folds_of(table) == 0
    member, distances = publish.distance_member(network, stored.rows(stored.first), ~held_out)
    assert distances[~held_out].mean() < 2
    settings = Settings({name: 2.0}, {name: 0.5}, {name: 3.0}, {}, {}, {})
    figures = {"headline": {name: {}}}
    publish.write(name, [member], settings, figures, 0, tmp_path, publish_pictures.ORIGIN)
    for file in WEIGHTS_FOLDER.glob("backbone.*"):
        shutil.copy(file, tmp_path)
    pictures = np.full((1, *PICTURES_SHAPE), 255, np.uint8)
    pictures[:, :, 63:65] = 0
    classifier = load_pictures(name, tmp_path)
    found = classifier(pictures)
    # The graph that ships fits weights that were trained anew.
    in_keras = classifier.network(classifier.backbone(pictures).parts(), training=False)
    np.testing.assert_allclose(found.report_logits * 2, in_keras["report"], atol=1e-4)
    np.testing.assert_allclose(found.report.sum(), 1, 1e-5)
    assert found.leads.shape == (1, 13, len(CLASSES))


@pytest.mark.parametrize("name", PAPER_NETWORKS)
def test_a_network_of_the_paper_is_trained_saved_and_loaded(name, reports, tmp_path):
    import keras

    places = np.array([0, 2])
    network, history = train_paper.train(name, reports, places, 8, 0, tmp_path)
    assert falls(history["loss"])
    network.save(tmp_path / "network.keras")
    loaded = keras.saving.load_model(tmp_path / "network.keras", compile=False)
    found = train_paper.lead_probabilities(loaded, reports, places)
    assert found.shape == (2, 13, len(CLASSES))
    np.testing.assert_allclose(found.sum(axis=-1), 1, 1e-5)
    np.testing.assert_allclose(found, train_paper.lead_probabilities(network, reports, places), 1e-4, 1e-5)
    # The two classes trained on have gained on the other two.
    assert found.mean(axis=(0, 1))[reports.table["label"][places]].sum() > 0.5


def history_beside(file):
    return json.loads(file.with_name("history.json").read_text(encoding="utf-8"))


def falls(losses):
    return len(losses) > 2 and losses[-1] < losses[0]
