"""Exports hold the traces and nothing about the patient."""

import hashlib
import io
import json
from dataclasses import replace
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
import wfdb
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ecgviz.__main__ import main
from ecgviz.export import signal_files, wfdb_record
from ecgviz.study import name_of, on_page_clock, reading_from
from preprocessing.lead_id import LEADS
from preprocessing.traces import RATE_HZ, Trace
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample for sample in samples()}
SHA = hashlib.sha256(b"a page").hexdigest()
MILLIVOLTS = st.one_of(st.floats(-30, 30, width=32), st.just(float("nan")))


def trace(mv, lead="I", role="12-lead", start_s=0.0):
    return Trace(lead, role, start_s, np.asarray(mv, np.float32), 1.0, (10.0, 20.0), 0.4, 80.0)


def read_csv(content):
    return pd.read_csv(io.BytesIO(content), comment="#")


@pytest.fixture(scope="module")
def study():
    return replace(study_of("edan_normal"), file="Mustermann.jpg")


@pytest.fixture(scope="module")
def traces(study):
    return study.traces


@settings(max_examples=25)
@given(arrays(np.float32, st.integers(1, 1250), elements=MILLIVOLTS), st.sampled_from([0.0, 2.5, 5.0, 7.5]))
def test_the_table_holds_the_trace(mv, start_s):
    table = read_csv(signal_files.as_csv([trace(mv, "V2", start_s=start_s)], SHA))
    first = round(start_s * RATE_HZ)
    assert table["time_s"].iloc[0] == 0
    assert len(table) == first + mv.size
    assert np.allclose(table["V2"].to_numpy()[first : first + mv.size], mv, atol=0.00006, equal_nan=True)
    assert np.isnan(table["V2"].to_numpy()[:first]).all()


@settings(max_examples=15)
@given(arrays(np.float32, st.integers(1, 1250), elements=MILLIVOLTS))
def test_the_record_is_read_by_the_formats_own_reader(tmp_path_factory, mv):
    folder = tmp_path_factory.mktemp("record")
    both = [trace(mv), trace(-mv, "II", "rhythm")]
    for name, content in wfdb_record.record(both, SHA).items():
        (folder / name).write_bytes(content)
    record = wfdb.rdrecord(str(folder / name_of(SHA)))
    assert record.sig_name == ["I", "II_rhythm"]
    assert record.units == ["mV", "mV"]
    assert (record.fs, record.sig_len) == (RATE_HZ, mv.size)
    assert np.allclose(record.p_signal, np.stack([mv, -mv], axis=1), atol=0.00051, equal_nan=True)
    digital = wfdb.rdrecord(str(folder / name_of(SHA)), physical=False)
    # The format writes the sum with a sign, the package counts without: the same 16 bits.
    assert [total % 65536 for total in digital.checksum] == digital.calc_checksum()


@pytest.mark.parametrize(("samples_read", "start_s"), [(1300, 7.5), (1250, 7.5), (3412, 0.0)])
def test_the_table_is_as_long_as_the_page(samples_read, start_s):
    time_s, leads = on_page_clock([trace(np.zeros(samples_read), start_s=start_s)])
    first = round(start_s * RATE_HZ)
    assert time_s.size == first + samples_read
    assert np.isfinite(leads["I"][first:]).all()


def test_a_cabrera_page_keeps_its_names_with_a_remark(tmp_path):
    study = study_of("rbbb_cabrera")
    lines = signal_files.as_csv(study.traces, SHA).decode("ascii").splitlines()
    header = next(line for line in lines if not line.startswith("#"))
    assert header == "time_s,I,II,III,-aVR,aVL,aVF,V1,V2,V3,V4,V5,V6"
    assert any("-aVR is aVR inverted" in line for line in lines if line.startswith("#"))
    assert "inverted" in json.loads(signal_files.as_json(study))["remarks"][0]
    for name, content in wfdb_record.record(study.traces, SHA).items():
        (tmp_path / name).write_bytes(content)
    record = wfdb.rdrecord(str(tmp_path / name_of(SHA)))
    assert record.sig_name == header.split(",")[1:]
    assert any("inverted" in comment for comment in record.comments)


