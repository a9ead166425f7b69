"""How far a stroke's ink reaches beyond its last point, against strokes drawn by their geometry."""

import numpy as np
import pytest

from preprocessing.traces.pen_caps import REACHES
from preprocessing.traces.stroke_ends import ink_end

FINER, ROWS, COLUMNS = 16, 60, 40


def stroke(cap: str, radius: float, angle: float, end: tuple[float, float]) -> np.ndarray:
    """Draw a stroke from the upper left that ends at (x, y) in pixels, as the share of each pixel that it covers."""
    y, x = (np.mgrid[0 : ROWS * FINER, 0 : COLUMNS * FINER] + 0.5) / FINER - 0.5
    x, y = x - end[0], y - end[1]
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    longer = radius if cap == "square" else 0.0
    covered = (np.abs(across) <= radius) & (along <= longer)
    if cap == "round":
        covered |= x**2 + y**2 <= radius**2
    share = covered.reshape(ROWS, FINER, COLUMNS, FINER).mean(axis=(1, 3))
    return np.asarray(share / share.max())


def measured_reach(cap: str, radius: float, angle: float) -> float:
    """Return by how many pixels the ink that is found goes on beyond the end, the mean of some places in a pixel."""
    reaches = []
    for x, y in np.random.default_rng(3).uniform(-0.5, 0.5, (12, 2)):
        ink = stroke(cap, radius, angle, (20 + x, 50 + y))
        last = int(np.flatnonzero(ink.max(axis=0) >= 0.5)[-1])
        rows = np.flatnonzero((ink[:, last - 2 : last + 1] >= 0.25).any(axis=1))
        reaches.append(ink_end(ink, rows[0], rows[-1], last, 1) - (20 + x))
    return float(np.mean(reaches))


@pytest.mark.parametrize("cap", REACHES)
@pytest.mark.parametrize("radius", [0.8, 1.2, 2.0, 3.0])
@pytest.mark.parametrize("angle", [0.0, 0.3, 0.8, 1.3])
def test_ink_reaches_as_far_as_it_is_found(cap: str, radius: float, angle: float) -> None:
    expected = REACHES[cap](np.array([angle]), radius)[0]
    assert measured_reach(cap, radius, angle) == pytest.approx(expected, abs=0.14)
