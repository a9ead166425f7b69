"""A worklist in the browser: labelling by keyboard, and from a disagreement to its report."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from sample_images import samples
from tests.browser.steps import redrawn, settle

pytestmark = pytest.mark.browser


@pytest.fixture
def example(open_window):
    page = open_window("/Worklist", width=1400, height=1000)
    with redrawn(page):
        page.get_by_role("button", name="Open the example").click()
    with redrawn(page):
        page.get_by_role("textbox", name="Your name or initials").fill("AB")
        page.keyboard.press("Enter")
    page.locator("h1").click()
    return page


def test_reports_are_labelled_by_keyboard_alone(example):
    expect(example.get_by_text("Unread by me (17)")).to_be_visible()
    for key in ("2", "n", "4", "n"):
        with redrawn(example):
            example.keyboard.press(key)
    expect(example.get_by_text("Unread by me (15)")).to_be_visible()
    with redrawn(example):
        example.keyboard.press("k")
    expect(example.get_by_text("Unread by me (15)")).to_be_visible()
    with redrawn(example):
        example.keyboard.press("1")
    with redrawn(example):
        example.keyboard.press("s")
    expect(example.get_by_text("Saved, version 1.")).to_be_visible()
    # What a blind reader did not see before.
    expect(example.get_by_text(re.compile("^Reader A: "))).to_be_visible()


def test_a_folder_is_chosen_in_the_browser_and_labelled(example, tmp_path):
    folder = tmp_path / "reports" / "of today"
    folder.mkdir(parents=True)
    for sample in samples()[:2]:
        (folder / sample.path.name).write_bytes(sample.path.read_bytes())
    (folder / "notes.txt").write_text("no report")
    with redrawn(example):
        example.get_by_role("button", name="Another list").click()
    with redrawn(example):
        example.locator("input[type=file]").nth(1).set_input_files(tmp_path / "reports")
    with redrawn(example):
        example.get_by_role("button", name="Use these files").click()
    expect(example.get_by_text("Unread by me (2)")).to_be_visible()


def test_keys_do_nothing_while_a_comment_is_typed(example):
    comment = example.get_by_role("textbox", name="Comment")
    comment.click()
    comment.press_sequentially("1 n s k")
    with redrawn(example):
        comment.blur()
    expect(comment).to_have_value("1 n s k")
    expect(example.get_by_text("Unread by me (17)")).to_be_visible()
    expect(example.locator(".st-key-reading_save button")).to_be_disabled()


def test_a_case_of_disagreement_is_one_click_from_its_report(example):
    with redrawn(example):
        example.get_by_role("radio", name="Agreement").click()
    table = example.locator(".st-key-agreement_cases")
    table.scroll_into_view_if_needed()
    settle(example)
    box = table.locator("canvas").first.bounding_box()
    with redrawn(example):
        example.mouse.click(box["x"] + 20, box["y"] + 52)
    expect(example.get_by_text("Decision", exact=True)).to_be_visible()
    expect(example.get_by_text(re.compile("^Reader A: "))).to_be_visible()
