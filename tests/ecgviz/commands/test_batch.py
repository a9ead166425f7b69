"""``python -m ecgviz batch``: its files, its output and its exit codes."""

import csv
import json
import os
import zipfile

import pytest

from ecgviz.__main__ import main
from ecgviz.batch import report_files
from ecgviz.study import name_of, reading_of
from models.serving import predictor
from tests.quick_reading import FAULT, NO_ECG, SAMPLE, quick_study, report


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("ecgviz.batch.run.open_study", quick_study)
    monkeypatch.setitem(report_files.KINDS, "html", lambda study: b"<html>")
    monkeypatch.setitem(report_files.KINDS, "pdf", lambda study: b"%PDF")


@pytest.fixture
def folder(tmp_path):
    ward = tmp_path / "reports" / "ward"
    ward.mkdir(parents=True)
    for name, content in {"b.png": report(1), "ward/a.png": NO_ECG, "ward/c.png": report(1), "=d.png": b""}.items():
        (tmp_path / "reports" / name).write_bytes(content)
    (tmp_path / "reports" / "notes.txt").write_text("nothing")
    return tmp_path / "reports"


def run(capsys, *arguments):
    code = main(["batch", *map(str, arguments)])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else None, printed.err


def table_of(out):
    with (out / "table.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def lines_of(out):
    return [json.loads(line) for line in (out / "readings.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_folder_gives_readings_and_a_table_by_name(quick, capsys, folder, tmp_path):
    out = tmp_path / "new" / "out"
    code, printed, progress = run(capsys, folder, "--out", out)
    assert code == 0
    assert {name: printed[name] for name in ("files", "read", "refused", "duplicates")} == {
        "files": 5,
        "read": 2,
        "refused": 3,
        "duplicates": 1,
    }
    rows, lines = table_of(out), lines_of(out)
    assert [row["file"] for row in rows] == ["'=d.png", "b.png", "notes.txt", "ward/a.png", "ward/c.png"]
    assert [line["file"] for line in lines] == ["=d.png", "b.png", "notes.txt", "ward/a.png", "ward/c.png"]
    assert [row["number"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["refusal"] for row in rows] == ["empty_file", "", "not_a_picture", "not_an_ecg", ""]
    assert rows[4]["duplicate_of"] == "b.png"
    assert rows[1]["ensemble_label"] == "Normal"
    assert "2/5  b.png: read, no prediction" in progress
    assert len(progress.splitlines()) == 5


@pytest.mark.parametrize(("kind", "content"), [("html", b"<html>"), ("pdf", b"%PDF")])
def test_each_read_file_has_a_report_named_by_its_hash(quick, capsys, folder, tmp_path, kind, content):
    out = tmp_path / "out"
    printed = run(capsys, folder, "--out", out, "--reports", kind)[1]
    rows = table_of(out)
    (written,) = (out / "reports").iterdir()
    assert written.read_bytes() == content
    assert written.name == rows[1]["report"] == rows[4]["report"] == f"{name_of(rows[1]['sha256'])}.{kind}"
    assert [row["report"] for row in rows if row["status"] == "refused"] == ["", "", ""]
    assert printed["written"][-1] == str(out / "reports")


def test_without_reports_there_is_no_folder_of_them(quick, capsys, folder, tmp_path):
    printed = run(capsys, folder, "--out", tmp_path / "out", "--reports", "none")[1]
    assert len(printed["written"]) == 2
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"readings.jsonl", "table.csv"}


def test_a_zip_gives_the_same_as_its_folder(quick, capsys, folder, tmp_path):
    packed = tmp_path / "reports.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*.*"), reverse=True):
            archive.write(path, path.relative_to(folder))
    outs = tmp_path / "one", tmp_path / "two"
    for source, out in zip((folder, packed), outs, strict=True):
        assert run(capsys, source, "--out", out)[0] == 0
    first, second = (
        [{name: cell for name, cell in row.items() if name != "seconds"} for row in table_of(out)] for out in outs
    )
    assert first == second


def test_lines_are_what_read_prints(capsys, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "page.jpg").write_bytes(SAMPLE.read_bytes())
    assert run(capsys, source, "--out", out, "--reports", "none")[0] == 0
    (line,) = lines_of(out)
    expected = json.loads(json.dumps(reading_of(SAMPLE.read_bytes(), "page.jpg")))
    assert {**line, "seconds": None} == {**expected, "seconds": None}


def test_results_within_the_folder_are_not_read_the_next_time(quick, capsys, folder):
    for _ in range(2):
        assert run(capsys, folder, "--out", folder / "out")[1]["files"] == 5


def test_without_models_no_network_is_loaded(quick, capsys, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(predictor, "networks", None)
    assert run(capsys, folder, "--out", tmp_path / "out", "--no-models")[0] == 0
    assert {row["cnn_label"] for row in table_of(tmp_path / "out")} == {""}


def test_an_empty_folder_is_an_empty_table(capsys, tmp_path):
    (tmp_path / "in").mkdir()
    code, printed, _ = run(capsys, tmp_path / "in", "--out", tmp_path / "out")
    assert (code, printed["files"]) == (0, 0)
    assert table_of(tmp_path / "out") == []


def test_a_name_of_broken_bytes_does_not_end_the_batch(quick, capsys, folder, tmp_path):
    (folder / os.fsdecode(b"\xff.png")).write_bytes(report(9))
    assert run(capsys, folder, "--out", tmp_path / "out")[0] == 0
    assert lines_of(tmp_path / "out")[-1]["file"] == "\ufffd.png"


def test_a_program_error_shows_in_the_exit_code(quick, capsys, folder, tmp_path):
    (folder / "a.png").write_bytes(FAULT)
    code, printed, _ = run(capsys, folder, "--out", tmp_path / "out")
    assert (code, printed["files"], printed["read"]) == (1, 6, 2)


@pytest.mark.parametrize("content", [None, b"no zip"])
def test_a_source_that_cannot_be_opened_writes_nothing(capsys, tmp_path, content):
    source = tmp_path / "reports.zip"
    if content is not None:
        source.write_bytes(content)
    code, printed, error = run(capsys, source, "--out", tmp_path / "out")
    assert (code, printed) == (2, None)
    assert "reports.zip" in error
    assert not (tmp_path / "out").exists()


def test_an_unwritable_folder_is_reported(capsys, folder, tmp_path):
    (tmp_path / "taken").write_text("a file")
    code, printed, error = run(capsys, folder, "--out", tmp_path / "taken")
    assert (code, printed) == (2, None)
    assert "could not be written" in error


def test_help_names_the_files_written(capsys):
    with pytest.raises(SystemExit) as done:
        main(["batch", "--help"])
    assert done.value.code == 0
    assert "readings.jsonl" in capsys.readouterr().out
