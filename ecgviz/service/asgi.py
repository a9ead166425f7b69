"""The ASGI application: Streamlit's app with the HTTP API beside it."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from streamlit.runtime import get_instance

from ecgviz.app import garbage
from ecgviz.batch import freed_memory
from ecgviz.sections import preload
from ecgviz.service.config import SERVICE
from ecgviz.service.left_sessions import LeftSessions
from ecgviz.service.protection import BearerToken, ProxyLogin, SecurityHeaders
from ecgviz.service.routes import Api, error_as_json, fault_as_json
from ecgviz.service.streamlit_options import take_environment
from preprocessing.side_by_side import share_memory

SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"
_LOG = logging.getLogger(__name__)


def application(api: Api | None = None, warm: Callable[[], None] = preload.load) -> st.App:
    """Return the app with its API, for any ASGI server: ``uvicorn --factory ecgviz.service:application``.

    Parameters
    ----------
    api : Api, optional
    warm : callable
        Loads what the first visitor needs, in a thread; the API is ready when it returns.
    """
    share_memory()
    take_environment()
    api = api or Api()

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
        beside = [
            asyncio.create_task(_warmed(api, warm)),
            asyncio.create_task(_swept(LeftSessions(get_instance(), SERVICE))),
        ]
        yield {}
        for task in beside:
            task.cancel()
        # In a thread, so that the readings that have begun can still answer.
        await asyncio.to_thread(api.places.close)

    return st.App(
        SCRIPT,
        lifespan=lifespan,
        routes=api.routes(),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(ProxyLogin, header=os.environ.get(SERVICE.login_variable, "")),
            Middleware(BearerToken, token=os.environ.get(SERVICE.token_variable, "")),
        ],
        exception_handlers={HTTPException: error_as_json, Exception: fault_as_json},
    )


async def _swept(left: LeftSessions) -> None:
    """End sessions that were left, and return the memory that they and others have freed."""
    ended, returned_s = 0, time.monotonic()
    while True:
        await asyncio.sleep(SERVICE.sweep_seconds)
        now_s = time.monotonic()
        ended += left.end(now_s)
        if now_s - returned_s >= SERVICE.release_seconds:
            if ended:
                # In the thread of the event loop, which sessions are to end in.
                garbage.collect_exempt_too()
            await asyncio.to_thread(freed_memory.release_memory)
            ended, returned_s = 0, now_s


async def _warmed(api: Api, warm: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(warm)
    except Exception:
        # The app shows what is missing, and reads without networks; only the API never becomes ready.
        _LOG.exception("What the first visitor needs could not be loaded")
    else:
        api.ready.set()
