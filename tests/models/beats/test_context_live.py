"""A beat of a strip is predicted in the context of its neighbours; without enough of them it is not."""

import hashlib
import json
import subprocess
import sys
from dataclasses import asdict, replace

import numpy as np
import pytest

from models.beats.classifier import BEAT_WEIGHTS_FOLDER
from models.beats.context import CONTEXT, FEATURES_N, context_features, context_of_strips
from models.beats.context_calibration import (
    calibrate,
    class_calibration_errors,
    fit_calibration,
)
from models.beats.context_layers import ContextMember, ContextNet
from models.beats.context_live import ContextCard, beat_in_context, load_context
from models.beats.recordings import AAMI, read_recordings
from models.findings import Trees
from models.serving import ModelFileError

RATE_HZ = 360.0
# Not quite regular: of beats that come equally late, rounding would choose the reference.
BEATS_S = np.arange(1.0, 10.0, 0.8) + 0.05 * np.sin(np.arange(12))


def strip():
    clock = np.arange(0, 10, 1 / RATE_HZ)
    beats = sum(np.exp(-(((clock - at) / 0.02) ** 2)) for at in BEATS_S)
    return beats + 1e-2 * np.random.default_rng(0).normal(size=len(clock))


def test_a_beat_has_the_features_that_it_has_among_its_neighbours():
    mv = strip()
    expected = context_features(mv, RATE_HZ, BEATS_S)
    np.testing.assert_array_equal(beat_in_context(mv, RATE_HZ, BEATS_S[4], BEATS_S), expected[4])


def test_unknown_ends_of_a_lead_do_not_matter_and_a_gap_does():
    mv = strip()
    ends = np.concatenate([np.full(720, np.nan), mv, np.full(90, np.nan)])
    found = beat_in_context(ends, RATE_HZ, BEATS_S[4] + 2, BEATS_S + 2)
    np.testing.assert_allclose(found, beat_in_context(mv, RATE_HZ, BEATS_S[4], BEATS_S), atol=0.05)
    gap = mv.copy()
    gap[2000] = np.nan
    assert beat_in_context(gap, RATE_HZ, BEATS_S[1], BEATS_S) is None


def test_too_few_beats_and_a_beat_at_the_edge_have_no_context():
    mv = strip()
    assert beat_in_context(mv, RATE_HZ, BEATS_S[4], BEATS_S[: CONTEXT.fewest_beats - 1]) is None
    assert beat_in_context(mv, RATE_HZ, 0.2, np.append(0.2, BEATS_S)) is None
    assert beat_in_context(np.full(3600, np.nan), RATE_HZ, BEATS_S[4], BEATS_S) is None


def test_strips_leave_out_beats_at_their_edges(data):
    recordings = read_recordings(data)
    found = context_of_strips(recordings, 10.0)
    assert found.shape == (len(recordings.sample), FEATURES_N)
    at_s = recordings.sample / recordings.rate_hz
    whole = (at_s % 10 >= CONTEXT.before_s) & (at_s % 10 <= 10 - CONTEXT.after_s) & (at_s < 30)
    assert (~np.isnan(found).any(axis=1) == whole).all()


def test_calibration_tempers_an_overconfident_class_on_held_out_beats():
    rng = np.random.default_rng(0)
    truth = rng.random(4000)
    label = (rng.random(4000) < truth).astype(int)
    logit = 3 * np.log(truth / (1 - truth))
    overconfident = np.column_stack([1 / (1 + np.exp(logit)), 1 / (1 + np.exp(-logit))])
    scale, offset = fit_calibration(overconfident[:2000], label[:2000])
    before, after = overconfident[2000:], calibrate(overconfident[2000:], scale, offset)
    assert scale.max() < 0.6
    errors = class_calibration_errors(before, label[2000:]), class_calibration_errors(after, label[2000:])
    assert (errors[1] < 0.5 * errors[0]).all()


def card_of(file, **changes):
    known = ContextCard(
        name="beat_context",
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        keras="3",
        data="drawn",
        split="none",
        seed=0,
        input=(FEATURES_N,),
        classes=AAMI,
        figures={},
        limits=("untrained",),
        strip_s=10.0,
        reference_share=CONTEXT.reference_share,
        fewest_beats=CONTEXT.fewest_beats,
        scale=(1.0,) * 5,
        offset=(0.0,) * 5,
    )
    file.with_suffix(".json").write_text(json.dumps(asdict(replace(known, **changes))), encoding="utf-8")


def network():
    """A network of one member and one tree a class, not trained."""
    rng = np.random.default_rng(0)
    dense = rng.normal(size=(FEATURES_N, 5)), np.zeros(5)
    member = ContextMember(np.zeros(FEATURES_N), np.ones(FEATURES_N), (dense,))
    stump = np.tile(np.array([0, -1, -1], np.int16), (5, 1))
    trees = Trees(
        stump,
        np.zeros((5, 3), np.float32),
        np.tile(np.array([1, 0, 0], np.uint8), (5, 1)),
        np.tile(np.array([2, 0, 0], np.uint8), (5, 1)),
        rng.normal(size=(5, 3)).astype(np.float32),
        np.arange(5, dtype=np.uint8),
        np.zeros(5, np.float32),
    )
    return ContextNet((member,), trees)


def test_a_saved_network_predicts_calibrated_probabilities(tmp_path):
    features = np.random.default_rng(1).normal(size=(64, FEATURES_N)).astype(np.float32)
    plain, file = network(), tmp_path / "beat_context.npz"
    np.savez_compressed(file, **plain.arrays)
    scale, offset = np.linspace(0.5, 1.5, 5), np.linspace(-1, 1, 5)
    card_of(file, scale=tuple(scale), offset=tuple(offset))
    found = load_context(tmp_path)(features)
    np.testing.assert_allclose(found, calibrate(plain(features), scale, offset), atol=1e-6)
    assert np.abs(found - plain(features)).max() > 0.05
    assert found.dtype == np.float32
    card_of(file, input=(FEATURES_N + 1,))
    with pytest.raises(ModelFileError, match=r"has the sizes \(46, 5\), where its card has \(47, 5\)"):
        load_context(tmp_path)


@pytest.mark.parametrize("content", [b"no archive", b""])
def test_a_damaged_file_is_refused(tmp_path, content):
    file = tmp_path / "beat_context.npz"
    file.write_bytes(content)
    card_of(file)
    with pytest.raises(ModelFileError, match="could not be loaded"):
        load_context(tmp_path)


def test_a_file_that_lacks_a_part_is_refused(tmp_path):
    file = tmp_path / "beat_context.npz"
    np.savez(file, **{name: one for name, one in network().arrays.items() if name != "trees.value"})
    card_of(file)
    with pytest.raises(ModelFileError, match=r"could not be loaded: 'trees\.value'"):
        load_context(tmp_path)


def test_the_shipped_network_is_loaded_without_keras():
    code = (
        "import sys; from models.beats.context_live import load_context; load_context(); print('keras' in sys.modules)"
    )
    root = BEAT_WEIGHTS_FOLDER.parents[2]
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, cwd=root)
    assert found.stdout.strip() == "False", found.stderr


def test_a_network_made_with_other_features_is_refused(tmp_path):
    file = tmp_path / "beat_context.npz"
    file.write_bytes(b"weights")
    card_of(file, reference_share=0.5)
    with pytest.raises(ModelFileError, match="trained on other features"):
        load_context(tmp_path)
