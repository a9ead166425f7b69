"""A server that runs for long returns what ended sessions held."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

from ecgviz.service import asgi

WAIT_S = 60


def test_freed_memory_is_returned_again_and_again(monkeypatch):
    returned, often = [], Event()

    def release():
        returned.append(1)
        if len(returned) > 2:
            often.set()

    monkeypatch.setattr(asgi, "SERVICE", replace(asgi.SERVICE, release_seconds=0.01))
    monkeypatch.setattr(asgi.freed_memory, "release_memory", release)

    async def serve():
        returning = asyncio.create_task(asgi._memory_returned())
        await asyncio.to_thread(often.wait, WAIT_S)
        returning.cancel()

    # In a thread of its own: browser journeys in the same process keep an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, serve()).result()
    assert len(returned) > 2
