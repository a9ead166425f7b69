"""Agreement: kappa, sensitivity, disagreement and time from readings with known answers."""

import numpy as np
import pytest
import sqlalchemy as sa
from sklearn.metrics import cohen_kappa_score

from ecgviz.store import (
    DECIDED,
    KeptPrediction,
    Reading,
    Role,
    agreement,
    keep_predictions,
    open_store,
    save,
)
from ecgviz.store.tables import READINGS
from models.classes import CLASSES

SHAS = [f"{number:064x}" for number in range(12)]
FIRST = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3]
SECOND = [0, 0, 0, 0, 0, 1, 1, 1, 0, 2, 3, 3]


@pytest.fixture(scope="module")
def store():
    """AB read twelve reports, CD the same; of the two last the network abstains; one was decided."""
    store = open_store("sqlite://")
    for sha256, first, second in zip(SHAS, FIRST, SECOND, strict=True):
        save(store, Reading(sha256, "AB", CLASSES[first], blind=sha256 != SHAS[0]))
        save(store, Reading(sha256, "CD", CLASSES[second], blind=True))
        state = "unsure" if sha256 in SHAS[-2:] else "predicted"
        keep_predictions(store, sha256, [KeptPrediction("ensemble", "v", CLASSES[first], state, (1.0, 0.0, 0.0, 0.0))])
    save(store, Reading(SHAS[5], "EF", "Normal", role=Role.ADJUDICATION))
    save(store, Reading("f" * 64, "EF", "Normal", blind=True))
    return store


def test_two_readers_are_compared_on_what_both_read(store):
    found = agreement.compared(agreement.ratings_of(store), "AB", "CD")
    assert found.n == 12
    assert found.agreed[0] == pytest.approx(9 / 12)
    assert found.kappa[0] == pytest.approx(cohen_kappa_score(FIRST, SECOND))
    assert found.kappa[1] < found.kappa[0] < found.kappa[2]
    assert found.counts[0].tolist() == [5, 1, 0, 0]
    assert [one[0] for one in found.sensitivity] == pytest.approx([5 / 6, 2 / 3, 1 / 2, 1])
    assert all(low <= value <= high for value, low, high in found.sensitivity)
    assert found.apart == (SHAS[5], SHAS[8], SHAS[10])


def test_abstentions_count_only_where_asked_for(store):
    assert agreement.compared(agreement.ratings_of(store), "AB", "ensemble").n == 10
    with_them = agreement.ratings_of(store, with_abstentions=True)
    assert agreement.compared(with_them, "AB", "ensemble").agreed[0] == 1.0


def test_readings_that_were_not_blind_can_be_left_out(store):
    assert agreement.compared(agreement.ratings_of(store, blind_only=True), "AB", "CD").n == 11


def test_raters_are_people_then_the_decision_then_networks(store):
    ratings = agreement.ratings_of(store)
    assert ratings.readers == ("AB", "CD", "EF", DECIDED)
    assert ratings.networks == ("ensemble",)
    assert agreement.compared(ratings, DECIDED, "CD").apart == (SHAS[5],)


def test_fleiss_is_over_reports_that_all_have_read(store):
    ratings = agreement.ratings_of(store)
    n, (value, low, high) = agreement.among_all(ratings, ["AB", "CD"])
    assert n == 12
    assert low < value < high
    assert agreement.among_all(ratings, ["AB", "CD", "EF"])[0] == 0
    assert agreement.most_in_common(ratings) == ("AB", "CD")
    assert np.isnan(agreement.among_all(ratings, ["AB"])[1]).all()


def test_on_few_reports_there_is_no_kappa(store):
    found = agreement.compared(agreement.ratings_of(store), "CD", DECIDED)
    assert found.n == 1
    assert np.isnan(found.kappa).all()
    assert np.isnan(agreement.among_all(agreement.ratings_of(store), ["CD", DECIDED])[1]).all()


def test_raters_without_a_common_report_have_no_figures(store):
    found = agreement.compared(agreement.ratings_of(store), "AB", "EF")
    assert found.n == 0
    assert np.isnan(found.kappa).all()
    assert np.isnan(found.agreed).all()
    assert found.apart == ()


def test_agreement_is_told_by_month(store):
    with store.writing() as connection:
        early = sa.and_(READINGS.c.reader == "AB", READINGS.c.sha256 < SHAS[6])
        connection.execute(READINGS.update().where(early).values(changed_at="2026-10-31T23:59:59+00:00"))
        connection.execute(
            READINGS.update().where(READINGS.c.sha256 >= SHAS[6]).values(changed_at="2026-11-01T00:00:00+00:00")
        )
    october, november = agreement.over_time(agreement.ratings_of(store), "AB", "CD")
    assert (october.name, october.n, november.name, november.n) == ("2026-10", 6, "2026-11", 6)
    assert october.agreed[0] == pytest.approx(5 / 6)
    assert november.agreed[0] == pytest.approx(4 / 6)
    assert october.agreed[1] < october.agreed[0] < october.agreed[2]
