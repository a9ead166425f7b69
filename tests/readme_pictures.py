"""Take the README's pictures of the app, over simulated samples: ``python tests/readme_pictures.py``."""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.steps import menu_link  # noqa: E402

FOLDER = ROOT / ".readme"
GALLERY = ROOT / "sample_images" / "gallery"
SAMPLE, PHOTOGRAPH = GALLERY / "edan_acute_inferior.jpg", GALLERY / "photo_folded.jpg"
WIDTH, QUALITY = 1280, 80
PATIENCE_MS = 120_000
BROWSER_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Picture:
    """One picture: of which page, how high, what must have come before it is taken, and in which theme."""

    name: str
    page: str
    height: int
    awaited: str
    theme: str = "light"
    report: Path = SAMPLE


PICTURES = [
    Picture("home_light", "Home", 1130, "ST and morphology"),
    Picture("home_dark", "Home", 1130, "ST and morphology", theme="dark"),
    Picture("photograph_light", "Home", 1290, "flattened along its grid", report=PHOTOGRAPH),
    Picture("preprocessing_light", "Preprocessing", 900, "All stages of lead"),
    Picture("leads_light", "Leads", 1480, "Bars: N Normal"),
    Picture("signals_light", "Signals", 1960, "Download signals"),
    Picture("models_light", "Models", 1120, "Where the networks differ"),
    Picture("evaluation_light", "Evaluation", 1120, "predict held-out reports"),
    Picture("learn_light", "Learn", 1120, "Not a medical device"),
    Picture("report_light", "Report", 1120, "HTML"),
    Picture("beat_lab_light", "Beat lab", 1500, "Time and frequency"),
]


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


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Open the report, go to the page, wait until it stands still, and take the picture."""
    page = browser.new_page(viewport={"width": WIDTH, "height": picture.height}, color_scheme=picture.theme)
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    page.locator('input[type="file"]').first.set_input_files(picture.report)
    page.locator("[class*='st-key-verdict_']").first.wait_for()
    menu_link(page, picture.page).click()
    page.get_by_text(picture.awaited).first.wait_for()
    settled(page)
    page.screenshot(path=FOLDER / f"{picture.name}.jpg", quality=QUALITY)
    page.close()


def settled(page: Page) -> None:
    """Wait until the app has stopped drawing."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(1500)


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of pictures; all where none is given")
    only = parser.parse_args().only
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
            for picture in PICTURES:
                if not only or picture.name in only:
                    take(browser, address, picture)
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
