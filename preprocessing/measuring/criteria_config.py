"""Limits of the named criteria. Each comes from the source that its class names; none was tuned here.

Voltages are compared in hundredths of a millivolt, as they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StLimits:
    """ST elevation and depression: Fourth Universal Definition of Myocardial Infarction, 2018, table 2.

    Elevation is judged at the J point against the level before QRS, in two contiguous leads.
    """

    # mV in V2 and V3: women of any age, men from 40 years on, younger men.
    v2_v3_women_mv: float = 0.15
    v2_v3_men_mv: float = 0.2
    v2_v3_young_men_mv: float = 0.25
    # mV in every other lead.
    other_mv: float = 0.1
    # mV of horizontal or downsloping depression in two contiguous leads.
    depression_mv: float = -0.05
    # mV by which the level may rise from J to J+60 ms and still count as horizontal. Ours: the error of one reading.
    horizontal_mv: float = 0.02


ST_LIMITS = StLimits()


@dataclass(frozen=True)
class QLimits:
    """Q waves of an earlier infarction: Fourth Universal Definition of Myocardial Infarction, 2018, table 3."""

    # ms above which a Q wave in V2 or V3 counts; any depth.
    v2_v3_ms: float = 20.0
    # ms and mV from which one counts in two contiguous leads of the others.
    other_ms: float = 30.0
    other_mv: float = -0.1


Q_LIMITS = QLimits()


@dataclass(frozen=True)
class VoltageLimits:
    """Voltages of left ventricular hypertrophy and low voltage.

    Sokolow and Lyon, Am Heart J 1949;37:161; Casale (Cornell), Circulation 1987;75:565; both in the AHA/ACCF/HRS
    recommendations 2009, part V. Low voltage: Surawicz and Knilans, Chou's Electrocardiography.
    """

    # mV: S in V1 plus the higher R of V5 and V6.
    sokolow_mv: float = 3.5
    # mV: S in V3 plus R in aVL.
    cornell_men_mv: float = 2.8
    cornell_women_mv: float = 2.0
    # mV from peak to peak, below which every limb lead, or every chest lead, lies.
    low_limb_mv: float = 0.5
    low_chest_mv: float = 1.0
    # mV: R in V3 up to which its progression is poor (Zema and Kligfield, Arch Intern Med 1982;142:1145).
    r_v3_mv: float = 0.3


VOLTAGE_LIMITS = VoltageLimits()


@dataclass(frozen=True)
class ConductionLimits:
    """Complete bundle branch block: AHA/ACCF/HRS recommendations 2009, part III."""

    # ms: duration of QRS from which a block is complete.
    qrs_ms: float = 120.0
    # ms: S in I and V6 lasts longer than this, or longer than R, in right bundle branch block.
    s_ms: float = 40.0
    # ms from the onset of QRS to the peak of R: in V1, right block; in V5 and V6, left block.
    peak_v1_ms: float = 50.0
    peak_v5_v6_ms: float = 60.0


CONDUCTION_LIMITS = ConductionLimits()


@dataclass(frozen=True)
class QtcLimits:
    """Long and short QTc: AHA/ACCF/HRS recommendations 2009, part IV."""

    # ms.
    long_men_ms: float = 450.0
    long_women_ms: float = 460.0
    short_ms: float = 390.0


QTC_LIMITS = QtcLimits()
