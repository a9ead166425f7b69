"""Constants of the time axes of leads, with what they were set on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TimeAxisConfig:
    """Which marks of time on a page count, and how much."""

    # Boxes of one column begin within so many mm of each other, and steps between columns differ by this share.
    one_column_mm: float = 3.0
    uneven: float = 0.2
    # Pixels. Ends of rows that differ by less are one end.
    one_end_px: float = 0.6
    # Pixels a pixel. Columns lean at most so much, and only if this many more ends stand in line to within so many px.
    slant_max: float = 0.006
    slant_ends: int = 4
    in_line_px: float = 0.3
    # A divider stands this near to the edge of its boxes, mm, and hides so much of the traces on either side.
    divider_mm: float = 1.5
    hidden_mm: float = 0.9
    # Where the boxes begin this near to the end of their pulses, mm, these may hide where the leads begin.
    pulse_foot_mm: float = 2.2
    # Fewer of the rows than this share may end further out by chance: three of twelve on a photograph did, by 5 px.
    few_rows: float = 0.35
    # A place counts fully if so many of the rows show it.
    rows_shown: float = 0.75
    # How much the end of a strip and the edges of boxes count beside the end of a column.
    strip_weight: float = 0.35
    first_box_weight: float = 0.3
    inner_box_weight: float = 0.15


TIME_AXIS = TimeAxisConfig()


@dataclass(frozen=True)
class ColumnFitConfig:
    """How columns of leads are fitted to the marks of time on a page."""

    # A recording drawn sample by sample ends one sample early, at one of these rates, Hz. Most pages are drawn at the
    # first; PTB-XL exists at both. How much has to speak for the second.
    usual_rate_hz: float = 500.0
    slow_rate_hz: float = 100.0
    slow: float = 0.7
    # What the pale tip of a round end, px times the radius, and the pale corner of another, px, take off an end. By
    # strokes drawn as their geometry says, at 16 times the resolution.
    tip_px2: float = 0.08
    corner_px: float = 0.65
    # How much has to speak for a pen that ends square or cut off instead of round.
    square_cap: float = 0.3
    butt_cap: float = 1.2
    # Standard deviation of a mark, px, and of the pen's reach beyond its last point.
    mark_px: float = 0.4
    cap_px: float = 0.15
    # Lines between columns are drawn late by so much, px, and its standard deviation: those of ecg-image-kit are 0.2 to
    # 0.9 late, our own 0.2.
    line_late_px: float = 0.15
    line_px: float = 0.7
    # Standard deviations of an end that rows agree on, px, and of one line beside the others.
    end_px: float = 0.2
    one_line_px: float = 0.7
    # Standard deviation of what only marks show, px.
    free_px: float = 40.0
    # Standard deviation of the boxes that leads were found in, mm.
    found_mm: float = 2.5
    # How much has to speak for leads that begin inside their calibration pulse, reached so many mm before its end.
    inside_pulse: float = 0.8
    inside_mm: float = 2.0
    # What a mark costs at most that is not where it should be: half the square of three standard deviations.
    unexplained: float = 4.5
    # Standard deviation of a scale that comes from a grid, as a share.
    scale_share: float = 0.00025
    # Shorter columns than usual: how much has to speak for a recorder that cuts a recording at its paper's squares, so
    # that they are whole millimetres wide to within so much, or else for a grid that is off, as that of most EDAN pages
    # is by 0.9 %: rates measured on 39 of them with the grid's scale were 1.5 % above the printed ones, with the
    # columns' 0.6 %. And the standard deviation of the share.
    cut: float = 0.5
    whole_mm: float = 0.05
    other_scale: float = 3.0
    other_share: float = 0.02
    # Shares of the usual width between which columns lie, with a grid and without one.
    shortest: float = 0.95
    longest: float = 1.02
    unscaled: tuple[float, float] = (0.9, 1.1)
    unscaled_share: float = 0.1
    # Columns within this share of the usual width have the usual duration, and a grid that is a little off.
    usual_share: float = 0.004
    # Gaps between columns: how much has to speak for them, and their limits.
    gap: float = 3.0
    gap_min_px: float = 1.5
    gap_min_mm: float = 0.3
    gap_max_mm: float = 12.0


COLUMN_FIT = ColumnFitConfig()


@dataclass(frozen=True)
class ClockSpreadConfig:
    """How sure a fit is of where columns begin."""

    # Places that cost more than the best by so much are ruled out: at most a thousandth of its weight.
    cost_max: float = 7.0
    # Pixels. Places nearer than that are one.
    one_place_px: float = 0.25
    # Seconds. Complexes that are further off than their width do not count as further off still.
    most_s: float = 0.02


CLOCK_SPREAD = ClockSpreadConfig()
