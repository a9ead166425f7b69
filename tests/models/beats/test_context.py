"""Beats in context: what is early or broad stands out, whoever's beats they are and however many are early."""

from dataclasses import replace

import numpy as np
import pytest

from models.beats.context import CONTEXT, context_features, context_of_beats
from models.beats.context_net import ContextNetConfig, train_context_net
from models.beats.recordings import read_recordings

RATE_HZ = 360.0


def recording(beats_s, widths_s, gain=1.0):
    clock = np.arange(0, beats_s[-1] + 2, 1 / RATE_HZ)
    mv = np.zeros(len(clock))
    for at, width in zip(beats_s, widths_s, strict=True):
        mv += gain * np.exp(-(((clock - at) / width) ** 2))
    return mv + 1e-3 * np.random.default_rng(0).normal(size=len(clock))


def early_beats(early_every, n=60):
    """Beats a second apart, every so many of them 0.35 s early; which are early, and the times."""
    is_early = np.arange(n) % early_every == early_every - 1
    return is_early, np.cumsum(np.where(is_early, 0.65, np.where(np.roll(is_early, 1), 1.35, 1.0))) + 1


def test_few_beats_have_no_context():
    beats_s = np.arange(1.0, CONTEXT.fewest_beats)
    assert context_features(recording(beats_s, [0.02] * len(beats_s)), RATE_HZ, beats_s) is None


def test_features_do_not_depend_on_the_gain():
    _, beats_s = early_beats(4)
    widths = [0.02] * len(beats_s)
    once = context_features(recording(beats_s, widths), RATE_HZ, beats_s)
    louder = context_features(2.5 * recording(beats_s, widths), RATE_HZ, beats_s)
    np.testing.assert_allclose(louder, once, atol=0.02)


@pytest.mark.parametrize("early_every", [2, 5])
def test_early_beats_differ_in_timing_and_late_ones_do_not(early_every):
    is_early, beats_s = early_beats(early_every)
    found = context_features(recording(beats_s, [0.02] * len(beats_s)), RATE_HZ, beats_s)
    # The RR interval before to the recording's usual, by its place behind 29 features of shape and two in seconds.
    before = found[5:-5, 31]
    early = is_early[5:-5]
    assert before[early].max() < before[~early].min() - 0.5


def test_broad_beats_differ_in_shape():
    beats_s = np.arange(1.0, 41.0)
    is_broad = np.arange(40) % 8 == 7
    found = context_features(recording(beats_s, np.where(is_broad, 0.06, 0.02)), RATE_HZ, beats_s)
    shape = np.abs(found[:, :29]).mean(axis=1)
    assert shape[is_broad].min() > 2 * shape[~is_broad].max()


def test_every_beat_of_the_database_has_features(data):
    recordings = read_recordings(data)
    features = context_of_beats(recordings)
    assert features.shape == (len(recordings.label), 46)
    assert np.isfinite(features).all()
    assert np.abs(features).max() <= CONTEXT.limit


@pytest.mark.tensorflow
def test_a_trained_network_averages_its_members():
    rng = np.random.default_rng(0)
    label = rng.integers(0, 2, 400)
    features = (label[:, None] + 0.3 * rng.normal(size=(400, 3))).astype(np.float32)
    config = replace(ContextNetConfig(), members=2, units=(8,), epochs=20, batch=32, rate=0.02)
    network, histories = train_context_net(features, label, 2, 0, config)
    found = np.asarray(network.predict_on_batch(features))
    assert (found.argmax(axis=1) == label).mean() > 0.95
    members = [network.get_layer(f"member_{number}").predict_on_batch(features) for number in range(2)]
    np.testing.assert_allclose(found, np.mean(members, axis=0), atol=1e-5)
    assert [history["loss"][-1] < history["loss"][0] for history in histories] == [True, True]
