"""Measurements in words: units, notes, reasons and basis."""

from dataclasses import replace

from ecgviz.words import measured
from preprocessing.measuring import HeartBeats, Measured, Measurements, RrRange
from preprocessing.measuring.delineation import NOTHING
from preprocessing.trust import Trust

BEATS, BEAT = "9 intervals between beats", "the median of 9 of 10 beats in 12 leads"
NO_P = "no P wave stands out before the QRS complex"


def some() -> Measurements:
    number = Measured(101.4, "ms", BEAT)
    return Measurements(
        heart_rate_bpm=Measured(71.6, "bpm", BEATS),
        rhythm=Measured("irregular", "", BEATS),
        rr_spread_ms=Measured(120.0, "ms", BEATS),
        pr_ms=Measured(None, "ms", BEAT, NO_P),
        qrs_ms=number,
        qt_ms=number,
        qtc_ms=number,
        qtc_fridericia_ms=number,
        p_axis_deg=Measured(None, "deg", BEAT, NO_P),
        axis_deg=Measured(-31.2, "deg", BEAT),
        t_axis_deg=Measured(None, "deg", BEAT, "the limb leads do not show one direction"),
        waves={},
        rr=RrRange(838.0, 600.0, 1010.0),
        beats=HeartBeats.__new__(HeartBeats),
        beat=None,
        fiducials=NOTHING,
        signals=(),
        notices=(),
    )


def test_every_number_has_its_name_and_unit():
    figures = {name: value for name, value, _ in measured.figures(some(), Trust())}
    assert figures["Heart rate"] == "72 bpm"
    assert figures["QRS"] == "101 ms"
    assert figures["QRS axis"] == "\N{MINUS SIGN}31\N{DEGREE SIGN}"
    assert figures["PR"] == measured.MISSING
    assert set(measured.NAMES.values()) - set(figures) == {"Rhythm"}


def test_a_missing_number_has_its_reason_and_a_derived_one_its_formula():
    notes = {name: note for name, _, note in measured.figures(some(), Trust())}
    assert notes["PR"] == f"Not measured ({NO_P})."
    assert "square root" in notes["QTc Bazett"]
    assert notes["QRS"] is None


def test_the_rhythm_has_the_range_of_its_intervals():
    assert measured.rhythm(some()) == [
        "Rhythm: irregular. RR 838 ms, from 600 to 1010 ms; the heart rate is beats over the time they span, 72 bpm by "
        "the median interval."
    ]
    regular = replace(some(), rhythm=Measured("regular", "", BEATS))
    assert "the heart rate is the median interval" in measured.rhythm(regular)[0]
    assert measured.rhythm(replace(some(), rr=None)) == []


def test_what_rests_on_a_doubt_is_marked_in_word_and_form():
    figures = {name: (value, note) for name, value, note in measured.figures(some(), Trust(("limb_leads_swapped",)))}
    assert figures["QRS"] == ("101 ms", None)
    value, note = figures["QRS axis, provisional"]
    assert value == "\N{ALMOST EQUAL TO} \N{MINUS SIGN}31\N{DEGREE SIGN}"
    assert note == "Provisional, because limb electrodes may have been swapped."
    assert figures["P axis"][0] == measured.MISSING


def test_missing_values_share_a_sentence_per_reason():
    assert measured.missing(some()) == [
        f"PR and P axis: not measured ({NO_P}).",
        "T axis: not measured (the limb leads do not show one direction).",
    ]


def test_values_share_a_sentence_per_basis():
    assert measured.rests_on(some()) == [
        f"Heart rate, Rhythm and RR spread: from {BEATS}.",
        f"QRS, QT, QTc Bazett, QTc Fridericia and QRS axis: from {BEAT}.",
    ]


def test_each_measurement_has_a_name():
    assert set(measured.NAMES) == set(some().values)
