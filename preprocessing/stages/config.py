"""Constants of the article's crops and stages. They are the article's, not tuned here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ArticleCropsConfig:
    """Where the article's code cuts the leads out of a page, in pixels.

    All values but the tolerance are those of the published code, made for the EDAN SE-3 pages of Mendeley
    gwbz3fsgp8 (2213 x 1572 pixels).
    """

    page_width_px: int = 2213
    page_height_px: int = 1572
    # The data set's pages differ by a few pixels in size; the article's crops then still hold their leads. Set by hand
    # on its pages.
    tolerance_px: int = 15
    columns_px: tuple[tuple[int, int], ...] = ((150, 643), (646, 1135), (1140, 1625), (1630, 2125))
    rows_px: tuple[tuple[int, int], ...] = ((300, 600), (600, 900), (900, 1200))
    # Left, top, right and bottom of the rhythm strip.
    strip_px: tuple[int, int, int, int] = (150, 1250, 2125, 1480)


ARTICLE = ArticleCropsConfig()


@dataclass(frozen=True)
class StagesConfig:
    """Bounds and conventions of the stages."""

    # Pixels. Upper end of the app's control: strokes of the article's pages are 2 to 3 px wide. Set by hand.
    sigma_max_px: float = 6.0
    # Pixels. Below 8 no stroke is left; 2048 is about the width of a whole page. Set by hand.
    size_min_px: int = 8
    size_max_px: int = 2048


STAGES = StagesConfig()
