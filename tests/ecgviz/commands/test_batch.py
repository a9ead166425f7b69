"""``python -m ecgviz batch``: its files, its output and its exit codes."""

import csv
import hashlib
import json
import os
import zipfile

import pandas as pd
import pytest

from ecgviz.__main__ import main
from ecgviz.batch import report_files
from ecgviz.predictions import NAMES
from ecgviz.study import name_of, reading_of
from models.networks import MODEL_KEYS
from models.serving import predictor
from tests.quick_reading import FAULT, NO_ECG, SAMPLE, quick_study, report


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("ecgviz.batch.reading.open_study", quick_study)
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
    names = {"readings.jsonl", "table.csv", "leads.csv", "table.parquet", "run.json"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert {path.rpartition("/")[2] for path in printed["written"]} == names


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
    assert {row["trace_cnn_label"] for row in table_of(tmp_path / "out")} == {""}


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


def labels_in(tmp_path, text):
    path = tmp_path / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return path


LABELS = "file,label\nb.png,Normal\nward/c.png,Normal\nward/a.png,History of MI\n"


def test_labels_stand_in_the_table_and_give_scores_of_distinct_reports(quick, capsys, folder, tmp_path):
    (folder / "e.png").write_bytes(report(2))
    table = labels_in(tmp_path, LABELS + "e.png,Abnormal heartbeat\n")
    code, printed, _ = run(capsys, folder, "--out", tmp_path / "out", "--reports", "none", "--labels", table)
    # Of four labelled files one is refused and one a copy.
    assert (code, printed["labelled"]) == (0, 2)
    assert {row["file"]: row["label"] for row in table_of(tmp_path / "out")}["ward/a.png"] == "History of MI"
    scores = pd.read_csv(tmp_path / "out" / "evaluation" / "scores.csv")
    combined = scores[(scores["model"] == NAMES["ensemble"]) & (scores["score"] == "Accuracy")]
    assert combined.loc[combined["part"] == "All reports", ["n", "value"]].values.tolist() == [[2, 0.5]]
    assert {"Layout 3x4+1", "Trust good"} <= set(combined["part"])
    mcnemar = pd.read_csv(tmp_path / "out" / "evaluation" / "mcnemar.csv")
    assert len(mcnemar) == len(MODEL_KEYS) * (len(MODEL_KEYS) - 1) / 2
    for name in ("classes", "confusion", "reliability", "risk_coverage", "differences"):
        assert len(pd.read_csv(tmp_path / "out" / "evaluation" / f"{name}.csv"))


def test_without_models_labels_are_counted_and_nothing_is_scored(quick, capsys, folder, tmp_path):
    table = labels_in(tmp_path, LABELS)
    code, printed, _ = run(capsys, folder, "--out", tmp_path / "out", "--no-models", "--labels", table)
    # Of three labelled files one is refused and one a copy.
    assert (code, printed["labelled"]) == (0, 1)
    assert {row["file"]: row["label"] for row in table_of(tmp_path / "out")}["b.png"] == "Normal"
    assert not (tmp_path / "out" / "evaluation").exists()


def test_labels_by_hash_label_every_copy(quick, capsys, folder, tmp_path):
    sha256 = hashlib.sha256(report(1)).hexdigest()
    table = labels_in(tmp_path, f"sha256,label\n{sha256},Normal\n")
    assert run(capsys, folder, "--out", tmp_path / "out", "--reports", "none", "--labels", table)[0] == 0
    assert [row["label"] for row in table_of(tmp_path / "out")] == ["", "Normal", "", "", "Normal"]


def test_names_of_folders_are_labels(quick, capsys, tmp_path):
    for name, number in (("Normal", 1), ("History of MI", 2)):
        (tmp_path / "set" / name).mkdir(parents=True)
        (tmp_path / "set" / name / "a.png").write_bytes(report(number))
    printed = run(capsys, tmp_path / "set", "--out", tmp_path / "out", "--reports", "none", "--label-folders")[1]
    assert printed["labelled"] == 2
    assert [row["label"] for row in table_of(tmp_path / "out")] == ["History of MI", "Normal"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,label\nb.png,STEMI\n", "'STEMI', which is no class"),
        ("file,label\nb.png,Normal\nb.png,Normal\n", "a second time"),
        ("file,label\nz.png,Normal\n", "fits no file here: 'z.png'"),
        ("file,label\nb.png,Normal\nward/c.png,History of MI\n", "are the same file"),
    ],
)
def test_faulty_labels_are_refused_before_anything_is_read(quick, capsys, folder, tmp_path, text, words):
    code, printed, error = run(capsys, folder, "--out", tmp_path / "out", "--labels", labels_in(tmp_path, text))
    assert (code, printed) == (2, None)
    assert words in error
    assert error.startswith(str(tmp_path / "labels.csv"))
    assert not (tmp_path / "out").exists()


