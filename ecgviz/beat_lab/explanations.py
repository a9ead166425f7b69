"""The longer texts of the beat lab: what the classes of beats are, and how to read the results."""

from __future__ import annotations

# Column heads of charts: six classes stand side by side on a narrow screen.
SHORT_NAMES = {
    "Left bundle branch block": "LBBB",
    "Premature atrial": "PAC",
    "Premature ventricular": "PVC",
    "Right bundle branch block": "RBBB",
    "Ventricular fibrillation": "VF",
}
ABBREVIATIONS = (
    "LBBB: left bundle branch block; PAC: premature atrial; PVC: premature ventricular; RBBB: right bundle branch "
    "block; VF: ventricular fibrillation."
)
# The AAMI's grouping: ANSI/AAMI EC57, as de Chazal and others (2004) apply it to MIT-BIH.
CLASSES = {
    "LBBB": "**Left bundle branch block.** The left ventricle is activated late: a QRS complex of 120 ms or more, "
    "upright and often notched in the left lateral leads.",
    "Normal": "**Normal.** A narrow QRS complex after a P wave, paced by the sinus node.",
    "PAC": "**Premature atrial beat.** Early, usually with a narrow QRS complex and an abnormal P wave. In this "
    "dataset nine in ten pictures of the class show paced beats instead.",
    "PVC": "**Premature ventricular beat.** Early and broad, without a preceding P wave.",
    "RBBB": "**Right bundle branch block.** The right ventricle is activated late: a broad QRS complex with a second R "
    "wave in V1 and a broad S wave in the lateral leads.",
    "VF": "**Ventricular fibrillation.** Irregular waves without separate beats. In this dataset all pictures of the "
    "class show ventricular flutter of one patient.",
    "N": "**N**: normal beats, bundle branch block beats, and atrial and nodal escape beats.",
    "S": "**S**: premature supraventricular beats: atrial, aberrant, nodal.",
    "V": "**V**: ventricular beats, premature or escape.",
    "F": "**F**: fusion of a ventricular and a normal beat.",
    "Q": "**Q**: paced beats, fusions of paced and normal beats, and unclassifiable beats.",
}
WORTH = (
    "A figure is worth what its test set is worth. Copies of training pictures in the test set reward memory, and "
    "beats of one patient are so alike that training on some gives away the rest. Only patients held out of training "
    "show what to expect for the next patient."
)
WHY_LOWER = (
    "Inter-patient figures are lower because hearts differ more from one another than beats of one heart do. Only they "
    "describe a new patient. (Records 201 of DS1 and 202 of DS2 are one patient.)"
)
FLUTTER = (
    "All ventricular fibrillation comes from one record, so by patient it is never in both training and test set: its "
    "F1 is zero for every network, and macro-F1 is at most five sixths. Each half is trained on half of the distinct "
    "pictures."
)
EXTRA_DATA = (
    "Only BeatNet also trains on normal, atrial and ventricular beats of eighteen MIT-BIH records that this dataset "
    "does not show, drawn like it. The rhythm is known only for pictures matched to a beat; of premature ventricular "
    "beats fewer are matched."
)
RHYTHM = (
    "Only BeatNet also takes the rhythm around the beat, where known: the RR intervals before and after, relative to "
    "the usual one and to each other, and how regular they are. *Picture only* is the same network without it."
)
HEAD = (
    "BeatNet is four small towers over the picture and a head that weighs them against the rhythm. The head is trained "
    "on the towers' predictions for held-out folds, of other records where patients are split: trained on the towers' "
    "own beats it would ignore the rhythm."
)
CONTEXT = (
    "BeatContext takes no picture. It compares each beat's waves and RR intervals, in seconds and as ratios, with the "
    "patient's own latest quarter of beats. It is the mean of small dense networks and boosted trees on these "
    "comparisons, trained on all beats of the training records. On DS1, in five folds that share no record, its "
    "macro-F1 is {value:.3f} ({low:.3f} to {high:.3f}, {n:,} beats). The trees were added within DS1, but shipped "
    "after DS2 had been read: its figures on DS2 are slightly optimistic."
)
CONTEXT_STRIPS = (
    "Under *One beat* BeatContext sees no more than a strip. The network that predicts there was trained on strips of "
    "ten seconds too, and calibrated class by class on held-out records of DS1. On DS2 its macro-F1 is "
    "{strips[value]:.3f} ({strips[low]:.3f} to {strips[high]:.3f}, {strips_n:,} beats) within strips of ten seconds "
    "and {whole[value]:.3f} ({whole[low]:.3f} to {whole[high]:.3f}) within whole records: ten seconds show too little "
    "of a patient's usual rhythm to tell every early beat."
)
DIFFERENCES = (
    "Intervals of two networks overlap where the same few records decide both. With both scored on the same resampled "
    "records of DS2, the macro-F1 of the BeatContext that ships, within whole records, less that of the others: "
    "{}. Where an interval holds 0, these 22 records cannot tell the two apart."
)
CONTEXT_LIVE = (
    "BeatContext takes no picture: it compares the beat's waves and timing with the other beats of this lead. It was "
    "trained on lead II and leads close to it; within strips of ten seconds its macro-F1 is {value:.3f} ({low:.3f} to "
    "{high:.3f}) on {n:,} beats of patients held out. Where all beats of a lead are alike, as in a tachycardia, it "
    "takes them as usual and predicts N."
)
NO_CONTEXT = (
    "BeatContext, which takes no picture, needs at least eight beats of one lead without gaps; this lead has fewer, or "
    "the beat lies at its edge."
)
VGG = (
    "VGG16 is published with convolutions trained on photographs and then frozen, which are not available here. Its "
    "convolutions were trained on the training beats of each split instead, for 24 epochs, and then frozen under a "
    "head trained as published: 50,360,325 of 65,075,013 parameters, dropout 0.4, Adam, batches of 64. It takes "
    "260 MB and is not shipped. Its distilled form has a quarter of the filters and was trained on the same beats and "
    "on VGG16's probabilities for them; it predicts under *One beat*."
)
