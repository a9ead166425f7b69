"""Reports of a batch: in a folder, or in one zip archive in memory with a limit."""

import io
import zipfile

import pydicom
import pypdfium2

from ecgviz.batch import report_files
from ecgviz.batch.files import BatchFile
from ecgviz.batch.report_files import ReportZip, into_folder
from ecgviz.batch.run import Batch
from ecgviz.batch.settings import RunSettings
from ecgviz.study import name_of
from tests.quick_reading import SAMPLE


def opened(kept):
    return zipfile.ZipFile(io.BytesIO(kept.content()))


def test_a_zip_is_complete_after_each_report():
    kept = ReportZip()
    for number in range(3):
        assert kept.keep(f"{number}.html", b"x" * number)
        with opened(kept) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == [f"{before}.html" for before in range(number + 1)]
    assert (kept.count, kept.without_room) == (3, 0)


def test_the_same_reports_give_the_same_bytes():
    one, two = ReportZip(), ReportZip()
    for kept in (one, two):
        kept.keep("a.html", b"a")
    assert one.content() == two.content()


def test_a_full_zip_refuses_a_report_and_stays_unchanged(monkeypatch):
    monkeypatch.setattr(report_files, "MOST_KEPT_BYTES", 2000)
    kept = ReportZip()
    assert kept.keep("a.html", b"a" * 1000)
    before = kept.content()
    assert not kept.keep("b.html", b"b" * 1900)
    assert kept.content() == before
    assert (kept.count, kept.without_room) == (1, 1)


def test_a_folder_is_created_with_its_first_report(tmp_path):
    keep = into_folder(tmp_path / "out" / "reports")
    assert not (tmp_path / "out").exists()
    assert keep("a.html", b"a")
    assert (tmp_path / "out" / "reports" / "a.html").read_bytes() == b"a"


def test_signals_are_written_in_each_format_beside_the_report():
    kept, packed = ReportZip(), ReportZip()
    batch = Batch(
        [BatchFile("a.jpg", SAMPLE.read_bytes), BatchFile("notes.png", lambda: b"no image")],
        RunSettings(networks=False, reports="dcm", signals=("csv", "dicom", "fhir")),
        keep_report=kept.keep,
        keep_signals=packed.keep,
    )
    row = batch.step().row
    batch.step()
    stem = name_of(row.sha256)
    assert row.report == f"{stem}.dcm"
    with opened(packed) as archive:
        assert archive.namelist() == [f"{stem}.csv", f"{stem}.dcm", f"{stem}.fhir.json"]
        waveform = pydicom.dcmread(io.BytesIO(archive.read(f"{stem}.dcm")))
    with opened(kept) as archive:
        report = pydicom.dcmread(io.BytesIO(archive.read(f"{stem}.dcm")))
    assert waveform.StudyInstanceUID == report.StudyInstanceUID
    assert waveform.WaveformSequence[0].NumberOfWaveformChannels == 13
    assert report.EncapsulatedDocument.startswith(b"%PDF-")


def test_reports_are_complete_and_name_no_file():
    kept = ReportZip()
    for kind in ("html", "pdf"):
        file = BatchFile("Somebody Known.jpg", SAMPLE.read_bytes)
        row = Batch([file], RunSettings(reports=kind), keep_report=kept.keep).step().row
        assert row.report == f"{name_of(row.sha256)}.{kind}"
    with opened(kept) as archive:
        page, pdf = (archive.read(name) for name in archive.namelist())
    assert page.startswith(b"<!doctype html>")
    assert len(pypdfium2.PdfDocument(pdf)) >= 2
    assert b"Somebody" not in page + pdf
