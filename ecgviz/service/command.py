"""The command ``serve``: the app with its HTTP API."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ecgviz.service.config import SERVICE


def add_serve(commands: Any) -> None:
    """Add the command to the parser's commands."""
    serve = commands.add_parser(
        "serve",
        help="run the app with its HTTP API",
        description="Run the app with POST /api/read, /api/digitise and /api/beat, GET /api/health, GET /api/ready and "
        f"/api/openapi.json beside it. Set {SERVICE.token_variable} to demand a bearer token from clients of the API.",
    )
    serve.add_argument("--address", default="127.0.0.1", help="where to listen; 0.0.0.0 for every network")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument(
        "--proxy",
        metavar="ADDRESSES",
        default="127.0.0.1",
        help="proxies whose forwarded headers are trusted, separated by commas",
    )
    serve.set_defaults(run=serve_app)


def serve_app(chosen: argparse.Namespace) -> int:
    """Run ``serve`` until it is stopped."""
    # Server and app are loaded by this command alone.
    import click
    import uvicorn

    from ecgviz.service.asgi import application

    try:
        app = application()
    except click.UsageError as error:
        print(f"A variable of Streamlit's is wrong. {error.format_message()}", file=sys.stderr)
        return 2
    print(f"ecgviz: http://{chosen.address}:{chosen.port}", file=sys.stderr, flush=True)
    uvicorn.run(
        app,
        host=chosen.address,
        port=chosen.port,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=chosen.proxy,
        timeout_graceful_shutdown=SERVICE.graceful_seconds,
    )
    return 0
