"""A stored page comes back as it was, and a drawn one has the boxes that its leads were drawn in."""

import numpy as np

from models.data import load_page, page_file, save_page
from models.data.drawn_pages import drawn_rhythms, stored
from preprocessing.lead_id import LEADS
from sample_images import draw_page, edan_style, simulate


def test_a_page_survives_the_file(tmp_path):
    page = stored(draw_page(simulate("normal-sinus", seed=1), edan_style()))
    file = page_file("ab" * 32, tmp_path)
    save_page(page, file)
    found = load_page(file)
    np.testing.assert_array_equal(found.gray, page.gray)
    assert found.boxes == page.boxes
    assert (found.px_per_s, found.px_per_mv) == (page.px_per_s, page.px_per_mv)


def test_a_drawn_page_has_all_leads_at_its_scale():
    name, page = next(iter(drawn_rhythms(1)))
    assert name == "drawn-normal-sinus-0"
    assert {box.lead.removeprefix("-") for box in page.boxes if not box.is_strip} == set(LEADS)
    # 25 mm/s and 10 mm/mV.
    assert page.px_per_s / page.px_per_mv == 2.5
