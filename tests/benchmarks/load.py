"""What the server stands: ``python -m tests.benchmarks.load``.

Sessions of the app at once, each with a report of its own: how long until its verdict; clients at once against the HTTP
API, those that were sent away and came back included; many uploads in one session, and many sessions of one upload
(memory of server and readers); and damaged files through the door that tests fuzz, where each must end as a reading or
a refusal. Wall times hold for a quiet machine; processor seconds and memory are comparable on any. A 0 leaves a part
out, no number those of sessions or clients.
"""

from __future__ import annotations

import argparse
import io
import json
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
from PIL import Image

from sample_images import PageStyle, draw_page, simulate
from tests.benchmarks.app_visitor import Visitor
from tests.benchmarks.damaged_files import damaged
from tests.benchmarks.soak import many_sessions, one_session

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, TIMEOUT_SECONDS, TOO_MANY = 600, 1200, 429
# Between two clients, so that requests have an order.
STAGGER_SECONDS = 0.05


def page(seed: int) -> bytes:
    """Draw a report with a heart of its own, as a JPEG."""
    stream = io.BytesIO()
    Image.fromarray(draw_page(simulate(seed=seed), PageStyle(dpi=120)).image).save(stream, "JPEG", quality=88)
    return stream.getvalue()


def times_of_reading(address: str, data: bytes, wait_s: float = 0.0) -> tuple[float, float]:
    """Send a report until there is room for it; return when it was sent and when its reading came, in seconds."""
    time.sleep(wait_s)
    began = time.monotonic()
    while True:
        try:
            with urlopen(Request(f"{address}/api/read", data), timeout=TIMEOUT_SECONDS) as answer:
                assert json.load(answer)["status"] == "read"
                return began, time.monotonic()
        except HTTPError as error:
            if error.code != TOO_MANY:
                raise
            time.sleep(float(error.headers["Retry-After"]))


def most_places_early(times: list[tuple[float, float]]) -> int:
    """Return by how many places the answer that came most early overtook those that were sent before it."""
    sent = sorted(times)
    return max(sum(other[1] > one[1] for other in sent[:place]) for place, one in enumerate(sent))


def spent(server: psutil.Process) -> tuple[float, float]:
    """Return processor seconds and resident MB of the server with its children."""
    every = [server, *server.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in every), sum(one.memory_info().rss for one in every) / 2**20


def ready(address: str) -> None:
    """Wait until the networks are loaded."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/api/ready", timeout=10):
                return
        except OSError:
            time.sleep(1)
    raise TimeoutError


def printed(what: str, times: list[tuple[float, float]], before: float, server: psutil.Process) -> None:
    """Print how long each of many at once waited, what they cost, and in which order they were answered."""
    took = [come - sent for sent, come in times]
    used, held = spent(server)
    late = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    print(f"{len(took)} {what} at once: median {median(took):.1f} s, p95 {late:.1f} s", flush=True)
    early = most_places_early(times)
    each = (used - before) / len(took)
    print(f"  {each:.1f} s of processor time each, {held:.0f} MB, {early} places early at most", flush=True)


def clients_at_once(address: str, server: psutil.Process, clients: int) -> None:
    """Send a report to the API from many clients at once, and print."""
    before, pages = spent(server)[0], [page(number) for number in range(clients)]
    with ThreadPoolExecutor(clients) as together:
        waits = [STAGGER_SECONDS * place for place in range(clients)]
        printed("clients", list(together.map(partial(times_of_reading, address), pages, waits)), before, server)


def sessions_at_once(address: str, server: psutil.Process, sessions: int) -> None:
    """Open a report in many sessions of the app at once, and print how long each waited for its verdict."""
    pages = [page(number) for number in range(sessions)]
    with ExitStack() as leaving, ThreadPoolExecutor(sessions) as together:
        visitors = [leaving.enter_context(Visitor(address)) for _ in range(sessions)]

        def opened(place: int) -> tuple[float, float]:
            time.sleep(STAGGER_SECONDS * place)
            began = time.monotonic()
            seen = visitors[place].open(pages[place], f"page_{place}.jpg")
            assert seen.verdict_at is not None
            # Nobody sees another's report.
            assert [place] == [other for other in range(sessions) if seen.shows(f"page_{other}.")]
            return began, seen.verdict_at

        before = spent(server)[0]
        printed("sessions", list(together.map(opened, range(sessions))), before, server)


def main() -> None:
    """Start a server, load it, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, nargs="*", default=[1, 5, 10, 20])
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 5, 10, 20])
    parser.add_argument("--uploads", type=int, default=300, help="in one session")
    parser.add_argument("--visits", type=int, default=300, help="sessions of one upload")
    parser.add_argument("--damaged", type=int, default=10_000)
    given = parser.parse_args()
    # A shell lets what it runs in the background ignore Ctrl-C, and what that starts too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # In a group of its own: Ctrl-C ends this program, which then ends the server.
    running = subprocess.Popen([sys.executable, "-m", "ecgviz", "serve", "--port", str(port)], cwd=ROOT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0)  # fmt: skip
    server, address = psutil.Process(running.pid), f"http://127.0.0.1:{port}"
    try:
        ready(address)
        print(f"at rest: {spent(server)[1]:.0f} MB", flush=True)
        for sessions in given.sessions:
            sessions_at_once(address, server, sessions)
        for clients in given.clients:
            clients_at_once(address, server, clients)
        if given.uploads:
            one_session(address, server, given.uploads)
        if given.visits:
            many_sessions(address, server, given.visits)
    finally:
        running.terminate()
        running.wait(60)
    if given.damaged:
        print(f"{given.damaged} damaged files: {dict(damaged(given.damaged, 0, Path('faults')))}")


if __name__ == "__main__":
    main()
