"""Beats in context: what is early or broad stands out, whoever's beats they are and however many are early."""

from dataclasses import replace

import numpy as np
import pytest
import scipy
from sklearn.ensemble import HistGradientBoostingClassifier

from models.beats import context_net
from models.beats.context import CONTEXT, context_features, context_of_beats
from models.beats.context_layers import context_net_of
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


def three_kinds(n=600):
    """Beats of three kinds that differ in one feature each, with a class between them that none has."""
    rng = np.random.default_rng(0)
    label = rng.choice((0, 1, 3), n)
    return (2 * np.eye(4)[label] + 0.3 * rng.normal(size=(n, 4))).astype(np.float32), label


@pytest.fixture(scope="module")
def trained():
    config = replace(ContextNetConfig(), members=2, units=(8,), epochs=12, batch=32, rate=0.02, trees=10)
    return train_context_net(*three_kinds(), 4, 0, config)


@pytest.mark.tensorflow
def test_a_trained_network_averages_its_members_and_the_trees(trained):
    network, histories = trained
    features, label = three_kinds()
    found = network(features)
    assert (found.argmax(axis=1) == label).mean() > 0.95
    dense = np.mean([member(features) for member in network.members], axis=0)
    trees = scipy.special.softmax(network.trees.logits(features), axis=1)
    np.testing.assert_allclose(found, (dense + trees) / 2, atol=1e-6)
    assert [history["loss"][-1] < history["loss"][0] for history in histories] == [True, True]


@pytest.mark.tensorflow
def test_a_class_without_training_beats_is_not_predicted(trained):
    assert trained[0](three_kinds()[0])[:, 2].max() < 0.05


@pytest.mark.tensorflow
def test_members_predict_as_the_networks_that_were_trained():
    features = three_kinds()[0]
    config = replace(ContextNetConfig(), units=(8, 4))
    member = context_net._member(features, 4, "member", config)
    expected = np.asarray(member.predict_on_batch(features))
    np.testing.assert_allclose(context_net._plain(member, features)(features), expected, atol=1e-5)


def test_trees_predict_as_the_library_that_fitted_them():
    features, label = three_kinds()
    config = replace(ContextNetConfig(), trees=12)
    found = context_net._trees(features, label, np.ones(len(label)), 4, 0, config).logits(features)
    library = HistGradientBoostingClassifier(
        max_iter=12,
        learning_rate=config.tree_rate,
        max_leaf_nodes=config.leaves,
        l2_regularization=config.shrinkage,
        max_features=config.feature_share,
        early_stopping=False,
        random_state=0,
    ).fit(features, label, np.ones(len(label)))
    expected = library.predict_proba(features)
    np.testing.assert_allclose(scipy.special.softmax(found[:, (0, 1, 3)], axis=1), expected, atol=1e-5)


@pytest.mark.tensorflow
def test_a_network_is_the_same_out_of_its_arrays(trained):
    network, features = trained[0], three_kinds()[0]
    again = context_net_of(network.arrays)
    np.testing.assert_array_equal(again(features), network(features))
    assert again.sizes == (4, 4)
    with pytest.raises(KeyError, match="mean"):
        context_net_of({name: one for name, one in network.arrays.items() if "mean" not in name})
