"""Downloading a report in a real browser: both files, and the HTML as opened and printed."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pytest

from ecgviz import DISCLAIMER
from preprocessing.picture import pages_of_pdf
from sample_images import samples
from tests.browser.steps import downloaded

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = pytest.mark.browser

SAMPLES = {sample.name: sample for sample in samples()}
DPI = 300


def test_a_report_is_downloaded_and_its_html_prints_at_true_scale(open_window, tmp_path):
    page = open_window("/Report")
    page.locator(".st-key-sample_pvc_6x2 button").click()
    expect(page.get_by_alt_text("Page 1 of", exact=False)).to_be_visible()
    pdf, html = downloaded(page, "PDF", tmp_path), downloaded(page, "HTML", tmp_path)
    assert pdf.name.startswith("ecg_")
    assert html.name == pdf.name.replace(".pdf", ".html")
    assert pdf.read_bytes().startswith(b"%PDF-")

    # In a narrow window without the app: no request is made and nothing overflows.
    alone = page.context.browser.new_page(viewport={"width": 390, "height": 800})
    requested = []
    alone.on("request", lambda request: requested.append(request.url))
    complaints = []
    alone.on("console", lambda message: complaints.append(message.text))
    alone.goto(html.as_uri())
    assert [url for url in requested if not url.startswith("data:")] == [html.as_uri()]
    assert complaints == []
    assert alone.evaluate("document.documentElement.scrollWidth") <= 390

    printed = alone.pdf(prefer_css_page_size=True, print_background=True)
    alone.close()
    document = pdfium.PdfDocument(printed)
    sizes = [tuple(round(side / 72 * 25.4) for side in one.get_size()) for one in document]
    words = [one.get_textpage().get_text_range() for one in document]
    document.close()
    assert all(DISCLAIMER in one for one in words)
    assert sizes[0] == (210, 297)
    assert sizes[-1] == (297, 210)
    # The squared paper is 277 mm wide by its own account; measured here on the page as it is printed.
    sheet = pages_of_pdf(printed, DPI)[-1][:, :, 1]
    coloured = np.flatnonzero((sheet[round(0.15 * len(sheet)) : round(0.4 * len(sheet))] < 250).any(axis=0))
    assert (coloured[-1] - coloured[0]) / DPI * 25.4 == pytest.approx(277, abs=0.4)
