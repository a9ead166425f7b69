"""Named criteria and the levels of ST in words: states, what is provisional, the map of leads by wall."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.study import rank
from ecgviz.words import doubts
from ecgviz.words.measured import MISSING
from preprocessing.lead_id import LeadId
from preprocessing.measuring import Criterion, CriterionState, LeadWaves, Measurements, millivolts
from preprocessing.trust import Rest, Trust

NOT_DIAGNOSES = "Limits of the literature, applied to the median beat: facts about this recording, not diagnoses."
# Definition: which leads view which wall, so that contiguous leads stand side by side.
WALLS = {
    "Inferior": ("II", "III", "aVF"),
    "Lateral": ("I", "aVL", "V5", "V6"),
    "Septal": ("V1", "V2"),
    "Anterior": ("V3", "V4"),
    "Right": ("aVR", "-aVR"),
}
MOMENTS = {"st_j_mv": "J point", "st_j40_mv": "J+40 ms", "st_j60_mv": "J+60 ms"}
# Criteria that rest on times alone; every other one rests on voltages, and on times where it needs a duration.
_OF_TIMES = {"qtc": (Rest.TIMES,)}
_OF_BOTH = ("left_bundle_branch_block", "right_bundle_branch_block", "pathological_q")
# Columns of a table of waves: mV unless named otherwise; the slope is that of ST from J to J+60 ms.
WAVE_HEAD = ("ST, J", "J+40 ms", "J+60 ms", "Slope, mV/s", "Q, ms", "Q", "R", "S", "T")
# Seconds from J to J+60 ms, over which the slope is taken.
_SLOPE_S = 0.06


@dataclass(frozen=True)
class StLevel:
    """ST in one lead at one moment: the wall, the place in its row, mV."""

    wall: str
    place: int
    lead: str
    mv: float


def order(criteria: tuple[Criterion, ...]) -> tuple[list[Criterion], list[Criterion]]:
    """Return the criteria that are met or depend on age or sex, then the others."""
    shown = (CriterionState.MET, CriterionState.DEPENDS)
    return [one for one in criteria if one.state in shown], [one for one in criteria if one.state not in shown]


def doubted(criterion: Criterion, trust: Trust) -> tuple[str, ...]:
    """Return the reasons for which a criterion is provisional; none where it was not judged."""
    if criterion.state is CriterionState.NOT_JUDGED:
        return ()
    rests: tuple[Rest, ...] = _OF_TIMES.get(criterion.code, (Rest.VOLTAGES,))
    if criterion.code in _OF_BOTH:
        rests = (Rest.VOLTAGES, Rest.TIMES)
    found = {code for rest in rests for code in trust.doubts(rest)}
    return tuple(code for code in trust.reasons if code in found)


def state_in_words(criterion: Criterion, trust: Trust) -> str:
    """Return the state of a criterion, marked where it rests on a doubt."""
    mark = f", {doubts.PROVISIONAL}" if doubted(criterion, trust) else ""
    return f"{criterion.state.value}{mark}"


def st_levels(found: Measurements, moment: str) -> list[StLevel]:
    """Return the measured levels of ST at one of `MOMENTS`, by wall."""
    levels = []
    for wall, leads in WALLS.items():
        measured = [lead for lead in leads if lead in found.waves and getattr(found.waves[lead], moment) is not None]
        levels += [
            StLevel(wall, place, lead, getattr(found.waves[lead], moment)) for place, lead in enumerate(measured)
        ]
    return levels


def in_mv_and_mm(mv: float) -> str:
    """Return a level in mV and, in brackets, in mm at 10 mm/mV.

    Examples
    --------
    >>> in_mv_and_mm(-0.123)
    '\u22120.12 (\u22121.2)'
    """
    mm = f"{mv * 10:+.1f}".replace("-", "\N{MINUS SIGN}")
    return f"{millivolts(mv)} ({mm})"


def wave_rows(found: Measurements) -> list[tuple[str, ...]]:
    """Return a row for each lead: its name, then its waves in the order of `WAVE_HEAD`, mV unless named."""
    leads = sorted(found.waves, key=lambda lead: rank(LeadId.of_key(lead)))
    return [(lead, *_row(found.waves[lead])) for lead in leads]


def _row(wave: LeadWaves) -> tuple[str, ...]:
    slope = None
    if wave.st_j_mv is not None and wave.st_j60_mv is not None:
        slope = (wave.st_j60_mv - wave.st_j_mv) / _SLOPE_S
    levels = [wave.st_j_mv, wave.st_j40_mv, wave.st_j60_mv, slope]
    heights = [wave.q_mv, wave.r_mv, wave.s_mv, wave.t_mv]
    shown = [MISSING if value is None else millivolts(value) for value in (*levels, *heights)]
    return (*shown[:4], MISSING if wave.q_ms is None else f"{wave.q_ms:.0f}", *shown[4:])
