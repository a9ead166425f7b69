"""What the segmentation rests on is drawn where it was found."""

import numpy as np

from ecgviz.drawing.segmentation_view import CHOSEN, COLUMN, LABEL_COLOURS, LEGEND_PX, PULSE, found_on_page, label_map
from preprocessing.leads import layout_at
from preprocessing.page import PIXEL_LABELS, PixelMaps
from tests.studies import study_of


def is_colour(picture, colour):
    return (picture == np.array(colour)).all(axis=2)


def test_columns_pulses_and_the_chosen_lead_are_drawn_at_their_places():
    study = study_of("edan_normal")
    before = study.page.rgb.copy()
    drawn = found_on_page(study.page.rgb, study.layout, "V3", max_width_px=10**4)
    assert np.array_equal(study.page.rgb, before)
    assert drawn.shape == before.shape
    found, box = study.layout.evidence, study.box("V3")
    leads = slice(round(study.layout.boxes[0].top), round(study.layout.boxes[-1].bottom))
    assert is_colour(drawn, COLUMN)[leads, round(found.columns[1])].mean() > 0.8
    left, top, right, bottom = map(round, found.pulses[0])
    assert is_colour(drawn, PULSE)[top : bottom + 1, left : right + 1].any()
    rows, columns = np.nonzero(is_colour(drawn, CHOSEN))
    assert abs(rows.min() - box.top) < 4
    assert abs(columns.max() - box.right) < 4


def test_a_wide_page_is_shrunk_first():
    page = np.full((400, 2000, 3), 255, np.uint8)
    layout = layout_at("3x4", (0, 500, 1000, 1500, 2000), (0, 130, 260, 390))
    assert found_on_page(page, layout, "I", max_width_px=800).shape == (160, 800, 3)


def test_each_label_has_its_colour_where_it_covers_a_pixel():
    labels = np.zeros((len(PIXEL_LABELS), 20, 900), np.uint8)
    for place in range(len(PIXEL_LABELS)):
        labels[place, :, 100 * place : 100 * place + 50] = 255
    drawn = label_map(PixelMaps(labels, np.zeros((13, 5, 225), np.uint8), 5.0))
    for place, label in enumerate(PIXEL_LABELS):
        assert is_colour(drawn, LABEL_COLOURS[label])[LEGEND_PX:, 100 * place : 100 * place + 50].all()
        assert is_colour(drawn, LABEL_COLOURS[label])[:LEGEND_PX].any()
    assert (drawn[LEGEND_PX:, 60:90] == 255).all()


def test_hidden_margins_are_white_on_the_label_map():
    labels = np.full((len(PIXEL_LABELS), 20, 900), 255, np.uint8)
    drawn = label_map(PixelMaps(labels, np.zeros((13, 5, 225), np.uint8), 5.0), (0.1, 0.25, 0.9, 0.75))[LEGEND_PX:]
    assert (drawn[:5] == 255).all()
    assert (drawn[:, 810:] == 255).all()
    assert not (drawn[5:15, 90:810] == 255).all(axis=2).any()
