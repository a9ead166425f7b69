"""The nine steps of the demonstration, from photograph to aggregated verdict: two sentences each, and a fault."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoStep:
    """One screen of the demonstration.

    Attributes
    ----------
    key, short, title : str
        Name in the address, in the filmstrip, and as heading.
    says : tuple of two str
        What happens here, and why.
    fault : str
        What is done wrong when asked what would go wrong.
    goes_wrong : tuple of two str
        What is seen then, and what follows.
    """

    key: str
    short: str
    title: str
    says: tuple[str, str]
    fault: str
    goes_wrong: tuple[str, str]


STEPS: tuple[DemoStep, ...] = (
    DemoStep(
        "upload",
        "Photograph",
        "Photograph",
        (
            "Everything starts from an image of the printed report, as a phone or a scanner gives it.",
            "The page is laid flat by its grid, turned upright and lit evenly before anything is read.",
        ),
        "A shadow over one half",
        (
            "In the shadow, paper is as grey as pale ink elsewhere.",
            "One threshold for the whole page would then take paper for trace, so the light is evened first.",
        ),
    ),
    DemoStep(
        "grayscale",
        "Grayscale",
        "Grayscale",
        (
            "Each pixel becomes one number: 0.21 of its red, 0.72 of its green and 0.07 of its blue.",
            "Colour tells paper from grid, not one heart from another, so one channel is enough.",
        ),
        "Blue alone",
        (
            "The blue channel alone shows a red or brown grid far darker than it looks.",
            "The weights follow the eye, to which print on paper is meant to be clear.",
        ),
    ),
    DemoStep(
        "segmentation",
        "Leads",
        "Segmentation into leads",
        (
            "Rows, columns and calibration pulses are found on the page, and each lead gets its box.",
            "Laws that hold for every heart, such as II = I + III, check whether the boxes hold the right leads.",
        ),
        "Boxes half a row too low",
        (
            "Each box then holds parts of two leads and of none.",
            "Every later stage is perfect, and shows the wrong signal.",
        ),
    ),
    DemoStep(
        "smoothed",
        "Smoothed",
        "Gaussian smoothing",
        (
            "Each pixel becomes a weighted mean of its neighbours; sigma says how far the weights reach.",
            "Paper grain and grid dots are finer than the trace and fade first.",
        ),
        "Sigma of 6 pixels",
        (
            "The thin stroke spreads over its neighbours: Q waves, notches and narrow QRS complexes melt away.",
            "No later stage can bring them back.",
        ),
    ),
    DemoStep(
        "otsu",
        "Otsu",
        "Otsu's threshold",
        (
            "Of all grey levels, the one is taken that separates two classes of pixels best: ink and background.",
            "It is computed from each lead's own histogram, so it follows light and ink.",
        ),
        "Threshold 0.25 too high",
        (
            "Grid and shaded paper count as ink.",
            "A network sees texture where there is none in the heart.",
        ),
    ),
    DemoStep(
        "binary",
        "Binary",
        "Binary, byte, mode 'L'",
        (
            "Every pixel is now 0 or 1, then a byte of 0 or 255, then a Pillow image of one channel.",
            "These three stages change the form, not the content.",
        ),
        "Threshold 0.25 too low",
        (
            "Thin strokes break: steep parts of the QRS complex vanish first, for they are drawn palest.",
            "What is cut here is lost.",
        ),
    ),
    DemoStep(
        "resized",
        "Resized",
        "Resized",
        (
            "Each lead becomes a square of 150 x 150 pixels, the input of the article's networks.",
            "CNN and CNN-LSTM receive the stage before, with all leads at one scale in time and voltage.",
        ),
        "A rhythm strip in the same square",
        (
            "Ten seconds are squeezed into the width of two and a half: the heart seems four times as fast.",
            "A fixed square loses the aspect ratio, and with it rate and intervals.",
        ),
    ),
    DemoStep(
        "leads",
        "Per lead",
        "Each lead alone",
        (
            "The network predicts the four classes from every lead by itself.",
            "Leads look at the heart from different sides, so they may disagree.",
        ),
        "The same leads at sigma 6",
        (
            "The same heart gives other probabilities, because the pictures changed.",
            "A prediction is only as good as the stages before it.",
        ),
    ),
    DemoStep(
        "verdict",
        "Verdict",
        "Aggregated verdict",
        (
            "The leads are combined into one prediction for the report: the article's networks take the mean.",
            "If the confidence is low or the report is unlike the training set, no class is predicted.",
        ),
        "The verdict at sigma 6",
        (
            "Nothing about the heart changed, only one slider.",
            "That is why this tool shows every stage, its settings and when they were changed.",
        ),
    ),
)
KEYS = tuple(step.key for step in STEPS)


def step_at(key: str | None) -> int:
    """Return the place of a step by its key; the first for any other.

    Examples
    --------
    >>> step_at("smoothed"), step_at(None), step_at("nonsense")
    (3, 0, 0)
    """
    return KEYS.index(key) if key in KEYS else 0
