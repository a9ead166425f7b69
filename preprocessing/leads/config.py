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
    """Which ink counts as a stroke, in passes from dark to pale. Ink is in [0, 1]: 1 is a fully printed pixel."""

    # A pixel that print covers by so much is surely stroke. Grids in colour stay below.
    dark: float = 0.7
    # Second level of the first pass: thin traces are whole here, at the price of some grid.
    middle: float = 0.5
    # Second pass. A thin stroke on a coarse page covers less than half of a pixel.
    pale: float = 0.3
    # Last passes: the darkest pixels of the page, down to this ink at least and `palest_max` at most.
    palest_min: float = 0.06
    palest_max: float = 0.3 / 1.5
    # Share of a page that traces and lettering cover at most; the level of the last passes is this quantile.
    inked_max: float = 0.035
    # Rows and columns sampled to estimate levels: one in so many.
    sampling: int = 8
    # Distances at which ink of a grid comes back, mm: one and two large squares either way.
    grid_steps_mm: tuple[int, ...] = (-10, -5, 5, 10)
    # Pixels. Printed rules jitter by one pixel, so ink is widened to three before squares are compared.
    grid_jitter_px: int = 3
    # A grid in the colour of the ink leaves more than this share of the page inked above `grid_level`. Only then is it
    # removed, since printed dividers are removed with it.
    crowded: float = 0.005
    grid_level: float = 0.3


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
    gap_mm: float = 10.0
    cover: float = 0.8


# For all passes but the last.
CLEAR = RowDemands()
# For the last pass: faded traces of photographs and old scans break into pieces.
FADED = RowDemands(piece_mm=0.8, gap_mm=16.0, cover=0.6)


@dataclass(frozen=True)
class RowsConfig:
    """How rows of trace are found in a mask of strokes."""

    # Rows are searched at about this many pixels per millimetre; finer detail costs time and shows nothing more.
    px_per_mm: float = 4.0
    # Gaps bridged before components are measured, mm: faded traces and coarse scans break.
    bridge_mm: float = 0.8
    # A trace crosses a column once within this height, mm; letters do so several times.
    word_mm: float = 3.0
    # Share of the inked columns in which that is so.
    line_share: float = 0.7
    # Runs shorter than this, mm, are the level parts of a trace, of which the profile of rows is made.
    thin_mm: float = 1.2
    # A row of pixels with more ink than this is a ruled line.
    rule_share: float = 0.7
    # Standard deviation of the Gaussian over the profile, mm.
    smooth_mm: float = 0.8
    # Rows are at least this far apart, mm: 12x1 pages have about 10 mm.
    pitch_min_mm: float = 7.5
    # Ink this far from a baseline still belongs to its row, mm.
    reach_mm: float = 8.0
    # Peaks of the profile below this share of the highest are not rows.
    peak_min: float = 0.12
    # Gaps of thin ink where strokes are steep, mm; closed before the cover is measured.
    steep_gap_mm: float = 2.0
    # A row is at least this share of the page long.
    length_min: float = 0.3


ROWS = RowsConfig()


@dataclass(frozen=True)
class RowSetsConfig:
    """Which of the rows found belong to one page. Lengths are shares of the usual distance between rows."""

    # A wider gap separates the leads from print above or below.
    wide_gap: float = 2.2
    # Rows overlap with the usual extent by at least this share.
    overlap_min: float = 0.6
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
    """What a column of calibration pulses looks like. Shares are of the pulse's height unless stated otherwise."""

    # Fewer equal edges in one column are chance: QRS complexes line up too.
    count_min: int = 3
    # Edges of printed pulses agree in length to within this share, and two pixels.
    alike: float = 0.06
    alike_px: float = 2.0
    # Height of an edge as a share of the page's height. Covers pulses of 5 to 20 mm on whole and on cropped pages.
    height_min: float = 0.012
    height_max: float = 0.15
    # Distance of the two edges. A pulse is usually 5 mm wide: a quarter of 20 mm, all of 5 mm; narrower ones exist.
    width_min: float = 0.08
    width_max: float = 1.3
    # Pixels. Edges closer than this are one thick line.
    width_min_px: float = 3.0
    # A run shorter than this share is a horizontal stroke: the pulse's top, not an edge.
    line_share: float = 0.5
    # Pulses of successive rows are at least this far apart.
    spacing_min: float = 0.8


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
    bar_slack_px: float = 1.5
    # Share of a bar's length by which its middle may be off the row.
    bar_off_row: float = 0.1
    # Neighbouring columns of pixels with this share of the longest line are the same line.
    line_alike: float = 0.9
    # Weight of uneven ends against uneven distances when lines are chosen, and the largest unevenness.
    end_weight: float = 0.1
    uneven_max: float = 0.1
    # Lines must span the columns' share of the trace to within this.
    span_slack: float = 0.1
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
    # Columns as wide as their names imply are left as they are.
    width_slack: float = 0.015
    # Quantile of the rows' ends from outside: rows fade at their ends, and few reach too far.
    ends_quantile: float = 0.25
    # Ink this share of the row distance around a baseline belongs to the row.
    row_reach: float = 0.35
    # The foot of a calibration pulse reaches so far towards the trace, mm.
    foot_mm: float = 5.0
    # A wider gap ends the trace, mm.
    gap_mm: float = 6.0


COLUMNS = ColumnsConfig()
