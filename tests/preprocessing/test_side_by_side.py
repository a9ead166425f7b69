"""Work in two threads: values in order, errors where they are asked for, and one budget for both."""

import threading

import pytest

from preprocessing.budget import limited, spend
from preprocessing.errors import EcgImageError
from preprocessing.side_by_side import THREADS_VARIABLE, allowed_threads, beside, side_by_side, threads


@pytest.fixture(autouse=True)
def two_threads(monkeypatch):
    monkeypatch.delenv(THREADS_VARIABLE, raising=False)


def endless():
    while True:
        spend()


def fail():
    raise ValueError("of the other thread")


def burnt(seconds):
    """Spend about as much of the processor as asked."""
    with pytest.raises(EcgImageError), limited(seconds):
        endless()


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_values_are_in_the_order_of_the_items(count):
    assert side_by_side(str, range(count)) == [str(number) for number in range(count)]


def test_items_are_shared_by_two_threads():
    together = threading.Barrier(2, timeout=60)
    assert len(set(side_by_side(lambda _: (together.wait(), threading.get_ident())[1], range(2)))) == 2


def test_the_second_thread_has_ended_after_the_block_whether_it_was_asked_or_not():
    before = set(threading.enumerate())
    with beside(lambda: None):
        pass
    assert set(threading.enumerate()) == before


def test_what_the_work_raised_is_raised_where_its_value_is_asked_for():
    with beside(fail), beside(lambda: 5) as five:
        assert five() == 5
    with pytest.raises(ValueError, match="other thread"), beside(fail) as value:
        value()


def test_the_work_has_the_budget_that_is_left():
    with limited(0.05), beside(endless) as never, pytest.raises(EcgImageError) as refusal:
        never()
    assert refusal.value.code == "too_complex"


def test_what_the_other_thread_spends_counts():
    with limited(0.1):
        spend()
        with beside(lambda: burnt(0.2)):
            pass
        with pytest.raises(EcgImageError):
            spend()


def test_without_a_budget_there_is_none_beside():
    with beside(spend) as done:
        assert done() is None


def test_with_one_thread_all_is_done_in_turn(monkeypatch):
    monkeypatch.setenv(THREADS_VARIABLE, "1")
    assert set(side_by_side(lambda _: threading.get_ident(), range(3))) == {threading.get_ident()}
    with beside(threading.get_ident) as own, beside(fail) as failed:
        assert own() == threading.get_ident()
    with pytest.raises(ValueError, match="other thread"):
        failed()
    with limited(0.05), beside(endless) as never, pytest.raises(EcgImageError):
        never()


def test_a_block_may_have_one_thread_alone():
    with allowed_threads(1):
        assert len(set(side_by_side(lambda _: threading.get_ident(), range(2)))) == 1
    assert threads() == 2
