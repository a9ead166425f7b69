"""``python -m ecgviz batch --workers``: goes on after any stop, and two commands share the work."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.slow

WAIT_S = 180
ROOT = Path(__file__).resolve().parents[3]
GALLERY = ROOT / "sample_images" / "gallery"
NAMES = ("edan_normal.jpg", "edan_af.jpg", "edan_lbbb.jpg", "edan_old_anterior.jpg", "document.png")


def source_of(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(GALLERY / name, folder)
    shutil.copy(GALLERY / NAMES[0], folder / "copy.jpg")
    return folder


def started(folder, out, *more):
    command = [sys.executable, "-m", "ecgviz", "batch", str(folder), "--out", str(out), "--reports", "none",
               "--no-models", *more]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )  # fmt: skip


def hears_ctrl_c():
    """Undo what a shell hands down to what it runs in the background, tests among it: that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def lines(out):
    path = out / "readings.jsonl"
    return [json.loads(line)["file"] for line in path.read_text().splitlines()] if path.exists() else []


def until_a_line(out):
    until = time.monotonic() + WAIT_S
    while not lines(out):
        assert time.monotonic() < until
        time.sleep(0.2)


def test_a_batch_that_was_killed_goes_on_and_gives_what_one_process_gives(tmp_path):
    folder, out = source_of(tmp_path), tmp_path / "out"
    killed = started(folder, out, "--workers", "1")
    until_a_line(out)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=2 * WAIT_S)
    before = lines(out)
    printed, progress = started(folder, out, "--workers", "1").communicate(timeout=2 * WAIT_S)
    counts = json.loads(printed)
    assert {name: counts[name] for name in ("files", "read", "refused", "duplicates")} == {
        "files": 6, "read": 5, "refused": 1, "duplicates": 1}  # fmt: skip
    assert sorted(lines(out)) == sorted([*NAMES, "copy.jpg"])
    assert lines(out)[: len(before)] == before
    assert len(progress.splitlines()) == 6 - len(before)
    alone, _ = started(folder, tmp_path / "alone").communicate(timeout=2 * WAIT_S)
    assert json.loads(alone)["files"] == 6
    tables = [
        pd.read_csv(place / "table.csv").drop(columns=["seconds", "duplicate_of"])
        for place in (out, tmp_path / "alone")
    ]
    pd.testing.assert_frame_equal(*tables)


def test_two_commands_share_a_list_and_do_no_file_twice(tmp_path):
    folder, out = source_of(tmp_path), tmp_path / "out"
    listed = tmp_path / "files.txt"
    listed.write_text("".join(f"reports/{path.name}\n" for path in sorted(folder.iterdir())))
    both = [started(listed, out, "--workers", "1") for _ in range(2)]
    results = [one.communicate(timeout=2 * WAIT_S) for one in both]
    assert [json.loads(printed)["files"] for printed, _ in results] == [6, 6]
    assert len(lines(out)) == len(set(lines(out))) == 6
    done = [line.split("  ")[1].split(":")[0] for _, progress in results for line in progress.splitlines()]
    assert sorted(done) == sorted(lines(out))


def test_ctrl_c_keeps_what_is_done(tmp_path):
    folder, out = source_of(tmp_path), tmp_path / "out"
    for number in range(30):
        # Other bytes after the end of the picture: another file, of which enough are left when the first is read.
        (folder / f"more_{number}.jpg").write_bytes((folder / NAMES[0]).read_bytes() + bytes([number]))
    stopped = started(folder, out, "--workers", "1")
    until_a_line(out)
    stopped.send_signal(signal.SIGINT)
    printed, progress = stopped.communicate(timeout=2 * WAIT_S)
    assert stopped.returncode == 130
    assert "run the same command again" in progress
    assert json.loads(printed)["files"] == len(lines(out)) == len(pd.read_csv(out / "table.csv"))


def test_a_scheduler_without_tls_is_refused(tmp_path):
    refused = started(source_of(tmp_path), tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    printed, error = refused.communicate(timeout=2 * WAIT_S)
    assert (refused.returncode, printed) == (2, "")
    assert "--plain" in error
