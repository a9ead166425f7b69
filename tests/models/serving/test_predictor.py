"""The prediction for one report: the networks combined, abstaining where they must, and each lead alone."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from models.classes import CLASSES
from models.networks import ENSEMBLE, LINEAR_HEAD, STRIP
from models.scoring import Combination
from models.serving import predictor
from models.serving.cards import ModelFileError, shipped
from models.serving.classifier import Outputs
from models.serving.predictor import EnsembleSettings, Networks
from models.serving.verdicts import VerdictState
from preprocessing.lead_id import LEADS
from preprocessing.measuring import find_beats
from preprocessing.traces import Trace


@dataclass
class FixedNetwork:
    """A network whose probabilities are always the same."""

    probabilities: tuple[float, ...]
    distance: float = 1.0

    @property
    def card(self):
        return SimpleNamespace(abstain_below=0.6, distance_limit=3.0, sha256="ab" * 32)

    def __call__(self, rows):
        assert rows.shape == (1, 16, 250, 2)
        logits = np.log(np.maximum(np.array(self.probabilities, np.float32), 1e-12))
        return Outputs(logits[None], np.tile(logits, (1, 13, 1)), np.array([self.distance], np.float32))


def traces(*leads, strip=True, beats=True):
    # A sharp beat every 0.8 s.
    since_s = (np.arange(1250) / 500 - 0.2) % 0.8
    mv = (np.exp(-(((since_s - 0.1) / 0.012) ** 2)) * beats).astype(np.float32)
    found = [Trace(lead, "12-lead", 0.0, mv, 1.0, (0.0, 0.0), 1.0, 1.0) for lead in leads]
    if strip:
        found.append(Trace("III", "rhythm", 0.0, np.tile(mv, 4), 1.0, (0.0, 0.0), 1.0, 1.0))
    return found


def networks_of(first, second):
    settings = EnsembleSettings(Combination({"trace_cnn": 0.5, "trace_cnn_lstm": 0.5}, 1.0, (0.0,) * len(CLASSES)), 0.7)
    return Networks({"trace_cnn": first, "trace_cnn_lstm": second}, settings, settings)


def prediction_of(first, second, leads=LEADS, **how):
    found = traces(*leads, **how)
    return networks_of(first, second)(found, find_beats(found))


def test_the_ensemble_predicts_the_geometric_mean_of_the_networks():
    prediction = prediction_of(FixedNetwork((0.9, 0.1, 0, 0)), FixedNetwork((0.4, 0.4, 0.2, 0)))
    ensemble = prediction.verdicts[ENSEMBLE]
    np.testing.assert_allclose(ensemble.probabilities, [0.75, 0.25, 0, 0], atol=1e-5)
    assert ensemble.label == CLASSES[0]
    assert ensemble.confidence == max(ensemble.probabilities)
    assert not ensemble.abstains
    assert ensemble.version == "abababababab+abababababab"
    assert list(prediction.verdicts) == ["trace_cnn", "trace_cnn_lstm", ENSEMBLE]


def test_a_combined_class_that_no_network_finds_is_unsure():
    sure = FixedNetwork((0.55, 0.45, 0, 0))
    settings = EnsembleSettings(Combination({"trace_cnn": 0.5, "trace_cnn_lstm": 0.5}, 1.0, (0.0, 2.0, 0.0, 0.0)), 0.7)
    found = traces(*LEADS)
    ensemble = Networks({"trace_cnn": sure, "trace_cnn_lstm": sure}, settings, settings)(
        found, find_beats(found)
    ).verdicts
    assert ensemble[ENSEMBLE].confidence > 0.8
    assert ensemble[ENSEMBLE].state is VerdictState.UNSURE
    assert ensemble[ENSEMBLE].reasons == ("no_network_agrees",)
    assert [ensemble[name].label for name in ("trace_cnn", ENSEMBLE)] == list(CLASSES[:2])


def test_a_model_abstains_below_its_threshold():
    prediction = prediction_of(FixedNetwork((0.55, 0.45, 0, 0)), FixedNetwork((0.75, 0.25, 0, 0)))
    assert {name: verdict.abstains for name, verdict in prediction.verdicts.items()} == {
        "trace_cnn": True,
        "trace_cnn_lstm": False,
        ENSEMBLE: True,
    }
    assert not prediction.notices


def test_an_out_of_distribution_report_gets_no_prediction_however_confident_a_network_is():
    prediction = prediction_of(FixedNetwork((1, 0, 0, 0), distance=3.5), FixedNetwork((1, 0, 0, 0)))
    assert prediction.verdicts["trace_cnn"].out_of_distribution
    assert prediction.verdicts["trace_cnn"].abstains
    assert not prediction.verdicts["trace_cnn_lstm"].abstains
    assert prediction.verdicts[ENSEMBLE].abstains
    assert [notice.code for notice in prediction.notices] == ["unlike_training"]


def test_every_model_abstains_where_no_beats_are_found():
    prediction = prediction_of(FixedNetwork((1, 0, 0, 0)), FixedNetwork((1, 0, 0, 0)), beats=False)
    assert all(verdict.abstains for verdict in prediction.verdicts.values())
    assert [notice.code for notice in prediction.notices] == ["no_beats"]


def test_doubts_about_the_reading_leave_every_model_without_a_prediction():
    found, sure = traces(*LEADS), FixedNetwork((1, 0, 0, 0))
    prediction = networks_of(sure, sure)(found, find_beats(found), ["leads_contradict"])
    for verdict in prediction.verdicts.values():
        assert (verdict.state, verdict.reasons) == (VerdictState.NOT_APPLICABLE, ("leads_contradict",))
        assert not verdict.out_of_distribution
    assert not prediction.notices


def test_only_leads_that_were_read_have_probabilities():
    some = prediction_of(FixedNetwork((1, 0, 0, 0)), FixedNetwork((1, 0, 0, 0)), ("I", "V4"), strip=False).leads
    assert {name: list(leads) for name, leads in some.items()} == {
        "trace_cnn": ["I", "V4"],
        "trace_cnn_lstm": ["I", "V4"],
    }
    whole = prediction_of(FixedNetwork((1, 0, 0, 0)), FixedNetwork((1, 0, 0, 0))).leads["trace_cnn"]
    assert list(whole) == [*LEADS, STRIP]
    assert whole["II"] == pytest.approx((1, 0, 0, 0), abs=1e-6)


@pytest.mark.parametrize("text", [None, "{", "[]", '{"both": {"temperature": 1.0}}'])
def test_nothing_is_loaded_without_the_settings_of_the_ensemble(tmp_path, text):
    if text is not None:
        (tmp_path / "ensemble.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelFileError, match="settings of the ensemble"):
        predictor.load_networks(tmp_path)


def test_the_shipped_settings_of_the_ensemble_are_in_range():
    joint = json.loads((predictor.WEIGHTS_FOLDER / "ensemble.json").read_text(encoding="utf-8"))
    for settings in (joint["both"], joint["traces"]):
        assert 0.1 < settings["temperature"] < 5
        assert 0.25 < settings["abstain_below"] < 1
        assert sum(settings["weights"].values()) == pytest.approx(1)
        assert set(settings["weights"]) <= {*shipped(), LINEAR_HEAD}
        assert set(settings["offsets"]) == set(CLASSES)
