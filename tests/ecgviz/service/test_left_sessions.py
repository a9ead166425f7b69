"""Sessions whose browsers have gone end, and with them all that they held: counted, not weighed."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.request import urlopen

import psutil
import pytest

from ecgviz.service.config import SERVICE
from ecgviz.service.left_sessions import LeftSessions
from tests.benchmarks.app_visitor import Visitor
from tests.benchmarks.small_pages import small_page

ROOT = Path(__file__).resolve().parents[3]
CONFIG = replace(SERVICE, left_most=2, left_seconds=30.0)


class Sessions:
    """Streamlit's runtime, as far as it knows sessions: those with a browser, and those without."""

    def __init__(self):
        self.active, self.left = set(), []
        self._session_mgr = self

    def list_sessions(self):
        return [SimpleNamespace(session=SimpleNamespace(id=one)) for one in (*self.active, *self.left)]

    def is_active_session(self, session):
        return session in self.active

    def close_session(self, session):
        self.left.remove(session)


def test_the_sessions_left_first_end_and_a_few_are_kept():
    runtime = Sessions()
    left = LeftSessions(runtime, CONFIG)
    runtime.left = ["a"]
    assert left.end(0.0) == 0
    # Streamlit lists them by their last use.
    runtime.left = ["b", "c", "a"]
    assert left.end(10.0) == 0
    assert left.end(29.0) == 0, "too early"
    assert left.end(30.0) == 1
    assert runtime.left == ["b", "c"]
    assert left.end(1000.0) == 0, "few are kept as long as Streamlit keeps them"


def test_a_session_that_is_open_or_back_does_not_end():
    runtime = Sessions()
    left = LeftSessions(runtime, replace(CONFIG, left_most=0))
    runtime.active, runtime.left = {"a"}, ["b", "c"]
    assert left.end(0.0) == 0
    runtime.active, runtime.left = {"a", "b"}, ["c"]
    assert left.end(30.0) == 2
    assert (runtime.active, runtime.left) == ({"a", "b"}, [])
    runtime.active, runtime.left = {"a"}, ["b"]
    assert left.end(31.0) == 0, "its time begins anew"
    assert left.end(61.0) == 1


# Counts, for each line that comes, what is alive of all that there ever was.
COUNTED = """
import dataclasses, socket, sys, threading, weakref
import uvicorn
from streamlit.runtime.app_session import AppSession
from ecgviz.app import studies
from ecgviz.service import application, asgi

seen = {"studies": [], "sessions": []}
read_study, begin = studies.read_study, AppSession.__init__

def read(*arguments):
    study = read_study(*arguments)
    seen["studies"].append(weakref.ref(study))
    return study

def begun(session, *arguments, **named):
    begin(session, *arguments, **named)
    seen["sessions"].append(weakref.ref(session))

studies.read_study, AppSession.__init__ = read, begun

def count():
    for _ in sys.stdin:
        print(*[f"{sum(one() is not None for one in every)}/{len(every)}" for every in seen.values()], flush=True)

threading.Thread(target=count, daemon=True).start()
asgi.SERVICE = dataclasses.replace(
    asgi.SERVICE, left_most=1, left_seconds=0.0, sweep_seconds=0.1, release_seconds=0.5
)
uvicorn.run(application(warm=lambda: None), port=int(sys.argv[1]), access_log=False)
"""
WAIT_S, VISITS, OUTCOMES = 600, 5, 3


@pytest.fixture
def counted():
    """The address of a running server, a function that counts its studies and sessions, alive of all; its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", COUNTED, str(port)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "ECGVIZ_READERS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def count():
        server.stdin.write("\n")
        server.stdin.flush()
        return server.stdout.readline().split()

    try:
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=WAIT_S):
                break
            assert server.poll() is None
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}", count, psutil.Process(server.pid)
    finally:
        # Its reader ends with its input.
        server.kill()
        server.wait()
        server.stdin.close()
        server.stdout.close()


@pytest.mark.slow
def test_a_server_holds_the_studies_of_no_session_that_has_ended(counted):
    address, count, server = counted
    for number in range(VISITS):
        with Visitor(address) as visitor:
            assert visitor.open(small_page(number), "page.png").verdict_at is not None
    # The last of them may come back.
    expected = [f"1/{VISITS}", f"1/{VISITS}"]
    until = time.monotonic() + WAIT_S
    while count() != expected and time.monotonic() < until:
        time.sleep(0.2)
    assert count() == expected
    assert len(server.children(recursive=True)) == 1, "one reader read for all of them"


@pytest.mark.slow
def test_a_session_holds_the_studies_of_its_last_reports_alone(counted):
    address, count, _ = counted
    with Visitor(address) as visitor:
        for number in range(VISITS):
            assert visitor.open(small_page(number), "page.png").verdict_at is not None
        until = time.monotonic() + WAIT_S
        while count() != [f"{OUTCOMES}/{VISITS}", "1/1"] and time.monotonic() < until:
            time.sleep(0.2)
        assert count() == [f"{OUTCOMES}/{VISITS}", "1/1"]
