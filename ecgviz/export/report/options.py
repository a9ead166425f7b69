"""What a reader chooses of a report: its parts, what is hidden, and what the reader adds."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.study import HandMeasurement

PARTS = {
    "summary": "Summary",
    "networks": "Prediction",
    "findings": "Findings",
    "page": "Page",
    "facts": "Reading",
    "leads": "Single leads",
    "measurements": "Measurements",
    "morphology": "ST and morphology",
    "traces": "Traces at true scale",
}
# Parts that need the networks.
NETWORK_PARTS = {"summary", "networks", "findings", "leads"}


@dataclass(frozen=True)
class ReportOptions:
    """What goes into a report.

    Attributes
    ----------
    hide_margins : bool
        Whether everything outside the traces is painted over in the image.
    title : str
        Title of a simulated sample; empty for an upload, whose file name is never shown.
    parts : tuple of str
        Keys of `PARTS`.
    comment, reader, date : str
        As the reader typed them; empty by default, so that nothing depends on person or day.
    by_hand : tuple of HandMeasurement
        What the reader measured on the traces.
    """

    hide_margins: bool = True
    title: str = ""
    parts: tuple[str, ...] = tuple(PARTS)
    comment: str = ""
    reader: str = ""
    date: str = ""
    by_hand: tuple[HandMeasurement, ...] = ()
