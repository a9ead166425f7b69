"""What the classes of beats are, in a few words each, and what the lab's lessons say."""

from __future__ import annotations

# As a chart's columns name the six classes, six of which stand side by side on a narrow screen.
SHORT = {
    "Left bundle branch block": "LBBB",
    "Premature atrial": "PAC",
    "Premature ventricular": "PVC",
    "Right bundle branch block": "RBBB",
    "Ventricular fibrillation": "VF",
}
SHORT_MEANS = (
    "LBBB: left bundle branch block; PAC: premature atrial; PVC: premature ventricular; RBBB: right bundle branch "
    "block; VF: ventricular fibrillation."
)
# The AAMI's grouping: ANSI/AAMI EC57, as de Chazal and others (2004) apply it to MIT-BIH.
CLASSES = {
    "LBBB": "**Left bundle branch block.** The left ventricle is reached late: a broad QRS complex of 120 ms or "
    "more, upright and often notched in the left lateral leads.",
    "Normal": "**Normal.** A narrow QRS complex after a P wave, as the sinus node paces it.",
    "PAC": "**Premature atrial beat.** Early, mostly with a narrow QRS complex and a P wave of another "
    "form. In this collection nine in ten pictures of the class show paced beats instead.",
    "PVC": "**Premature ventricular beat.** Early and broad, without a P wave before it.",
    "RBBB": "**Right bundle branch block.** The right ventricle is reached late: a broad QRS complex with a "
    "second R wave in V1 and a broad S wave in the lateral leads.",
    "VF": "**Ventricular fibrillation.** No separate beats, only irregular waves. In this "
    "collection all pictures of the class show the ventricular flutter of one patient.",
    "N": "**N**: normal beats and those of the bundle branch blocks, and atrial and nodal escape beats.",
    "S": "**S**: supraventricular beats that come early: atrial, aberrated, nodal.",
    "V": "**V**: ventricular beats, early or as an escape.",
    "F": "**F**: fusion of a ventricular and a normal beat.",
    "Q": "**Q**: paced beats, fusions of paced and normal ones, and beats that could not be classified.",
}
WORTH = (
    "A claim is worth what its test is worth. Copies of training pictures among the test pictures are answered from "
    "memory; beats of one patient are so alike that one taught on some knows the rest. Only beats of patients whom the "
    "network never saw say what it will make of the next patient."
)
WHY_LOWER = (
    "Patient-disjoint figures are lower because hearts differ more from one another than a heart's own beats do: a "
    "network that has seen some of a patient's beats need only recognise that patient. Nobody's next patient is in the "
    "training data. (Of DS1 and DS2, records 201 and 202 are one patient's.)"
)
FLUTTER = (
    "Ventricular fibrillation is one record, so that in two halves by patient it is never both taught and tested: its "
    "F1 there is zero for every network, and the macro-F1 of six classes cannot be above five sixths. Each half is "
    "taught on half of the distinct pictures only."
)
MORE = (
    "Ours alone is also taught beats of the records of MIT-BIH that no picture of this collection shows, drawn in its "
    "manner: normal, atrial and ventricular ones of eighteen more records. The others are taught on the collection "
    "alone, as their authors do. The timing is known of the pictures that were matched surely with a beat; of "
    "premature ventricular ones that are fewer than of others."
)
RHYTHM = (
    "Ours alone is also given when the beats around came, where that is known: the intervals before and after, as "
    "shares of what is usual and of one another, and how even the rhythm is. *Picture alone* is the same network, not "
    "told of it."
)
HEAD = (
    "Ours is four small towers that look at the picture and a head that weighs what they say against the rhythm. Each "
    "tower is left without some of the pictures, and the head is taught on what it says of those; where other patients "
    "are tested, on what it says of records that it never saw. A head taught on the towers' own pictures trusts them "
    "in everything: they know by heart which beats came early, and the rhythm goes unused."
)
