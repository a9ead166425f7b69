"""Tuned numbers for digitising traces.

They were set by hand on pages drawn from PTB-XL records (`tests/benchmarks/drawn_signals.py`: clean, scanned,
photographed, several styles, and pages of other programs), scored by signal-to-noise ratio against the drawn signal,
and inspected on the EDAN SE-3 reports of Mendeley gwbz3fsgp8. The figures of that benchmark are on records that were
not used for tuning. No sweep is on record; `preprocessing/LOG.md` has what changed and by how much.
`mm` are millimetres of the printed grid, ink is in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InkConfig:
    """Which ink belongs to a trace."""

    # Ink above this is stroke: half of a pixel is covered.
    level: float = 0.5
    # The edge of a stroke lies at half of what the network is sure of there, but not below this: beside dividers and
    # pulses it is less sure. Background stays below 0.04.
    palest_level: float = 0.06
    # Millimetres inside the ends of a lead within which pulses and dividers count as its trace, and the height of an
    # upright stroke, which does not.
    beside_mm: float = 5.0
    upright_mm: float = 1.2
    # Millimetres: around a row for the ink along it, twice the least length of a pulse's top, how far it is above
    # the lead; and pixels at the edge of a stroke. Leads that begin inside a pulse followed its top.
    usual_row_mm: float = 1.0
    lying_mm: float = 2.0
    pulse_min_mm: float = 3.0
    edge_px: int = 2
    # A name may hide a stroke where print covers this share of a pixel or more, so many millimetres around that, and up
    # to so far from a place that is a name's centre with at least this certainty: faint print elsewhere is none.
    faint_print: float = 0.25
    around_print_mm: float = 0.8
    name_reach_mm: float = 4.0
    name_seen: float = 0.3
    # Strokes of a page are darkened as a whole so that a usual column has full ink, but ink paler than this is not
    # taken for full. With darkening, pages at 72 dpi gained 4 to 10 dB.
    palest_stroke: float = 0.3


INK = InkConfig()


@dataclass(frozen=True)
class ColourConfig:
    """How the page's colours tell strokes from paper and grid. Set by hand on half of the pages of ecg-image-kit."""

    # Share above which the network is sure of a trace.
    surely: float = 0.8
    # Millimetres beyond the leads that are looked at too: there strokes end.
    beyond_mm: float = 2.0
    # Pixels of strokes and of background that are needed at least, and how many are looked at.
    least_px: int = 200
    sample_px: int = 30_000
    # Rounds of least squares; five are usual. Squares of background count three times: it has far more pixels near
    # strokes than strokes have. The ridge keeps one colour from dividing by nothing.
    rounds: int = 12
    blank_weight: float = 3.0
    ridge: float = 1e-5
    # Share of the background that may look like half a stroke, and what 98 % of it must stay below: beyond, colour
    # shows less than the network. Pages of the kit have at most 0.002 and 0.23 where colour helps.
    grid_as_dark: float = 0.004
    noise_quantile: float = 0.98
    noise_max: float = 0.3
    # How surely a pixel is none of the page, of 255, for it to be no background, and so many pixels around it: the
    # black corners of turned pages hid that their strokes can be seen by colour.
    outside: int = 100
    outside_reach: int = 2
    # Millimetres of row or column around a pixel that show its background, the share of them that must be blank, and
    # the most that background may amount to.
    background_mm: float = 2.0
    background_share: float = 0.1
    background_max: float = 0.6
    # Pixels around what the network takes for trace within which colour counts, and from which share on fully.
    gate_px: int = 1
    gate_gain: float = 3.0
    # Share of a pixel that print, a pulse or a divider covers from which its ink is not taken for trace.
    taken: float = 0.2


COLOUR = ColourConfig()


@dataclass(frozen=True)
class PathConfig:
    """Costs of a minimal-cost path along a lead. The unit of cost is one millimetre of vertical background."""

    # Each millimetre of vertical ink: next to free.
    vertical_in_ink: float = 0.003
    # Each millimetre along time at the next row's distance from the baseline; it grows with the square of the
    # distance. Keeps a path from running along a neighbouring lead (drawn pages with full dividers: 9 to 20 dB).
    off_baseline: float = 1.0
    # Each millimetre along time over background, compared with vertical background.
    background: float = 4.0
    # Each millimetre of vertical background within the name of a lead, which may hide a stroke, and how much background
    # there is at least where a path runs along a name: paths crossed no letter to reach a QRS complex beyond it, and
    # followed the letters of a name instead of the lead beside them.
    vertical_in_name: float = 0.25
    along_name: float = 0.5
    # Each millimetre of a vertical stroke that a path follows and leaves before its end, beyond a pen's width `pen_mm`
    # and up to `left_out_max_mm`. Keeps a path from taking the ink of a lead that it touches.
    left_out: float = 0.2
    left_out_max_mm: float = 5.0
    pen_mm: float = 0.5
    # A column is empty if it has no ink within this many row distances of the baseline.
    empty_pitches: float = 0.9
    # Ink this dark counts as full: a thin stroke shares its ink between two pixels.
    full_ink: float = 0.5
    # Cells per millimetre of the grid on which paths are found. More cells cost time and memory.
    cells_per_mm: float = 4.0
    # Cells of all leads processed at once, each of which takes about thirty bytes: with twelve leads of a usual page
    # together, paths take half the time that they took with two.
    cells_max: int = 2_400_000
    # Columns whose costs are prepared at once: they stay in the processor's cache.
    columns_at_once: int = 32
    # Where leads touch, both paths are found again this far to either side, mm (6x2 pages: worst tenth of the leads
    # from 2 to 29 dB).
    around_mm: float = 4.0


