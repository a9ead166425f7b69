"""ST elevation, reciprocal depression and ST depression in contiguous leads."""

from __future__ import annotations

from preprocessing.measuring.criteria_config import ST_LIMITS
from preprocessing.measuring.criterion import (
    AHA_PART_6,
    FOURTH_DEFINITION,
    Criterion,
    CriterionState,
    Waves,
    contiguous,
    listed,
    met_if,
    without_block,
)

ELEVATION = "ST elevation in contiguous leads"
RECIPROCAL = "Reciprocal ST depression"
DEPRESSION = "ST depression in contiguous leads"
UNKNOWN_PATIENT = "Age and sex are unknown."
# Where ST falls when it rises in the first leads.
OPPOSITE = (
    ({"II", "III", "aVF"}, ("I", "aVL")),
    ({"I", "aVL"}, ("II", "III", "aVF")),
    ({"V1", "V2", "V3", "V4"}, ("II", "III", "aVF")),
)
_NO_ST = "No ST level was measured in two contiguous leads."


def st_criteria(waves: Waves, qrs_ms: float | None) -> list[Criterion]:
    """Judge the ST segments of all leads.

    Parameters
    ----------
    waves : mapping of str to LeadWaves
    qrs_ms : float or None
        Duration of QRS: a wide one moves ST by itself.
    """
    j_mv = {lead: one.st_j_mv for lead, one in waves.items() if one.st_j_mv is not None}
    if not contiguous(j_mv):
        return [
            Criterion(code, name, CriterionState.NOT_JUDGED, _NO_ST, source)
            for code, name, source in (
                ("st_elevation", ELEVATION, FOURTH_DEFINITION),
                ("reciprocal_depression", RECIPROCAL, AHA_PART_6),
                ("st_depression", DEPRESSION, FOURTH_DEFINITION),
            )
        ]
    # A segment that rises from J on reaches the limits later only; its levels there are shown, as no definition's.
    later_mv = {lead: one.st_j60_mv for lead, one in waves.items() if one.st_j60_mv is not None}
    at_j = bool(elevated(j_mv, ST_LIMITS.v2_v3_women_mv)) or not elevated(later_mv, ST_LIMITS.v2_v3_women_mv)
    st_mv = j_mv if at_j else later_mv
    raised = elevated(st_mv, ST_LIMITS.v2_v3_women_mv)
    return [_elevation(st_mv, raised, at_j, qrs_ms), _reciprocal(st_mv, raised, at_j), _depression(waves)]


def elevated(st_mv: dict[str, float], v2_v3_mv: float) -> tuple[str, ...]:
    """Return the contiguous leads whose level reaches the limits, of which that of V2 and V3 is given.

    Examples
    --------
    >>> elevated({"V2": 0.21, "V3": 0.18, "V4": 0.11}, 0.2)
    ()
    >>> elevated({"V2": 0.21, "V3": 0.18, "V4": 0.11}, 0.15)
    ('V2', 'V3', 'V4')
    """
    limit = {"V2": v2_v3_mv, "V3": v2_v3_mv}
    return contiguous(lead for lead, mv in st_mv.items() if round(mv, 2) >= limit.get(lead, ST_LIMITS.other_mv))


def _elevation(st_mv: dict[str, float], raised: tuple[str, ...], at_j: bool, qrs_ms: float | None) -> Criterion:
    groups = {
        "women": raised,
        "men from 40 years": elevated(st_mv, ST_LIMITS.v2_v3_men_mv),
        "younger men": elevated(st_mv, ST_LIMITS.v2_v3_young_men_mv),
    }
    holds = [group for group, leads in groups.items() if leads]
    limits = (
        f"Limits at the J point: {ST_LIMITS.other_mv:g} mV; in V2 and V3 {ST_LIMITS.v2_v3_women_mv:g} mV in women, "
        f"{ST_LIMITS.v2_v3_men_mv:g} mV in men from 40 years, {ST_LIMITS.v2_v3_young_men_mv:g} mV in younger men."
    )
    if not holds:
        state, found = CriterionState.NOT_MET, "No two contiguous leads reach the limits for any age or sex."
    else:
        values = listed({lead: st_mv[lead] for lead in raised})
        whole = len(holds) == len(groups)
        state = CriterionState.MET if whole and at_j else CriterionState.DEPENDS
        whom = "any age and sex" if whole else f"{' and '.join(holds)} only. {UNKNOWN_PATIENT[:-1]}"
        where = "" if at_j else " at J+60 ms, not at the J point"
        found = f"{values}{where}: reaches the limits for {whom}."
    facts = f"{found} {limits}{without_block(qrs_ms)}"
    return Criterion("st_elevation", ELEVATION, state, facts, FOURTH_DEFINITION)


def _reciprocal(st_mv: dict[str, float], raised: tuple[str, ...], at_j: bool) -> Criterion:
    fallen = {
        lead: st_mv[lead]
        for group, leads in OPPOSITE
        if group.intersection(raised)
        for lead in leads
        if round(st_mv.get(lead, 0.0), 2) <= ST_LIMITS.depression_mv
    }
    where = "at the J point" if at_j else "at J+60 ms"
    facts = f"{listed(fallen)} {where}, opposite to the elevation in {', '.join(raised)}."
    if not raised:
        facts = "There is no ST elevation for it to oppose."
    elif not fallen:
        facts = f"No lead opposite to {', '.join(raised)} falls by {-ST_LIMITS.depression_mv:g} mV."
    return Criterion("reciprocal_depression", RECIPROCAL, met_if(bool(fallen)), facts, AHA_PART_6)


def _depression(waves: Waves) -> Criterion:
    low = {}
    for lead, one in waves.items():
        if one.st_j_mv is None or one.st_j60_mv is None:
            continue
        reaches = max(round(one.st_j_mv, 2), round(one.st_j60_mv, 2)) <= ST_LIMITS.depression_mv
        if reaches and one.st_j60_mv <= one.st_j_mv + ST_LIMITS.horizontal_mv:
            low[lead] = one.st_j60_mv
    leads = contiguous(low)
    limit = f"Limit: {-ST_LIMITS.depression_mv:g} mV, horizontal or downsloping from J to J+60 ms."
    found = f"At J+60 ms {listed({lead: low[lead] for lead in leads})}." if leads else "No two contiguous leads."
    return Criterion("st_depression", DEPRESSION, met_if(bool(leads)), f"{found} {limit}", FOURTH_DEFINITION)
