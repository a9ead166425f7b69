"""An SVG as Chromium paints it."""

from __future__ import annotations

import io
import math
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from tests.browser.app_server import CHROMIUM_ARGS, found_chromium
from tests.independent.known_page import MM_PER_INCH

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CSS_PX_PER_INCH = 96
# A busy machine paints slowly.
LONGEST_MS = 300_000


class NoChromiumError(RuntimeError):
    """There is no Chromium on this machine."""


def painted(svg: str, size_mm: tuple[float, float], dpi: float) -> np.ndarray:
    """Paint an SVG of this size, shape (rows, columns, 3), uint8; what is less than a pixel at the ends is cut off."""
    content = _painter().submit(_screenshot, svg, size_mm, dpi).result()
    image = np.array(Image.open(io.BytesIO(content)).convert("RGB"))
    columns, rows = (math.floor(side / MM_PER_INCH * dpi) for side in size_mm)
    return image[:rows, :columns]


@lru_cache(maxsize=1)
def _painter() -> ThreadPoolExecutor:
    """Return the thread that drives Chromium: Playwright allows one driver a thread, and the caller may have one."""
    return ThreadPoolExecutor(1)


@lru_cache(maxsize=1)
def _chromium() -> Browser:
    """Start a Chromium that paints all pages of this process; it ends with its driver, when the process does."""
    from playwright.sync_api import sync_playwright

    path = found_chromium()
    if path is None:
        raise NoChromiumError("Install chromium: it paints the pages that are written as SVG.")
    return sync_playwright().start().chromium.launch(executable_path=path, args=CHROMIUM_ARGS, timeout=LONGEST_MS)


def _screenshot(svg: str, size_mm: tuple[float, float], dpi: float) -> bytes:
    width, height = (math.ceil(side / MM_PER_INCH * CSS_PX_PER_INCH) for side in size_mm)
    window = {"width": width, "height": height}
    page = _chromium().new_page(viewport=window, device_scale_factor=dpi / CSS_PX_PER_INCH)
    page.set_default_timeout(LONGEST_MS)
    page.set_content(f'<!doctype html><body style="margin:0;background:white">{svg}</body>')
    content = page.screenshot(type="png")
    page.close()
    return content
