"""The command ``report``: its files, its output and its exit codes."""

import json

import pytest

from ecgviz.__main__ import main
from sample_images import samples

SAMPLES = {sample.name: sample for sample in samples()}


def run(capsys, *arguments):
    code = main(["report", *map(str, arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_both_files_are_written_and_listed(capsys, tmp_path):
    pdf, page = tmp_path / "deeper" / "report.pdf", tmp_path / "report.html"
    code, out, _ = run(capsys, SAMPLES["edan_normal"].path, "--pdf", pdf, "--html", page)
    assert code == 0
    printed = json.loads(out)
    assert printed["status"] == "read"
    assert printed["written"] == [str(pdf), str(page)]
    assert pdf.read_bytes().startswith(b"%PDF-")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert printed["sha256"] in text
    assert "No prediction: the networks are unsure" in text


def test_the_header_is_hidden_by_default(capsys, tmp_path):
    hidden, shown = tmp_path / "hidden.html", tmp_path / "shown.html"
    run(capsys, SAMPLES["edan_normal"].path, "--html", hidden, "--no-models")
    run(capsys, SAMPLES["edan_normal"].path, "--html", shown, "--no-models", "--show-header")
    assert "Header and margins are hidden" in hidden.read_text()
    assert "Header and margins are hidden" not in shown.read_text()
    assert "The networks were not run" in hidden.read_text()


def test_a_refused_file_writes_nothing(capsys, tmp_path):
    pdf = tmp_path / "report.pdf"
    code, out, _ = run(capsys, SAMPLES["document"].path, "--pdf", pdf)
    assert code == 0
    assert json.loads(out)["refusal"]["code"] == "not_an_ecg"
    assert not pdf.exists()


@pytest.mark.parametrize("arguments", [(), ("--pdf", "{folder}")])
def test_an_impossible_request_exits_with_2(capsys, tmp_path, arguments):
    filled = [one.format(folder=tmp_path) for one in arguments]
    code, out, err = run(capsys, SAMPLES["edan_normal"].path, "--no-models", *filled)
    assert code == 2
    assert not out
    assert err
    assert run(capsys, tmp_path / "nothing.png", "--pdf", tmp_path / "report.pdf")[0] == 2
