"""The routes of the HTTP API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from threading import Event

import psutil
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ecgviz import __version__
from ecgviz.beat_lab import picture_networks
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.service.bodies import file_of
from ecgviz.service.config import SERVICE
from ecgviz.service.openapi import document
from ecgviz.service.places import Places, QueueFullError
from ecgviz.service.report import digitise_report, read_beat_picture, read_report
from models.serving import weight_hashes

_LOG = logging.getLogger(__name__)
# What a closed connection is answered; it is not received.
_CLIENT_LEFT = 499
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class Api:
    """The routes and what they share: the queue, and whether the networks are loaded."""

    def __init__(self, places: Places | None = None) -> None:
        self.places = places or Places(SERVICE.readings_at_once, SERVICE.most_waiting)
        self.ready = asyncio.Event()

    def routes(self) -> list[Route]:
        """Return the routes, for an application to mount."""
        return [
            Route("/api/read", self.read, methods=["POST"]),
            Route("/api/digitise", self.digitise, methods=["POST"]),
            Route("/api/beat", self.beat, methods=["POST"]),
            Route("/api/health", self.health),
            Route("/api/ready", self.readiness),
            Route("/api/openapi.json", openapi),
            # Beside it lies the app, which answers every other address with its page.
            Route("/api/{rest:path}", self.elsewhere, methods=_METHODS),
        ]

    async def read(self, request: Request) -> Response:
        """Read a report: 200 with its reading, 422 with the reading of a file that was refused."""
        with_models = _choice(request, "models", ("true", "false"), "true") == "true"
        return await self._answered(request, lambda data, left: read_report(data, left, with_models))

    async def digitise(self, request: Request) -> Response:
        """Write a report's signals as a file."""
        key = _choice(request, "format", tuple(SIGNAL_FORMATS), "csv")
        return await self._answered(request, lambda data, left: digitise_report(data, left, key))

    async def beat(self, request: Request) -> Response:
        """Predict from a picture of one beat: 200 with probabilities, 422 for a picture that was refused."""
        networks = picture_networks()
        if not networks:
            raise HTTPException(503, "This version ships no beat network.")
        network = _choice(request, "network", tuple(networks), networks[0])
        return await self._answered(request, lambda data, left: read_beat_picture(data, left, network))

    async def health(self, request: Request) -> Response:
        """State versions, weights, memory and the queue."""
        return JSONResponse(
            {
                "version": __version__,
                "weights": await asyncio.to_thread(weight_hashes),
                "memory_bytes": psutil.Process().memory_info().rss,
                "queue": {"taken": self.places.taken, "places": self.places.places},
                "ready": self.ready.is_set(),
            }
        )

    async def elsewhere(self, request: Request) -> Response:
        """Refuse a method that a route does not have, and an address that none has."""
        for route in self.routes():
            if route.path == request.url.path:
                raise HTTPException(405, "This method is not allowed here.", {"Allow": ", ".join(route.methods or ())})
        raise HTTPException(404, "The API has no such address; /api/openapi.json describes it.")

    async def readiness(self, request: Request) -> Response:
        """Return 200 once the networks are loaded, 503 before."""
        return JSONResponse({"ready": self.ready.is_set()}, 200 if self.ready.is_set() else 503)

    async def _answered(self, request: Request, work: Callable[[bytes, Event], Response]) -> Response:
        """Work on a request's file in its turn; the event that the work is given is set once the client has gone."""
        try:
            with self.places.place():
                data, left = await file_of(request), Event()
                working = asyncio.ensure_future(self.places.run(lambda: work(data, left)))
                leaving = asyncio.ensure_future(_client_gone(request))
                try:
                    await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
                    if working.done():
                        return working.result()
                    return Response(status_code=_CLIENT_LEFT)
                finally:
                    left.set()
                    working.cancel()
                    leaving.cancel()
        except QueueFullError:
            raise HTTPException(
                429, "Every place is taken. Try again later.", {"Retry-After": str(SERVICE.retry_after_s)}
            ) from None


async def _client_gone(request: Request) -> None:
    """Wait until the connection is closed; the body has been received."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _choice(request: Request, name: str, allowed: tuple[str, ...], default: str) -> str:
    chosen = request.query_params.get(name, default)
    if chosen not in allowed:
        raise HTTPException(400, f"{name} must be one of {', '.join(allowed)}.")
    return chosen


async def openapi(request: Request) -> Response:
    """Return the description of the API."""
    return JSONResponse(document())


async def error_as_json(request: Request, error: Exception) -> Response:
    """Answer an `HTTPException` as JSON, without a word about the inside."""
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


async def fault_as_json(request: Request, error: Exception) -> Response:
    """Answer a program error: its traceback is in the log alone."""
    _LOG.error("A program error ended %s", request.url.path, exc_info=error)
    return JSONResponse({"error": "A program error ended the request. It is in the server's log."}, 500)
