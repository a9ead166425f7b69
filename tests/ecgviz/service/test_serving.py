"""The served process: the app and the API on one port, and a stop that lets a reading answer."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx2
import pytest

import sample_images as drawn
from ecgviz.__main__ import parser

ROOT = Path(__file__).resolve().parents[3]
# Without the networks, which take long to load, and with a reading that waits for the test.
PROGRAM = """
import sys, time
import uvicorn
import ecgviz.service.routes as routes
from ecgviz.service import application

def slow(data, file, models):
    print("begun", flush=True)
    time.sleep(3)
    return {"status": "read", "size": len(data)}

routes.reading_of = slow
uvicorn.run(application(warm=lambda: None), port=int(sys.argv[1]), access_log=False, timeout_graceful_shutdown=30)
"""


@pytest.fixture
def served():
    """A running server and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(port)],
        cwd=ROOT,
        env=os.environ | {"ECGVIZ_TOKEN": "s3cret", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
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
        server.kill()
        server.wait()


@pytest.mark.slow
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


def test_the_command_listens_on_loopback_unless_told_otherwise():
    chosen = parser().parse_args(["serve"])
    assert (chosen.address, chosen.port) == ("127.0.0.1", 8501)
