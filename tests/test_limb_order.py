"""Cabrera's order is told from the standard one by Einthoven's law alone."""

import pytest

import sample_images as drawn
from preprocessing.errors import EcgImageError
from preprocessing.leads import find_leads
from preprocessing.page import find_page


def page_of(layout, rhythm):
    style = drawn.PageStyle(layout=layout, dividers="full", dpi=120)
    return find_page(drawn.draw_page(drawn.simulate(rhythm, seed=3), style).image)


@pytest.mark.parametrize("rhythm", sorted(drawn.RHYTHMS))
def test_the_standard_order_is_read_and_cabreras_is_refused_and_not_misnamed(rhythm):
    assert find_leads(page_of("6x2", rhythm))[1].name == "6x2"
    with pytest.raises(EcgImageError, match="Cabrera") as refusal:
        find_leads(page_of("cabrera-6x2", rhythm))
    assert refusal.value.code == "layout_unknown"
