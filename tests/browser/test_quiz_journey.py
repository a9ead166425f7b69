"""A teacher's quiz: its address names the questions, also where a question fills the window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import redrawn

pytestmark = pytest.mark.browser
ADDRESS = re.compile("quiz_series=7&quiz_topics=Rate")


def test_a_question_fills_the_window_and_returns_and_the_address_stays(open_window):
    page = open_window("/Learn?learn_part=Quiz&quiz_series=7&quiz_topics=Rate")
    topics = page.get_by_text("Topics", exact=True)
    expect(topics).to_be_visible()
    with redrawn(page):
        page.get_by_text("Fill the window").click()
    expect(topics).to_be_hidden()
    expect(page).to_have_url(ADDRESS)
    with redrawn(page):
        page.get_by_text("Fill the window").click()
    expect(topics).to_be_visible()
    expect(page).to_have_url(ADDRESS)