def test_leads_over_the_whole_width_are_whole():
    study = study_of("flutter_12x1")
    table = read_csv(signal_files.as_csv(study.traces, SHA))
    assert len(table) == 5000
    assert list(table.columns) == ["time_s", *LEADS]
    assert table.notna().mean().min() > 0.95


def test_a_page_of_five_seconds_exports_five_seconds():
    study = study_of("normal_50mm")
    table = read_csv(signal_files.as_csv(study.traces, SHA))
    assert len(table) == pytest.approx(2500, abs=3)
    assert list(table.columns)[13:] == ["II_rhythm", "V1_rhythm", "V5_rhythm"]


def test_a_whole_page_has_thirteen_columns_in_the_usual_order(traces):
    content = signal_files.as_csv(traces, SHA)
    lines = content.decode("ascii").splitlines()
    assert [line[0] for line in lines[:4]] == ["#"] * 4
    assert "mV" in lines[1]
    assert "500 Hz" in lines[1]
    assert SHA in lines[3]
    assert lines[4] == "time_s,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6,II_rhythm"
    table = read_csv(content)
    assert np.allclose(np.diff(table["time_s"]), 0.002)
    assert table["aVR"].first_valid_index() == pytest.approx(1250, abs=8)
    assert table["II_rhythm"].notna().mean() > 0.99


def test_json_holds_the_measurements(study):
    document = json.loads(signal_files.as_json(study))
    assert document["measurements"] == reading_from(study)["measurements"]
    assert document["measurements"]["heart_rate_bpm"] == pytest.approx(70, abs=3)


def test_json_holds_signals_and_how_they_were_read(study, traces):
    document = json.loads(signal_files.as_json(study))
    assert document["schema"] == "ecgviz.signals/1"
    assert document["sha256"] == study.image.sha256
    assert document["layout"] == {**reading_from(study)["layout"], "set_by_hand": False}
    assert [lead["column"] for lead in document["leads"]][-1] == "II_rhythm"
    by_column = {lead["column"]: lead for lead in document["leads"]}
    for read in traces:
        lead = by_column[read.key]
        assert np.allclose(np.array(lead["mv"], float), read.mv, atol=0.00006, equal_nan=True)
        assert lead["start_s"] == read.start_s


def test_no_export_names_the_file(study, traces):
    files = wfdb_record.record(traces, study.image.sha256)
    exported = [signal_files.as_csv(traces, study.image.sha256), signal_files.as_json(study), wfdb_record.zipped(files)]
    assert not any(b"Mustermann" in content for content in exported)
    assert not any("Mustermann" in name for name in files)


def test_the_archive_holds_the_record_and_is_deterministic(traces):
    files = wfdb_record.record(traces, SHA)
    assert wfdb_record.zipped(files) == wfdb_record.zipped(files)
    with ZipFile(io.BytesIO(wfdb_record.zipped(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_digitise_writes_the_chosen_files(capsys, tmp_path):
    path = SAMPLES["pvc_6x2"].path
    out = tmp_path / "new" / "signals.csv"
    code = main(["digitise", str(path), "--csv", str(out), "--wfdb", str(tmp_path / "w"), "--json", str(out) + ".json"])
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert printed["status"] == "read"
    assert printed["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(printed["written"]) == 4
    assert list(read_csv(out.read_bytes()).columns)[-1] == "II_rhythm"
    assert wfdb.rdrecord(str(tmp_path / "w" / name_of(printed["sha256"]))).n_sig == 13
    assert json.loads((tmp_path / "new" / "signals.csv.json").read_text())["rate_hz"] == RATE_HZ


def test_digitise_writes_nothing_for_a_refused_file(capsys, tmp_path):
    code = main(["digitise", str(SAMPLES["document"].path), "--csv", str(tmp_path / "a.csv")])
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (printed["status"], printed["refusal"]["code"]) == ("refused", "not_an_ecg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["missing.png", "--csv", "a.csv"], "could not be opened"),
        ([str(SAMPLES["pvc_6x2"].path)], "Give an output"),
        ([str(SAMPLES["pvc_6x2"].path), "--csv", "/dev/null/a.csv"], "could not be written"),
    ],
)
def test_unreadable_and_unwritable_files_set_the_exit_code(capsys, arguments, word):
    assert main(["digitise", *arguments]) == 2
    assert word in capsys.readouterr().err
