"""Every reason has words, and what can be mended a way to mend it."""

from ecgviz.study import PACED
from ecgviz.words import doubts
from ecgviz.words.changes_of import changes
from models.findings.contradiction import CONTRADICTED, TOO_SLOW
from models.serving.predictor import NO_BEATS, NO_NETWORK_AGREES, OUT_OF_DISTRIBUTION
from preprocessing.measuring import Measured
from preprocessing.trust import DOUBTS, FORBIDS_PREDICTION, Rest, Trust


def test_every_reason_has_words():
    verdicts = {NO_BEATS.code, OUT_OF_DISTRIBUTION.code, NO_NETWORK_AGREES, CONTRADICTED, TOO_SLOW, PACED.code}
    assert set(doubts.BECAUSE) == {*DOUBTS, *verdicts}


def test_every_doubt_that_forbids_a_prediction_can_be_mended():
    for code in FORBIDS_PREDICTION:
        assert doubts.ways_to_mend([code]), code
    assert doubts.ways_to_mend(["limb_leads_swapped"]) == []


def test_an_axis_rests_on_the_limb_leads_and_an_interval_on_times():
    swapped, columns = Trust(("limb_leads_swapped",)), Trust(("columns_assumed",))
    assert doubts.of_measurement("axis_deg", swapped)
    assert not doubts.of_measurement("pr_ms", swapped)
    assert doubts.of_measurement("pr_ms", columns) == ("columns_assumed",)
    assert columns.doubts(Rest.PREDICTION)


def test_changes_name_what_is_shown_differently():
    before = {"pr_ms": Measured(196.0, "ms", ""), "qrs_ms": Measured(90.1, "ms", ""), "rhythm": Measured("x", "", "")}
    now = {"pr_ms": Measured(126.0, "ms", ""), "qrs_ms": Measured(90.4, "ms", ""), "rhythm": Measured("y", "", "")}
    assert changes(before, now) == ["PR 196 ms \N{RIGHTWARDS ARROW} 126 ms", "Rhythm x \N{RIGHTWARDS ARROW} y"]
