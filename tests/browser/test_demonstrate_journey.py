"""A teacher demonstrates the road from photograph to verdict by arrow keys, on a projector's screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ecgviz.learn.demo_steps import STEPS
from tests.browser.steps import settle

pytestmark = pytest.mark.browser
WIDTH_PX, HEIGHT_PX = 1920, 1080


def scrolls(page: Page) -> bool:
    """Return whether the page is higher or wider than its window."""
    return bool(
        page.get_by_test_id("stMain").evaluate(
            "main => main.scrollHeight > innerHeight + 1 || main.scrollWidth > innerWidth + 1"
        )
    )


def test_a_teacher_walks_nine_screens_by_arrow_keys_without_scrolling(open_window):
    page = open_window("/Demonstrate?sample=edan_normal")
    page.set_viewport_size({"width": WIDTH_PX, "height": HEIGHT_PX})
    for number, step in enumerate(STEPS, start=1):
        expect(page.get_by_role("heading", name=f"{number}. {step.title}")).to_be_visible()
        settle(page)
        assert not scrolls(page), step.key
        page.keyboard.press("w")
        expect(page.get_by_text(step.goes_wrong[0])).to_be_visible()
        settle(page)
        assert not scrolls(page), step.key
        if number < len(STEPS):
            page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"step={STEPS[-1].key}"))
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name=f"8. {STEPS[-2].title}")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=f"8. {STEPS[-2].title}")).to_be_visible()
