"""Tuned numbers for finding ink, rows, pulses, dividers and columns.

All were set by hand while the reader was written, on three sets of pages: pages drawn by `sample_images`, the EDAN SE-3
reports of Mendeley gwbz3fsgp8, and the pictures collected for `tests/benchmarks/real_pages.py` (photographs, scans,
exports, screenshots). No sweep is on record for any of them unless its comment says so. `preprocessing/LOG.md` has what
was tried and the figures. A `share` is a fraction of the whole; `mm` are millimetres of the printed grid.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MasksConfig:
    """Which pixels count as a stroke: the share of them that the network expects a stroke to cover."""

    # Half covered: the edge of a stroke.
    sure: float = 0.5
    # Strokes that are thinner than a pixel, or that the network is unsure of.
    faint: float = 0.25


MASKS = MasksConfig()


@dataclass(frozen=True)
class RowDemands:
    """What makes a line of ink a row of trace.

    Attributes
    ----------
    piece_mm : float
        Connected components shorter than this are ignored. Letters are shorter than a trace.
    gap_mm : float
        A wider gap ends the row.
    cover : float
        Share of its columns that must be inked.
    """

    piece_mm: float = 4.0
    gap_mm: float = 25.0
    cover: float = 0.6


# For all passes but the last.
CLEAR = RowDemands()
# For the last pass: faded traces of photographs and old scans break into pieces.
FADED = RowDemands(piece_mm=0.8, gap_mm=25.0, cover=0.4)


@dataclass(frozen=True)
class RowsConfig:
    """How rows of trace are found among the strokes of traces."""

    # Rows are searched at about this many pixels per millimetre; finer detail costs time and shows nothing more.
    px_per_mm: float = 4.0
    # Gaps bridged before components are measured, mm: faded traces and coarse scans break.
    bridge_mm: float = 0.8
    # Share of the columns with trace in which all rows must be seen apart.
    whole_share: float = 0.12
    # Rows are at least this far apart, mm.
    pitch_min_mm: float = 5.0
    # A run belongs to the nearest row, at most this share of the distance between rows away.
    reach: float = 0.75
    # Shorter pieces of a row, mm, do not extend it.
    piece_mm: float = 3.0
    # A row is at least this share of the page long.
    length_min: float = 0.25


ROWS = RowsConfig()


@dataclass(frozen=True)
class RowSetsConfig:
    """Which of the rows found belong to one page. Lengths are shares of the usual distance between rows."""

    # A wider gap separates the leads from print above or below.
    wide_gap: float = 2.2
    # Rows overlap with the usual extent by at least this share.
    overlap_min: float = 0.6
    # Half a row, one of two columns, overlaps by at least this share.
    half_row: float = 0.45
    # Rows at either end that may be print or dirt.
    dropped_max: int = 2
    # Gaps are whole multiples of the smallest one to within this where a row is missing.
    multiple_slack: float = 0.15
    # Where the next row would stand, to within this.
    next_slack: float = 0.2
    # Share of a page's rows that must be found for the missing ones to be filled in.
    found_min: float = 0.7


ROW_SETS = RowSetsConfig()


@dataclass(frozen=True)
class PulsesConfig:
    """What a calibration pulse looks like. Shares are of its height."""

    # A pulse of 5 mm, the lowest, less the part that something hides.
    height_min_mm: float = 3.0
    # Runs of this share of the longest are edges; below the second, the line at the top or at a foot.
    edge_share: float = 0.8
    level_share: float = 0.4
    # Distance of the two edges: a pulse is usually 5 mm wide, a quarter of 20 mm and all of 5 mm; narrower ones exist.
    width_min: float = 0.08
    # Pulses of one page agree in height and place to within this share and these millimetres.
    alike: float = 0.08
    alike_mm: float = 0.5


PULSES = PulsesConfig()


@dataclass(frozen=True)
class DividersConfig:
    """What a printed line between columns looks like. Lengths are shares of the distance between rows."""

    # More candidates than this are grid or noise, and combinations of them would take seconds.
    count_max: int = 24
    # Bars of equal length, centred on the row, in so many rows of one column are not chance.
    bars_min: int = 2
    bar_length_min: float = 0.1
    bar_length_max: float = 1.1
    # Pixels by which equal bars may differ at each end.
    bar_slack_px: float = 3.0
    # Share of a bar's length by which its middle may be off the row.
    bar_off_row: float = 0.35
    # Neighbouring columns of pixels with this share of the longest line are the same line.
    line_alike: float = 0.9
    # Weight of uneven ends against uneven distances when lines are chosen, and the largest unevenness.
    end_weight: float = 0.1
    uneven_max: float = 0.1
    # Lines must span the columns' share of the trace to within this.
    span_slack: float = 0.1
    # Share of a column by which a line must stand inside the trace's ends.
    inside: float = 0.2
    # Two columns meet within this share of the width from the middle of the trace.
    off_centre: float = 0.1
    # A divider confirms an expected edge within this share of a column.
    confirmed_slack: float = 0.015
    # Share of the expected edges that must be confirmed: traces hide some bars.
    confirmed_min: float = 0.5


DIVIDERS = DividersConfig()


@dataclass(frozen=True)
class ColumnsConfig:
    """Where columns of leads begin and end. Lengths are shares of a column's width."""

    # Dividers are evenly spaced to within this; two columns, which one divider separates, to within the second.
    even: float = 0.03
    even_two: float = 0.05
    # Names of one column stand below each other to within this.
    name_jitter: float = 0.1
    # A name stands at its lead's start: so much before or after.
    name_early: float = 0.06
    name_late: float = 0.14
    # Names that fix a column's start.
    names_min: int = 2
    # Share of the rows that a gap between columns interrupts, its least width, mm, and the gaps that are considered.
    gap_rows: float = 0.6
    gap_min_mm: float = 1.0
    gaps_max: int = 8
    # Millimetres by which dividers may stand beside the edges of even columns.
    beside_mm: float = 1.2
    # Millimetres between a pulse and a trace within which the foot of the one may pass for the other, and by which the
    # beginning that is computed instead may lie beside them.
    foot_mm: float = 2.2
    pulse_slack_mm: float = 0.4
    # Millimetres left of the pulses within which a frame, and no trace, is what begins a row.
    frame_mm: float = 25.0
    # Share by which columns that gaps part may differ in width.
    gap_uneven: float = 0.35
    # Columns as wide as their names imply are left as they are.
    width_slack: float = 0.015


COLUMNS = ColumnsConfig()
