"""The ASGI application: Streamlit's app with the HTTP API beside it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from ecgviz.batch import freed_memory
from ecgviz.sections import preload
from ecgviz.service.config import SERVICE
from ecgviz.service.protection import BearerToken, ProxyLogin, SecurityHeaders
from ecgviz.service.routes import Api, error_as_json, fault_as_json
from ecgviz.service.streamlit_options import take_environment

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
    take_environment()
    api = api or Api()

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
        beside = [asyncio.create_task(_warmed(api, warm)), asyncio.create_task(_memory_returned())]
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


async def _memory_returned() -> None:
    """Return freed memory to the system from time to time; sessions come and go on threads that each keep theirs."""
    while True:
        await asyncio.sleep(SERVICE.release_seconds)
        await asyncio.to_thread(freed_memory.release_memory)


async def _warmed(api: Api, warm: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(warm)
    except Exception:
        # The app shows what is missing, and reads without networks; only the API never becomes ready.
        _LOG.exception("What the first visitor needs could not be loaded")
    else:
        api.ready.set()
