"""The API reads in other processes: a reader that dies costs one answer, a client that leaves costs no reading."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import psutil
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

import sample_images as drawn
from ecgviz.processes import config, reading_apart
from ecgviz.service import report
from ecgviz.service.places import Places
from ecgviz.service.routes import Api, error_as_json, fault_as_json
from models.serving import ModelFileError
from preprocessing.errors import EcgImageError

WAIT_S = 60


@pytest.fixture
def sample():
    return drawn.samples()[0].path.read_bytes()


@pytest.fixture(autouse=True)
def one_reader(monkeypatch):
    """A pool of one reader, ended afterwards."""
    monkeypatch.setenv(config.VARIABLE, "1")
    reading_apart._page_readers.cache_clear()
    yield
    if reading_apart._page_readers.cache_info().currsize:
        reading_apart._page_readers()._pool.close()
    reading_apart._page_readers.cache_clear()
    psutil.wait_procs(readers(), timeout=WAIT_S)


def readers():
    found = []
    for one in psutil.Process().children():
        # One that has just ended has no command line.
        with suppress(psutil.NoSuchProcess):
            found += [one] if "reader.py" in " ".join(one.cmdline()) else []
    return found


def test_a_report_is_read_by_a_reader_to_the_contract(sample):
    answer = report.read_report(sample, Event(), with_models=False)
    assert answer.status_code == 200
    reading = json.loads(answer.body)
    assert (reading["file"], reading["status"], reading["models"]["ensemble"]) == ("upload", "read", None)
    assert all(lead["estimated_snr_db"] for lead in reading["leads"])
    assert len(readers()) == 1


def test_signals_are_written_from_what_a_reader_read(sample):
    answer = report.digitise_report(sample, Event(), "csv")
    assert (answer.status_code, answer.media_type) == (200, "text/csv")
    assert b"\ntime_s," in answer.body


def test_a_reader_that_is_killed_is_one_program_error_and_the_next_report_is_read(sample, monkeypatch):
    kept = reading_apart.read_study

    def killed(*given, **options):
        def kill(step):
            for one in readers() if step == "layout" else ():
                one.kill()

        return kept(*given, on_step=kill, **options)

    monkeypatch.setattr(report, "read_study", killed)
    answer = report.read_report(sample, Event(), with_models=False)
    assert answer.status_code == 500
    assert json.loads(answer.body)["refusal"]["code"] == "program_error"
    monkeypatch.setattr(report, "read_study", kept)
    assert report.read_report(sample, Event(), with_models=False).status_code == 200


@pytest.mark.parametrize("code", ["too_large", "too_complex"])
def test_a_reader_beyond_its_limits_is_a_refusal(monkeypatch, code):
    def refuses(*_, **__):
        raise EcgImageError(code, "Ended.")

    monkeypatch.setattr(report, "read_study", refuses)
    answer = report.digitise_report(b"1", Event(), "csv")
    assert (answer.status_code, json.loads(answer.body)["refusal"]["code"]) == (422, code)


def test_without_the_networks_files_reports_are_read_and_only_predictions_are_refused(monkeypatch):
    class Study:
        def __init__(self, with_models):
            self.with_models = with_models

    def reading(study):
        if study.with_models:
            raise ModelFileError("no weights file cnn.npz")
        return {"status": "read"}

    monkeypatch.setattr(report, "read_study", lambda *_, with_models, while_waiting: Study(with_models))
    monkeypatch.setattr(report, "reading_from", reading)
    client = TestClient(
        Starlette(routes=Api().routes(), exception_handlers={HTTPException: error_as_json, Exception: fault_as_json})
    )
    refused = client.post("/api/read", content=b"1")
    assert refused.status_code == 503
    assert "models=false" in refused.json()["error"]
    assert "cnn.npz" not in refused.text
    assert client.post("/api/read?models=false", content=b"1").json() == {"status": "read"}
    # The app beside it lives on.
    assert client.get("/api/health").status_code == 200


def test_nobody_reads_for_a_client_that_has_left(sample):
    left, before = Event(), readers()
    left.set()
    with pytest.raises(report.ClientLeftError):
        report.read_report(sample, left, with_models=False)
    assert readers() == before


def called(api, messages, *, until=None):
    """Call ``/api/read`` as a server does, with the messages of a connection; return what was sent."""
    sent = []

    async def receive():
        if messages:
            return messages.pop(0)
        # The connection stays open until the test lets it go.
        await asyncio.to_thread(until.wait, WAIT_S)
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    route = next(one for one in api.routes() if one.path == "/api/read")
    scope = {"type": "http", "method": "POST", "path": "/api/read", "headers": [], "query_string": b""}

    async def run():
        await asyncio.wait_for(route.app(scope, receive, send), WAIT_S)

    # In a thread of its own: browser journeys in the same process keep an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
    return sent


def test_a_connection_that_is_closed_during_a_reading_ends_it_and_frees_its_place(monkeypatch):
    begun, ended = Event(), Event()

    def reads(data, file, with_models, while_waiting):
        begun.set()
        try:
            for _ in range(WAIT_S * 10):
                while_waiting()
                threading.Event().wait(0.1)
        finally:
            ended.set()

    monkeypatch.setattr(report, "read_study", reads)
    api = Api(Places(at_once=1, most_waiting=0))
    sent = called(api, [{"type": "http.request", "body": b"1", "more_body": False}], until=begun)
    assert sent[0]["status"] == 499
    assert ended.wait(WAIT_S)
    assert api.places.taken == 0
    api.places.close()
