"""The findings head that ships: its card holds, and it finds what drawn recordings show."""

import json
import shutil

import numpy as np
import pytest

from models.classes import FINDINGS
from models.findings import findings_card, measured_features, page_traces
from models.findings.head import findings_head
from models.serving import WEIGHTS_FOLDER, ModelFileError
from preprocessing.measuring import measure
from sample_images import simulate

HEAD = findings_head


def measured_of(rhythm, seed, rate_bpm=None):
    recorded = simulate(rhythm, rate_bpm, seed).signals_mv[:, ::5]
    return measure(page_traces(recorded, np.random.default_rng(seed)))


def test_the_card_names_every_finding_with_its_figures():
    card = findings_card()
    for name in FINDINGS:
        figure = card.figures["findings"][name]
        assert figure["low"] <= figure["auroc"] <= figure["high"]
        assert 0 < figure["present"] < figure["n"]


def test_a_file_of_another_hash_is_refused(tmp_path):
    card = json.loads((WEIGHTS_FOLDER / "findings.json").read_text(encoding="utf-8"))
    (tmp_path / "findings.json").write_text(json.dumps(card | {"sha256": "0" * 64}), encoding="utf-8")
    shutil.copy(WEIGHTS_FOLDER / "findings.npz", tmp_path)
    with pytest.raises(ModelFileError, match="sha256"):
        findings_card(tmp_path)


@pytest.mark.parametrize(
    ("rhythm", "finding"),
    [
        ("atrial-fibrillation", "atrial_fibrillation"),
        ("left-bundle-branch-block", "left_bundle_branch_block"),
        ("right-bundle-branch-block", "right_bundle_branch_block"),
        ("premature-ventricular-beats", "premature_ventricular"),
        ("premature-atrial-beats", "premature_atrial"),
        ("acute-anterior-infarction", "anterior_infarction"),
        ("old-inferior-infarction", "inferior_infarction"),
    ],
)
def test_a_drawn_rhythm_shows_its_finding_and_a_normal_one_does_not(rhythm, finding):
    shown, normal = (HEAD().of_page(measured_of(one, 60_005)) for one in (rhythm, "normal-sinus"))
    assert shown.probabilities[finding] > 0.5 > normal.probabilities[finding]


def test_reports_get_the_same_findings_alone_and_in_a_batch():
    features = np.stack([measured_features(measured_of("normal-sinus", 60_010 + at)) for at in range(70)])
    together, distances = HEAD()(features)
    alone = [HEAD()(features[at : at + 1]) for at in (0, 63, 69)]
    assert np.allclose(together[[0, 63, 69]], np.concatenate([found for found, _ in alone]))
    assert np.allclose(distances[[0, 63, 69]], np.concatenate([distance for _, distance in alone]))


def test_a_doubt_about_the_reading_takes_the_place_of_findings():
    found = HEAD().of_page(measured_of("normal-sinus", 60_003), ("leads_contradict",))
    assert found.probabilities is None
    assert found.reasons == ("leads_contradict",)


def test_noise_has_no_findings():
    noise = measure(page_traces(np.random.default_rng(0).normal(0, 0.5, (12, 1000)), np.random.default_rng(1)))
    found = HEAD().of_page(noise)
    assert found.probabilities is None
    assert set(found.reasons) <= {"no_beats", "unlike_training"}


def test_leads_of_five_times_their_height_are_unlike_the_training_set():
    recorded = 5 * simulate("normal-sinus", seed=60_004).signals_mv[:, ::5]
    found = HEAD().of_page(measure(page_traces(recorded, np.random.default_rng(0))))
    assert found.reasons == ("unlike_training",)