def test_a_missing_table_of_labels_is_named(capsys, folder, tmp_path):
    code, _, error = run(capsys, folder, "--out", tmp_path / "out", "--labels", tmp_path / "none.csv")
    assert code == 2
    assert "none.csv could not be opened" in error


def test_a_run_is_repeated_with_its_settings_and_labels(quick, capsys, folder, tmp_path):
    first = ["--out", tmp_path / "one", "--reports", "pdf", "--signals", "csv", "--sigma", "2"]
    run(capsys, folder, *first, "--labels", labels_in(tmp_path, LABELS))
    code, printed, _ = run(capsys, folder, "--out", tmp_path / "two", "--run", tmp_path / "one" / "run.json")
    assert code == 0
    assert printed["run"] == {"same": 3, "different": [], "missing": [], "added": [], "versions": []}
    assert lines_of(tmp_path / "two")[1]["settings"]["sigma"] == 2
    for name in ("run.json", "evaluation/scores.csv"):
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
    assert [path.suffix for path in (tmp_path / "two" / "reports").iterdir()] == [".pdf"]
    assert [path.suffix for path in (tmp_path / "two" / "signals").iterdir()] == [".csv"]


def test_a_reading_that_differs_from_the_run_shows_in_the_exit_code(quick, capsys, folder, tmp_path):
    run(capsys, folder, "--out", tmp_path / "one", "--reports", "none")
    path = tmp_path / "one" / "run.json"
    before = json.loads(path.read_text())
    sha256 = before["files"][1]["sha256"]
    for file in before["files"]:
        file["reading"] = "0" * 64 if file["sha256"] == sha256 else file["reading"]
    before["ecgviz"] = "0.0.1"
    path.write_text(json.dumps(before))
    code, printed, _ = run(capsys, folder, "--out", tmp_path / "two", "--run", path)
    assert code == 1
    assert (printed["run"]["same"], printed["run"]["different"]) == (2, [sha256])
    assert printed["run"]["versions"][0].startswith("ecgviz was 0.0.1")


def test_a_run_leaves_no_room_for_options_and_must_be_one(quick, capsys, folder, tmp_path):
    run(capsys, folder, "--out", tmp_path / "one", "--reports", "none")
    path = tmp_path / "one" / "run.json"
    code, _, error = run(capsys, folder, "--out", tmp_path / "two", "--run", path, "--no-models")
    assert code == 2
    assert "leave out" in error
    code, _, error = run(capsys, folder, "--out", tmp_path / "two", "--run", tmp_path / "one" / "table.csv")
    assert code == 2
    assert "no run file" in error


def test_the_table_is_also_parquet_and_every_lead_has_a_row(quick, capsys, folder, tmp_path):
    run(capsys, folder, "--out", tmp_path / "out", "--reports", "none")
    table = pd.read_parquet(tmp_path / "out" / "table.parquet")
    assert table["file"].tolist() == ["=d.png", "b.png", "notes.txt", "ward/a.png", "ward/c.png"]
    leads = pd.read_csv(tmp_path / "out" / "leads.csv")
    assert leads.groupby("file").size().to_dict() == {"b.png": 13, "ward/c.png": 13}
