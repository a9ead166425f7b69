"""Every page opens by its address, also first on a fresh server, and fits windows of any width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from ecgviz import DISCLAIMER
from ecgviz.app import ui
from sample_images import samples
from tests.browser.app_server import started_app
from tests.browser.steps import go_to, menu_link, on_page, redrawn, settle, spill_px, upload

pytestmark = pytest.mark.browser
REPORT = next(sample.path for sample in samples() if sample.name == "edan_af")
# They show something of their own where no report is open.
WITHOUT_REPORT = ("Evaluation", "Batch", "Worklist", "Learn", "Demonstrate", "Beat lab")
NARROW_PX, WIDE_PX, HEIGHT_PX = 390, 1600, 900


def framed(page: Page, name: str) -> None:
    """Check that a page has its title, the menu and the disclaimer."""
    on_page(page, name)
    for _, other in ui.PAGES:
        expect(menu_link(page, other)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text(DISCLAIMER)).to_have_count(1)


def parts_opened(page: Page) -> Iterator[str]:
    """Open the parts of a page one after another, where it has any, and name them."""
    yield "as it opens"
    for part in page.get_by_role("tab").or_(page.get_by_role("radiogroup", name="Part").get_by_role("radio")).all()[1:]:
        with redrawn(page):
            part.click()
        yield part.inner_text()


def test_a_page_other_than_home_can_be_the_first_that_a_fresh_server_shows(open_window, tmp_path):
    log = tmp_path / "log.txt"
    with started_app(log) as app:
        page = open_window("/Evaluation", at=app.address)
        framed(page, "Evaluation")
        settle(page)
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("name", [name for _, name in ui.PAGES])
def test_each_page_opens_by_its_address_and_offers_a_report(open_window, name):
    page = open_window("/" if name == "Home" else "/" + name.replace(" ", "_"))
    framed(page, name)
    if name in WITHOUT_REPORT:
        return
    page.locator(".st-key-sample_edan_normal button").click()
    expect(page.get_by_text("simulated sample", exact=True)).to_be_visible()


@pytest.mark.parametrize("loaded", [False, True], ids=["empty", "loaded"])
def test_no_page_is_wider_than_its_window(open_window, loaded):
    page = open_window(width=NARROW_PX)
    if loaded:
        upload(page, REPORT)
        expect(page.locator("[class*='st-key-verdict_']").first).to_be_visible()
    too_wide = []
    for _, name in ui.PAGES:
        go_to(page, name)
        for part in parts_opened(page) if loaded else ["as it opens"]:
            for width in (NARROW_PX, WIDE_PX):
                page.set_viewport_size({"width": width, "height": HEIGHT_PX})
                settle(page)
                if spill_px(page) > 0:
                    too_wide.append(f"{name} {part} at {width} px: by {spill_px(page)} px")
    assert not too_wide
