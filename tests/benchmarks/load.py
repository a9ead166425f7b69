"""What the server stands: ``python -m tests.benchmarks.load``.

Clients at once against the HTTP API, each with a report of its own: how long until the reading, those that were sent
away and came back included; many uploads one after another (memory of server and readers); and
damaged files through the door that tests fuzz, where each must end as a reading or a refusal. Wall times hold for a
quiet machine; processor seconds and memory are comparable on any.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
from PIL import Image

from sample_images import PageStyle, draw_page, samples, simulate
from tests.fuzz_reading import fuzz_read

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


def damaged(count: int) -> Counter[str]:
    """Read damaged copies of the samples; return how often each outcome came."""
    rng, outcomes = random.Random(0), Counter[str]()
    seeds = [sample.path.read_bytes() for sample in samples()]
    for _ in range(count):
        data = bytearray(rng.choice(seeds))
        for _ in range(rng.randint(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        outcomes[fuzz_read(bytes(data[: rng.randint(1, len(data))] if rng.random() < 0.5 else data))] += 1
    return outcomes


def main() -> None:
    """Start a server, load it, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 5, 10, 20])
    parser.add_argument("--uploads", type=int, default=300)
    parser.add_argument("--damaged", type=int, default=10_000)
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen([sys.executable, "-m", "ecgviz", "serve", "--port", str(port)], cwd=ROOT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    server, address = psutil.Process(running.pid), f"http://127.0.0.1:{port}"
    try:
        ready(address)
        print(f"at rest: {spent(server)[1]:.0f} MB", flush=True)
        for clients in given.clients:
            before, pages = spent(server)[0], [page(number) for number in range(clients)]
            with ThreadPoolExecutor(clients) as together:
                waits = [STAGGER_SECONDS * place for place in range(clients)]
                times = list(together.map(partial(times_of_reading, address), pages, waits))
            took = [come - sent for sent, come in times]
            used, held = spent(server)
            late = quantiles(took, n=20)[-1] if clients > 1 else took[0]
            each = (used - before) / clients
            print(f"{clients} at once: median {median(took):.1f} s, p95 {late:.1f} s", flush=True)
            early = most_places_early(times)
            print(f"  {each:.1f} s of processor time each, {held:.0f} MB, {early} places early at most", flush=True)
        sizes = []
        for number in range(given.uploads):
            times_of_reading(address, page(1000 + number))
            sizes.append(spent(server)[1])
        if sizes:
            half = sizes[len(sizes) // 2 :]
            print(f"{len(sizes)} uploads: at most {max(sizes):.0f} MB, later {min(half):.0f} to {max(half):.0f} MB")
    finally:
        running.terminate()
        running.wait(60)
    if given.damaged:
        print(f"{given.damaged} damaged files: {dict(damaged(given.damaged))}")


if __name__ == "__main__":
    main()
