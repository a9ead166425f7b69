"""The twelve leads: names, projections of the heart dipole, and the identities of the limb leads.

Axes: x to the patient's left, y to the feet, z to the front of the chest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]

# Separate from the reader's list, as in `sample_images.layouts`.
LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")

# A 12-lead ECG has eight independent leads; the other four are combinations of I and II.
INDEPENDENT_LEADS = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")

# V2 is nearest to the heart and V6 farthest, hence the lengths.
LEAD_VECTORS = np.array(
    [
        [1.00, 0.00, 0.00],
        [0.50, 0.87, 0.00],
        [-0.50, 0.10, 0.90],
        [0.10, 0.10, 1.60],
        [0.80, 0.20, 1.20],
        [1.30, 0.30, 0.60],
        [1.30, 0.30, 0.05],
        [0.90, 0.28, -0.20],
    ]
)


def project(dipole: Signal) -> Signal:
    """Project the dipole onto the eight independent leads.

    Parameters
    ----------
    dipole : (3, n) array, mV

    Returns
    -------
    (8, n) array, mV, in the order of `INDEPENDENT_LEADS`
    """
    return LEAD_VECTORS @ dipole


def twelve_leads(independent: Signal) -> Signal:
    """Complete eight leads to twelve by II = I + III and aVR + aVL + aVF = 0.

    Parameters
    ----------
    independent : (8, n) array, mV, in the order of `INDEPENDENT_LEADS`

    Returns
    -------
    (12, n) array, mV, in the order of `LEADS`

    Examples
    --------
    >>> twelve_leads(np.array([[1.0], [3.0], [0], [0], [0], [0], [0], [0]]))[:6, 0].tolist()
    [1.0, 3.0, 2.0, -2.0, -0.5, 2.5]
    """
    lead_i, lead_ii = independent[:2]
    derived = [lead_ii - lead_i, -(lead_i + lead_ii) / 2, lead_i - lead_ii / 2, lead_ii - lead_i / 2]
    return np.vstack([lead_i, lead_ii, *derived, independent[2:]])
