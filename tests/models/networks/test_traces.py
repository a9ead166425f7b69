"""Shapes of the networks, golden predictions of the shipped ones, and their explanations."""

import inspect
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import models
from models.classes import CLASSES
from models.explaining import grad_cam, occlusion, without_each_lead
from models.networks import registry, traces
from models.networks.input_rows import ROWS_SHAPE, STRIP
from models.networks.registry import TRACE_NETWORKS
from preprocessing.lead_id import LEADS
from tests.golden_predictions import GOLDEN, golden_rows

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module", params=TRACE_NETWORKS)
def classifier(request):
    return models.load(request.param)


@pytest.mark.parametrize("name", TRACE_NETWORKS)
def test_a_network_outputs_logits_of_the_report_and_every_lead(name):
    network = registry.build(name)
    outputs = network(np.zeros((2, *ROWS_SHAPE), np.float32), training=False)
    assert outputs["report"].shape == (2, 4)
    assert outputs["leads"].shape == (2, 13, 4)
    assert network.count_params() < 500_000
    assert inspect.getdoc(getattr(traces, name))


@pytest.mark.parametrize("name", TRACE_NETWORKS)
def test_a_leads_logits_depend_on_that_lead_alone(name):
    network = registry.build(name)
    rows = golden_rows()[:1]
    changed = rows.copy()
    changed[:, 3, :, 0] *= -1
    before, after = (network(batch, training=False)["leads"].numpy()[0] for batch in (rows, changed))
    moved = np.abs(before - after).max(axis=1) > 1e-6
    assert moved.tolist() == [lead == "aVR" for lead in (*LEADS, STRIP)]


def test_an_ensemble_outputs_the_mean_of_its_members():
    members = [registry.build("trace_cnn") for _ in range(3)]
    rows = golden_rows()
    apart = np.mean([member(rows, training=False)["report"] for member in members], axis=0)
    ensemble = traces.member_ensemble("trace_cnn", members)(rows, training=False)
    np.testing.assert_allclose(ensemble["report"], apart, atol=1e-5)


def test_the_shipped_networks_give_the_golden_predictions(classifier):
    with np.load(GOLDEN) as golden:
        found = classifier(golden_rows())
        np.testing.assert_allclose(found.report, golden[f"{classifier.card.name}_report"], atol=2e-4)
        np.testing.assert_allclose(found.leads, golden[f"{classifier.card.name}_leads"], atol=2e-4)
        np.testing.assert_allclose(found.distance, golden[f"{classifier.card.name}_distance"], rtol=2e-3)


def test_a_report_gets_the_same_prediction_from_any_thread_and_in_any_batch(classifier):
    rows = golden_rows()
    whole = classifier(rows).report
    with ThreadPoolExecutor(8) as threads:
        alone = list(threads.map(lambda number: classifier(rows[number % 6][None]).report[0], range(48)))
    for number, one in enumerate(alone):
        np.testing.assert_allclose(one, whole[number % 6], atol=1e-5)
        np.testing.assert_array_equal(one, alone[number % 6])


def test_grad_cam_depends_on_the_weights(classifier):
    """Maps that do not change with random weights show the input, not the network (Adebayo et al. 2018)."""
    import keras

    rows = golden_rows()[0]
    label = int(classifier(rows[None]).report[0].argmax())
    trained = grad_cam(classifier.network, rows)[label]
    assert trained.shape == ROWS_SHAPE[:2]
    assert trained.min() >= 0
    assert trained.max() == pytest.approx(1)
    shuffled = keras.models.clone_model(classifier.network)
    rng = np.random.default_rng(0)
    shuffled.set_weights(
        [rng.permutation(weight.ravel()).reshape(weight.shape) for weight in classifier.network.get_weights()]
    )
    alike = np.corrcoef(trained.ravel(), grad_cam(shuffled, rows)[label].ravel())[0, 1]
    assert not alike > 0.7


def test_occlusion_changes_the_prediction_only_where_something_is_printed(classifier):
    rows = golden_rows()[4]
    label = int(classifier(rows[None]).report[0].argmax())
    drops = occlusion(classifier, rows)[label]
    assert drops.shape == (16, 10)
    assert not drops[len(LEADS) :].any()
    assert np.abs(drops[: len(LEADS)]).max() > 0.001


def test_each_lead_can_be_removed(classifier):
    without = without_each_lead(classifier, golden_rows()[0])
    assert list(without) == [*LEADS, STRIP]
    np.testing.assert_allclose([one.sum() for one in without.values()], 1, atol=1e-5)
    assert np.ptp([one[0] for one in without.values()]) > 1e-4
    assert len(CLASSES) == len(without["I"])
