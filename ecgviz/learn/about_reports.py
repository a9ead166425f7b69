"""What a 12-lead report contains: electrodes, leads, paper, waves and intervals."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.learn.about_rhythms import BRADY_2018, PART_3
from ecgviz.words import first_line

PART_1 = "AHA/ACCF/HRS recommendations 2007, part I"
PART_4 = "AHA/ACCF/HRS recommendations 2009, part IV"

ELECTRODES = (
    "Ten electrodes give twelve leads: four on the limbs, of which the right leg is only the ground, and six on the "
    "chest. A lead is not an electrode but a voltage between two places, a view from one direction. A wave that "
    "travels towards that direction is drawn upwards, one that travels away from it downwards."
)
LAWS = (
    "The six limb leads come from three electrodes, so only two of them are independent: II = I + III "
    "(Einthoven's law) and aVR + aVL + aVF = 0. The page Signals checks both on every report."
)
PAPER = (
    "Paper speed and gain are known, so lengths are times and heights are voltages. The calibration pulse at the start "
    "of a row is 1 mV high: check it before you trust an amplitude."
)
WAVES = (
    "P is the activation of the atria, QRS that of the ventricles, T the recovery of the ventricles. PR runs from the "
    "start of P to the start of QRS, QT from the start of QRS to the end of T. A wave starts in the lead where it "
    "appears first and ends in the lead where it ends last, so all leads are measured together."
)


@dataclass(frozen=True)
class LeadLesson:
    """One lead: between what it is measured, and which part of the heart it views."""

    name: str
    between: str
    views: str


LEAD_LESSONS: dict[str, LeadLesson] = {
    lesson.name: lesson
    for lesson in (
        LeadLesson("I", "left arm against right arm", "the lateral wall, from the left"),
        LeadLesson("II", "left leg against right arm", "the inferior wall, along the normal direction of P and QRS"),
        LeadLesson("III", "left leg against left arm", "the inferior wall, from the right"),
        LeadLesson("aVR", "right arm against the mean of the other two", "the cavity, from the right shoulder"),
        LeadLesson(
            "aVL", "left arm against the mean of the other two", "the high lateral wall, from the left shoulder"
        ),
        LeadLesson("aVF", "left leg against the mean of the other two", "the inferior wall, from the feet"),
        LeadLesson("V1", "fourth intercostal space, right sternal border", "the septum and the right ventricle"),
        LeadLesson("V2", "fourth intercostal space, left sternal border", "the septum and the anterior wall"),
        LeadLesson("V3", "halfway between V2 and V4", "the anterior wall"),
        LeadLesson("V4", "fifth intercostal space, midclavicular line", "the anterior wall and the apex"),
        LeadLesson("V5", "level with V4, anterior axillary line", "the lateral wall"),
        LeadLesson("V6", "level with V4, midaxillary line", "the lateral wall"),
    )
}
PLACES_SOURCE = f"Electrode positions: {PART_1}."


@dataclass(frozen=True)
class IntervalLesson:
    """One interval: its definition, its normal range in adults at rest, and the source."""

    name: str
    meaning: str
    normal: str
    source: str


INTERVAL_LESSONS = (
    IntervalLesson(
        "Heart rate",
        "beats per minute: 60 000 divided by the RR interval in ms",
        first_line.RANGES["heart_rate_bpm"].words,
        f"textbook limits; the {BRADY_2018} defines bradycardia as below 50 bpm",
    ),
    IntervalLesson(
        "PR",
        "start of P to start of QRS: conduction from the sinus node to the ventricles",
        first_line.RANGES["pr_ms"].words,
        f"above 200 ms first-degree AV block: {BRADY_2018}; 120 ms: textbook limit",
    ),
    IntervalLesson(
        "QRS",
        "start to end of QRS: activation of the ventricles",
        first_line.RANGES["qrs_ms"].words,
        f"{PART_3}; complete bundle branch block from 120 ms",
    ),
    IntervalLesson(
        "QTc",
        "start of QRS to end of T, corrected for heart rate",
        first_line.RANGES["qtc_ms"].words,
        f"{PART_4}, which prefers linear formulas to Bazett's, and no correction if the rhythm is irregular",
    ),
    IntervalLesson(
        "QRS axis",
        "direction of QRS in the frontal plane",
        first_line.RANGES["axis_deg"].words,
        PART_3,
    ),
)

# Beats with every wave, for the picture of waves and intervals.
BEATS_SHOWN = (
    "normal-sinus",
    "sinus-bradycardia",
    "sinus-tachycardia",
    "first-degree-block",
    "right-bundle-branch-block",
    "left-bundle-branch-block",
    "acute-inferior-infarction",
    "old-inferior-infarction",
)
