"""Files of signals with known samples, each written by another implementation than the reader's where there is one."""

import io
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pyedflib
import wfdb
from pydicom.dataset import Dataset
from pydicom.uid import TwelveLeadECGWaveformStorage

from preprocessing.lead_id import LEADS
from sample_images import simulate
from tests.dicom_objects import bytes_of, dicom_object

MDC = dict(zip(LEADS, (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8), strict=True))
SHOUTED = [lead.upper() for lead in LEADS]


def recording(rate_hz=500.0, seconds=10.0, seed=4):
    """Return twelve simulated leads, (12, n) in mV, in whole microvolts."""
    drawn = simulate("normal-sinus", seed=seed, duration_s=seconds, rate_hz=rate_hz)
    return np.round(drawn.signals_mv, 3)


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def wfdb_files(mv, rate_hz=500, kind="16", name="r1", **more):
    """Write a record with the format's own package and return its files."""
    with tempfile.TemporaryDirectory() as folder:
        wfdb.wrsamp(
            name,
            fs=rate_hz,
            units=["mV"] * len(mv),
            sig_name=SHOUTED[: len(mv)],
            p_signal=mv.T,
            fmt=[kind] * len(mv),
            write_dir=folder,
            **more,
        )
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def wfdb_zip(mv, rate_hz=500, kind="16", **more):
    return zipped(wfdb_files(mv, rate_hz, kind, **more))


def csv_file(mv, rate_hz=500):
    """Return a table as the app writes it."""
    rows = ["# ecgviz: signals", ",".join(["time_s", *LEADS])]
    for at, row in enumerate(mv.T):
        rows.append(",".join([f"{at / rate_hz:.3f}", *(f"{one:.4f}" for one in row)]))
    return ("\n".join(rows) + "\n").encode()


def edf_file(mv, rate_hz=500, dimension="mV"):
    """Write an EDF+ file with EDFlib; its samples fill ten millivolts either way."""
    scale = {"mV": 1, "uV": 1000}[dimension]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "a.edf")
        with pyedflib.EdfWriter(path, len(mv), pyedflib.FILETYPE_EDFPLUS) as writer:
            for number, lead in enumerate(LEADS[: len(mv)]):
                writer.setSignalHeader(
                    number,
                    {
                        "label": f"ECG {lead}",
                        "dimension": dimension,
                        "sample_frequency": rate_hz,
                        "physical_min": -10.0 * scale,
                        "physical_max": 10.0 * scale,
                        "digital_min": -32768,
                        "digital_max": 32767,
                        "transducer": "",
                        "prefilter": "",
                    },
                )
            writer.writeSamples(list(np.ascontiguousarray(mv * scale)))
        return Path(path).read_bytes()


def code(value, scheme):
    made = Dataset()
    made.CodeValue, made.CodingSchemeDesignator, made.CodeMeaning = value, scheme, "a code"
    return made


def dicom_waveform(mv, rate_hz=500, scheme="SCPECG", unit="uV", **more):
    """Return a 12-lead ECG as recorders store it: 2.5 microvolts a unit, leads coded."""
    group = Dataset()
    group.WaveformOriginality, group.NumberOfWaveformChannels = "ORIGINAL", len(mv)
    group.NumberOfWaveformSamples, group.SamplingFrequency = mv.shape[1], rate_hz
    channels = []
    for lead in LEADS[: len(mv)]:
        channel = Dataset()
        start = {"SCPECG": "5.6.3-9-", "MDC": "2:"}[scheme]
        channel.ChannelSourceSequence = [code(f"{start}{MDC[lead]}", scheme)]
        channel.ChannelSensitivity = {"uV": 2.5, "mV": 0.0025}[unit]
        channel.ChannelSensitivityUnitsSequence = [code(unit, "UCUM")]
        channel.ChannelSensitivityCorrectionFactor = 1
        channel.ChannelBaseline, channel.WaveformBitsStored = 0, 16
        channels.append(channel)
    group.ChannelDefinitionSequence = channels
    group.WaveformBitsAllocated, group.WaveformSampleInterpretation = 16, "SS"
    group.WaveformData = np.rint(mv.T * 400).astype("<i2").tobytes()
    group["WaveformData"].VR = "OW"
    for keyword, value in more.items():
        setattr(group, keyword, value)
    made = dicom_object(TwelveLeadECGWaveformStorage)
    made.Modality, made.WaveformSequence = "ECG", [group]
    return bytes_of(made)


def aecg_file(mv, rate_hz=500, scale_uv=2.5, extra=""):
    """Return an annotated ECG as recorders write it: one sequence set on the clock of a date."""
    clock = (
        '<component><sequence><code code="TIME_ABSOLUTE"/><value xsi:type="GLIST_TS"><head value="20021122091000.000"/>'
        f'<increment value="{1 / rate_hz}" unit="s"/></value></sequence></component>'
    )
    leads = "".join(
        f'<component><sequence><code code="MDC_ECG_LEAD_{lead.upper()}"/><value xsi:type="SLIST_PQ">'
        f'<origin value="0" unit="uV"/><scale value="{scale_uv}" unit="uV"/>'
        f"<digits>{' '.join(map(str, row))}</digits></value></sequence></component>"
        for lead, row in zip(LEADS, np.rint(mv * 1000 / scale_uv).astype(int).tolist(), strict=False)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{extra}<AnnotatedECG xmlns="urn:hl7-org:v3" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component><series><code code="RHYTHM"/>'
        f"<component><sequenceSet>{clock}{leads}</sequenceSet></component></series></component></AnnotatedECG>"
    ).encode()
