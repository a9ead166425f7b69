"""Tuned numbers for matching layouts with a page: checks, names, limb-lead laws, strips, orientation and scale.

Set by hand on the pages that `preprocessing.leads.config` names, with no sweep on record.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LimbLawConfig:
    """When traces obey the laws of Einthoven and Goldberger. Values are residuals: 0 obeys, 1 is unrelated."""

    # Columns of pixels that all leads share; fewer prove nothing.
    columns_min: int = 20
    # The leads of the next column continue the limb leads where they obey their law up to the first value and break
    # their own from the second on.
    continues: float = 0.35
    not_its_own: float = 0.7


LIMB_LAW = LimbLawConfig()


@dataclass(frozen=True)
class ArrangementConfig:
    """When a layout fits a page."""

    # Relative error of the columns' length against ten seconds: up to the first it confirms a paper speed, beyond the
    # second it contradicts all of them.
    length_fits: float = 0.08
    length_fails: float = 0.3
    # Residual of the limb-lead laws: obeyed below the first, broken above the second, no verdict between.
    law_holds: float = 0.5
    law_fails: float = 0.85
    # An order other than the standard one must fit better by this factor.
    law_factor: float = 2.0
    # Confidence above which the laws alone identify a layout. Dirt may obey them by chance.
    law_alone: float = 0.7
    # Confidence below which no layout is accepted.
    confidence_min: float = 0.4
    # Share of a box's columns with ink: above the first it holds a trace, below the second it is empty.
    inked: float = 0.7
    hardly_inked: float = 0.25
    # Distances between rows differ by less than this share on pages of even rows; strips may stand apart.
    even_rows: float = 0.45
    # A name starts within this share of its box, before and after the left edge.
    name_before: float = 0.2
    name_after: float = 0.45
    # Names stand on their rows, or above or below by this share of the row distance.
    name_shifts: tuple[float, ...] = (0.0, 0.4, -0.4)
    # Names that decide for or against a layout, by how much they must outnumber the others, and how many support
    # printed lines.
    names_min: int = 3
    names_ratio: int = 3
    names_few: int = 2
    # A name on a strip stands within this share of its width.
    strip_start: float = 0.3
    # A pulse belongs to a row within this share of the row distance, and stands before the first column within this
    # share of its width.
    pulse_reach: float = 0.2
    # Share of the rows that must have a pulse.
    pulse_rows: float = 0.75
    # A check weighs as much as so many names.
    check_weight: int = 2


ARRANGEMENT = ArrangementConfig()


@dataclass(frozen=True)
class OddsConfig:
    """How probable a layout is; fitted to the candidates of drawn pages, with names, without and partly covered."""

    # Support that changes the logarithm of odds by one, and the support of no layout at all.
    scale: float = 1.0
    no_layout: float = 8.0
    # Probability below which the layout is doubted.
    doubted: float = 0.9


ODDS = OddsConfig()


@dataclass(frozen=True)
class StripsConfig:
    """Which lead a rhythm strip repeats."""

    # Correlation with the lead over the moments that both show, and by how much it must exceed the usual lead's. A
    # strip repeats the very line of its lead.
    correlation_min: float = 0.85
    clearly_more: float = 0.1
    # Columns of pixels that both show.
    columns_min: int = 20
    # Recorders repeat the augmented leads only on request, and then print their names.
    usual: frozenset[str] = frozenset({"I", "II", "III", "V1", "V2", "V3", "V4", "V5", "V6"})
    # A name stands within this share of the strip's width from its start.
    name_reach: float = 0.15


STRIPS = StripsConfig()


@dataclass(frozen=True)
class OrientationConfig:
    """When a page is turned or mirrored."""

    # Agreement of the names (see `preprocessing.lettering.upright_evidence`) after a turn, and by how much it must
    # exceed that before.
    agreement_min: float = 3.0
    clearly_more: float = 2.0
    # Rows of trace that a turn must show before names are searched, which takes seconds.
    rows_min: int = 2


ORIENTATION = OrientationConfig()


@dataclass(frozen=True)
class ScaleConfig:
    """When speed and gain are believed."""

    # Relative error of a pulse's height against a usual gain.
    gain_slack: float = 0.12
    # Relative difference within which pulses and columns agree on a scale, against a grid that fits neither.
    witnesses_agree: float = 0.06
    # Confidence of a printed line above which it is believed.
    print_min: float = 0.5


SCALE = ScaleConfig()


@dataclass(frozen=True)
class SearchConfig:
    """How long the search goes on, and what is refused."""

    # Confidence of a layout that needs no names, and by how much it must exceed the next one.
    sure_confidence: float = 0.85
    clearly_more: float = 0.05
    # Where all checks of one of these agree, no paler strokes are examined.
    enough: tuple[tuple[str, ...], ...] = (
        ("names", "scale", "complete"),
        ("law", "pulses", "complete"),
        ("pulses", "dividers", "names"),
        ("pulses", "dividers", "law"),
    )
    # Leads take up at least this share of a page's width, its margins included.
    width_min: float = 0.3
    # Share by which even columns may miss ten seconds by the grid, and still be known: a tenth of a second.
    exactly_ten_s: float = 0.01
    # Millimetres of a divider that a crossing trace hides.
    crossed_mm: float = 5.0
    # Calibration pulses below each other that show rows of trace; fewer may belong to the page as a whole.
    pulse_rows_min: int = 3
    # Sharpness (see `preprocessing.picture.sharpness`) below which nothing in a picture is finer than a few pixels.
    sharpness_min: float = 0.2
    # Rows of trace of the smallest layout.
    rows_min: int = 3


SEARCH = SearchConfig()
