"""A very large image is read at half its size, and its reading is in pixels of the file."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

import preprocessing.picture.files as decoding
import sample_images as drawn
from ecgviz.study import reading_of
from preprocessing.picture.config import FILES


def test_the_reading_of_a_reduced_image_is_in_pixels_of_the_file(monkeypatch):
    stream = io.BytesIO()
    Image.fromarray(drawn.draw_page(drawn.simulate()).image).save(stream, "PNG")
    whole = reading_of(stream.getvalue(), "page.png", with_models=False)
    monkeypatch.setattr(decoding, "FILES", replace(FILES, reduce_above_pixels=1_000_000))
    half = reading_of(stream.getvalue(), "page.png", with_models=False)
    assert [half["page"][side] for side in ("width", "height")] == [whole["page"][side] for side in ("width", "height")]
    assert half["page"]["px_per_mm_x"] == pytest.approx(whole["page"]["px_per_mm_x"], rel=0.01)
    assert half["sha256"] == whole["sha256"]
    quads = [np.array([lead["quad"] for lead in reading["leads"]]) for reading in (half, whole)]
    assert np.median(np.abs(quads[0] - quads[1])) < 8
