"""The settings of the stages; their defaults are the article's."""

from __future__ import annotations

from dataclasses import dataclass

from preprocessing.stages.config import STAGES

SIGMA_MAX = STAGES.sigma_max_px


@dataclass(frozen=True)
class StageSettings:
    """What a person may change; the defaults are the article's values.

    Attributes
    ----------
    sigma : float
        Standard deviation of the Gaussian in pixels of the page, 0 to 6; 0 leaves the picture unchanged.
    threshold_shift : float
        Offset from Otsu's threshold, in grey level from -1 to 1.
    size_px : int
        Side of the square picture that a network receives.
    """

    sigma: float = 1.0
    threshold_shift: float = 0.0
    size_px: int = 150

    def __post_init__(self) -> None:
        if not 0 <= self.sigma <= STAGES.sigma_max_px:
            raise ValueError(f"sigma must lie between 0 and {STAGES.sigma_max_px:g} pixels, not {self.sigma!r}")
        if not -1 <= self.threshold_shift <= 1:
            raise ValueError(f"threshold_shift must lie between -1 and 1, not {self.threshold_shift!r}")
        smallest, largest = STAGES.size_min_px, STAGES.size_max_px
        if not smallest <= self.size_px <= largest:
            raise ValueError(f"size_px must lie between {smallest} and {largest} pixels, not {self.size_px!r}")
