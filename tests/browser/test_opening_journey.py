"""Opening in a real browser: the former report is gone at once, reading can be cancelled, the page scrolls up."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sample_images import samples
from tests.browser.steps import go_to, redrawn, settle, upload

pytestmark = pytest.mark.browser
SAMPLES = {sample.name: sample for sample in samples()}
VERDICT = "[class*='st-key-verdict_']"
# Notes what the page held when the picture of the next report was first there.
FIRST_SIGHT = """() => {
  window.seen = null;
  const watch = new MutationObserver(() => {
    if (window.seen || !document.querySelector(".st-key-opening img")) return;
    const top = document.querySelector('[data-testid="stMain"]').scrollTop;
    window.seen = { verdicts: document.querySelectorAll("[class*='st-key-verdict_']").length, top };
  });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


def test_the_former_report_is_gone_before_the_next_is_read(open_window):
    page = open_window("/?sample=edan_af")
    expect(page.locator(VERDICT)).to_be_visible()
    settle(page)
    page.evaluate(FIRST_SIGHT)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 5000)")
    upload(page, SAMPLES["photo_old_anterior"].path)
    expect(page.get_by_alt_text("The report photo_old_anterior.jpg")).to_be_visible()
    seen = page.evaluate("window.seen")
    assert seen is not None
    assert seen["verdicts"] == 0
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
    assert "sample" not in page.url


def test_reading_is_cancelled_and_the_former_report_returns(open_window):
    page = open_window("/?sample=edan_af")
    expect(page.locator(VERDICT)).to_be_visible()
    settle(page)
    upload(page, SAMPLES["photo_folded"].path)
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_alt_text(f"The report {SAMPLES['edan_af'].title} with 13 lead boxes")).to_be_visible()
    expect(page.get_by_text("Reading photo_folded.jpg")).to_have_count(0)


def test_a_refusal_shows_the_page_and_holds_the_editor(open_window):
    page = open_window()
    settle(page)
    # Thumbnails that load move the cards below them.
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    page.locator(".st-key-card_document").click(position={"x": 60, "y": 40})
    expect(page.get_by_text("This image was not read.")).to_be_visible()
    expect(page.get_by_alt_text("The page, with what was found on it drawn in")).to_be_visible()
    settle(page)
    page.get_by_test_id("stExpander").get_by_text("Set the layout by hand").click()
    expect(page.get_by_role("combobox", name="Layout")).to_be_visible()


def test_the_header_stays_in_view_and_a_part_opens_by_its_address(open_window):
    page = open_window("/Learn?learn_part=Glossary")
    expect(page.get_by_role("radio", name="Glossary")).to_be_checked()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 2000)")
    expect(page.get_by_role("link", name="Signals", exact=True)).to_be_in_viewport()
    with redrawn(page):
        page.get_by_role("radio", name="Limits").click()
    assert "learn_part=Limits" in page.url


def test_the_browser_asks_before_a_batch_is_lost(open_window):
    page = open_window("/Batch")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_text("Run the networks").click()
    settle(page)
    page.locator("input[type=file]").first.set_input_files(SAMPLES["document"].path)
    page.get_by_role("button", name="Read files").click()
    expect(page.get_by_text("The file is done.")).to_be_visible()
    go_to(page, "Home")
    page.reload()
    assert asked == ["beforeunload"]
