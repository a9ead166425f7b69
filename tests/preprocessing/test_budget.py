"""A step of reading ends when its budget of processor time is spent, and only then."""

import pytest

from preprocessing.budget import limited, spend
from preprocessing.errors import EcgImageError
from preprocessing.leads import find_leads
from preprocessing.page import find_page
from tests.hostile_files import page_of_dashes


def work():
    while True:
        spend()


def test_spending_without_a_budget_or_within_it_does_nothing():
    spend()
    with limited(60):
        spend()


def test_a_loop_ends_with_a_refusal_once_the_budget_is_spent():
    with pytest.raises(EcgImageError) as refusal, limited(0.01):
        work()
    assert refusal.value.code == "too_complex"
    spend()


def test_a_decorated_function_gets_its_budget_at_every_call():
    bounded = limited(0.01)(work)
    for _ in range(2):
        with pytest.raises(EcgImageError):
            bounded()


@pytest.mark.parametrize(("outer", "inner"), [(0.01, 60), (60, 0.01)])
def test_the_smaller_of_two_budgets_counts(outer, inner):
    with pytest.raises(EcgImageError), limited(outer), limited(inner):
        work()


def test_finding_leads_spends_its_budget_and_refuses_a_page_of_dashes_within_it():
    page = find_page(page_of_dashes())
    # No time at all, so that no machine is fast enough to end before its budget does.
    with pytest.raises(EcgImageError) as refusal, limited(0):
        find_leads(page)
    assert refusal.value.code == "too_complex"
    with pytest.raises(EcgImageError) as refusal:
        find_leads(page)
    assert refusal.value.code in {"too_complex", "not_an_ecg"}
