"""What each drawn rhythm looks like, why, and where to look. Words only; the drawing is the simulator's."""

from __future__ import annotations

from dataclasses import dataclass

BRADY_2018 = "2018 ACC/AHA/HRS guideline on bradycardia and conduction delay"
AF_2020 = "2020 ESC guidelines on atrial fibrillation"
VA_2017 = "2017 AHA/ACC/HRS guideline on ventricular arrhythmias"
PART_3 = "AHA/ACCF/HRS recommendations 2009, part III"
UDMI = "Fourth Universal Definition of Myocardial Infarction, 2018"
TEXTBOOK = "usual textbook definition"


@dataclass(frozen=True)
class RhythmLesson:
    """How one rhythm is told.

    Attributes
    ----------
    seen : str
        What the page shows.
    why : str
        What the heart does.
    look_at : tuple of str
        Leads in which it shows best.
    rates_bpm : range or None
        Rates at which it is still called so; None where it has no beats to count.
    source : str
        Where the definition or the number comes from.
    """

    seen: str
    why: str
    look_at: tuple[str, ...]
    rates_bpm: range | None
    source: str


RHYTHM_LESSONS: dict[str, RhythmLesson] = {
    "normal-sinus": RhythmLesson(
        "A P wave before every QRS, upright in I and II; PR and QRS of usual length; regular, 60 to 100 a minute.",
        "The sinus node sets the time, and its impulse reaches the ventricles by the usual way.",
        ("I", "II", "V1"),
        range(64, 97),
        TEXTBOOK,
    ),
    "sinus-tachycardia": RhythmLesson(
        "P, QRS and T as usual, but more than 100 beats a minute; P waves come close to the T waves before them.",
        "The sinus node runs fast: effort, fever, pain or much else. It says that the body asks for more, not why.",
        ("II",),
        range(106, 161),
        TEXTBOOK,
    ),
    "sinus-bradycardia": RhythmLesson(
        "P, QRS and T as usual, but fewer than 60 beats a minute; bradycardia by the 2018 guideline only below 50.",
        "The sinus node runs slowly: common in sleep and in trained people, sometimes from drugs or a sick node.",
        ("II",),
        range(36, 56),
        f"{TEXTBOOK}; {BRADY_2018}",
    ),
    "atrial-fibrillation": RhythmLesson(
        "No P waves that repeat, and intervals between beats that follow no pattern; a restless baseline, best in V1.",
        "The atria are stirred by many wavelets at once; the AV node lets some through, at times that none foresees.",
        ("II", "V1"),
        range(60, 161),
        AF_2020,
    ),
    "atrial-flutter": RhythmLesson(
        "Saw teeth instead of P waves, near 300 a minute, in II, III and aVF; often every second or fourth is led on.",
        "One wave circles in an atrium, mostly the right; the AV node often lets a fixed share of its turns pass.",
        ("II", "III", "aVF"),
        range(75, 151, 25),
        TEXTBOOK,
    ),
    "premature-atrial-beats": RhythmLesson(
        "A beat comes too early, with a P wave of another shape and a narrow QRS complex; the pause after it is short.",
        "A spot in an atrium fires before the sinus node and resets it.",
        ("II", "V1"),
        range(60, 97),
        TEXTBOOK,
    ),
    "premature-ventricular-beats": RhythmLesson(
        "A broad, strange beat comes too early, with no P wave before it and T against QRS; a full pause follows.",
        "A spot in a ventricle fires and spreads from muscle to muscle, slowly. The sinus node does not hear of it.",
        ("II", "V1"),
        range(60, 97),
        TEXTBOOK,
    ),
    "left-bundle-branch-block": RhythmLesson(
        "QRS of 120 ms or more; broad, notched R in I, aVL, V5 and V6, with no q in I, V5 and V6; deep S in V1; ST and "
        "T mostly against QRS.",
        "The left bundle does not conduct: the left ventricle is reached from the right, late and slowly.",
        ("I", "V1", "V6"),
        range(55, 101),
        PART_3,
    ),
    "right-bundle-branch-block": RhythmLesson(
        "QRS of 120 ms or more; a second, late R in V1 or V2 (rSR'); a broad S in I and V6.",
        "The right bundle does not conduct: the right ventricle comes last, alone, and points to the right and front.",
        ("I", "V1", "V6"),
        range(55, 101),
        PART_3,
    ),
    "first-degree-block": RhythmLesson(
        "Every P wave is followed by a QRS complex, but after more than 200 ms.",
        "The AV node conducts every impulse, slowly. No beat is lost, so block is a strong word for it.",
        ("II",),
        range(50, 91),
        BRADY_2018,
    ),
    "ventricular-tachycardia": RhythmLesson(
        "Broad complexes, regular and faster than 100 a minute, without P waves that lead them.",
        "Three or more beats in a row from a ventricle. Most broad, fast and regular rhythms are this.",
        ("II", "V1"),
        range(130, 221),
        VA_2017,
    ),
    "ventricular-fibrillation": RhythmLesson(
        "No complexes at all: waves without order that change from moment to moment.",
        "The ventricles quiver and pump nothing. Nobody records twelve leads then: such pages are for teaching.",
        ("II", "V1"),
        None,
        VA_2017,
    ),
    "acute-anterior-infarction": RhythmLesson(
        "ST segments raised in V2 to V4, running into tall T waves; lowered in III and aVF on the far side.",
        "The front wall is injured: a current of injury points at it.",
        ("V2", "V3", "V4"),
        range(60, 111),
        UDMI,
    ),
    "acute-inferior-infarction": RhythmLesson(
        "ST segments raised in II, III and aVF; lowered in aVL, which looks from the opposite side.",
        "The wall that lies on the diaphragm is injured: a current of injury points down, to the feet.",
        ("II", "III", "aVF"),
        range(55, 101),
        UDMI,
    ),
    "old-anterior-infarction": RhythmLesson(
        "QS complexes, no R at all, in V1 to V3, with T waves turned over; ST segments lie on the baseline.",
        "A scar in the front wall gives no force, so the first forces point away from it, for good.",
        ("V1", "V2", "V3"),
        range(55, 101),
        UDMI,
    ),
    "old-inferior-infarction": RhythmLesson(
        "Broad, deep Q waves in II, III and aVF, with T waves turned over in III and aVF; ST on the baseline.",
        "A scar in the wall on the diaphragm gives no force, so the first forces point up, away from it.",
        ("II", "III", "aVF"),
        range(55, 101),
        UDMI,
    ),
}
