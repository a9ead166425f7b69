"""A real server and a real Chromium for the journeys."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera that shows a test picture.
    "--use-fake-device-for-media-stream",
]
START_S = 40


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the app on a free port and return its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    where = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    with log.open("w") as sink:
        process = subprocess.Popen([*command, *where], cwd=ROOT, stdout=sink, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert "Traceback" not in log.read_text(), log.read_text()


def _wait_until_healthy(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(log.read_text())


@pytest.fixture(scope="session")
def chromium():
    """Start one Chromium for all journeys, each of which opens windows of its own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        pytest.skip(f"no Chromium found under the names {', '.join(CHROMIUM_NAMES)}")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium, server):
    """Open windows that share nothing; at the end, check that none complained or asked another machine."""
    windows = []

    def open_one(path: str = "/", width: int = 1280, height: int = 900, theme: str = "light"):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=server, color_scheme=theme, permissions=["camera"]
        )
        page = context.new_page()
        page.set_default_timeout(40_000)
        seen: dict[str, list[str]] = {"errors": [], "off": [], "failed": []}
        page.on("console", lambda message: _note_console(message, seen))
        page.on("pageerror", lambda error: seen["errors"].append(str(error)))
        page.on("request", lambda request: _note_request(request.url, server, seen))
        page.on("response", lambda answer: _note_response(answer, seen))
        windows.append((context, seen))
        page.goto(path)
        return page

    yield open_one
    for context, _ in windows:
        context.close()
    for _, seen in windows:
        assert seen == {"errors": [], "off": [], "failed": []}


def _note_console(message, seen: dict[str, list[str]]) -> None:
    # A failed load is judged by its response below: the console does not say which one it was.
    if message.type == "error" and "Failed to load resource" not in message.text:
        seen["errors"].append(message.text)


def _note_request(url: str, server: str, seen: dict[str, list[str]]) -> None:
    own = (server, server.replace("http://", "ws://"), "data:", "blob:")
    if not url.startswith(own):
        seen["off"].append(url)


def _note_response(answer, seen: dict[str, list[str]]) -> None:
    # On a deep link Streamlit first looks for its own endpoints below the page's path, and then at the root.
    probe = answer.url.endswith(("/_stcore/health", "/_stcore/host-config"))
    if answer.status >= 400 and not probe:
        seen["failed"].append(f"{answer.status} {answer.url}")
