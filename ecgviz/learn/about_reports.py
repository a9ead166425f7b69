"""What is on a 12-lead report: electrodes, leads, paper, waves and intervals. Words only."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.learn.about_rhythms import BRADY_2018, PART_3

PART_1 = "AHA/ACCF/HRS recommendations 2007, part I"
PART_4 = "AHA/ACCF/HRS recommendations 2009, part IV"

ELECTRODES = (
    "Ten electrodes make twelve leads: four on the limbs, of which the one on the right leg is only earth, and six on "
    "the chest. A lead is not an electrode but a view: the voltage between two places, seen as if from one direction. "
    "A wave that runs towards that direction is drawn upwards, one that runs away from it downwards."
)
LAWS = (
    "The six limb leads are made of three electrodes, so only two of them are independent: II = I + III, and "
    "aVR + aVL + aVF = 0. The page Signals checks both on every report."
)
PAPER = (
    "The paper runs at a known speed and a known gain, so that lengths are times and heights are voltages. "
    "The pulse at the start of a row is 1 mV: whoever trusts a height looks at it first."
)
WAVES = (
    "P is the atria being set off, QRS the ventricles, T the ventricles coming to rest. PR is counted from the start "
    "of P to that of QRS, QT from the start of QRS to the end of T. Each begins where the first lead shows it and ends "
    "where the last one does, so the leads are read together."
)


@dataclass(frozen=True)
class LeadLesson:
    """One lead: between what it is measured, and which part of the heart it looks at."""

    name: str
    between: str
    looks_at: str


LEAD_LESSONS: dict[str, LeadLesson] = {
    lesson.name: lesson
    for lesson in (
        LeadLesson("I", "left arm against right arm", "the side wall, from the left"),
        LeadLesson("II", "left leg against right arm", "the lower wall; along the usual way of P and QRS"),
        LeadLesson("III", "left leg against left arm", "the lower wall, from the right"),
        LeadLesson("aVR", "right arm against the other two", "the inside of the heart, from the right shoulder"),
        LeadLesson("aVL", "left arm against the other two", "the high side wall, from the left shoulder"),
        LeadLesson("aVF", "left leg against the other two", "the lower wall, from the feet"),
        LeadLesson(
            "V1", "fourth intercostal space, right edge of the breastbone", "the septum and the right ventricle"
        ),
        LeadLesson("V2", "fourth intercostal space, left edge of the breastbone", "the septum and the front wall"),
        LeadLesson("V3", "halfway between V2 and V4", "the front wall"),
        LeadLesson("V4", "fifth intercostal space, in the midclavicular line", "the front wall and the apex"),
        LeadLesson("V5", "level with V4, in the anterior axillary line", "the side wall"),
        LeadLesson("V6", "level with V4, in the midaxillary line", "the side wall"),
    )
}
PLACES_SOURCE = f"Places of the electrodes: {PART_1}."


@dataclass(frozen=True)
class IntervalLesson:
    """One interval: what it is, what is usual in adults at rest, and who says so."""

    name: str
    means: str
    usual: str
    source: str


INTERVAL_LESSONS = (
    IntervalLesson(
        "Heart rate",
        "beats a minute: 60 000 over the RR interval in ms",
        "60 to 100 a minute",
        f"textbook limits; the {BRADY_2018} calls it bradycardia below 50",
    ),
    IntervalLesson(
        "PR",
        "start of P to start of QRS: from the sinus node's impulse to the ventricles",
        "120 to 200 ms",
        f"above 200 ms first-degree AV block: {BRADY_2018}; 120 ms: textbook limit",
    ),
    IntervalLesson(
        "QRS",
        "start to end of QRS: the ventricles being set off",
        "up to 110 ms",
        f"{PART_3}; from 120 ms on a bundle branch block can be complete",
    ),
    IntervalLesson(
        "QTc",
        "start of QRS to end of T, corrected for the rate",
        "below 450 ms in men, below 460 ms in women",
        f"{PART_4}, which prefers linear formulas to Bazett's, and none where beats are irregular",
    ),
    IntervalLesson(
        "QRS axis",
        "direction of QRS in the frontal plane",
        "\N{MINUS SIGN}30\N{DEGREE SIGN} to 90\N{DEGREE SIGN}",
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
