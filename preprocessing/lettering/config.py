"""The numbers by which print is found and read, each with its reason.

`preprocessing/LOG.md` records what was tried. Where a class says "set by hand", no sweep is on record; "drawn pages"
are those of `tests/benchmarks/lettering.py`, whose font neither network was trained on, "reports" are the machine's
reports there. Heights of capitals are those of the page's own print.
"""

from __future__ import annotations

from dataclasses import dataclass

# A window offset by x and y, in heights of a capital, and how many times larger than the capitals it is cut.
Move = tuple[float, float, float]


@dataclass(frozen=True)
class WindowsConfig:
    """Ink and windows. Part of what the networks were trained on: other values need new weights. Set by hand."""

    # Millimetres of the blocks in which paper is averaged: about the width of a stroke.
    paper_mm: float = 0.5
    # Blocks over which the brightest counts as paper: 4.5 mm, wider than a letter's strokes lie apart.
    paper_reach: int = 9
    # Darkness, in [0, 1], that print reaches at least; below it a window holds none and is not amplified.
    least_ink: float = 0.25
    # A window's contrast is that of its so manyth darkest pixel: a single speck does not set it.
    darkest: int = 6
    # From so many windows of one height on, the whole page is resized once instead of each window. For speed.
    shared_from: int = 12
    # Windows that go through the network at once; these fit the processor's cache. For speed.
    batch: int = 32


@dataclass(frozen=True)
class ComponentsConfig:
    """Connected components of a letter's size. Set by hand on drawn pages; no record of a sweep."""

    # Ink, of 255, from which a pixel belongs to a letter: a third of full black, paler than any print that is read.
    letter_ink: int = 80
    # Millimetres: small print of settings is 1.5 high, headings 6.
    least_height_mm: float = 1.2
    most_height_mm: float = 7.0
    # Millimetres of the longer side below which a component is a speck.
    least_side_mm: float = 0.25
    # A component may be so many times the greatest height wide: letters that touch.
    most_width: float = 2.0
    # Most components of a page; on a page of dots and noise the tallest are kept. Bounds time.
    most_components: int = 4000
    # Letters of one word lie on one line: their middles differ by less than this, in heights of the taller.
    beside: float = 0.55
    # The lower of two neighbours has at least this share of the other's height, or is a dot or a hyphen.
    alike: float = 0.45


@dataclass(frozen=True)
class NamesConfig:
    """Finding the names of leads on a page. Set by hand on drawn pages and reports; changes are in LOG.md."""

    # Confidence from which a name is used: the mean probability of its windows, halved where no other name agrees.
    trusted: float = 0.5
    # Pixels a millimetre to which a page is reduced: names are read as well as at any higher resolution.
    enough_px_per_mm: float = 5.0
    # Millimetres. Heights of capitals tried one after the other where free-standing names show none, the usual first.
    heights_mm: tuple[float, ...] = (2.6, 3.4, 2.0, 4.4)
    # Most places at which names that touch a trace are read: ten a lead. Bounds time. First 60.
    most_places: int = 120
    # Confidence of names that show the page's height of capitals: free-standing ones, and those found by search.
    sure: float = 0.9
    likely: float = 0.5
    # So many names must show that height: one misread word is not enough.
    enough_names: int = 3


@dataclass(frozen=True)
class NameReadingConfig:
    """Reading a name at a place. Set by hand on drawn pages; changes are in LOG.md."""

    # Widest gap between letters of one name, in heights of a capital; words stand further apart.
    letter_gap: float = 0.45
    # Components and width, in heights, of a word that may be a name: "-aVR:" has six parts.
    most_letters: int = 6
    narrowest: float = 0.1
    widest: float = 4.0
    # Logit of the prefilter below which a place is not read by the larger network: 1 in 8.
    least_prefilter: float = -2.0
    # Probability of a name in the first window below which no further ones are read. First 0.2.
    least_first: float = 0.1
    # Mean probability below which a place shows no name.
    least_confidence: float = 0.5
    # A place found by search is a little off: the window moves to the surest of these. Nine of 0.25 and 0.17 at first;
    # four find as much in a quarter of the time.
    nudges: tuple[Move, ...] = ((-0.2, -0.14, 1.0), (-0.2, 0.14, 1.0), (0.2, -0.14, 1.0), (0.2, 0.14, 1.0))
    # Further windows whose readings are averaged: a little aside and in other sizes, as the training windows were.
    aside: tuple[Move, ...] = ((-0.12, 0.0, 0.93), (0.12, 0.0, 1.08), (0.0, -0.08, 1.08), (0.0, 0.08, 0.93))
    # Two names closer than this, in heights of a capital, overlap; the surer is kept.
    overlap: float = 0.3


@dataclass(frozen=True)
class NameSearchConfig:
    """The search with a sliding window for names that touch a trace. Set by hand on reports; no record of a sweep."""

    # Share of ink around the middle of a window below and above which no name stands there.
    least_share: float = 0.05
    most_share: float = 0.75
    # Rows and columns, of the reduced page, within which only the best place counts: half a name.
    peak_rows: int = 5
    peak_columns: int = 9
    # Windows scored at once. For memory.
    batch: int = 4096


