"""What the stability of readings is measured with: variations that no eye sees, and states that flip."""

import numpy as np
import pytest

from preprocessing.picture import decode
from tests.benchmarks.page_scores import READ, REFUSED, Seen
from tests.benchmarks.stability import PageStates, State, figures_of, state_of, variations


@pytest.fixture
def page() -> np.ndarray:
    """White paper with one dark blot."""
    image = np.full((120, 200, 3), 255, np.uint8)
    image[40:60, 90:110] = 20
    return image


def middle_of(image: np.ndarray) -> np.ndarray:
    darkness = 255.0 - image.mean(axis=2)
    return np.array([(darkness * places).sum() / darkness.sum() for places in np.indices(darkness.shape)])


def test_variations_are_not_seen(page):
    for name, vary in variations(quick=False).items():
        seen = decode(vary(page)).rgb
        factor = seen.shape[1] / page.shape[1]
        assert factor == pytest.approx(float(name.split()[1]) if name.startswith("scale") else 1, abs=0.003), name
        assert np.abs((middle_of(seen) + 0.5) / factor - 0.5 - middle_of(page)).max() < 0.6, name
        assert abs(float(seen.mean()) - float(page.mean())) < 2, name


def test_shift_is_half_a_pixel(page):
    moved = decode(variations(quick=False)["half a pixel"](page)).rgb
    np.testing.assert_allclose(middle_of(moved) - middle_of(page), 0.5, atol=0.02)


def reading(layout: str, order: str, codes: list[str], trust: str | None) -> Seen:
    shown = {"layout": {"name": layout, "order": order}, "warnings": [{"code": code} for code in codes]}
    return Seen(READ, "", shown | ({"trust": {"state": trust}} if trust else {}), {}, 1.0)


def test_state_is_layout_and_trust():
    assert state_of(reading("6x2", "cabrera", [], None)) == State(READ, "6x2 Cabrera", "no contradiction")
    assert state_of(reading("6x2", "standard", ["leads_contradict"], None)) == State(READ, "6x2", "contradicts")
    assert state_of(reading("6x2", "standard", ["leads_contradict"], "good")) == State(READ, "6x2", "good")


def test_page_is_stable_where_nothing_flips():
    refused, read = state_of(Seen(REFUSED, "not_an_ecg", None, {}, 1.0)), State(READ, "6x2", "good")
    stable = PageStates("one", "collected", read, {"JPEG 60": read, "JPEG 95": read})
    flips = PageStates("other", "collected", read, {"JPEG 60": refused, "JPEG 95": read})
    figures = figures_of([stable, flips])
    assert (figures["pages"], figures["stable"], figures["flips"]) == (2, 1, {"JPEG 60": 1, "JPEG 95": 0})
