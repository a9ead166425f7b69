"""Take the README's pictures of the app, over drawn reports: ``python tests/readme_pictures.py``."""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".readme"
GALLERY = ROOT / "sample_images" / "gallery"
SAMPLE, PHOTOGRAPH = GALLERY / "edan_acute_inferior.jpg", GALLERY / "photo_folded.jpg"
SIZE, TALL, WHOLE = ({"width": 1280, "height": height} for height in (900, 1960, 1290))
BROWSER_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def started_app() -> tuple[subprocess.Popen[bytes], str]:
    """Start the app on a free port and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return process, address
        except (URLError, ConnectionError):
            time.sleep(0.2)
    process.terminate()
    raise RuntimeError("the app did not start within 40 seconds")


def settled(page: Page) -> None:
    """Wait until the app has stopped drawing."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
    page.wait_for_timeout(800)


def main() -> None:
    """Write one picture a page in each theme."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    browser_path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if browser_path is None:
        sys.exit("Chromium is needed to take the pictures; install it first.")
    FOLDER.mkdir(exist_ok=True)
    process, address = started_app()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_OPTIONS)
            for theme in ("light", "dark"):
                page = browser.new_page(viewport=SIZE, color_scheme=theme)
                page.goto(address)
                page.locator('input[type="file"]').set_input_files(SAMPLE)
                page.get_by_text("Close report").wait_for(timeout=30_000)
                settled(page)
                page.screenshot(path=FOLDER / f"report_{theme}.jpg", quality=82)
                page.get_by_role("link", name="Preprocessing").first.click()
                page.get_by_text("in the paper's order").wait_for(timeout=30_000)
                settled(page)
                page.screenshot(path=FOLDER / f"preprocessing_{theme}.jpg", quality=82)
                page.set_viewport_size(TALL)
                page.get_by_role("link", name="Signals").first.click()
                page.get_by_text("Take the signals away").wait_for(timeout=30_000)
                settled(page)
                page.screenshot(path=FOLDER / f"signals_{theme}.jpg", quality=82)
                page.set_viewport_size(WHOLE)
                page.goto(address)
                page.locator('input[type="file"]').set_input_files(PHOTOGRAPH)
                page.get_by_text("laid flat by its grid").wait_for(timeout=60_000)
                settled(page)
                page.screenshot(path=FOLDER / f"photograph_{theme}.jpg", quality=82)
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
