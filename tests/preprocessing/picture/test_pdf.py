"""Pages of PDF files rendered at a known size."""

import io

import numpy as np
import pytest
from PIL import Image

from preprocessing.errors import EcgImageError
from preprocessing.picture.pdf import first_page_of_pdf, pages_of_pdf


def pdf_of(*levels):
    """A PDF of 4 x 3 inch pages, each of one grey level."""
    pages = [Image.new("RGB", (400, 300), (level,) * 3) for level in levels]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    return stream.getvalue()


def test_every_page_is_rendered_at_the_resolution_asked_for():
    pages = pages_of_pdf(pdf_of(250, 120), dpi=50)
    assert [page.shape for page in pages] == [(150, 200, 3)] * 2
    assert [int(np.median(page)) for page in pages] == pytest.approx([250, 120], abs=3)


def test_a_page_that_needs_too_many_pixels_is_refused():
    with pytest.raises(EcgImageError) as refusal:
        first_page_of_pdf(pdf_of(250), max_pixels=1000)
    assert refusal.value.code == "too_large"
    assert "4.0 x 3.0 inches" in refusal.value.message
