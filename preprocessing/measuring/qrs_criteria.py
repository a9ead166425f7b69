"""Pathological Q waves, voltages of hypertrophy, low voltage and R progression."""

from __future__ import annotations

from preprocessing.measuring.criteria_config import Q_LIMITS, VOLTAGE_LIMITS
from preprocessing.measuring.criterion import (
    AHA_PART_5,
    FOURTH_DEFINITION,
    Criterion,
    CriterionState,
    Waves,
    contiguous,
    met_if,
    without_block,
)
from preprocessing.measuring.lead_waves import LeadWaves

LIMB, CHEST = ("I", "II", "III", "aVR", "aVL", "aVF"), tuple(f"V{number}" for number in range(1, 7))
_Q_LEADS = ("I", "II", "aVL", "aVF", "V4", "V5", "V6")
_SOKOLOW, _CORNELL = "Sokolow-Lyon voltage", "Cornell voltage"
_LOW, _PROGRESSION, _Q = "Low QRS voltage", "Poor R progression", "Pathological Q waves"
_SOURCE_LOW = "Surawicz and Knilans, Chou's Electrocardiography"
_SOURCE_PROGRESSION = "Zema and Kligfield, Arch Intern Med 1982;142:1145"
_SEX_UNKNOWN = "Sex is unknown."


def qrs_criteria(waves: Waves, qrs_ms: float | None) -> list[Criterion]:
    """Judge the waves of all QRS complexes, whose duration is given."""
    return [_q_waves(waves, qrs_ms), _sokolow(waves), _cornell(waves), _low_voltage(waves), _progression(waves)]


def peak_to_peak_mv(wave: LeadWaves) -> float | None:
    """Return the height of a QRS complex; None where it was not measured."""
    if wave.r_mv is None or wave.s_mv is None:
        return None
    return wave.r_mv - min(wave.s_mv, wave.q_mv or 0.0)


def _q_waves(waves: Waves, qrs_ms: float | None) -> Criterion:
    measured = {lead: one for lead, one in waves.items() if lead in {*_Q_LEADS, "V2", "V3"} and one.r_mv is not None}
    if not measured:
        return _not_judged("pathological_q", _Q, "No QRS complex was measured.", FOURTH_DEFINITION)
    anterior = [lead for lead in ("V2", "V3") if lead in measured and _is_wide(measured[lead], Q_LIMITS.v2_v3_ms)]
    deep = [lead for lead in _Q_LEADS if lead in measured and _is_deep(measured[lead])]
    # V4 to V6 belong to one group with V2 and V3, whose own limits are wider.
    leads = tuple(dict.fromkeys((*anterior, *contiguous(deep))))
    found = ", ".join(f"{lead} {_q_in_words(measured[lead])}" for lead in leads)
    limits = (
        f"Limits: over {Q_LIMITS.v2_v3_ms:g} ms or QS in V2 or V3; {Q_LIMITS.other_ms:g} ms and "
        f"{-Q_LIMITS.other_mv:g} mV or QS in two contiguous leads of the others."
    )
    facts = f"{found or 'None'}. {limits}{without_block(qrs_ms)}"
    return Criterion("pathological_q", _Q, met_if(bool(leads)), facts, FOURTH_DEFINITION)


def _is_qs(wave: LeadWaves) -> bool:
    assert wave.r_mv is not None  # Only measured complexes are judged.
    assert wave.s_mv is not None
    return wave.r_mv == 0 and wave.s_mv < 0


def _is_wide(wave: LeadWaves, over_ms: float) -> bool:
    return _is_qs(wave) or (wave.q_ms is not None and wave.q_ms > over_ms)


def _is_deep(wave: LeadWaves) -> bool:
    if wave.q_ms is None or wave.q_mv is None:
        return _is_qs(wave)
    return wave.q_ms >= Q_LIMITS.other_ms and round(wave.q_mv, 2) <= Q_LIMITS.other_mv


def _q_in_words(wave: LeadWaves) -> str:
    if wave.q_ms is None or wave.q_mv is None:
        return "QS"
    return f"{wave.q_ms:.0f} ms, {-wave.q_mv:.2f} mV"


