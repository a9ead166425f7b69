"""Middleware around app and API: headers that browsers obey, login by a proxy, and the bearer token of the API."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's pages and Vega's charts compile expressions at run time and carry styles and scripts in line; components
# come as blobs. Nothing comes from another machine, and no other site may show the app in a frame.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# These answer probes, which carry no token, and tell nothing of a report.
OPEN_PATHS = {"/api/health", "/api/ready", "/api/openapi.json"}


class SecurityHeaders:
    """Add `HEADERS` to every response; those of the API are not stored anywhere either."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith("/api/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, with_headers)


class ProxyLogin:
    """Refuse requests and connections of the app that no proxy has named a user for; without a header let all pass.

    The proxy must remove the header from what comes from outside. The API has its token, and probes pass.
    """

    def __init__(self, app: ASGIApp, header: str) -> None:
        self._app, self._header = app, header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 401; a connection is closed before it is accepted."""
        guarded = scope["type"] in {"http", "websocket"} and not scope["path"].startswith("/api/")
        if guarded and self._header and not Headers(scope=scope).get(self._header, "").strip():
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await JSONResponse({"error": "Log in first."}, 401)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class BearerToken:
    """Refuse requests to the API that do not carry the token; without a token let all pass.

    The app's own pages are left to the platform's login.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode() if token else b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 401."""
        guarded = scope["type"] == "http" and scope["path"].startswith("/api/") and scope["path"] not in OPEN_PATHS
        if guarded and self._expected:
            given = Headers(scope=scope).get("authorization", "").encode("latin-1")
            # Compared in constant time: the time tells nothing of the token.
            if not hmac.compare_digest(given, self._expected):
                refused = JSONResponse({"error": "A bearer token is needed."}, 401, {"WWW-Authenticate": "Bearer"})
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)
