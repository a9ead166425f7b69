"""Opening a report, walking through its stages, bad files and separate sessions, in a real browser."""

from __future__ import annotations

import re

import pytest

from ecgviz.words import page_facts
from sample_images import samples
from tests.browser.steps import upload

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = pytest.mark.browser

SAMPLES = {sample.name: sample for sample in samples()}
REPORT = SAMPLES["edan_normal"].path
OTHER = SAMPLES["edan_af"].path


def expect_read(page) -> None:
    expect(page.get_by_alt_text(re.compile("with 13 lead boxes"))).to_be_visible()


def to_preprocessing(page) -> None:
    page.get_by_role("link", name="Preprocessing", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("^All stages of lead"))).to_be_visible()


def test_clinician_opens_a_report_and_teacher_walks_its_stages(open_window):
    page = open_window()
    upload(page, REPORT)
    expect_read(page)
    expect(page.get_by_text(f"3 {page_facts.TIMES} 4 + 1")).to_be_visible()

    to_preprocessing(page)
    numbered = page.get_by_test_id("stExpander").filter(has_text=re.compile(r"^[a-z_]*\d\. "))
    expanders = numbered.filter(has_not_text="all leads")
    expect(expanders).to_have_count(9)
    for number in range(9):
        expanders.nth(number).locator("summary").click()
        expect(expanders.nth(number).get_by_role("img").first).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()

    picture = page.get_by_alt_text("Lead I: Otsu's threshold").first
    before = picture.get_attribute("src")
    sigma = page.get_by_role("slider").first
    sigma.focus()
    for _ in range(10):
        sigma.press("ArrowRight")
    expect(page.get_by_text("Changed: sigma 2 px")).to_be_visible()
    expect(picture).not_to_have_attribute("src", before)
    page.get_by_role("button", name="Reset to the article's values").click()
    expect(page.get_by_text("The article's values", exact=True)).to_be_visible()
    expect(picture).to_have_attribute("src", before)

    page.get_by_text("Blended", exact=True).click()
    expect(page.get_by_text("50% Segmentation into leads, 50% Binary")).to_be_visible()

    page.get_by_role("link", name="Home", exact=True).click()
    expect_read(page)


def test_a_bad_file_is_refused_and_the_app_works_on(open_window):
    page = open_window()
    upload(page, {"name": "notes.png", "mimeType": "image/png", "buffer": b"this is no image"})
    expect(page.get_by_text("This image was not read.")).to_be_visible()
    expect(page.get_by_text("Code:")).to_be_visible()
    upload(page, REPORT)
    expect_read(page)
    expect(page.get_by_text("This image was not read.")).to_have_count(0)


def test_a_file_dropped_while_another_is_being_read_takes_its_place(open_window):
    page = open_window()
    upload(page, OTHER)
    expect(page.get_by_role("button", name="Close report")).to_be_visible()
    upload(page, REPORT)
    expect(page.get_by_alt_text(f"The report {REPORT.name} with 13 lead boxes")).to_be_visible()
    expect(page.get_by_alt_text(re.compile(OTHER.name))).to_have_count(0)


def test_two_windows_never_see_each_others_report(open_window):
    first, second = open_window(), open_window()
    upload(first, REPORT)
    expect_read(first)
    second.reload()
    expect(second.get_by_role("heading", name="Simulated samples")).to_be_visible()
    expect(second.get_by_text(REPORT.name)).to_have_count(0)
    upload(second, OTHER)
    expect_read(second)
    to_preprocessing(first)
    to_preprocessing(second)
    for page, own, others in ((first, REPORT, OTHER), (second, OTHER, REPORT)):
        expect(page.get_by_text(own.name)).to_be_visible()
        expect(page.get_by_text(others.name)).to_have_count(0)
