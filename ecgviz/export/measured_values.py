"""The measurements as clinical systems exchange them: a code, a whole number and its unit."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.study import Study


@dataclass(frozen=True)
class MeasuredKind:
    """What a measurement is called.

    Attributes
    ----------
    name : str
        In words.
    unit : str
        In UCUM.
    loinc : str
        Code in LOINC.
    mdc : str or None
        Code in ISO/IEEE 11073-10102 as DICOM writes it, where DICOM's context groups 3228 and 3229 have one.
    aecg : str
        Name of that standard in aECG.
    """

    name: str
    unit: str
    loinc: str
    mdc: str | None
    aecg: str


@dataclass(frozen=True)
class MeasuredValue:
    """A measurement of one report: whole units, as recorders print them; the decimals are not significant."""

    kind: MeasuredKind
    value: int
    rests_on: str


# By the names of the reading.
KINDS = {
    "heart_rate_bpm": MeasuredKind("Heart rate", "/min", "8867-4", None, "MDC_ECG_HEART_RATE"),
    "pr_ms": MeasuredKind("PR interval", "ms", "8625-6", "2:15872", "MDC_ECG_TIME_PD_PR"),
    "qrs_ms": MeasuredKind("QRS duration", "ms", "8633-0", "2:16156", "MDC_ECG_TIME_PD_QRS"),
    "qt_ms": MeasuredKind("QT interval", "ms", "8634-8", "2:16160", "MDC_ECG_TIME_PD_QT"),
    "qtc_ms": MeasuredKind("QTc interval, Bazett", "ms", "8636-3", None, "MDC_ECG_TIME_PD_QTcB"),
    "qtc_fridericia_ms": MeasuredKind("QTc interval, Fridericia", "ms", "8636-3", None, "MDC_ECG_TIME_PD_QTcF"),
    "p_axis_deg": MeasuredKind("P axis", "deg", "8626-4", "2:16128", "MDC_ECG_ANGLE_P_FRONT"),
    "axis_deg": MeasuredKind("QRS axis", "deg", "8632-2", "2:16132", "MDC_ECG_ANGLE_QRS_FRONT"),
    "t_axis_deg": MeasuredKind("T axis", "deg", "8638-9", "2:16136", "MDC_ECG_ANGLE_T_FRONT"),
}


def measured_values(study: Study) -> list[MeasuredValue]:
    """Return the measurements that have a value; one without is left out, never filled in."""
    found = study.measurements.values
    return [
        MeasuredValue(kind, round(value), found[name].rests_on)
        for name, kind in KINDS.items()
        if isinstance(value := found[name].value, float)
    ]
