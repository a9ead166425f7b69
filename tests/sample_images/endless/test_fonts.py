"""Text: every face leaves ink of about its height, and a lead's name is noted where it stands."""

import numpy as np

from sample_images.endless.canvas import Canvas
from sample_images.endless.fonts import Face, random_face, text_pixels, write
from sample_images.endless.truth import LABELS


def test_every_face_prints() -> None:
    rng = np.random.default_rng(1)
    for _ in range(80):
        face = random_face(rng)
        ink = text_pixels("aVR V6", face, 12.0)
        assert ink.max() > 100
        assert 0.3 * face.size_mm < ink.shape[0] / 12.0 < 1.6 * face.size_mm


def test_a_name_is_noted_at_the_centre_of_its_ink() -> None:
    canvas = Canvas((0.0, 0.0, 40.0, 20.0), 10.0, 1, (255, 255, 255))
    write(canvas, "V3", (15.0, 10.0), Face(size_mm=4.0), (0, 0, 0), lead="V3")
    ((lead, x, y),) = canvas.names
    rows, columns = np.nonzero(canvas.maps[LABELS.index("print")])
    assert lead == "V3"
    assert abs(x - (columns.min() + columns.max() + 1) / 20) < 0.1
    assert abs(y - (rows.min() + rows.max() + 1) / 20) < 0.1


def test_text_beyond_the_window_is_not_noted() -> None:
    canvas = Canvas((0.0, 0.0, 40.0, 20.0), 10.0, 1, (255, 255, 255))
    write(canvas, "V3", (400.0, 10.0), Face(size_mm=4.0), (0, 0, 0), lead="V3")
    assert not canvas.names
