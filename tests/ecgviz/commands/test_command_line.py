"""The command ``read``: the JSON contract and the exit codes."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import sample_images as drawn
from ecgviz.__main__ import main
from models.classes import CLASSES
from models.networks import ENSEMBLE, MODEL_KEYS, PAPER_NETWORKS, PICTURE_NETWORKS
from preprocessing.picture import MAX_BYTES

SAMPLES = {sample.name: sample for sample in drawn.samples()}
KEYS = {
    "schema",
    "file",
    "sha256",
    "status",
    "trust",
    "warnings",
    "page",
    "layout",
    "leads",
    "models",
    "findings",
    "measurements",
    "checks",
    "settings",
    "seconds",
}


def run(capsys, *arguments):
    code = main(["read", *map(str, arguments)])
    out = capsys.readouterr().out
    return code, [json.loads(line) for line in out.splitlines()]


def test_a_report_is_read_with_every_key_of_the_contract(capsys):
    path = SAMPLES["edan_normal"].path
    code, (reading,) = run(capsys, path)
    assert code == 0
    assert set(reading) == KEYS
    assert reading["schema"] == "ecgviz.reading/2"
    assert reading["status"] == "read"
    assert reading["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert reading["page"]["scale_from"] == "grid"
    assert set(reading["layout"]) == {"name", "order", "confidence", "probability"}
    assert (reading["layout"]["name"], reading["layout"]["order"]) == ("3x4+1", "standard")
    assert 0.85 < reading["layout"]["confidence"] <= 1
    assert 0.95 < reading["layout"]["probability"] <= 1
    assert [lead["role"] for lead in reading["leads"]] == ["12-lead"] * 12 + ["rhythm"]
    for lead in reading["leads"]:
        (left, top), (right, top_right), (right_below, bottom), (left_below, bottom_left) = lead["quad"]
        assert left < right
        assert top < bottom
        assert (left, right, top, bottom) == (left_below, right_below, top_right, bottom_left)


def test_a_photographs_quads_lie_in_the_photograph(capsys):
    sample = SAMPLES["photo_folded"]
    truth = json.loads(sample.path.with_suffix(".json").read_text())
    _, (reading,) = run(capsys, sample.path)
    assert (reading["page"]["width"], reading["page"]["height"]) == (truth["width"], truth["height"])
    assert reading["page"]["laid_flat"]
    assert {warning["code"] for warning in reading["warnings"]} <= {"columns_assumed"}
    drawn_quads = {(lead["lead"], lead["role"]): np.array(lead["quad"]) for lead in truth["leads"]}
    for lead in reading["leads"]:
        ours, true = np.array(lead["quad"]), drawn_quads[lead["lead"], lead["role"]]
        # Along time to a small part of the lead; across it boxes end halfway between rows, wherever that is drawn.
        width = true[1, 0] - true[0, 0]
        assert np.abs(ours[:, 0] - true[:, 0]).max() < 0.06 * width, lead["lead"]
        assert abs(ours[:, 1].mean() - true[:, 1].mean()) < 0.2 * (true[3, 1] - true[0, 1]), lead["lead"]


def test_cabreras_order_is_given_beside_the_layout(capsys):
    _, (reading,) = run(capsys, SAMPLES["rbbb_cabrera"].path)
    assert (reading["layout"]["name"], reading["layout"]["order"]) == ("6x2", "cabrera")
    assert "-aVR" in {lead["lead"] for lead in reading["leads"]}


def test_without_models_their_keys_are_null(capsys):
    _, (reading,) = run(capsys, "--no-models", SAMPLES["edan_normal"].path)
    assert set(reading["models"]) == set(MODEL_KEYS)
    assert not any(reading["models"].values())
    assert not any(lead["probabilities"] for lead in reading["leads"])
    assert reading["seconds"]["models"] is None


def test_probabilities_are_given_for_the_report_and_each_lead(capsys):
    _, (reading,) = run(capsys, SAMPLES["edan_normal"].path)
    for verdict in filter(None, reading["models"].values()):
        assert sum(verdict["probabilities"]) == pytest.approx(1, abs=1e-3)
        assert verdict["confidence"] == max(verdict["probabilities"])
        assert CLASSES.index(verdict["label"]) == np.argmax(verdict["probabilities"])
    for lead in reading["leads"]:
        assert set(lead["probabilities"]) == set(MODEL_KEYS) - {ENSEMBLE}
    assert reading["seconds"]["models"] >= 0
    assert reading["seconds"]["decode"] > 0


def test_measurements_are_whole_numbers_with_their_basis(capsys):
    _, (reading,) = run(capsys, SAMPLES["edan_normal"].path)
    assert {check["law"] for check in reading["checks"]} >= {"II = I + III", "aVR + aVL + aVF = 0"}
    measured = reading["measurements"]
    assert measured["heart_rate_bpm"] == pytest.approx(70, abs=3)
    assert {"pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg"} < set(measured)
    assert {type(measured[name]) for name in ("pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg")} == {int}
    assert measured["rhythm"] == "regular"
    assert measured["reasons"] == {}
    assert set(measured["rests_on"]) == set(measured) - {"reasons", "rests_on", "rr_ms"}
    assert {lead["quality"] > 0.9 for lead in reading["leads"]} == {True}
    assert reading["seconds"]["trace"] > reading["seconds"]["measure"] > 0


def test_refusals_are_printed_in_the_order_of_the_files(capsys, tmp_path):
    text = tmp_path / "page.png"
    text.write_text("This is no picture.")
    empty = tmp_path / "empty.jpg"
    empty.touch()
    code, readings = run(capsys, text, SAMPLES["edan_normal"].path, empty, SAMPLES["document"].path)
    assert code == 0
    assert [reading["status"] for reading in readings] == ["refused", "read", "refused", "refused"]
    codes = [reading["refusal"]["code"] for reading in readings if reading["status"] == "refused"]
    assert codes == ["unsupported_format", "empty_file", "not_an_ecg"]
    assert readings[0]["leads"] is None


def test_an_oversized_file_is_refused_without_a_hash(capsys, tmp_path):
    large = tmp_path / "large.png"
    with large.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    _, (reading,) = run(capsys, large)
    assert reading["refusal"]["code"] == "too_large"
    assert reading["sha256"] is None


def test_readings_are_written_to_a_file(capsys, tmp_path):
    out = tmp_path / "readings.jsonl"
    code, printed = run(capsys, SAMPLES["edan_normal"].path, "--jsonl", out)
    assert code == 0
    assert printed == []
    assert json.loads(out.read_text())["status"] == "read"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is full")
def test_readings_on_a_full_disk_are_a_message(capsys, tmp_path):
    code = main(["read", "--no-models", str(tmp_path / "missing.png"), "--jsonl", "/dev/full"])
    assert code == 2
    assert "/dev/full could not be written: No space left on device." in capsys.readouterr().err


def test_a_file_that_cannot_be_opened_is_refused_and_sets_the_exit_code(capsys, tmp_path):
    code, readings = run(capsys, tmp_path / "missing.png", SAMPLES["edan_normal"].path)
    assert code == 2
    assert [reading["status"] for reading in readings] == ["refused", "read"]
    assert readings[0]["refusal"]["code"] == "unreadable_file"


def test_help_names_the_command(capsys):
    with pytest.raises(SystemExit) as done:
        main(["--help"])
    assert done.value.code == 0
    assert "read" in capsys.readouterr().out


def test_the_settings_of_the_stages_are_taken_and_given_back(capsys):
    path = SAMPLES["edan_normal"].path
    _, (usual,) = run(capsys, "--no-models", path)
    _, (changed,) = run(capsys, "--no-models", "--sigma", "2.5", "--threshold-shift", "-0.1", path)
    assert usual["settings"] == {"sigma": 1.0, "threshold_shift": 0.0}
    assert changed["settings"] == {"sigma": 2.5, "threshold_shift": -0.1}


@pytest.mark.parametrize("wrong", [("--sigma", "7"), ("--sigma", "thick"), ("--threshold-shift", "2")])
def test_settings_out_of_range_are_refused_by_their_name(capsys, wrong):
    with pytest.raises(SystemExit) as ended:
        main(["read", *wrong, "page.jpg"])
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_other_settings_change_what_networks_over_pictures_predict_and_no_other(capsys):
    path = SAMPLES["edan_normal"].path
    _, (usual,) = run(capsys, path)
    _, (changed,) = run(capsys, "--sigma", "5", path)
    moved = {name for name in MODEL_KEYS if usual["models"][name] != changed["models"][name]}
    assert moved == {*PAPER_NETWORKS, *PICTURE_NETWORKS}
    assert usual["measurements"] == changed["measurements"]
