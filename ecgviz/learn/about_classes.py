"""What the collection calls each of the four classes, and what such a word does not mean."""

from __future__ import annotations

from dataclasses import dataclass

from models.classes import CLASSES

COLLECTION = (
    "The networks know four words, and a report has exactly one of them: the name of the folder in which a public "
    "collection keeps it (Khan, Hussain, Malik 2021, Mendeley Data gwbz3fsgp8; one hospital, one recorder). Nobody "
    "published by which rule each report was filed, nor who looked at it."
)


@dataclass(frozen=True)
class ClassLesson:
    """How one class is told; `example` is a rhythm that the simulator draws under it."""

    name: str
    called_so: str
    not_meant: str
    example: str


CLASS_LESSONS = (
    ClassLesson(
        CLASSES[0],
        "Reports filed as those of healthy people: a sinus rhythm of usual rate, without a finding.",
        "A normal page does not mean a healthy heart: many illnesses leave a resting ECG as it is, and an infarction "
        "can do so in its first hours.",
        "normal-sinus",
    ),
    ClassLesson(
        CLASSES[1],
        "Reports filed as those of people whose heart beats abnormally; the collection does not say in what way. Most "
        "of them print a rate above 100 a minute.",
        "It names no arrhythmia. A network that answers so has not told fibrillation from a bundle branch block, and "
        "a heart that is only fast for climbing stairs may be filed here as well.",
        "atrial-fibrillation",
    ),
    ClassLesson(
        CLASSES[2],
        "Reports filed as those of patients with an infarction; textbook signs are ST segments raised in leads that "
        "lie side by side.",
        "An infarction is not diagnosed from a page alone: the definition asks for a rise or fall of troponin as "
        "well. ST segments rise in other conditions, and many infarctions raise none.",
        "acute-inferior-infarction",
    ),
    ClassLesson(
        CLASSES[3],
        "Reports filed as those of patients who had one before; textbook signs are broad Q waves or QS complexes.",
        "A page without Q waves does not rule out an old infarction, and Q waves have other causes. The word says "
        "nothing of when it was, nor of today.",
        "old-anterior-infarction",
    ),
)