def _sokolow(waves: Waves) -> Criterion:
    s_mv = _s_mv(waves, "V1")
    r_mv = {lead: mv for lead in ("V5", "V6") if (mv := _r_mv(waves, lead)) is not None}
    if s_mv is None or not r_mv:
        return _not_judged("sokolow_lyon", _SOKOLOW, "V1, or V5 and V6, were not measured.", AHA_PART_5)
    lead = max(r_mv, key=r_mv.__getitem__)
    total = round(s_mv + r_mv[lead], 2)
    facts = f"S in V1 plus R in {lead}: {total:.2f} mV. Limit: {VOLTAGE_LIMITS.sokolow_mv:g} mV."
    return Criterion("sokolow_lyon", _SOKOLOW, met_if(total >= VOLTAGE_LIMITS.sokolow_mv), facts, AHA_PART_5)


def _cornell(waves: Waves) -> Criterion:
    s_mv, r_mv = _s_mv(waves, "V3"), _r_mv(waves, "aVL")
    if s_mv is None or r_mv is None:
        return _not_judged("cornell", _CORNELL, "V3 or aVL was not measured.", AHA_PART_5)
    total = round(s_mv + r_mv, 2)
    men, women = total > VOLTAGE_LIMITS.cornell_men_mv, total > VOLTAGE_LIMITS.cornell_women_mv
    state = CriterionState.DEPENDS if women and not men else met_if(men)
    facts = (
        f"S in V3 plus R in aVL: {total:.2f} mV. Limits: over {VOLTAGE_LIMITS.cornell_men_mv:.1f} mV in men, over "
        f"{VOLTAGE_LIMITS.cornell_women_mv:.1f} mV in women. {_SEX_UNKNOWN}"
    )
    return Criterion("cornell", _CORNELL, state, facts, AHA_PART_5)


def _low_voltage(waves: Waves) -> Criterion:
    heights = {lead.removeprefix("-"): mv for lead, one in waves.items() if (mv := peak_to_peak_mv(one)) is not None}
    parts, low = [], []
    for name, leads, limit in (
        ("limb", LIMB, VOLTAGE_LIMITS.low_limb_mv),
        ("chest", CHEST, VOLTAGE_LIMITS.low_chest_mv),
    ):
        if heights.keys() >= set(leads):
            highest = max(heights[lead] for lead in leads)
            parts.append(f"Highest {name} lead {highest:.2f} mV, limit {limit:g} mV.")
            if round(highest, 2) < limit:
                low.append(name)
    if not parts:
        return _not_judged("low_voltage", _LOW, "Neither all limb nor all chest leads were measured.", _SOURCE_LOW)
    return Criterion("low_voltage", _LOW, met_if(bool(low)), " ".join(parts), _SOURCE_LOW)


def _progression(waves: Waves) -> Criterion:
    r_mv = {lead: mv for lead in CHEST if (mv := _r_mv(waves, lead)) is not None}
    if "V3" not in r_mv:
        return _not_judged("r_progression", _PROGRESSION, "V3 was not measured.", _SOURCE_PROGRESSION)
    over = [lead for lead in r_mv if r_mv[lead] > (_s_mv(waves, lead) or 0.0)]
    heights = ", ".join(f"{lead} {mv:.2f}" for lead, mv in r_mv.items())
    first = f"R exceeds S first in {over[0]}." if over else "R exceeds S in no chest lead."
    facts = f"R: {heights} mV. {first} Limit: at most {VOLTAGE_LIMITS.r_v3_mv:g} mV in V3."
    poor = round(r_mv["V3"], 2) <= VOLTAGE_LIMITS.r_v3_mv
    return Criterion("r_progression", _PROGRESSION, met_if(poor), facts, _SOURCE_PROGRESSION)


def _r_mv(waves: Waves, lead: str) -> float | None:
    return waves[lead].r_mv if lead in waves else None


def _s_mv(waves: Waves, lead: str) -> float | None:
    """Return the depth of S, not negative."""
    found = waves[lead].s_mv if lead in waves else None
    return None if found is None else -found


def _not_judged(code: str, name: str, why: str, source: str) -> Criterion:
    return Criterion(code, name, CriterionState.NOT_JUDGED, why, source)
