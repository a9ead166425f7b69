"""The light on paper, on pages whose light and colour are known."""

import numpy as np
import pytest

from preprocessing.page.flat_page import Page, find_page
from preprocessing.page.light import lit_evenly, paper_and_light
from sample_images import Camera, PageStyle, draw_page, photograph, simulate

SHAPE = (240, 320)


def printed(colour, light=None):
    """Paper of one colour with a black line every 20 rows, under some light; (rows, columns, 3), uint8."""
    rgb = np.broadcast_to(np.array(colour, float), (*SHAPE, 3)).copy()
    rgb[::20] = 10
    if light is not None:
        rgb *= light[..., None]
    return rgb.astype(np.uint8)


@pytest.mark.parametrize("colour", [(255, 255, 255), (250, 235, 220), (180, 170, 160)])
def test_even_light_leaves_the_papers_colour_alone(colour):
    paper, light = paper_and_light(printed(colour), px_per_mm=4.0)
    assert paper.tolist() == list(colour)
    assert light is None


def test_a_shadow_is_in_the_light_and_not_in_the_paper():
    falling = np.broadcast_to(np.linspace(1.0, 0.5, SHAPE[1]), SHAPE)
    paper, light = paper_and_light(printed((240, 220, 200), falling), px_per_mm=4.0)
    assert paper[0] / paper[2] == pytest.approx(240 / 200, rel=0.02)
    inner = slice(40, -40)
    relative = light[:, inner] * paper[0] / 240
    assert np.abs(relative - falling[:, inner]).max() < 0.06


def test_even_paper_is_returned_as_the_same_array():
    rgb = printed((250, 250, 250))
    assert lit_evenly(rgb) is rgb


def test_dark_paper_becomes_bright_and_print_stays_dark():
    even = lit_evenly(printed((150, 140, 130)))
    assert np.median(even) == pytest.approx(245, abs=2)
    assert even[::20].max() < 60


def page_of(camera):
    drawing = draw_page(simulate(seed=5), PageStyle(dpi=90))
    return drawing.image if camera is None else photograph(drawing, camera).image


CAMERAS = {
    "as scanned": (None, False, False),
    "in shadow": (Camera(shadow=0.6, seed=2), False, True),
    "turned": (Camera(rotation_deg=-8, margin=0.03), True, True),
}


@pytest.mark.parametrize(("camera", "laid_flat", "lit_evenly"), CAMERAS.values(), ids=CAMERAS)
def test_a_page_tells_what_its_pixels_are(camera, laid_flat, lit_evenly):
    image = page_of(camera)
    page = find_page(image)
    assert (page.flattening is not None) == laid_flat
    assert page.is_as_decoded == (page.rgb is image)
    assert page.is_as_decoded == (not laid_flat and not page.is_lit_evenly)
    if not laid_flat:
        assert page.is_lit_evenly == lit_evenly
    decoded = page.as_decoded(image)
    assert decoded.is_as_decoded
    assert decoded.rgb is image


def test_a_turned_page_is_not_as_decoded():
    page = Page(np.zeros((30, 40, 3), np.uint8), 4.0, 4.0, "assumed")
    turned = page.with_facts(turn=type(page.turn)(2))
    assert not turned.is_as_decoded
