"""Two reports compared in a real browser: their sheets move and zoom in step, and the PDF is downloaded."""

from __future__ import annotations

import pytest

from sample_images import samples
from tests.browser.steps import downloaded, go_to, redrawn, upload

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = pytest.mark.browser

SAMPLES = {sample.name: sample for sample in samples()}


def test_sheets_move_in_step_and_the_comparison_is_downloaded(open_window, tmp_path):
    page = open_window("/")
    for name in ("edan_normal", "edan_acute_inferior"):
        with redrawn(page):
            upload(page, SAMPLES[name].path)
        expect(page.get_by_role("heading", name="Prediction", exact=True)).to_be_visible()
    go_to(page, "Compare")
    tools = page.get_by_role("toolbar", name="View")
    expect(tools).to_have_count(3)
    tools.nth(0).get_by_role("button", name="True size").click()
    for sheet in (0, 1):
        expect(tools.nth(sheet).locator("output")).to_have_text("100%")
    views = page.locator("svg.paper")
    before = [views.nth(sheet).get_attribute("viewBox") for sheet in (0, 1, 2)]
    views.nth(1).press("ArrowRight")
    after = [views.nth(sheet).get_attribute("viewBox") for sheet in (0, 1, 2)]
    assert before[0] != after[0]
    assert before[1] != after[1]
    assert before[2] == after[2]
    expect(page.get_by_role("heading", name="Differences")).to_be_visible()
    assert downloaded(page, "PDF", tmp_path).read_bytes().startswith(b"%PDF")
