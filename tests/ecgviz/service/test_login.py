"""Login by a proxy: without the header that names somebody, no page and no connection; probes and the API pass."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from ecgviz.service.protection import ProxyLogin


async def page(request):
    return PlainTextResponse("page")


async def stream(socket):
    await socket.accept()
    await socket.send_text("connected")
    await socket.close()


def client_of(header):
    routes = [Route("/", page), Route("/api/health", page), WebSocketRoute("/_stcore/stream", stream)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(ProxyLogin, header=header)]))


def test_nobody_without_the_header_sees_a_page():
    client = client_of("X-Remote-User")
    assert client.get("/").status_code == 401
    assert client.get("/", headers={"X-Remote-User": " "}).status_code == 401
    assert client.get("/", headers={"x-remote-user": "ab"}).text == "page"
    assert client.get("/api/health").status_code == 200


def test_nobody_without_the_header_is_connected():
    client = client_of("X-Remote-User")
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass
    with client.websocket_connect("/_stcore/stream", headers={"X-Remote-User": "ab"}) as socket:
        assert socket.receive_text() == "connected"


def test_without_a_header_named_everybody_passes():
    assert client_of("").get("/").text == "page"
