"""How far a batch over many processes is."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.batch import Done


@dataclass(frozen=True)
class Progress:
    """A file that was entered, and how far the batch is.

    Attributes
    ----------
    done : Done
    entered, of : int
        Files that are done, in whichever run, and all files.
    per_second : float
        Files a second in this run.
    """

    done: Done
    entered: int
    of: int
    per_second: float

    @property
    def left_s(self) -> float | None:
        """Expected seconds for the files left."""
        return (self.of - self.entered) / self.per_second if self.per_second else None
