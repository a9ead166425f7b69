"""Steps of every journey: open a file, go to a page, wait until it is drawn, download a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from ecgviz.app import header
from ecgviz.app.chart_downloads import OPENED

QUIET_MS, AT_MOST_MS = 300, 120_000
# Pages whose title differs from their name in the menu.
TITLES = {"Home": "12-lead ECG report"}
# The script has ended, and the page has not changed for a moment.
SETTLED = """([quiet_ms, at_most_ms]) => new Promise((done, failed) => {
  const app = document.querySelector('[data-testid="stApp"]');
  let timer;
  const end = (settle) => { watch.disconnect(); clearTimeout(timer); clearTimeout(last); settle(); };
  const check = () => app.dataset.testScriptState === "notRunning" ? end(done) : again();
  const again = () => { clearTimeout(timer); timer = setTimeout(check, quiet_ms); };
  const last = setTimeout(() => end(() => failed(new Error("the page does not settle"))), at_most_ms);
  const watch = new MutationObserver(again);
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  again();
})"""

MOST_TABS = 80
# A component of the app has a focus of its own.
HAS_FOCUS = "element => element === element.getRootNode().activeElement"
# Notes whether the script has run: its state has changed, if only for a moment.
WATCH = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  window.scriptRan = false;
  window.scriptWatch?.disconnect();
  window.scriptWatch = new MutationObserver(() => { window.scriptRan = true; });
  window.scriptWatch.observe(app, { attributeFilter: ["data-test-script-state"] });
}"""
# A run may be over before the browser draws that it has begun: then its state never changes where it can be seen.
RAN = "window.scriptRan || performance.now() - window.actedAt > 5000"


def upload(page: Page, file) -> None:
    """Give the page's first uploader a file, in one of the forms that Playwright accepts."""
    page.locator("input[type=file]").first.set_input_files(file)


def go_to(page: Page, name: str) -> None:
    """Go to a page by the menu and wait until it is drawn."""
    with redrawn(page):
        menu_link(page, name).click()
    on_page(page, name)


def menu_link(page: Page, name: str) -> Locator:
    """Return a page's link in the menu; its group is opened where it is folded."""
    group = next(group for group, pages in header.MENU.items() if name in pages.values())
    link = page.get_by_role("link", name=name, exact=True).first
    if group != header.THIS_REPORT and not link.is_visible():
        page.get_by_role("button", name=group, exact=True).click()
    expect(link).to_be_visible()
    return link


def on_page(page: Page, name: str) -> None:
    """Wait until a page, by its name in the menu, begins to be drawn."""
    expect(page).to_have_title(f"{TITLES.get(name, name)} · ecgviz")


@contextmanager
def redrawn(page: Page) -> Iterator[None]:
    """Wait after an action until the script has run and the page has settled."""
    settle(page)
    page.evaluate(WATCH)
    yield
    page.evaluate("window.actedAt = performance.now()")
    page.wait_for_function(RAN, timeout=AT_MOST_MS)
    settle(page)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until an element has the focus; a part that is still being drawn may take the focus again."""
    settle(page)
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate(HAS_FOCUS):
            settle(page)
            if wanted.evaluate(HAS_FOCUS):
                return
    raise AssertionError(f"{wanted} is not reached by pressing Tab {MOST_TABS} times")


def settle(page: Page) -> None:
    """Wait until the script has ended and the page no longer changes."""
    # A page whose script has not begun does not change either.
    expect(page.locator("h1").first).to_be_visible()
    page.evaluate(SETTLED, [QUIET_MS, AT_MOST_MS])


def spill_px(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    return page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")


def table_under(page: Page, name: str, folder: Path) -> Path:
    """Open the fold under the first chart whose key begins with a name, download its table and return the file."""
    settle(page)
    folded = page.locator(f"[class*='st-key-{OPENED}{name}']").first
    if folded.locator("details").get_attribute("open") is None:
        folded.locator("summary").click()
    folded.get_by_role("button", name="CSV", exact=True).wait_for()
    return downloaded(folded, "CSV", folder)


def downloaded(where: Page | Locator, button: str, folder: Path) -> Path:
    """Download a file by the first button of that name, and return it under its suggested name."""
    page = where if isinstance(where, Page) else where.page
    settle(page)
    with page.expect_download() as download:
        where.get_by_role("button", name=button, exact=True).first.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file