@dataclass(frozen=True)
class AgreementConfig:
    """How names support each other. Set by hand on drawn pages and reports; no record of a sweep."""

    # Columns and rows of names are straight within so many heights of a capital, plus this share of their distance:
    # half a degree of turn and a little perspective.
    aside: float = 1.3
    tilt: float = 0.03
    # Heights of a capital to the next name of a column; twice as many to the next one of a row.
    least_pitch: float = 2.5
    # Share of its confidence that a name keeps when no other agrees, when its height is off, or when it is a repeat.
    alone: float = 0.5
    # Each unit of supporting names' confidence adds one over this to `alone`: one sure name is enough for 1.
    full_support: float = 2.0
    # Share of the width of -aVR that its minus takes.
    minus_share: float = 0.25
    # Bounds of a name's height relative to the page's usual one.
    least_height: float = 0.7
    most_height: float = 1.4


@dataclass(frozen=True)
class PrintLinesConfig:
    """Lines of print. Set by hand on drawn pages and reports; no record of a sweep."""

    # Components of the shortest line: "5mm/s" has fewer than characters where they touch.
    least_components: int = 3
    # Its least length, in heights.
    least_length: float = 2.2
    # Most lines that are read in a band. Bounds time.
    most_lines: int = 40
    # Share of its tallest component from which one counts as a letter, and the percentile of those heights that is the
    # capitals'.
    tall_share: float = 0.4
    capital_percentile: float = 75.0
    # A line's slope is measured from this length on, in capitals, with more letters than this, between letters so far
    # apart.
    slope_length: float = 6.0
    slope_letters: int = 3
    slope_apart: float = 2.0
    # Groups of words whose baselines differ by less than this, in heights of a capital, stand in one row.
    same_row: float = 0.5
    # Steepest line, in rows a column: the page is upright, so three degrees is plenty.
    steepest: float = 0.05
    # A degree sign, read as a digit, is left out: so high, in capitals, and this far above the line's baseline.
    raised_height: tuple[float, float] = (0.22, 0.62)
    raised_by: float = 0.4


@dataclass(frozen=True)
class SettingsConfig:
    """Reading printed speed and gain. Set by hand on drawn pages and reports; no record of a sweep."""

    # Pixels a millimetre to which a page is reduced: the small print of settings needs more than names do.
    enough_px_per_mm: float = 8.0
    # Widest gap between words of one line, in heights of a capital.
    word_gap: float = 1.4
    # A line that names millimetres is read in several views, lowered by a share of a capital and in these sizes; the
    # certainty is their mean.
    views: tuple[tuple[float, float], ...] = ((0.0, 1.0), (-0.06, 0.9), (0.06, 1.12), (0.06, 0.9), (-0.06, 1.12))
    # Bands of a page, as shares of its height, in the order in which they are searched. Machines print settings at the
    # bottom, fewer at the top; on reports the first band holds them nearly always.
    bands: tuple[tuple[float, float], ...] = ((0.88, 1.0), (0.0, 0.3), (0.7, 0.9))
    # Certainty from which a setting is read, and from which the search ends once both are.
    least_certainty: float = 0.5
    sure: float = 0.75
    # Share of a pixel that has to be print by the page's label map. A black grid joined the letters of a scan, and its
    # 50 mm/s was not read.
    print_share: float = 0.3


@dataclass(frozen=True)
class BlockConfig:
    """Reading the measurements that a recorder prints. Set on the tuning half of the reports of one layout."""

    enough_px_per_mm: float = 8.0
    # Widest gap between words of one group, in heights of a capital. Names and numbers that stand further apart are
    # groups of their own: read with others of another size, numbers of the first half were lost.
    word_gap: float = 2.5
    # Bands of a page, as shares of its height: the header above the traces, the line of settings below them.
    bands: tuple[tuple[float, float], ...] = ((0.0, 0.3), (0.88, 1.0))
    # As for settings, all larger than the capitals: at their own size, 117 was read as 17.
    views: tuple[tuple[float, float], ...] = ((0.0, 0.92), (-0.06, 0.86), (0.06, 0.86), (-0.06, 0.95), (0.05, 0.95))
    # A value is read where its certainty leads that of any other by this much: two of five views that agree, where the
    # others show none. Of some 200 values of the first half none was wrong.
    least_lead: float = 0.35


@dataclass(frozen=True)
class StatementsConfig:
    """Reading the statements of a recorder. Set on the tuning half of the reports of one layout."""

    views: tuple[tuple[float, float], ...] = ((0.0, 0.92), (-0.06, 0.86), (0.06, 0.86), (-0.06, 0.95), (0.05, 0.95))
    # Edits of the heading and of a statement, as shares of their letters; the network was not trained on such words.
    heading: float = 0.45
    most_edits: float = 0.36
    # The same of its first word, which often tells it from others: without "Left" or "Right" it may be either.
    first_word: float = 0.45
    # By how many edits the nearest statement must lead the next one, in the mean over the views.
    least_lead: float = 1.0
    # A statement begins near its heading; a wider step between lines ends the list: both in heights of a capital.
    indent: float = 3.0
    gap: float = 3.0


WINDOWS = WindowsConfig()
COMPONENTS = ComponentsConfig()
NAMES = NamesConfig()
NAME_READING = NameReadingConfig()
NAME_SEARCH = NameSearchConfig()
AGREEMENT = AgreementConfig()
PRINT_LINES = PrintLinesConfig()
SETTINGS = SettingsConfig()
BLOCK = BlockConfig()
STATEMENTS = StatementsConfig()
