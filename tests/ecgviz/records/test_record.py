"""Twelve leads from what a file holds: derived, filled from strips, inverted, refused."""

import numpy as np
import pytest

from ecgviz.records.lead_names import lead_of
from ecgviz.records.record import LeadBuffer
from preprocessing.errors import EcgImageError
from preprocessing.lead_id import LEADS
from tests.signal_files import recording

MV = recording()


def buffer_of(leads, mv=MV):
    buffer = LeadBuffer("CSV")
    for lead in leads:
        buffer.add(lead_of(lead), mv[LEADS.index(lead)], 500)
    return buffer


def test_the_limb_leads_are_derived_from_the_first_two():
    record = buffer_of(["I", "II", *LEADS[6:]]).record()
    for lead, row in zip(LEADS, MV, strict=True):
        assert np.abs(record.leads[lead] - row).max() < 0.002, lead


def test_a_missing_lead_is_named():
    with pytest.raises(EcgImageError, match=r"lacks V3, V5 of the twelve") as caught:
        buffer_of([lead for lead in LEADS if lead not in {"V3", "V5"}]).record()
    assert caught.value.code == "not_12_lead"


def test_cabreras_lead_is_turned_back_and_a_strip_fills_the_gaps():
    buffer = buffer_of([lead for lead in LEADS if lead not in {"aVR", "II"}])
    buffer.add(lead_of("-aVR"), -MV[3], 500)
    buffer.add(lead_of("II"), MV[1, :1250], 500)
    buffer.add(lead_of("II_rhythm"), MV[1] + 1, 500)
    record = buffer.record()
    assert np.allclose(record.leads["aVR"], MV[3])
    assert np.allclose(record.leads["II"][:1250], MV[1, :1250])
    assert np.allclose(record.leads["II"][1250:], MV[1, 1250:] + 1)


def test_later_columns_start_at_their_time():
    buffer = buffer_of([lead for lead in LEADS if lead != "V4"])
    buffer.add(lead_of("V4"), MV[9, :1250], 500, start_s=7.5)
    v4 = buffer.record().leads["V4"]
    assert np.isnan(v4[:3750]).all()
    assert np.allclose(v4[3750:], MV[9, :1250])


def test_five_seconds_are_enough_and_nine_count_as_five():
    assert buffer_of(LEADS, MV[:, :2500]).record().duration_s == 5
    record = buffer_of(LEADS, MV[:, :4500]).record()
    assert (record.duration_s, [notice.code for notice in record.notices]) == (5, ["first_seconds"])


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("ECG I", "I"),
        ("MDC_ECG_LEAD_AVR", "aVR"),
        ("MDC_ECG_LEAD_AVRneg", "-aVR"),
        ("Lead V1 ", "V1"),
        ("Lead I (Einthoven)", "I"),
        ("EKG-V6-Ref", "V6"),
        ("DII", "II"),
        ("avl", "aVL"),
        ("ECG II rhythm", "II_rhythm"),
        ("V5_rhythm", "V5_rhythm"),
        ("Resp", None),
        ("ECG", None),
        ("", None),
        ("VI", None),
    ],
)
def test_names_of_other_writers_are_understood(label, key):
    lead = lead_of(label)
    assert (None if lead is None else lead.key) == key
