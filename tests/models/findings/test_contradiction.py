"""A certain abnormal finding or a slow heart makes a verdict Normal unsure; nothing else changes."""

from dataclasses import replace

import pytest

from models.classes import CLASSES, FINDINGS
from models.findings import CONTRADICTED, TOO_SLOW, findings_card, with_findings, with_heart_rate
from models.serving import Prediction, Verdict, VerdictState

NORMAL = Verdict((0.9, 0.06, 0.03, 0.01), CLASSES[0], VerdictState.PREDICTED, (), "0")
ABNORMAL = Verdict((0.1, 0.8, 0.06, 0.04), CLASSES[1], VerdictState.PREDICTED, (), "1")
PREDICTION = Prediction({"trace_cnn": ABNORMAL, "ensemble": NORMAL}, {}, ())


@pytest.fixture
def card():
    return replace(findings_card(), certain_above=(0.5,) * len(FINDINGS))


def test_a_certain_finding_makes_normal_unsure_and_names_itself(card):
    found = with_findings(PREDICTION, dict.fromkeys(FINDINGS, 0.1) | {"premature_ventricular": 0.9}, (), card)
    assert found.verdicts["ensemble"].state is VerdictState.UNSURE
    assert found.verdicts["ensemble"].reasons == (CONTRADICTED,)
    assert found.verdicts["trace_cnn"] == ABNORMAL
    assert [notice.code for notice in found.notices] == [CONTRADICTED]
    assert "premature ventricular" in found.notices[0].message


def test_sinus_rhythm_and_normal_contradict_nothing(card):
    found = with_findings(PREDICTION, dict.fromkeys(FINDINGS, 0.1) | {"sinus_rhythm": 1.0, "normal": 1.0}, (), card)
    assert found.verdicts == PREDICTION.verdicts
    assert found.notices == ()


def test_nothing_is_said_of_normal_where_only_one_network_predicts_it(card):
    alone = Prediction({"trace_cnn": NORMAL, "ensemble": ABNORMAL}, {}, ())
    found = with_findings(alone, dict.fromkeys(FINDINGS, 0.9), (), card)
    assert found.verdicts["trace_cnn"].state is VerdictState.UNSURE
    assert found.notices == ()
    only = with_findings(Prediction({"trace_cnn": NORMAL}, {}, ()), dict.fromkeys(FINDINGS, 0.9), (), card)
    assert [notice.code for notice in only.notices] == [CONTRADICTED]


def test_a_verdict_that_does_not_apply_stays_so(card):
    apart = replace(NORMAL, state=VerdictState.NOT_APPLICABLE, reasons=("no_beats",))
    found = with_findings(Prediction({"ensemble": apart}, {}, ()), dict.fromkeys(FINDINGS, 0.9), (), card)
    assert found.verdicts["ensemble"] == apart


def test_without_findings_the_reasons_are_kept(card):
    found = with_findings(PREDICTION, None, ("unlike_training",), card)
    assert found.findings is None
    assert found.findings_reasons == ("unlike_training",)
    assert found.verdicts == PREDICTION.verdicts


def test_a_slow_heart_makes_normal_unsure():
    found = with_heart_rate(PREDICTION, 44.4)
    assert found.verdicts["ensemble"].state is VerdictState.UNSURE
    assert found.verdicts["ensemble"].reasons == (TOO_SLOW,)
    assert found.verdicts["trace_cnn"] == ABNORMAL
    assert [notice.code for notice in found.notices] == [TOO_SLOW]
    assert "44 bpm" in found.notices[0].message


@pytest.mark.parametrize("rate", [None, 50.0, 72.0, 130.0])
def test_other_or_unknown_rates_contradict_nothing(rate):
    assert with_heart_rate(PREDICTION, rate) == PREDICTION


def test_a_slow_heart_and_a_finding_are_both_named(card):
    found = with_findings(
        with_heart_rate(PREDICTION, 44.4), dict.fromkeys(FINDINGS, 0.1) | {"premature_ventricular": 0.9}, (), card
    )
    assert found.verdicts["ensemble"].reasons == (TOO_SLOW, CONTRADICTED)
    assert [notice.code for notice in found.notices] == [TOO_SLOW, CONTRADICTED]
