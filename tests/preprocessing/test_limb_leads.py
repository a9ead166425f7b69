"""Geometry of the limb leads: one table, from which directions and laws follow."""

import numpy as np
import pytest

from preprocessing.limb_leads import EINTHOVEN, GOLDBERGER, GOLDBERGER_CABRERA, OF_I_AND_II, frontal_direction

# Angle in degrees, positive towards the feet, and length: Einthoven's triangle as textbooks have it.
TEXTBOOK = {
    "I": (0, 1),
    "II": (60, 1),
    "III": (120, 1),
    "aVR": (-150, 3**0.5 / 2),
    "-aVR": (30, 3**0.5 / 2),
    "aVL": (-30, 3**0.5 / 2),
    "aVF": (90, 3**0.5 / 2),
}


@pytest.mark.parametrize("lead", TEXTBOOK)
def test_each_lead_has_its_textbook_direction(lead):
    deg, length = TEXTBOOK[lead]
    expected = length * np.cos(np.radians(deg)), length * np.sin(np.radians(deg))
    np.testing.assert_allclose(frontal_direction(lead), expected, atol=1e-12)


def test_the_table_holds_all_limb_leads():
    assert set(OF_I_AND_II) == set(TEXTBOOK)


@pytest.mark.parametrize("law", [EINTHOVEN, GOLDBERGER, GOLDBERGER_CABRERA])
def test_each_law_is_zero_for_any_heart(law):
    of_first, of_second = np.array([OF_I_AND_II[lead] for lead in law]).T
    factors = np.array(list(law.values()))
    assert factors @ of_first == 0
    assert factors @ of_second == 0
