"""The HTTP API: reads, refuses, limits and protects, beside an app that is not started here."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import ecgviz.service.report as report
import ecgviz.service.routes as routes
import sample_images as drawn
from ecgviz.processes import ReaderBusyError
from ecgviz.service.config import SERVICE
from ecgviz.service.openapi import document
from ecgviz.service.places import Places
from ecgviz.service.protection import BearerToken, SecurityHeaders
from ecgviz.service.routes import Api, error_as_json, fault_as_json
from preprocessing.errors import EcgImageError


def app_of(api, token=""):
    return Starlette(
        routes=api.routes(),
        middleware=[Middleware(SecurityHeaders), Middleware(BearerToken, token=token)],
        exception_handlers={HTTPException: error_as_json, Exception: fault_as_json},
    )


def client_of(api=None, token=""):
    return TestClient(app_of(api or Api(), token), raise_server_exceptions=False)


def instead(monkeypatch, reading):
    """Let the API read by a function of a file's bytes and whether networks run, which returns a reading."""

    def read(data, file, with_models, while_waiting):
        assert file == report.UNNAMED
        return reading(data, with_models)

    monkeypatch.setattr(report, "read_study", read)
    monkeypatch.setattr(report, "reading_from", lambda study: study)


@pytest.fixture
def client(monkeypatch):
    """A client of an API whose reading takes no time and tells what it got."""
    instead(monkeypatch, lambda data, models: {"status": "read", "size": len(data), "models": models})
    return client_of()


def test_a_raw_body_and_a_form_bring_the_same_file(client):
    raw = client.post("/api/read", content=b"12345")
    form = client.post("/api/read", files={"file": ("patient's name.jpg", b"12345", "image/jpeg")})
    assert (raw.status_code, raw.json()) == (form.status_code, form.json())
    assert raw.json() == {"status": "read", "size": 5, "models": True}
    assert client.post("/api/read?models=false", content=b"1").json()["models"] is False


def test_a_sample_is_read_to_the_contract_without_a_name():
    sample = drawn.samples()[0].path.read_bytes()
    answer = client_of().post("/api/read?models=false", files={"file": ("Jane Doe.jpg", sample)})
    assert answer.status_code == 200
    assert answer.json()["schema"].startswith("ecgviz.reading/")
    assert "Jane" not in answer.text


def test_a_refused_file_is_an_answer_of_its_own():
    answer = client_of().post("/api/read", content=b"not an image")
    assert answer.status_code == 422
    assert answer.json()["refusal"]["code"] == "unsupported_format"
    refused = client_of().post("/api/digitise", content=b"not an image")
    assert (refused.status_code, refused.json()["status"]) == (422, "refused")


def test_signals_come_in_the_format_asked_for(monkeypatch):
    instead(monkeypatch, lambda data, models: None)
    csv = routes.SIGNAL_FORMATS["csv"]
    monkeypatch.setitem(routes.SIGNAL_FORMATS, "csv", type(csv)("CSV", "csv", "text/csv", lambda *_: b"time_s", ""))
    answer = client_of().post("/api/digitise", content=b"1")
    assert (answer.content, answer.headers["content-type"]) == (b"time_s", "text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == 'attachment; filename="ecg.csv"'


def test_a_picture_of_a_beat_goes_to_the_network_asked_for(monkeypatch):
    monkeypatch.setattr(routes, "picture_networks", lambda: ["first", "second"])
    monkeypatch.setattr(
        report,
        "called_apart",
        lambda function, data, network, while_waiting: (
            {"status": "read", "network": network} if data else {"status": "refused", "refusal": {"code": "empty_file"}}
        ),
    )
    client = client_of()
    assert client.post("/api/beat", content=b"1").json()["network"] == "first"
    assert client.post("/api/beat?network=second", files={"file": b"1"}).json()["network"] == "second"
    assert client.post("/api/beat", content=b"").status_code == 422
    unknown = client.post("/api/beat?network=third", content=b"1")
    assert (unknown.status_code, unknown.json()) == (400, {"error": "network must be one of first, second."})


def test_a_machine_that_is_too_busy_is_no_refusal_of_the_file(monkeypatch):
    def busy(*_):
        raise ReaderBusyError

    instead(monkeypatch, busy)
    answer = client_of().post("/api/read", content=b"1")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, str(SERVICE.retry_after_s))
    assert "too busy" in answer.json()["error"]


