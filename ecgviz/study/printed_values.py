"""What a page prints of its recorder's measurements, beside what is measured here."""

from __future__ import annotations

from dataclasses import dataclass

from preprocessing.errors import Notice
from preprocessing.lettering import PrintedBlock
from preprocessing.measuring import Measurements

# Differences from which one of the two is doubted, well above those of reports that are read well
# (``tests/benchmarks/printed_block.py --differences``). By the names of the reading, in its units.
LARGE = {
    "heart_rate_bpm": 10.0,
    "pr_ms": 40.0,
    "qrs_ms": 30.0,
    "qt_ms": 60.0,
    "qtc_ms": 70.0,
    "axis_deg": 45.0,
}
# Also compared, but so uncertain in small waves that a difference is no doubt.
SHOWN = ("p_axis_deg", "t_axis_deg")


@dataclass(frozen=True)
class PrintedComparison:
    """One printed measurement.

    Attributes
    ----------
    name : str
        Of the reading.
    printed : float
    measured : float or None
        None where it was not measured.
    difference : float or None
        Measured minus printed; of axes the shorter way round.
    is_large : bool
        Whether it is a reason for doubt.
    """

    name: str
    printed: float
    measured: float | None
    difference: float | None
    is_large: bool


def compared(block: PrintedBlock, found: Measurements) -> list[PrintedComparison]:
    """Compare every printed measurement that was read; a recorder prints 0 where it has none."""
    shown = []
    for name in (*LARGE, *SHOWN):
        printed = block.values.get(name)
        if printed is None or (not printed and not name.endswith("deg")):
            continue
        value = found.values[name].value
        measured = value if isinstance(value, float) else None
        difference = None if measured is None else measured - printed
        if difference is not None and name.endswith("deg"):
            difference = (difference + 180) % 360 - 180
        large = difference is not None and abs(difference) >= LARGE.get(name, float("inf"))
        shown.append(PrintedComparison(name, printed, measured, difference, large))
    return shown


def printed_notices(block: PrintedBlock, found: Measurements) -> tuple[Notice, ...]:
    """Return a notice where a printed measurement differs much from the measured one, else nothing."""
    large = [one.name for one in compared(block, found) if one.is_large]
    if not large:
        return ()
    names = ", ".join(_NAMES[name] for name in large)
    return (
        Notice(
            "printed_disagrees",
            f"The page prints other values than those measured here: {names}. Compare both with the traces.",
        ),
    )


_NAMES = {
    "heart_rate_bpm": "heart rate",
    "pr_ms": "PR",
    "qrs_ms": "QRS",
    "qt_ms": "QT",
    "qtc_ms": "QTc",
    "axis_deg": "QRS axis",
}
