"""Reading in other processes: the same study, in order, ended when nobody waits, and no harm to anything else."""

import os
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
import pytest

from ecgviz.batch import RunSettings
from ecgviz.processes import ReaderBusyError, called_apart, config, read_for_batch, read_study, reading_apart
from ecgviz.processes.pool import Readers
from ecgviz.study import STEPS, open_study
from preprocessing.errors import EcgImageError
from preprocessing.picture import decode
from preprocessing.side_by_side import THREADS_VARIABLE, threads

SAMPLE = Path(__file__).resolve().parents[3] / "sample_images" / "gallery" / "edan_normal.jpg"
NOTHING = lambda *values: None  # noqa: E731


@pytest.fixture(autouse=True)
def apart(monkeypatch):
    monkeypatch.setenv(config.VARIABLE, "1")


@pytest.fixture(scope="module", autouse=True)
def one_pool():
    yield
    for readers in (reading_apart._page_readers, reading_apart._batch_readers):
        if readers.cache_info().currsize:
            readers()._pool.close()
        readers.cache_clear()


def children():
    found = []
    for one in psutil.Process().children():
        # One that has just ended has no command line.
        with suppress(psutil.NoSuchProcess):
            found += [one] if "reader.py" in " ".join(one.cmdline()) else []
    return found


def test_a_study_from_a_reader_is_the_study_of_this_process():
    data = SAMPLE.read_bytes()
    steps, images = [], []
    own = open_study(data, "a.jpg")
    study = read_study(data, "a.jpg", "standard", None, steps.append, images.append)
    assert list(dict.fromkeys(steps)) == list(STEPS)
    np.testing.assert_array_equal(images[0], own.image.rgb)
    assert (study.file, study.layout.name, study.image.sha256) == ("a.jpg", own.layout.name, own.image.sha256)
    for read, expected in zip(study.traces, own.traces, strict=True):
        np.testing.assert_array_equal(read.mv, expected.mv)
    assert study.measurements.heart_rate_bpm == own.measurements.heart_rate_bpm
    assert study.stages.keys() == own.stages.keys()
    assert len(children()) == 1
    # Computed there, once, and sent along.
    assert {"lead_snr_db", "printed", "trust"} <= set(vars(study))
    np.testing.assert_allclose(study.lead_snr_db, own.lead_snr_db, atol=1e-4)
    assert study.trust == own.trust


def test_a_study_is_read_without_its_networks_where_none_are_wanted():
    assert read_study(SAMPLE.read_bytes(), "a.jpg", with_models=False).prediction is None


def test_what_waits_for_its_first_step_can_leave_too():
    class LeftError(Exception):
        pass

    def leave():
        raise LeftError

    # Starting a reader takes longer than the time between two looks.
    for one in children():
        one.kill()
        one.wait(10)
    with pytest.raises(LeftError):
        read_study(SAMPLE.read_bytes(), "a.jpg", while_waiting=leave)


def test_a_refusal_is_the_same_refusal():
    with pytest.raises(EcgImageError) as refusal:
        read_study(b"no image", "a.png", "standard", None, NOTHING, NOTHING)
    assert refusal.value.code == "unsupported_format"


def test_a_reader_that_is_killed_is_a_message_and_the_next_report_is_read():
    data = SAMPLE.read_bytes()

    def kill(step):
        for one in children() if step == "layout" else ():
            one.kill()

    with pytest.raises(EcgImageError) as refusal:
        read_study(data, "a.jpg", "standard", None, kill, NOTHING)
    assert refusal.value.code == "program_error"
    assert read_study(data, "a.jpg", "standard", None, NOTHING, NOTHING).layout.name == "3x4+1"


def test_what_leaves_while_it_waits_ends_its_reading():
    class LeftError(Exception):
        pass

    def leave(step):
        if step == "page":
            raise LeftError

    with pytest.raises(LeftError):
        read_study(SAMPLE.read_bytes(), "a.jpg", "standard", None, leave, NOTHING)
    until = time.monotonic() + 10
    while children() and time.monotonic() < until:
        time.sleep(0.05)
    assert not children()


@pytest.mark.parametrize(
    ("limits", "code"),
    [((60.0, 60.0, 20), "too_large"), ((0.1, 60.0, 2000), "too_complex"), ((60.0, 0.3, 2000), "program_error")],
)
def test_a_reader_beyond_its_limits_is_ended(limits, code):
    readers = Readers(config.PoolConfig(1, *limits, 2000, 10, 0))
    request = pickle.dumps(("study", (SAMPLE.read_bytes(), "a.jpg", "standard", None, True, False)))
    with pytest.raises(EcgImageError) as refusal:
        readers.run(request, NOTHING, NOTHING)
    assert refusal.value.code == code
    # On a starved machine the file is not at fault.
    assert isinstance(refusal.value, ReaderBusyError) == (code == "program_error")


def test_a_function_is_called_in_a_reader():
    assert called_apart(os.getpid) != os.getpid()
    assert len(children()) == 1
    with pytest.raises(EcgImageError) as refusal:
        called_apart(decode, b"")
    assert refusal.value.code == "empty_file"


def test_a_reading_alone_has_two_threads_and_one_beside_another_has_one(monkeypatch):
    monkeypatch.delenv(THREADS_VARIABLE, raising=False)
    readers, started = Readers(config.PoolConfig(2, 60.0, 60.0, 2000, 2000, 10, 0)), threading.Event()
    counting, waiting = pickle.dumps(("call", (threads,))), pickle.dumps(("call", (time.sleep, 60)))
    assert readers.run(counting, NOTHING, NOTHING) == 2

    def wait():
        started.set()
        if answer:
            raise InterruptedError

    answer = []
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(readers.run, waiting, NOTHING, wait)
        started.wait(60)
        answer.append(readers.run(counting, NOTHING, NOTHING))
        assert isinstance(other.exception(60), InterruptedError)
    assert answer == [1]
    assert readers.run(counting, NOTHING, NOTHING) == 2
    readers._pool.close()


def test_products_of_a_reader_run_on_one_thread(monkeypatch):
    for one in children():
        one.kill()
        one.wait(10)
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert called_apart(os.getenv, "OPENBLAS_NUM_THREADS") == "1"


def test_a_file_of_a_batch_has_its_row_from_a_reader():
    settings = RunSettings(networks=False, reports="html")
    result = read_for_batch(SAMPLE.read_bytes(), "a.jpg", settings, True)
    assert result.done.row.layout == "3x4+1"
    assert result.report[1].startswith(b"<!doctype html>")
    assert result.done.thumbnail
    assert read_for_batch(b"", "b.png", settings, False).done.row.refusal == "empty_file"


def test_a_batch_reader_that_ends_is_a_row(monkeypatch):
    def ended(request, on_message, while_waiting):
        raise EcgImageError("program_error", "It ended.")

    monkeypatch.setattr(reading_apart._batch_readers(), "run", ended)
    row = read_for_batch(b"\x89PNG", "a.png", RunSettings(networks=False), False).done.row
    assert (row.refusal, len(row.sha256)) == ("program_error", 64)


def test_without_readers_the_app_reads_by_itself(monkeypatch):
    monkeypatch.setenv(config.VARIABLE, "0")
    before = len(children())
    assert read_study(SAMPLE.read_bytes(), "a.jpg", "standard", None, NOTHING, NOTHING).file == "a.jpg"
    assert len(children()) == before