def test_without_beat_networks_the_api_says_so(monkeypatch):
    monkeypatch.setattr(routes, "picture_networks", list)
    answer = client_of().post("/api/beat", content=b"1")
    assert (answer.status_code, answer.json()) == (503, {"error": "This version ships no beat network."})


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        ("/api/read?models=maybe", {"content": b"1"}, 400),
        ("/api/digitise?format=exe", {"content": b"1"}, 400),
        ("/api/read", {"files": {"other": b"1"}}, 400),
        ("/api/read", {"content": b"--x", "headers": {"content-type": "multipart/form-data"}}, 400),
        ("/api/read", {"content": b"--x", "headers": {"content-type": "multipart/form-data; boundary=y"}}, 400),
        ("/api/read", {"content": b"1", "headers": {"content-length": "99999999999"}}, 413),
        ("/api/read", {"content": b"1", "headers": {"content-length": "-1"}}, 400),
    ],
)
def test_a_malformed_request_is_told_what_is_wrong(client, path, options, status):
    answer = client.post(path, **options)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"].endswith(".")


def test_a_body_without_a_length_is_not_read_beyond_the_limit(client):
    taken = []

    def parts():
        for _ in range(100):
            taken.append(1)
            yield b"x" * 2**20

    answer = client.post("/api/read", content=parts())
    assert answer.status_code == 413


def test_other_methods_and_addresses_are_refused_as_json(client):
    wrong = client.get("/api/read")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
    for answer in (wrong, client.get("/api/nothing"), client.post("/api/read/more", content=b"1")):
        assert answer.status_code in {404, 405}
        assert answer.json()["error"].endswith(".")


def test_a_program_error_tells_nothing_of_the_inside(monkeypatch):
    def broken(*_):
        raise RuntimeError("secret place")

    instead(monkeypatch, broken)
    answer = client_of().post("/api/read", content=b"1")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "log" in answer.json()["error"]


def test_an_error_of_reading_is_never_a_program_error(monkeypatch):
    def refuses(*_):
        raise EcgImageError("too_complex", "Too complex.")

    instead(monkeypatch, refuses)
    assert client_of().post("/api/digitise", content=b"1").status_code == 422


def test_requests_beyond_the_queue_are_told_when_to_come_back(monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow(data, models):
        begun.set()
        go_on.wait(30)
        return {"status": "read"}

    instead(monkeypatch, slow)
    api = Api(Places(at_once=1, most_waiting=0))
    with client_of(api) as client:
        answers = []
        first = threading.Thread(target=lambda: answers.append(client.post("/api/read", content=b"1")))
        first.start()
        assert begun.wait(30)
        refused = client.post("/api/read", content=b"1")
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == str(SERVICE.retry_after_s)
        assert client.get("/api/health").json()["queue"] == {"taken": 1, "places": 1}
        go_on.set()
        first.join()
        assert answers[0].status_code == 200
        assert client.post("/api/read", content=b"1").status_code == 200


def test_waiting_requests_are_read_in_their_order():
    done = []

    async def order():
        places = Places(at_once=1, most_waiting=5)
        await asyncio.gather(*(places.run(lambda number=number: done.append(number)) for number in range(6)))
        places.close()

    # In a thread of its own: browser journeys in the same process keep an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, order()).result()
    assert done == list(range(6))


def test_the_api_is_ready_once_the_networks_are_loaded():
    api = Api()
    client = client_of(api)
    assert client.get("/api/ready").status_code == 503
    api.ready.set()
    assert client.get("/api/ready").json() == {"ready": True}
    health = client.get("/api/health").json()
    assert health["version"]
    assert health["memory_bytes"] > 2**20
    assert health["weights"]


def test_a_token_guards_the_api_but_not_the_probes(monkeypatch):
    instead(monkeypatch, lambda *_: {"status": "read"})
    client = client_of(token="s3cret")
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "s3cret"}):
        answer = client.post("/api/read", content=b"1", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    assert client.post("/api/read", content=b"1", headers={"authorization": "Bearer s3cret"}).status_code == 200
    assert client.get("/api/health").status_code == client.get("/api/openapi.json").status_code == 200


@pytest.mark.parametrize("path", ["/api/health", "/api/nothing", "/elsewhere"])
def test_every_answer_carries_the_security_headers(path):
    headers = client_of().get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert ("cache-control" in headers) == path.startswith("/api/")


def test_openapi_describes_every_route_and_its_choices():
    described = json.loads(json.dumps(document()))
    unnamed = {"/api/openapi.json", "/api/{rest:path}"}
    assert set(described["paths"]) == {route.path for route in Api().routes()} - unnamed
    formats = described["paths"]["/api/digitise"]["post"]["parameters"][0]["schema"]["enum"]
    assert formats == list(routes.SIGNAL_FORMATS)
