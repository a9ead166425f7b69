"""The FHIR bundle is valid by the standard's own definitions and holds traces, gaps, measurements and the report."""

import numpy as np
import pytest
from fhir.resources.R4B.bundle import Bundle

from ecgviz.export.fhir_bundle import fhir_bundle
from tests.exchange import expected, gapped_study, same

PDF = b"%PDF-1.4 nothing"


@pytest.fixture(scope="module")
def study():
    return gapped_study()


@pytest.fixture(scope="module")
def content(study):
    return fhir_bundle(study, PDF)


@pytest.fixture(scope="module")
def resources(content):
    # FHIR 4.3 leaves these resources as they are in R4.
    return {entry.fullUrl: entry.resource for entry in Bundle.model_validate_json(content).entry}


def of_kind(resources, kind):
    return [resource for resource in resources.values() if resource.get_resource_type() == kind]


def test_each_lead_is_sampled_data_that_equals_its_trace(resources, study):
    signals = next(one for one in of_kind(resources, "Observation") if one.component)
    assert len(signals.component) == 13
    for lead, key in zip(signals.component, expected(study), strict=True):
        sampled = lead.valueSampledData
        assert (float(sampled.period), sampled.dimensions, sampled.origin.code) == (2.0, 1, "uV")
        mv = np.array([np.nan if one == "E" else float(one) / 1000 for one in sampled.data.split(" ")])
        assert same(mv, study, key), key
    codes = [lead.code.coding[0].code for lead in signals.component]
    assert codes[:4] == ["131329", "131330", "131389", "131390"]


def test_measurements_are_observations_of_the_report(resources, study):
    [report] = of_kind(resources, "DiagnosticReport")
    results = [resources[result.reference] for result in report.result]
    assert {one.get_resource_type() for one in results} == {"Observation"}
    values = {one.code.text: one.valueQuantity for one in results if one.valueQuantity}
    assert values["Heart rate"].value == round(study.measurements.heart_rate_bpm.value)
    assert values["QT interval"].code == "ms"
    assert {one.status for one in [report, *results]} == {"preliminary"}
    assert all(one.device.reference in resources for one in results)


def test_the_report_carries_the_pdf_and_nobody_is_named(resources, content, study):
    [report] = of_kind(resources, "DiagnosticReport")
    [form] = report.presentedForm
    assert form.contentType == "application/pdf"
    assert form.data == PDF
    assert "image of a printed ECG" in report.conclusion
    assert b"Mustermann" not in content
    assert not of_kind(resources, "Patient")
    assert content == fhir_bundle(study, PDF)
