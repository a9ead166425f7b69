"""Scanned and photographed pages: all of the page is to be seen, at the resolution asked for, and reproducibly."""

import io

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import label

from tests.independent.degradations import photographed, scanned

DPI = 150
WIDTH_IN, HEIGHT_IN = 6, 4


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    """White paper with a red patch near each corner."""
    paper = np.full((HEIGHT_IN * DPI, WIDTH_IN * DPI, 3), 255, np.uint8)
    for rows in (slice(10, 40), slice(-40, -10)):
        for columns in (slice(10, 40), slice(-40, -10)):
            paper[rows, columns] = (200, 0, 0)
    return paper


def seen_of(content: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"), dtype=float)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("target_dpi", [72, 150])
def test_photograph_shows_the_whole_page_within_a_table(page, seed, target_dpi):
    seen = seen_of(photographed(page, DPI, target_dpi, np.random.default_rng(seed)))
    red = (seen[..., 0] > 1.8 * seen[..., 1]) & (seen[..., 0] > 1.8 * seen[..., 2])
    patches, found = label(red)
    large = [number for number in range(1, found + 1) if (patches == number).sum() > 0.3 * (30 * target_dpi / DPI) ** 2]
    assert len(large) >= 4
    assert WIDTH_IN * target_dpi < seen.shape[1] < 1.5 * WIDTH_IN * target_dpi


@pytest.mark.parametrize("seed", range(4))
def test_scan_shows_the_whole_page_turned_by_at_most_three_degrees(page, seed):
    seen = seen_of(scanned(page, DPI, 100, np.random.default_rng(seed)))
    dark = seen[..., 1] < 0.5 * np.median(seen)
    assert dark.any()
    lean = np.sin(np.deg2rad(3))
    assert WIDTH_IN * 100 - 1 <= seen.shape[1] <= (WIDTH_IN + HEIGHT_IN * lean) * 100 + 2
    assert HEIGHT_IN * 100 - 1 <= seen.shape[0] <= (HEIGHT_IN + WIDTH_IN * lean) * 100 + 2


@pytest.mark.parametrize("degrade", [scanned, photographed])
def test_seed_gives_the_same_file_and_another_seed_another(page, degrade):
    one, again, other = (degrade(page, DPI, 72, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert one == again != other
