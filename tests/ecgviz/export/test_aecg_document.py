"""The aECG document: every stretch that was read at its time, measurements, no patient; read by another parser too."""

from xml.etree import ElementTree

import numpy as np
import pytest

from ecgviz.export.aecg_document import aecg_document
from tests.exchange import expected, gapped_study, same

HL7 = "{urn:hl7-org:v3}"
SEQUENCE_SETS = "/".join(HL7 + tag for tag in ("component", "series", "component", "sequenceSet"))


@pytest.fixture(scope="module")
def study():
    return gapped_study()


@pytest.fixture(scope="module")
def content(study):
    return aecg_document(study)


def sequences(one_set):
    """Return the clock of a sequence set, s, and its leads in mV."""
    clock, leads = None, {}
    for sequence in one_set.iter(f"{HL7}sequence"):
        code, value = sequence.find(f"{HL7}code").get("code"), sequence.find(f"{HL7}value")
        if code == "TIME_RELATIVE":
            clock = tuple(float(value.find(HL7 + tag).get("value")) for tag in ("head", "increment"))
        else:
            scale, origin = (float(value.find(HL7 + tag).get("value")) for tag in ("scale", "origin"))
            assert {value.find(HL7 + tag).get("unit") for tag in ("scale", "origin")} == {"uV"}
            leads[code] = (origin + scale * np.array(value.find(f"{HL7}digits").text.split(), float)) / 1000
    return clock, leads


def test_the_stretches_of_each_lead_equal_its_trace(content, study):
    wanted = expected(study)
    found = {key: np.full(mv.size, np.nan) for key, mv in wanted.items()}
    for one_set in ElementTree.fromstring(content).iterfind(SEQUENCE_SETS):
        (head_s, increment_s), leads = sequences(one_set)
        assert increment_s == 0.002
        first = round(head_s / increment_s)
        for code, mv in leads.items():
            name = {"AVR": "aVR", "AVL": "aVL", "AVF": "aVF"}.get(code.removeprefix("MDC_ECG_LEAD_"), code[13:])
            # Only the strip is longer than a column.
            key = f"{name}_rhythm" if mv.size > 1500 else name
            found[key][first : first + mv.size] = mv
    assert np.isnan(found["III"]).all()
    for key in wanted:
        assert same(found[key], study, key), key


def test_measurements_are_annotations_and_nobody_is_named(content, study):
    root = ElementTree.fromstring(content)
    values = {
        annotation.find(f"{HL7}code").get("code"): annotation.find(f"{HL7}value")
        for annotation in root.iter(f"{HL7}annotation")
    }
    assert values["MDC_ECG_HEART_RATE"].get("value") == str(round(study.measurements.heart_rate_bpm.value))
    assert values["MDC_ECG_TIME_PD_QRS"].get("unit") == "ms"
    assert "image of a printed ECG" in root.find(f"{HL7}text").text
    assert b"Mustermann" not in content
    assert all(time.get("nullFlavor") == "MSK" for time in root.iter(f"{HL7}effectiveTime"))
    assert content == aecg_document(study)


@pytest.mark.filterwarnings("ignore:.*sequence sets in the rhythm series")
def test_another_parser_reads_the_first_column(tmp_path, content, study):
    parser = pytest.importorskip("ecgdatakit", reason="the optional ecgdatakit is not installed").FileParser
    (tmp_path / "ecg.xml").write_bytes(content)
    record = parser.parse(tmp_path / "ecg.xml")
    leads = {lead.label: lead.convert_units("mV") for lead in record.leads}
    assert set(leads) == {"I", "II"}
    for key, lead in leads.items():
        assert (lead.sampling_rate, lead.units) == (500, "mV")
        assert np.allclose(lead.samples, expected(study)[key][: lead.samples.size], atol=0.00051)
