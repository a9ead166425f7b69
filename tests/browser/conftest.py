"""A real server and a real Chromium for the journeys."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

from tests.browser.app_server import CHROMIUM_ARGS, CHROMIUM_NAMES, found_chromium, started_app


class SkippedModule(pytest.Module):
    """A file of journeys where Playwright is missing: it is skipped without being imported."""

    def collect(self):
        pytest.skip("playwright is not installed", allow_module_level=True)


def pytest_pycollect_makemodule(module_path, parent):
    if importlib.util.find_spec("playwright") is None:
        return SkippedModule.from_parent(parent, path=module_path)
    return None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the app on a free port and return its address."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with started_app(log) as app:
        yield app.address
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def chromium():
    """Start one Chromium for all journeys; each opens its own windows."""
    from playwright import sync_api as playwright

    found = found_chromium()
    if found is None:
        pytest.skip(f"no Chromium found under the names {', '.join(CHROMIUM_NAMES)}")
    # A busy machine draws slowly. Journeys check what is drawn, not when.
    playwright.expect.set_options(timeout=60_000)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium, server):
    """Open isolated windows; at the end, check that none logged an error or sent a request to another machine."""
    windows = []

    def open_one(path: str = "/", width: int = 1280, height: int = 900, theme: str = "light", at: str = server):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=at,
            color_scheme=theme,
            # Motion is drawn frame by frame, by a processor that the tests share.
            reduced_motion="reduce",
            permissions=["camera"],
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        seen: dict[str, list[str]] = {"errors": [], "off": [], "failed": []}
        page.on("console", lambda message: _note_console(message, seen))
        page.on("pageerror", lambda error: seen["errors"].append(str(error)))
        page.on("request", lambda request: _note_request(request.url, at, seen))
        page.on("response", lambda response: _note_response(response, seen))
        # Chromium reports a file chooser only to a listener that was there before the key was pressed.
        page.on("filechooser", lambda chooser: None)
        windows.append((context, seen))
        page.goto(path)
        return page

    yield open_one
    for context, _ in windows:
        context.close()
    for _, seen in windows:
        assert seen == {"errors": [], "off": [], "failed": []}


def _note_console(message, seen: dict[str, list[str]]) -> None:
    # A failed load is checked by its response below: the console does not name its address.
    if message.type == "error" and "Failed to load resource" not in message.text:
        seen["errors"].append(message.text)


def _note_request(url: str, server: str, seen: dict[str, list[str]]) -> None:
    own = (server, server.replace("http://", "ws://"), "data:", "blob:")
    if not url.startswith(own):
        seen["off"].append(url)


def _note_response(response, seen: dict[str, list[str]]) -> None:
    # On a deep link Streamlit first looks for its own endpoints below the page's path, then at the root.
    probe = response.url.endswith(("/_stcore/health", "/_stcore/host-config"))
    if response.status >= 400 and not probe:
        seen["failed"].append(f"{response.status} {response.url}")