PATH = PathConfig()


@dataclass(frozen=True)
class PenConfig:
    """How a stroke's edges become the line that the pen followed."""

    # Pixels. Runs up to this length have their place from their centre of mass, longer ones from their two ends.
    short_run_px: int = 4
    # Pixels beyond a run whose ink still counts for its edge.
    edge_reach_px: int = 2
    # Columns to either side whose path limits how far a run may extend.
    beside_px: int = 2
    # Share of a bend that moves the line from the middle of the stroke towards the outer edge.
    bend_weight: float = 2.0
    # Ink beyond the path by more than this, mm, belongs to another stroke.
    beyond_path_mm: float = 2.5
    # Smallest width of a pen, in pixels.
    width_min_px: float = 1.0
    # The pen's width is this quantile of the strokes' widths, measured square to their slope: thick pens gained 3 to
    # 6 dB in the worst tenth of the leads over widths measured along the column.
    width_quantile: float = 0.3


PEN = PenConfig()


@dataclass(frozen=True)
class DividersConfig:
    """Where a divider stands, and what beside it is none."""

    # Dividers are searched this far around a box's edge, mm.
    near_mm: float = 2.5
    # Share of a row's height that a divider covers at least, and its greatest width, mm.
    height_min: float = 0.1
    width_max_mm: float = 1.6
    # A bar is as high as in this quantile of the rows of leads, if that is at least so much of its usual height; it
    # goes on where it has this share of its greatest height. Complexes beside it are high in one row or another.
    low_rows: float = 0.25
    seen_min: float = 0.6
    as_high: float = 0.5
    # Beyond its edge, mm, and so far from there, mm, what is labelled as divider is a stroke.
    edge_mm: float = 0.15
    beside_mm: float = 3.0


DIVIDERS = DividersConfig()


@dataclass(frozen=True)
class EndsConfig:
    """Where strokes begin and end. Without these rules the clock of most EDAN pages was off by 0.9 %."""

    # Ends are searched this far outside and inside a page's first and last column, mm.
    outside_mm: float = 5.0
    inside_mm: float = 20.0
    # Ink between columns that precedes a stroke by less than this, mm, and lies so far above or below it, is dropped.
    short_mm: float = 3.0
    aside_mm: float = 2.0
    # Ink that goes on for so long at the left of where a trace seems to begin belongs to what touches it, mm.
    touch_mm: float = 1.2
    # Less ink than this beyond a gap, mm, is the next lead's or a speck.
    crumb_mm: float = 1.0
    # A piece of stroke this long, mm, in its own row is trace whatever gap precedes it.
    trace_min_mm: float = 3.0
    # A shorter piece is trace if it follows a break of at most `break_max_mm` and is longer than a grid dot.
    break_max_mm: float = 1.0
    piece_min_mm: float = 0.4
    # Ink below this share of the lead's usual darkness is not from its pen.
    darkness_min: float = 0.5
    # Nor is ink thinner than this share of the lead's stroke, where it stands alone.
    thin_max: float = 0.5
    # Columns beyond an end that show how much noise looks like ink, and the share of a stroke's ink above which they
    # hold print instead. Ends of noisy pages were up to a pixel late.
    noise_columns: int = 4
    noise_max: float = 0.5
    # Share of a stroke's ink below which a column is the last of its end, and columns that show how steep a stroke is
    # there.
    pale_share: float = 0.2
    angle_columns: int = 4
    # Where leads follow each other without a gap, the stroke breaks off this near to the edge of their boxes, px and
    # mm, and goes on beyond so many px of background.
    break_search_px: float = 6.0
    break_search_mm: float = 1.5
    break_apart_px: float = 2.0


ENDS = EndsConfig()


@dataclass(frozen=True)
class TraceConfig:
    """How lines become samples."""

    # A trace runs at most this far from its baseline, mm: about 4 mV at 10 mm/mV.
    reach_mm: float = 42.0
    # Boxes whose leads begin or end further away than this, mm, are moved there.
    moved_mm: float = 0.8
    # Pixels by which a box's edge between two columns may be off.
    column_slack_px: float = 6.0
    # Share of a column within `hidden_reach_mm` of a lead's level that a divider or a pulse covers where it hides the
    # trace, and the longest stretch at an end, s, that is taken for hidden.
    hidden: float = 0.3
    hidden_reach_mm: float = 2.0
    hidden_max_s: float = 0.04
    # Longest gap that is bridged: what a divider hides. Longer ones stay gaps.
    bridge_max_s: float = 0.012
    bridge_min_px: float = 2.5
    # The most frequent level, 0 mV, is the densest band of this width, mm.
    level_mm: float = 0.5
    # A line is ruled, by a frame and not by a lead, if ink within so many mm of one row fills this share of a box's
    # columns, while ink further away than `apart_mm` fills this share of them.
    ruled_mm: float = 0.4
    ruled_share: float = 0.85
    apart_mm: float = 2.0
    beside_share: float = 0.9
    # Standard deviation of the Gaussian over a box's ink profile, whose peak is the baseline, mm.
    smooth_mm: float = 0.5


TRACE = TraceConfig()
