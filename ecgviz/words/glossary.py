"""The glossary of the interface: each technical term is defined here, once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A technical term and its definition."""

    word: str
    meaning: str


TERMS: tuple[Term, ...] = tuple(
    Term(word, meaning)
    for word, meaning in (
        (
            "AAMI classes",
            "The five groups of beats in ANSI/AAMI EC57: N, normal and bundle branch block beats; S, supraventricular; "
            "V, ventricular; F, fusion; Q, paced or unclassified.",
        ),
        (
            "Abstention",
            "A model returns no class because its confidence is below the abstention threshold or the report is out "
            "of distribution.",
        ),
        ("Abstention threshold", "The confidence below which a model abstains."),
        ("Accuracy", "The share of predictions that equal the label."),
        (
            "Arrhythmia",
            "Any rhythm other than normal sinus rhythm: too fast, too slow, irregular, or started outside the sinus "
            "node.",
        ),
        (
            "Attention",
            "Learned weights that set how much each lead counts; here one weight per lead and class, the same for "
            "every report.",
        ),
        ("Augmentation", "Random changes of training examples that keep the label, such as shifts and noise."),
        ("Augmented leads", "aVR, aVL and aVF: one limb electrode against the mean of the other two."),
        (
            "AV node",
            "The normal path from the atria to the ventricles. It conducts slowly, which makes up much of PR.",
        ),
        ("Average precision", "The area under the precision-recall curve; 1 is best."),
        ("Axis", "The direction of a wave in the frontal plane, in degrees: 0 is left, 90 is towards the feet."),
        (
            "Balanced accuracy",
            "The mean of the recalls of all classes, so a rare class counts as much as a common one.",
        ),
        ("Baseline", "The level between the waves, taken as 0 mV. In model comparison: a simple model to beat."),
        ("Baseline wander", "Slow rise and fall of the baseline, from breathing or a loose electrode."),
        ("Binary image", "An image with two values: ink and background."),
        ("Blind reading", "A reading that was saved before predictions and other readings were shown."),
        (
            "Bootstrap interval",
            "A 95% confidence interval from recomputing a score on groups of reports resampled with replacement.",
        ),
        ("bpm", "Beats per minute."),
        ("Brier score", "The mean squared distance between predicted probabilities and the true class; 0 is best."),
        (
            "Bundle branch",
            "One of the two conduction paths that activate the left and right ventricle. If one is blocked, QRS is "
            "wide.",
        ),
        (
            "Cabrera's order",
            "The limb leads in the order of their directions: aVL, I, -aVR, II, aVF, III, with aVR inverted.",
        ),
        (
            "Calibration",
            "Agreement between predicted probabilities and observed frequencies: of predictions made with 80% "
            "confidence, about 80% are correct.",
        ),
        (
            "Calibration error (ECE)",
            "The mean gap between confidence and accuracy over bins of confidence; 0 is best.",
        ),
        ("Calibration pulse", "A step of 1 mV at the start of a row that shows the gain."),
        ("Channel", "One of the feature maps of a layer."),
        ("CNN", "Convolutional neural network: layers that slide small learned filters over their input."),
        ("CNN-LSTM", "A CNN whose feature maps are read in order by an LSTM."),
        ("Cohen's kappa", "Agreement of two raters beyond chance: 1 is complete, 0 is what chance alone gives."),
        ("Combined", "The ensemble of our four networks and a linear head over pictures: their weighted mean."),
        ("Confidence", "The probability of the predicted class."),
        ("Confusion matrix", "Counts of reports by true class (rows) and predicted class (columns)."),
        ("Contiguous leads", "Leads that view neighbouring parts of the heart, such as II, III and aVF."),
        ("Convolution", "Sliding a small filter of weights over the input and recording its response at each place."),
        ("Coverage", "The share of reports for which a model returns a class instead of abstaining."),
        ("Cross-entropy", "The training loss: minus the logarithm of the probability given to the true class."),
        (
            "Cross-validation",
            "Training and testing once per fold, each time with another fold held out, so every report is tested once.",
        ),
        (
            "Drift",
            "A change between the training reports and those read now; a network's figures may no longer hold.",
        ),
        ("Dropout", "Setting random activations to zero during training, which reduces overfitting."),
        ("DS1, DS2", "The usual training and test records of MIT-BIH."),
        ("Early stopping", "Ending training when the validation loss stops falling, and keeping the best epoch."),
        (
            "Einthoven's law",
            "Lead II equals lead I plus lead III; on a page it checks that leads are named and scaled correctly.",
        ),
        ("Electrode", "A contact on the skin; ten electrodes give twelve leads."),
        ("Ensemble", "Several networks, its members, whose predictions are averaged."),
        ("Epoch", "One pass of training over the whole training set."),
        ("F1", "The harmonic mean of precision and recall; 1 is best."),
        ("False positive rate", "Of the reports outside a class, the share predicted as it: 1 - specificity."),
        ("Feature map", "The response of one filter at every place of its input."),
        ("Filter", "A small set of learned weights that responds to one pattern. In a recorder: what removes noise."),
        ("Fleiss' kappa", "Agreement of three or more raters beyond chance, read like Cohen's kappa."),
        ("Fold", "One of the parts into which reports are split for cross-validation."),
        ("Gain", "Height on paper per voltage, usually 10 mm/mV."),
        (
            "Gaussian smoothing",
            "Replacing each pixel by a mean of its neighbours, weighted by a Gaussian of width sigma.",
        ),
        ("Grad-CAM", "A saliency map: where the last feature maps raise the logit of a class."),
        ("Held-out reports", "Reports kept out of training and used only for testing."),
        ("Hyperparameter", "A setting chosen before training, such as the learning rate."),
        (
            "Inter-patient split",
            "A split that keeps all beats of a patient on one side, so that tests use new patients only.",
        ),
        ("J point", "Where QRS ends and the ST segment begins."),
        (
            "Kolmogorov-Smirnov test",
            "Whether two samples have one distribution: the largest distance of the two, with a p-value.",
        ),
        ("Layout", "How the leads are arranged on the page: 3x4+1 is three rows of four leads and one rhythm strip."),
        ("Lead", "A view of the heart: the voltage between two places, over time."),
        (
            "Leakage",
            "Copies or relatives of a test report in the training set. Scores then measure memory and are too high.",
        ),
        ("Logit", "A network's output for a class before softmax. Only differences between logits matter."),
        ("LSTM", "Long short-term memory: a recurrent layer that carries a state along a sequence."),
        ("Macro-F1", "The mean of the F1 of all classes, so a rare class counts as much as a common one."),
        ("Mains hum", "A fine regular ripple of 50 or 60 Hz from the power supply."),
        (
            "McNemar's test",
            "Whether two models are right equally often, from the reports on which one is right and the other wrong.",
        ),
        ("Median beat", "One typical beat per lead: the median of all its aligned beats."),
        ("MIT-BIH", "The MIT-BIH Arrhythmia Database: 48 annotated recordings of half an hour, 1975 to 1979."),
        (
            "Myocardial infarction",
            "Death of heart muscle from lack of blood, diagnosed by troponin with symptoms, ECG changes or imaging.",
        ),
        ("Occlusion", "A saliency method: hide a stretch of the signal and measure how far the probability falls."),
        ("Otsu's threshold", "The grey level that best separates an image into two groups: ink and background."),
        (
            "Out of distribution",
            "Unlike the training reports: the report's features lie further from them than a set limit.",
        ),
        ("Overconfidence", "Confidence that is higher than accuracy."),
        ("Overfitting", "Learning the training reports by heart, so that held-out reports are predicted worse."),
        ("P wave", "Activation of the atria."),
        ("Paired bootstrap", "A bootstrap of the difference between two models, both on the same resampled reports."),
        ("Parameter", "A number that training adjusts."),
        ("Pooling", "Reducing several values to their mean or maximum."),
        (
            "Population stability index",
            "How far a distribution has shifted, over deciles of the earlier one: below 0.1 hardly, from 0.25 much.",
        ),
        ("PR interval", "From the start of P to the start of QRS."),
        ("Precision", "Of the reports predicted as a class, the share that belongs to it."),
        ("Precision-recall curve", "Precision over recall at every threshold."),
        ("Premature beat", "A beat that comes early, from an atrium or a ventricle."),
        ("Q wave", "An initial downward deflection of QRS; wide and deep, it can be the sign of a scar."),
        ("QRS complex", "Activation of the ventricles."),
        (
            "QT, QTc",
            "From the start of QRS to the end of T. QTc is corrected for heart rate, by Bazett's or Fridericia's "
            "formula.",
        ),
        ("Random seed", "The number that starts the random generator. The same seed gives the same drawing."),
        ("Recall", "Of the reports of a class, the share predicted as it; also called sensitivity."),
        ("Reliability diagram", "Accuracy over confidence in bins; a calibrated model lies on the diagonal."),
        ("Residual", "What a law leaves over, such as II - I - III; near 0 mV if the page was read correctly."),
        ("Residual block", "Layers whose output is added to their input."),
        ("Rhythm strip", "One lead over the full width of the page, for reading the rhythm."),
        ("Risk", "Of the reports for which a class is returned, the share predicted wrongly."),
        ("ROC, AUROC", "Recall over false positive rate at every threshold, and the area under that curve; 1 is best."),
        ("RR interval", "From one R wave to the next."),
        ("RR spread", "The standard deviation of the RR intervals; small if the rhythm is regular."),
        ("Saliency map", "A map of how strongly each part of the input affects a prediction."),
        (
            "Scalogram",
            "An image of a signal's strength by time and frequency, from a wavelet transform.",
        ),
        ("Sensitivity", "How much a prediction changes with a part of the input. In testing: the same as recall."),
        (
            "Shortcut",
            "A feature that goes with a class in the data but not in the heart, such as a printed rate or a layout.",
        ),
        ("Sinus rhythm", "The normal rhythm, paced by the sinus node: a normal P wave before every QRS."),
        ("Softmax", "Turns logits into probabilities that sum to 1."),
        ("Specificity", "Of the reports outside a class, the share not predicted as it."),
        ("Spectrogram", "An image of a signal's strength by time and frequency, from short Fourier transforms."),
        ("ST segment", "From the end of QRS to the start of T. Its elevation or depression can be a sign of injury."),
        ("T wave", "Recovery (repolarisation) of the ventricles."),
        ("Temperature", "The number that logits are divided by before softmax; it calibrates confidence."),
        ("Test set", "The reports that scores are computed on, held out from training."),
        ("Threshold", "The probability from which a class counts as predicted."),
        ("Trace", "The digitised signal of a lead: millivolts over seconds, read from the ink."),
        ("Training history", "The training and validation loss by epoch."),
        ("Training set", "The reports from which a network's parameters are fitted."),
        ("Troponin", "A heart muscle protein that enters the blood when cells die."),
        ("Validation set", "Reports not trained on that decide when to stop training."),
        ("Voltage", "What a lead measures, in millivolts; 1 mV is 10 mm at the usual gain."),
        ("WFDB", "The file format of PhysioNet's waveform databases."),
    )
)
_MEANINGS = {term.word: term.meaning for term in TERMS}


def meaning(word: str) -> str:
    """Return the definition of a term; a word that is no term raises KeyError.

    Examples
    --------
    >>> meaning("Confidence")
    'The probability of the predicted class.'
    """
    return _MEANINGS[word]


def search(query: str) -> list[Term]:
    """Return the terms that contain every word of a query; those whose own name does come first.

    Examples
    --------
    >>> [term.word for term in search("pr interval")][:1]
    ['PR interval']
    """
    words = query.casefold().split()
    found = [term for term in TERMS if all(word in f"{term.word} {term.meaning}".casefold() for word in words)]
    return sorted(found, key=lambda term: not all(word in term.word.casefold() for word in words))
