"""What was found on a page that shows where its leads are: rows, columns, pulses, names, and the checks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from preprocessing.leads.arrangement import Arrangement
from preprocessing.leads.pulses import Pulses
from preprocessing.lettering import PrintedName


@dataclass(frozen=True)
class LayoutEvidence:
    """The landmarks on which a layout rests, in pixels of the flat, upright page.

    Attributes
    ----------
    baselines : tuple of float
        Row of pixels on which each row of leads lies, from the top.
    columns : tuple of float
        Edges of the columns of leads, from the left.
    divided : bool
        Whether lines or gaps between the leads show these edges; otherwise they are equal parts.
    pulses : tuple of (left, top, right, bottom)
        The calibration pulses.
    names : tuple of PrintedName or None
        The printed names that were read with confidence; None where they were not needed.
    checks : dict of str to bool or None
        Whether each check agrees; None where the page leaves it open.
    """

    baselines: tuple[float, ...]
    columns: tuple[float, ...]
    divided: bool
    pulses: tuple[tuple[float, float, float, float], ...]
    names: tuple[PrintedName, ...] | None
    checks: dict[str, bool | None]


def evidence_of(arrangement: Arrangement, pulses: Pulses | None, names: Sequence[PrintedName] | None) -> LayoutEvidence:
    """Return the landmarks of an arrangement that was accepted."""
    found = (
        ()
        if pulses is None
        else tuple(
            (pulses.left, float(zero) - pulses.height_px, pulses.right, float(zero)) for zero in pulses.baselines
        )
    )
    return LayoutEvidence(
        tuple(float(row) for row in arrangement.rows.baselines),
        tuple(float(edge) for edge in arrangement.columns.edges),
        bool(arrangement.columns.divided),
        found,
        None if names is None else tuple(names),
        dict(arrangement.checks),
    )
