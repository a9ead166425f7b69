"""The command ``report``: what it writes, what it says, and its exit codes."""

import json

import pytest

from ecgviz.__main__ import main
from sample_images import samples

SAMPLES = {sample.name: sample for sample in samples()}


def run(capsys, *arguments):
    code = main(["report", *map(str, arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_both_files_are_written_and_said(capsys, tmp_path):
    pdf, page = tmp_path / "deeper" / "report.pdf", tmp_path / "report.html"
    code, out, _ = run(capsys, SAMPLES["edan_normal"].path, "--pdf", pdf, "--html", page)
    assert code == 0
    said = json.loads(out)
    assert said["status"] == "read"
    assert said["written"] == [str(pdf), str(page)]
    assert pdf.read_bytes().startswith(b"%PDF-")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert said["sha256"] in text
    assert "Normal, 60% sure" in text or "No answer" in text


def test_the_header_is_hidden_unless_it_is_asked_for(capsys, tmp_path):
    hidden, shown = tmp_path / "hidden.html", tmp_path / "shown.html"
    run(capsys, SAMPLES["edan_normal"].path, "--html", hidden, "--no-models")
    run(capsys, SAMPLES["edan_normal"].path, "--html", shown, "--no-models", "--show-header")
    assert "Header and margins are hidden" in hidden.read_text()
    assert "Header and margins are hidden" not in shown.read_text()
    assert "The networks were not asked" in hidden.read_text()


def test_a_refusal_is_said_and_nothing_is_written(capsys, tmp_path):
    pdf = tmp_path / "report.pdf"
    code, out, _ = run(capsys, SAMPLES["document"].path, "--pdf", pdf)
    assert code == 0
    assert json.loads(out)["refusal"]["code"] == "not_an_ecg"
    assert not pdf.exists()


@pytest.mark.parametrize("arguments", [(), ("--pdf", "{folder}")])
def test_what_cannot_be_done_exits_with_2(capsys, tmp_path, arguments):
    asked = [one.format(folder=tmp_path) for one in arguments]
    code, out, err = run(capsys, SAMPLES["edan_normal"].path, "--no-models", *asked)
    assert code == 2
    assert not out
    assert err
    assert run(capsys, tmp_path / "nothing.png", "--pdf", tmp_path / "report.pdf")[0] == 2
