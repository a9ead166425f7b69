"""A server that runs for long returns what ended sessions held."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from ecgviz.service import asgi

WAIT_S = 60


class Left:
    """Sessions of which some have ended each time."""

    def __init__(self, ended):
        self.ended = ended

    def end(self, now_s):
        return self.ended


@pytest.mark.parametrize("ended", [0, 1])
def test_memory_is_returned_again_and_again_and_garbage_collected_where_sessions_have_ended(monkeypatch, ended):
    returned, collected, often = [], [], Event()

    def release():
        returned.append(1)
        if len(returned) > 2:
            often.set()

    monkeypatch.setattr(asgi, "SERVICE", replace(asgi.SERVICE, sweep_seconds=0.01, release_seconds=0.0))
    monkeypatch.setattr(asgi.freed_memory, "release_memory", release)
    monkeypatch.setattr(asgi.garbage, "collect_exempt_too", lambda: collected.append(1))

    async def serve():
        sweeping = asyncio.create_task(asgi._swept(Left(ended)))
        await asyncio.to_thread(often.wait, WAIT_S)
        sweeping.cancel()

    # In a thread of its own: browser journeys in the same process keep an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, serve()).result()
    assert len(returned) > 2
    assert bool(collected) == bool(ended)
