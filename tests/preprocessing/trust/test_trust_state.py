"""Trust: every doubt is a reason, and marks only what rests on it."""

import pytest

from preprocessing.errors import Notice
from preprocessing.trust import DOUBTS, FORBIDS_PREDICTION, Rest, TrustState, trust_of


def trust(*codes):
    return trust_of([Notice(code, "") for code in codes])


def test_information_is_no_doubt():
    assert trust("page_turned", "first_page").state is TrustState.GOOD
    assert trust("page_turned").reasons == ()


@pytest.mark.parametrize("code", DOUBTS)
def test_each_doubt_makes_a_reading_provisional(code):
    found = trust("page_turned", code, code)
    assert found.state is TrustState.PROVISIONAL
    assert found.reasons == (code,)
    assert [rest for rest in Rest if found.doubts(rest)] == [rest for rest in Rest if rest in DOUBTS[code]]


def test_a_guessed_gain_leaves_times_and_axes_alone():
    found = trust("gain_assumed")
    assert not found.doubts(Rest.TIMES)
    assert not found.doubts(Rest.AXES)
    assert found.doubts(Rest.VOLTAGES)


def test_guessed_columns_and_contradicting_leads_forbid_a_prediction():
    assert trust("columns_assumed", "gain_assumed").forbids_prediction == ("columns_assumed",)
    assert trust("gain_assumed", "bad_lead").forbids_prediction == ()
    for code in FORBIDS_PREDICTION:
        assert Rest.PREDICTION in DOUBTS[code]
