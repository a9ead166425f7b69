"""The lesson on each simulated rhythm: signs, mechanism, leads to inspect, source."""

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
    """The lesson on one rhythm.

    Attributes
    ----------
    signs : str
        What the page shows.
    mechanism : str
        What the heart does.
    leads : tuple of str
        The leads that show it best.
    rates_bpm : range or None
        Heart rates at which the rhythm keeps its name; None if there are no beats to count.
    source : str
        The source of the definition.
    """

    signs: str
    mechanism: str
    leads: tuple[str, ...]
    rates_bpm: range | None
    source: str


RHYTHM_LESSONS: dict[str, RhythmLesson] = {
    "normal-sinus": RhythmLesson(
        "A P wave before every QRS, upright in I and II; normal PR and QRS; regular, 60 to 100 bpm.",
        "The sinus node sets the pace, and its impulse reaches the ventricles along the normal path.",
        ("I", "II", "V1"),
        range(64, 97),
        TEXTBOOK,
    ),
    "sinus-tachycardia": RhythmLesson(
        "Normal P, QRS and T above 100 bpm; P waves move close to the preceding T waves.",
        "The sinus node fires fast, from effort, fever, pain and many other causes. The ECG does not show which.",
        ("II",),
        range(106, 161),
        TEXTBOOK,
    ),
    "sinus-bradycardia": RhythmLesson(
        "Normal P, QRS and T below 60 bpm; the 2018 guideline speaks of bradycardia only below 50 bpm.",
        "The sinus node fires slowly: common in sleep and in athletes, sometimes caused by drugs or a diseased node.",
        ("II",),
        range(36, 56),
        f"{TEXTBOOK}; {BRADY_2018}",
    ),
    "atrial-fibrillation": RhythmLesson(
        "No repeating P waves, irregular RR intervals without a pattern, a fibrillating baseline, clearest in V1.",
        "Many wavelets excite the atria at once; the AV node conducts some of them at irregular times.",
        ("II", "V1"),
        range(60, 161),
        AF_2020,
    ),
    "atrial-flutter": RhythmLesson(
        "Sawtooth waves near 300 bpm instead of P waves in II, III and aVF; often every second or fourth is conducted.",
        "One wave circles in an atrium, usually the right; the AV node often conducts a fixed ratio of its turns.",
        ("II", "III", "aVF"),
        range(75, 151, 25),
        TEXTBOOK,
    ),
    "premature-atrial-beats": RhythmLesson(
        "An early beat with an abnormal P wave and a narrow QRS complex, followed by a short pause.",
        "A focus in an atrium fires before the sinus node and resets it.",
        ("II", "V1"),
        range(60, 97),
        TEXTBOOK,
    ),
    "premature-ventricular-beats": RhythmLesson(
        "An early, wide beat of abnormal shape, without a P wave before it, with T opposite to QRS and a full "
        "compensatory pause.",
        "A focus in a ventricle fires, and the impulse spreads slowly through the muscle. The sinus node is not reset.",
        ("II", "V1"),
        range(60, 97),
        TEXTBOOK,
    ),
    "left-bundle-branch-block": RhythmLesson(
        "QRS of 120 ms or more; wide, notched R in I, aVL, V5 and V6, without q in I, V5 and V6; deep S in V1; ST and "
        "T mostly opposite to QRS.",
        "The left bundle does not conduct: the left ventricle is activated from the right one, late and slowly.",
        ("I", "V1", "V6"),
        range(55, 101),
        PART_3,
    ),
    "right-bundle-branch-block": RhythmLesson(
        "QRS of 120 ms or more; a second, late R in V1 or V2 (rSR'); a wide S in I and V6.",
        "The right bundle does not conduct: the right ventricle is activated last, towards the right and the front.",
        ("I", "V1", "V6"),
        range(55, 101),
        PART_3,
    ),
    "first-degree-block": RhythmLesson(
        "Every P wave is followed by a QRS complex, but PR exceeds 200 ms.",
        "The AV node conducts every impulse, but slowly. No beat is dropped.",
        ("II",),
        range(50, 91),
        BRADY_2018,
    ),
    "ventricular-tachycardia": RhythmLesson(
        "Wide, regular complexes above 100 bpm that do not follow P waves.",
        "Three or more consecutive beats from a ventricle. Most regular wide-complex tachycardias are ventricular.",
        ("II", "V1"),
        range(130, 221),
        VA_2017,
    ),
    "ventricular-fibrillation": RhythmLesson(
        "No complexes: chaotic waves that change from moment to moment.",
        "The ventricles quiver and pump no blood. Twelve leads are not recorded then: this page is for teaching.",
        ("II", "V1"),
        None,
        VA_2017,
    ),
    "acute-anterior-infarction": RhythmLesson(
        "ST elevation in V2 to V4 that merges with tall T waves; reciprocal ST depression in III and aVF.",
        "The anterior wall is injured: a current of injury points towards it.",
        ("V2", "V3", "V4"),
        range(60, 111),
        UDMI,
    ),
    "acute-inferior-infarction": RhythmLesson(
        "ST elevation in II, III and aVF; reciprocal ST depression in aVL.",
        "The inferior wall is injured: a current of injury points down, towards the feet.",
        ("II", "III", "aVF"),
        range(55, 101),
        UDMI,
    ),
    "old-anterior-infarction": RhythmLesson(
        "QS complexes without any R in V1 to V3, inverted T waves, ST segments on the baseline.",
        "A scar in the anterior wall generates no voltage, so the initial forces of QRS point away from it.",
        ("V1", "V2", "V3"),
        range(55, 101),
        UDMI,
    ),
    "old-inferior-infarction": RhythmLesson(
        "Wide, deep Q waves in II, III and aVF, inverted T waves in III and aVF, ST segments on the baseline.",
        "A scar in the inferior wall generates no voltage, so the initial forces of QRS point up, away from it.",
        ("II", "III", "aVF"),
        range(55, 101),
        UDMI,
    ),
}
