"""What each of the four classes of the dataset means, and what it does not mean."""

from __future__ import annotations

from dataclasses import dataclass

from models.classes import CLASSES

DATASET = (
    "The networks predict one of four classes: the folders of a public dataset (Khan, Hussain, Malik 2021, Mendeley "
    "Data gwbz3fsgp8; one hospital, one recorder). How each report was labelled, and by whom, is not published."
)


@dataclass(frozen=True)
class ClassLesson:
    """The lesson on one class; `example` is a simulated rhythm of the class."""

    name: str
    meaning: str
    not_meant: str
    example: str


CLASS_LESSONS = (
    ClassLesson(
        CLASSES[0],
        "Labelled as reports of healthy people: sinus rhythm at a normal rate, no abnormal findings.",
        "A normal report does not mean a healthy heart. Many diseases leave a resting ECG unchanged, and so can an "
        "infarction in its first hours.",
        "normal-sinus",
    ),
    ClassLesson(
        CLASSES[1],
        "Labelled as reports of people with an abnormal heartbeat; which one is not published. Most print a heart rate "
        "above 100 bpm.",
        "It names no arrhythmia. The class does not separate atrial fibrillation from bundle branch block, and a heart "
        "that is fast after climbing stairs may be in it too.",
        "atrial-fibrillation",
    ),
    ClassLesson(
        CLASSES[2],
        "Labelled as reports of patients with an infarction. The textbook sign is ST elevation in contiguous leads.",
        "An ECG alone does not diagnose an infarction: the definition also requires a rise or fall of troponin. ST "
        "segments rise in other conditions, and many infarctions have no ST elevation.",
        "acute-inferior-infarction",
    ),
    ClassLesson(
        CLASSES[3],
        "Labelled as reports of patients with an earlier infarction. Textbook signs are wide Q waves or QS complexes.",
        "A report without Q waves does not rule out an old infarction, and Q waves have other causes. The class says "
        "neither when it happened nor how the heart is today.",
        "old-anterior-infarction",
    ),
)
