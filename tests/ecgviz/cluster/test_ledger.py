"""The ledger of a batch: what is entered stands in the readings, once, whoever is killed."""

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from ecgviz.batch import RunSettings, fault
from ecgviz.cluster import open_ledger
from preprocessing.errors import EcgImageError

SETTINGS = RunSettings(networks=False)
ONE, TWO = "1" * 64, "2" * 64


def opened(folder, settings=SETTINGS):
    return open_ledger(folder, "readings.jsonl", settings)


def lines(folder):
    return [json.loads(line)["file"] for line in (folder / "readings.jsonl").read_text().splitlines()]


def test_what_is_entered_comes_back_with_its_place(tmp_path):
    done = fault("a.png", ONE)
    done = replace(done, row=replace(done.row, seconds=2.5, report="a.html"))
    with opened(tmp_path) as ledger:
        assert ledger.enter(done)
    with opened(tmp_path) as ledger:
        back = ledger.done(7, ledger.entry("a.png"))
    assert back.line == done.line
    assert back.row == replace(done.row, number=7)


def test_a_name_is_entered_once_unless_its_bytes_change(tmp_path):
    with opened(tmp_path) as ledger:
        assert ledger.enter(fault("a.png", ONE))
        assert not ledger.enter(fault("a.png", ONE))
        assert ledger.enter(fault("a.png", TWO))
        assert ledger.count() == 1
        assert ledger.entry("a.png").sha256 == TWO
    assert lines(tmp_path) == ["a.png", "a.png"]


def test_a_line_that_was_cut_off_is_removed_by_the_next_run(tmp_path):
    with opened(tmp_path) as ledger:
        ledger.enter(fault("a.png", ONE))
    with (tmp_path / "readings.jsonl").open("a") as readings:
        readings.write('{"file": "half')
    with opened(tmp_path) as ledger:
        ledger.enter(fault("b.png", TWO))
        assert ledger.done(2, ledger.entry("b.png")).row.file == "b.png"
    assert lines(tmp_path) == ["a.png", "b.png"]


def test_a_line_that_was_written_as_the_run_was_stopped_is_removed(tmp_path, monkeypatch):
    def stopped(descriptor):
        raise KeyboardInterrupt

    with opened(tmp_path) as ledger:
        ledger.enter(fault("a.png", ONE))
        monkeypatch.setattr(os, "fsync", stopped)
        with pytest.raises(KeyboardInterrupt):
            ledger.enter(fault("b.png", TWO))
        assert lines(tmp_path) == ["a.png", "b.png"]
    assert lines(tmp_path) == ["a.png"]


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(tmp_path) as ledger:
        ledger.enter(fault("a.png", ONE))
        with monkeypatch.context() as patch:
            # What was written by then stays in the file, without its entry.
            patch.setattr(os, "fsync", full)
            with pytest.raises(OSError, match="No space left"):
                ledger.enter(fault("b.png", TWO))
        assert ledger.entry("b.png") is None
    with opened(tmp_path) as ledger:
        assert ledger.enter(fault("b.png", TWO))
        assert ledger.count() == 2
    assert lines(tmp_path) == ["a.png", "b.png"]


def test_results_of_other_settings_are_refused(tmp_path):
    with opened(tmp_path):
        pass
    with pytest.raises(EcgImageError) as refusal, opened(tmp_path, replace(SETTINGS, sigma=2.0)):
        pass
    assert refusal.value.code == "batch_differs"


def test_a_file_that_is_no_ledger_is_refused(tmp_path):
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 200)
    with pytest.raises(EcgImageError) as refusal, opened(tmp_path):
        pass
    assert refusal.value.code == "ledger_unreadable"


def test_two_runs_share_a_folder_and_never_a_claim(tmp_path):
    with opened(tmp_path) as one, opened(tmp_path) as two:
        assert one.claim(ONE)
        assert one.claim(ONE)
        assert not two.claim(ONE)
        assert two.claim(TWO)
        one.enter(fault("a.png", ONE))
        two.enter(fault("b.png", TWO))
        one.enter(fault("c.png", TWO))
    assert lines(tmp_path) == ["a.png", "b.png", "c.png"]


def test_a_claim_of_a_run_that_was_killed_is_free(tmp_path):
    program = (
        "import os; from pathlib import Path\n"
        "from ecgviz.batch import RunSettings, fault\n"
        "from ecgviz.cluster import open_ledger\n"
        f"held = open_ledger(Path({str(tmp_path)!r}), 'readings.jsonl', RunSettings(networks=False))\n"
        "ledger = held.__enter__()\n"
        f"ledger.enter(fault('a.png', {ONE!r})); ledger.claim({TWO!r})\n"
        "os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], cwd=os.getcwd(), check=False)  # noqa: PTH109
    assert killed.returncode == -9
    with opened(tmp_path) as ledger:
        assert ledger.entry("a.png").sha256 == ONE
        assert ledger.claim(TWO)
