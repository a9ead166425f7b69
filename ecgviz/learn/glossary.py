"""The words that this tool uses, each in a sentence or two."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word and what it means here."""

    word: str
    meaning: str


TERMS: tuple[Term, ...] = tuple(
    Term(word, meaning)
    for word, meaning in (
        (
            "Abstention",
            "A network's right not to answer, where its likeliest class is not likely enough or the report is "
            "unlike those it learnt from.",
        ),
        (
            "Arrhythmia",
            "A rhythm other than the sinus node's usual one: too fast, too slow, irregular, or started elsewhere.",
        ),
        ("Augmented leads", "aVR, aVL and aVF: one limb electrode against the mean of the other two."),
        (
            "AV node",
            "The only usual way from the atria to the ventricles; it conducts slowly, which takes up much of PR.",
        ),
        (
            "Axis",
            "The direction in which a wave points in the frontal plane, in degrees: 0 to the left arm, 90 to the feet.",
        ),
        ("Balanced accuracy", "The mean of the classes' recalls: a rare class counts as much as a common one."),
        (
            "Bar",
            "The least probability of its likeliest class at which a network answers; below it, it abstains.",
        ),
        ("Baseline", "The level between the waves, taken for 0 mV."),
        ("Baseline wander", "Slow rise and fall of the baseline, from breathing or a loose electrode."),
        ("Binary picture", "A picture of two values: ink and paper."),
        ("Brier score", "The mean squared distance between probabilities and what was so; 0 is best."),
        (
            "Bundle branch",
            "One of the two cables that set off the left and the right ventricle; where it is blocked, QRS is broad.",
        ),
        (
            "Cabrera's order",
            "The limb leads in the order of their directions, aVL, I, -aVR, II, aVF, III, with aVR turned over.",
        ),
        (
            "Calibration (of a network)",
            "Whether probabilities mean what they say: of answers given with 80% about 80% should be right.",
        ),
        (
            "Calibration error (ECE)",
            "By how much, on average, probabilities differ from the shares that were right; 0 is best.",
        ),
        ("Calibration pulse", "A step of 1 mV at the start of a row, which shows the gain."),
        ("Channel", "One of the numbers that a layer keeps at each place, such as how well one pattern fits there."),
        ("CNN", "Convolutional neural network: layers that lay the same small learnt patterns over every place."),
        ("CNN-LSTM", "A CNN whose answers are read in order by an LSTM."),
        ("Confusion matrix", "A table that counts truth by row and answer by column."),
        ("Contiguous leads", "Leads that look at neighbouring parts of the heart, such as II, III and aVF."),
        ("Convolution", "Laying a small pattern of weights over every place and noting how well it fits."),
        ("Dropout", "Leaving numbers out at random while a network learns, so that it leans on no single one."),
        ("Electrode", "A contact on the skin; ten of them make twelve leads."),
        ("Ensemble", "Several networks whose answers are joined."),
        ("Fold", "One of the parts into which reports are split, each in turn kept from learning."),
        ("Gain", "Height on paper for a voltage, usually 10 mm/mV."),
        ("Gaussian smoothing", "Each pixel becomes a mean of its neighbours, weighted by a bell of width sigma."),
        ("Grad-CAM", "A map of where what the last convolutions saw speaks for a class."),
        ("J point", "Where QRS ends and the ST segment begins."),
        ("Lead", "A view of the heart: the voltage between two places, over time."),
        ("Leakage", "Copies or relatives of a test report among those learnt from; figures are then too good."),
        ("LSTM", "Long short-term memory: a layer that runs along steps and carries a memory with it."),
        ("Macro-F1", "The mean over classes of F1, which joins recall and precision."),
        ("Mains hum", "A fine regular ripple of 50 or 60 Hz from the power supply."),
        ("Median beat", "One typical beat of each lead: the beats laid over each other and their median taken."),
        (
            "Myocardial infarction",
            "Death of heart muscle for want of blood; shown by troponin with signs, symptoms or pictures of it.",
        ),
        ("Otsu's threshold", "The grey value that parts a picture into two groups that differ most."),
        ("Overconfidence", "Probabilities nearer to 1 than the answers deserve."),
        ("P wave", "The atria being set off."),
        ("Parameter", "A number that a network learns."),
        ("Pooling", "Keeping the mean or the largest of several numbers."),
        ("PR interval", "From the start of P to the start of QRS."),
        ("Precision", "Of the reports given a class, the share that belongs to it."),
        ("Premature beat", "A beat that comes before its time, from an atrium or a ventricle."),
        ("Q wave", "A first downward part of QRS; a broad, deep one can be a scar's."),
        ("QRS complex", "The ventricles being set off."),
        (
            "QT, QTc",
            "From the start of QRS to the end of T; QTc is corrected for the rate, by Bazett's or Fridericia's "
            "formula.",
        ),
        ("Recall", "Of the reports that belong to a class, the share that is given it; also called sensitivity."),
        ("Residual block", "Layers with a way past them, to which they only add."),
        ("Rhythm strip", "One lead drawn over the whole width, below the others, so that the rhythm can be followed."),
        ("Risk and coverage", "The share of answers that are wrong, and the share of reports that are answered."),
        ("ROC, AUROC", "Recall against false alarms at every threshold, and the area under that curve; 1 is best."),
        ("RR interval", "From one R wave to the next."),
        ("RR spread", "The standard deviation of the RR intervals of a report: small where beats are regular."),
        (
            "Shortcut",
            "Something that goes with a class in the collection but not with the heart, such as a printed rate "
            "or a layout.",
        ),
        ("Sinus rhythm", "The usual rhythm, set by the sinus node: a P wave of usual direction before every QRS."),
        ("Softmax", "Makes positive shares that sum to 1 from scores."),
        ("Specificity", "Of the reports that do not belong to a class, the share that is not given it."),
        (
            "ST segment",
            "From the end of QRS to the start of T; raised or lowered it can mean injury, and other things.",
        ),
        ("T wave", "The ventricles coming to rest."),
        ("Temperature", "What scores are divided by before softmax, so that a network is as sure as it deserves."),
        ("Troponin", "A protein of heart muscle that reaches the blood when cells die."),
        ("Voltage", "What a lead measures, in millivolts; 1 mV is 10 mm at the usual gain."),
        ("WFDB", "The file format of PhysioNet's waveform databases, in which the page Signals writes records."),
    )
)


def found(asked: str) -> list[Term]:
    """Return the terms that hold every word asked for; those named by it come first.

    Examples
    --------
    >>> [term.word for term in found("pr interval")][:1]
    ['PR interval']
    """
    words = asked.casefold().split()
    held = [term for term in TERMS if all(word in f"{term.word} {term.meaning}".casefold() for word in words)]
    return sorted(held, key=lambda term: not all(word in term.word.casefold() for word in words))
