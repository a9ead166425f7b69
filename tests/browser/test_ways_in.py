"""Reports that come from the clipboard and from the camera, in a real browser."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from playwright.sync_api import Page, expect

from sample_images import samples
from tests.browser.steps import settle

pytestmark = pytest.mark.browser
REPORT = next(sample.path for sample in samples() if sample.name == "edan_normal")
# What a browser does on Ctrl+V with a copied image.
PASTE = """([name, kind, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type: kind }));
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.dispatchEvent(event);
  return event.defaultPrevented;
}"""


def paste(page: Page, content: bytes) -> bool:
    """Paste a file, and return whether the app took it."""
    expect(page.get_by_text("Or paste an image")).to_be_visible()
    return page.evaluate(PASTE, ["image.png", "image/png", b64encode(content).decode("ascii")])


def test_an_image_from_the_clipboard_opens(open_window):
    page = open_window()
    assert paste(page, REPORT.read_bytes())
    expect(page.get_by_alt_text("The report image.png with 13 lead boxes")).to_be_visible()


def test_a_clipboard_file_that_is_no_image_is_refused(open_window):
    page = open_window()
    assert paste(page, b"this is no image")
    expect(page.get_by_text("This image was not read.")).to_be_visible()
    expect(page.get_by_text("unsupported_format")).to_be_visible()


def test_the_camera_starts_only_when_switched_on_and_its_test_image_is_refused(open_window):
    page = open_window()
    expect(page.get_by_text("Use the camera")).to_be_visible()
    expect(page.get_by_test_id("stCameraInput")).to_have_count(0)
    settle(page)
    page.get_by_text("Use the camera").click()
    camera = page.get_by_test_id("stCameraInput")
    expect(camera.locator("video")).to_be_visible()
    # A photo that is taken before the first picture has arrived is none.
    page.wait_for_function("document.querySelector('[data-testid=stCameraInput] video').readyState >= 3")
    settle(page)
    camera.get_by_role("button", name="Take Photo").click()
    expect(page.get_by_text("This image was not read.")).to_be_visible()
    expect(page.get_by_text(re.compile("^Code: (not_an_ecg|too_small|too_blurred|not_12_lead)$"))).to_be_visible()
    expect(page.get_by_text("Simulated samples").first).to_be_visible()
