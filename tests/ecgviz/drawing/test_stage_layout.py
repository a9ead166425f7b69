"""A sheet holds each lead where the page has it."""

import numpy as np
import pytest

from ecgviz.drawing.stage_layout import GAP_PX, NAME_PX, SHEET_PX, stage_sheet
from preprocessing.leads import LAYOUTS, Layout, LeadBox


def laid_out(name: str) -> Layout:
    form = LAYOUTS[name]
    boxes = [LeadBox(lead, "12-lead", 0, 0, 1, 1) for row in form.grid for lead in row]
    boxes += [LeadBox(lead, "rhythm", 0, 0, 1, 1) for lead in form.strips]
    return Layout(name, 1.0, tuple(boxes))


@pytest.mark.parametrize("name", ["3x4+1", "6x2", "12x1"])
def test_each_lead_has_its_place_on_the_page(name):
    layout = laid_out(name)
    shades = {box.key: 10 + 15 * place for place, box in enumerate(layout.boxes)}
    sheet = stage_sheet({key: np.full((50, 900), shade, np.uint8) for key, shade in shades.items()}, layout)
    assert sheet.shape[1] == SHEET_PX
    columns = layout.form.columns
    width = (SHEET_PX - GAP_PX * (columns - 1)) // columns
    row_px = NAME_PX + min(50, round(50 * width / 900)) + GAP_PX
    for place, box in enumerate(layout.boxes[: len(layout.form.grid) * columns]):
        row, column = divmod(place, columns)
        y, x = row * row_px + NAME_PX + 3, column * (width + GAP_PX) + width // 4
        assert sheet[y, x].tolist() == [shades[box.key]] * 3


def test_small_pictures_keep_their_size_in_any_type():
    layout = laid_out("3x4")
    binary = np.zeros((150, 150), bool)
    binary[:, ::2] = True
    sheet = stage_sheet(dict.fromkeys([box.key for box in layout.boxes], binary), layout)
    np.testing.assert_array_equal(sheet[NAME_PX : NAME_PX + 150, :150, 0], np.where(binary, 255, 0))
