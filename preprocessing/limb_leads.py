"""Geometry of the limb leads: six leads of two degrees of freedom, in the frontal plane."""

from __future__ import annotations

# Each limb lead as a multiple of I and a multiple of II, by the laws of Einthoven and Goldberger. "-aVR" is aVR
# inverted, as Cabrera's order prints it.
OF_I_AND_II = {
    "I": (1.0, 0.0),
    "II": (0.0, 1.0),
    "III": (-1.0, 1.0),
    "aVR": (-0.5, -0.5),
    "-aVR": (0.5, 0.5),
    "aVL": (1.0, -0.5),
    "aVF": (-0.5, 1.0),
}
# The laws as sums that are zero at every moment: a factor for each lead.
EINTHOVEN = {"II": 1.0, "I": -1.0, "III": -1.0}
GOLDBERGER = {"aVR": 1.0, "aVL": 1.0, "aVF": 1.0}
GOLDBERGER_CABRERA = {"-aVR": 1.0, "aVL": -1.0, "aVF": -1.0}


def frontal_direction(lead: str) -> tuple[float, float]:
    """Return what a limb lead shows of a unit vector to the patient's left and of one to the feet.

    In Einthoven's triangle lead I points to 0 degrees and lead II to 60; an augmented lead is shorter by half the root
    of 3.

    Examples
    --------
    >>> [round(part, 3) for part in frontal_direction("aVF")]
    [0.0, 0.866]
    """
    of_first, of_second = OF_I_AND_II[lead]
    return of_first + of_second / 2, of_second * 3**0.5 / 2
