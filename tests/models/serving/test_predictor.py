"""Answers of two networks to one report: joined, held back where they must be, and told lead by lead."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from models.classes import CLASSES
from models.networks import ENSEMBLE, STRIP
from models.serving import predictor
from models.serving.cards import ModelFileError
from models.serving.classifier import Outputs
from models.serving.predictor import Networks
from preprocessing.lead_id import LEADS
from preprocessing.measuring import find_beats
from preprocessing.traces import Trace


@dataclass
class Fake:
    """A network that always says the same."""

    said: tuple[float, ...]
    distance: float = 1.0

    @property
    def card(self):
        return SimpleNamespace(abstain_below=0.6, distance_limit=3.0, sha256="ab" * 32)

    def __call__(self, rows):
        assert rows.shape == (1, 16, 250, 2)
        said = np.array(self.said, np.float32)
        return Outputs(said[None], np.tile(said, (1, 13, 1)), np.array([self.distance], np.float32))


def traces(*leads, strip=True, beats=True):
    # A sharp beat every 0.8 s.
    since_s = (np.arange(1250) / 500 - 0.2) % 0.8
    mv = (np.exp(-(((since_s - 0.1) / 0.012) ** 2)) * beats).astype(np.float32)
    found = [Trace(lead, "12-lead", 0.0, mv, 1.0, (0.0, 0.0), 1.0, 1.0) for lead in leads]
    if strip:
        found.append(Trace("III", "rhythm", 0.0, np.tile(mv, 4), 1.0, (0.0, 0.0), 1.0, 1.0))
    return found


def asked(first, second, leads=LEADS, **how):
    found = traces(*leads, **how)
    return Networks({"cnn": first, "cnn_lstm": second}, 1.0, 0.7)(found, find_beats(found))


def test_both_together_say_the_mean():
    prediction = asked(Fake((0.9, 0.1, 0, 0)), Fake((0.7, 0.1, 0.2, 0)))
    both = prediction.verdicts[ENSEMBLE]
    np.testing.assert_allclose(both.probabilities, [0.8, 0.1, 0.1, 0], atol=1e-6)
    assert both.label == CLASSES[0]
    assert both.confidence == max(both.probabilities)
    assert not both.abstains
    assert both.version == "abababababab+abababababab"
    assert list(prediction.verdicts) == ["cnn", "cnn_lstm", ENSEMBLE]


def test_below_its_bar_a_model_does_not_answer():
    prediction = asked(Fake((0.55, 0.45, 0, 0)), Fake((0.75, 0.25, 0, 0)))
    assert {name: verdict.abstains for name, verdict in prediction.verdicts.items()} == {
        "cnn": True,
        "cnn_lstm": False,
        ENSEMBLE: True,
    }
    assert not prediction.notices


def test_a_strange_report_is_not_answered_however_sure_a_network_is():
    prediction = asked(Fake((1, 0, 0, 0), distance=3.5), Fake((1, 0, 0, 0)))
    assert prediction.verdicts["cnn"].out_of_distribution
    assert prediction.verdicts["cnn"].abstains
    assert not prediction.verdicts["cnn_lstm"].abstains
    assert prediction.verdicts[ENSEMBLE].abstains
    assert [notice.code for notice in prediction.notices] == ["unlike_training"]


def test_without_beats_nothing_is_answered():
    prediction = asked(Fake((1, 0, 0, 0)), Fake((1, 0, 0, 0)), beats=False)
    assert all(verdict.abstains for verdict in prediction.verdicts.values())
    assert [notice.code for notice in prediction.notices] == ["no_beats"]


def test_only_leads_that_were_read_are_told_of():
    told = asked(Fake((1, 0, 0, 0)), Fake((1, 0, 0, 0)), ("I", "V4"), strip=False).leads
    assert {name: list(leads) for name, leads in told.items()} == {"cnn": ["I", "V4"], "cnn_lstm": ["I", "V4"]}
    whole = asked(Fake((1, 0, 0, 0)), Fake((1, 0, 0, 0))).leads["cnn"]
    assert list(whole) == [*LEADS, STRIP]


@pytest.mark.parametrize("text", [None, "{", "[]", '{"temperature": 1.0}'])
def test_without_a_word_on_how_to_join_them_nothing_is_loaded(tmp_path, text):
    if text is not None:
        (tmp_path / "ensemble.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelFileError, match="how the networks are joined"):
        predictor._loaded(tmp_path)


def test_what_ships_says_how_its_networks_are_joined():
    joint = json.loads((predictor.WEIGHTS_FOLDER / "ensemble.json").read_text(encoding="utf-8"))
    assert 0.1 < joint["temperature"] < 5
    assert 0.25 < joint["abstain_below"] < 1
