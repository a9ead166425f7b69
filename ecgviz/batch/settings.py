"""With what a batch is read: plain values that can be written to a file and sent to another process."""

from __future__ import annotations

from dataclasses import dataclass

from preprocessing.stages import StageSettings

# No reports are written.
NONE = "none"


@dataclass(frozen=True)
class RunSettings:
    """With what a batch is read.

    Attributes
    ----------
    networks : bool
        Whether the networks predict.
    reports : str
        Format of the reports, or `NONE`.
    signals : tuple of str
        Formats of the signals.
    sigma, threshold_shift : float
        Of the preprocessing stages: pixels, and grey levels in [-1, 1].
    """

    networks: bool = True
    reports: str = NONE
    signals: tuple[str, ...] = ()
    sigma: float = StageSettings().sigma
    threshold_shift: float = StageSettings().threshold_shift

    @property
    def stages(self) -> StageSettings:
        """The settings of the stages."""
        return StageSettings(sigma=self.sigma, threshold_shift=self.threshold_shift)
