"""The served process: the app and the API on one port, and a stop that lets a reading answer."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx2
import psutil
import pytest

import sample_images as drawn
from ecgviz.__main__ import parser

ROOT = Path(__file__).resolve().parents[3]
WAIT_S = 120
# Without the networks, which take long to load, and with a reading that waits for the test, or for its client to leave.
SLOW = """
import time
import ecgviz.service.report as report

def slow(data, file, with_models, while_waiting):
    print("begun", flush=True)
    for _ in range(30 if len(data) > 1 else 1200):
        time.sleep(0.1)
        while_waiting()
    return {"status": "read", "size": len(data)}

report.read_study = slow
report.reading_from = lambda study: study
"""
# Below a path, and under one name.
BELOW = """
import os
os.environ["STREAMLIT_SERVER_BASE_URL_PATH"] = "ecg"
os.environ["STREAMLIT_SERVER_ALLOWED_HOSTS"] = "ecg.example.org"
"""
SERVE = """
import sys
import uvicorn
from ecgviz.service import application

uvicorn.run(application(warm=lambda: None), port=int(sys.argv[1]), access_log=False, timeout_graceful_shutdown=60)
"""


@pytest.fixture
def served(request):
    """A running server and its address; it runs the program given as parameter first."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", request.param + SERVE, str(port)],
        cwd=ROOT,
        env=os.environ | {"ECGVIZ_TOKEN": "s3cret", "PYTHONPATH": str(ROOT), "ECGVIZ_READERS": "1"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                if httpx2.get(f"{address}/api/ready").status_code == 200:
                    break
            except httpx2.TransportError:
                assert server.poll() is None
            time.sleep(0.2)
        yield server, address
    finally:
        # Its readers end with their input.
        server.kill()
        server.wait()
        server.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize("served", [SLOW], indirect=True)
@pytest.mark.skipif(os.name != "posix", reason="the system has no SIGTERM")
def test_app_and_api_share_a_port_and_a_stop_lets_a_reading_answer(served):
    server, address = served
    page = httpx2.get(f"{address}/", timeout=60)
    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert httpx2.get(f"{address}/_stcore/health", timeout=60).status_code == 200
    assert httpx2.post(f"{address}/api/read", content=b"1", timeout=60).status_code == 401

    answers = []
    content, headers = drawn.samples()[0].path.read_bytes(), {"Authorization": "Bearer s3cret"}
    reading = threading.Thread(
        target=lambda: answers.append(httpx2.post(f"{address}/api/read", content=content, headers=headers, timeout=60))
    )
    reading.start()
    assert server.stdout.readline().strip() == "begun"
    server.send_signal(signal.SIGTERM)
    reading.join()
    assert answers[0].json() == {"status": "read", "size": len(content)}
    server.wait(60)


@pytest.mark.slow
@pytest.mark.parametrize("served", [BELOW], indirect=True)
def test_the_app_is_served_below_a_path_to_its_own_name_and_the_api_beside_it(served):
    _, address = served
    assert httpx2.get(f"{address}/ecg/", timeout=60, follow_redirects=True).status_code == 200
    assert httpx2.get(f"{address}/ecg/_stcore/health", timeout=60).status_code == 200
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
             "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}  # fmt: skip
    for host, status in (("evil.example", 403), ("ecg.example.org", 101)):
        with socket.create_connection(("127.0.0.1", httpx2.URL(address).port), timeout=60) as client:
            lines = [f"{name}: {value}\r\n" for name, value in {"Host": host, **asked}.items()]
            client.sendall(f"GET /ecg/_stcore/stream HTTP/1.1\r\n{''.join(lines)}\r\n".encode())
            assert client.recv(4096).split()[1] == str(status).encode(), host
    # The app answers every other address with its page; below the API it may not.
    headers = {"Authorization": "Bearer s3cret"}
    assert httpx2.get(f"{address}/api/read", headers=headers, timeout=60).status_code == 405
    nothing = httpx2.get(f"{address}/api/nothing", headers=headers, timeout=60)
    assert (nothing.status_code, nothing.headers["content-type"]) == (404, "application/json")


@pytest.mark.slow
@pytest.mark.parametrize("served", [SLOW], indirect=True)
def test_a_client_that_leaves_during_a_reading_frees_its_place(served):
    server, address = served
    with socket.create_connection(("127.0.0.1", httpx2.URL(address).port), timeout=60) as client:
        client.sendall(
            b"POST /api/read HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cret\r\nContent-Length: 1\r\n\r\n1"
        )
        assert server.stdout.readline().strip() == "begun"
        assert httpx2.get(f"{address}/api/health", timeout=60).json()["queue"]["taken"] == 1
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and httpx2.get(f"{address}/api/health", timeout=60).json()["queue"]["taken"]:
        time.sleep(0.2)
    # The reading itself would have gone on for two minutes; another is read meanwhile.
    answer = httpx2.post(f"{address}/api/read", content=b"12", headers={"Authorization": "Bearer s3cret"}, timeout=60)
    assert answer.json() == {"status": "read", "size": 2}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the system has no process groups")
@pytest.mark.parametrize("served", [""], indirect=True)
def test_a_stop_of_the_whole_group_lets_a_reader_finish(served):
    server, address = served
    answers = []
    content, headers = drawn.samples()[0].path.read_bytes(), {"Authorization": "Bearer s3cret"}
    asked = f"{address}/api/read?models=false"
    reading = threading.Thread(
        target=lambda: answers.append(httpx2.post(asked, content=content, headers=headers, timeout=WAIT_S))
    )
    reading.start()
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and not has_reader(server):
        time.sleep(0.1)
    os.killpg(server.pid, signal.SIGTERM)
    reading.join(WAIT_S)
    assert answers[0].json()["status"] == "read"
    server.wait(60)


def has_reader(server):
    """Return whether a reader has been started that no signal of a stop ends any more."""
    for one in psutil.Process(server.pid).children():
        # One that has just ended has no command line.
        with suppress(psutil.NoSuchProcess):
            # It loads what it needs only after it has said which signals it ignores.
            if "reader.py" in " ".join(one.cmdline()) and one.memory_info().rss > 60 * 2**20:
                return True
    return False


def test_the_command_listens_on_loopback_unless_told_otherwise():
    chosen = parser().parse_args(["serve"])
    assert (chosen.address, chosen.port) == ("127.0.0.1", 8501)
