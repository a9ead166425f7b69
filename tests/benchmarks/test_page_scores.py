"""The scorer of pages whose every sample is known."""

from tests.benchmarks.page_scores import PageScore, summary


def test_silent_misreads_are_those_that_nothing_flags():
    def page(status, contradicts, trust):
        return PageScore("page", "kind", status, "", "6x2", "6x2", {"I": 30.0, "II": 2.0}, contradicts, trust, 1.0)

    figures = summary([page("read", False, "good"), page("read", True, "provisional"), page("refused", False, None)])
    assert (figures["misread"], figures["silent"], figures["good"]) == (3, 1, 1)
