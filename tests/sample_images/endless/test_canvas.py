"""The canvas: what is laid on it changes picture and map alike, and ends at the window."""

import numpy as np

from sample_images.endless.canvas import Canvas, box_outline
from sample_images.endless.truth import LABELS

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def small(aliased: bool = False) -> Canvas:
    return Canvas((10.0, 20.0, 30.0, 40.0), 5.0, 2, WHITE, aliased)


def darkness(canvas: Canvas) -> np.ndarray:
    return 255 - np.asarray(canvas.picture)[..., 0]


def test_black_ink_is_as_dark_as_its_coverage() -> None:
    canvas = small()
    canvas.draw("trace", [np.array([(12.0, 22.0), (25.0, 37.0), (28.0, 21.0)])], 0.4, BLACK)
    np.testing.assert_array_equal(darkness(canvas), canvas.maps[LABELS.index("trace")])
    assert canvas.maps[LABELS.index("trace")].any()


def test_a_line_covers_its_length_times_its_width() -> None:
    canvas = small()
    canvas.draw("trace", [np.array([(12.0, 30.0), (28.0, 30.0)])], 0.6, BLACK)
    covered_mm2 = canvas.maps[0].sum() / 255 / canvas.scale**2
    assert abs(covered_mm2 - (16 * 0.6 + np.pi * 0.3**2)) < 0.4


def test_a_gap_lifts_the_pen() -> None:
    canvas = small()
    canvas.draw(
        "trace", [np.array([(12.0, 30.0), (16.0, 30.0), (np.nan, np.nan), (24.0, 30.0), (28.0, 30.0)])], 0.4, BLACK
    )
    row = canvas.maps[0].max(axis=0)
    assert row[100] == 0
    assert row[40] == row[160] == 255


def test_lines_without_soft_edges_are_whole_native_pixels() -> None:
    canvas = small(aliased=True)
    canvas.draw("trace", [np.array([(12.3, 22.1), (25.7, 37.2)])], 0.3, BLACK)
    drawn = canvas.maps[0]
    assert set(np.unique(drawn)) == {0, 255}
    np.testing.assert_array_equal(drawn[::2, ::2], drawn[1::2, 1::2])


def test_what_lies_beyond_the_window_is_cut_off() -> None:
    canvas = small()
    canvas.fill("print", box_outline((0.0, 0.0, 12.0, 100.0)), BLACK)
    canvas.draw("trace", [np.array([(-50.0, -50.0), (-40.0, -50.0)])], 0.4, BLACK)
    covered = canvas.maps[LABELS.index("print")]
    assert covered[:, :19].min() == 255
    assert covered[:, 22:].max() == 0
    assert not canvas.maps[0].any()


def test_pale_ink_keeps_full_coverage() -> None:
    canvas = small()
    canvas.draw("trace", [np.array([(12.0, 30.0), (28.0, 30.0)])], 1.0, BLACK, opacity=0.5)
    assert canvas.maps[0].max() == 255
    assert abs(int(darkness(canvas).max()) - 128) <= 1
