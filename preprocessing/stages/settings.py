"""The settings of the stages; their defaults are the paper's."""

from __future__ import annotations

from dataclasses import dataclass

SIGMA_MAX = 6.0


@dataclass(frozen=True)
class StageSettings:
    """What a teacher may change; the values here are the paper's.

    Attributes
    ----------
    sigma : float
        Standard deviation of the Gaussian in pixels of the page, 0 to 6; 0 leaves the picture as it is.
    threshold_shift : float
        Added to Otsu's threshold, in grey from -1 to 1.
    size_px : int
        Side of the square picture that a network gets.
    """

    sigma: float = 1.0
    threshold_shift: float = 0.0
    size_px: int = 150

    def __post_init__(self) -> None:
        if not 0 <= self.sigma <= SIGMA_MAX:
            raise ValueError(f"sigma must lie between 0 and {SIGMA_MAX:g} pixels, not {self.sigma!r}")
        if not -1 <= self.threshold_shift <= 1:
            raise ValueError(f"threshold_shift must lie between -1 and 1, not {self.threshold_shift!r}")
        if not 8 <= self.size_px <= 2048:
            raise ValueError(f"size_px must lie between 8 and 2048 pixels, not {self.size_px!r}")
