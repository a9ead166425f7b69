"""Images that a reader must refuse: a page of text, and empty squared paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_images.drawing import Drawing
from sample_images.ink import lettering, print_ink
from sample_images.paper import squared_paper
from sample_images.style import PageStyle

_WORDS = ("the", "page", "of", "words", "in", "plain", "rows", "holds", "no", "beat", "but", "pauses", "here")


def draw_document(page: PageStyle | None = None, seed: int = 0) -> Drawing:
    """Draw a page of text on plain paper of the size of `page`."""
    page = page or PageStyle()
    rng = np.random.default_rng(seed)
    scale = page.px_per_mm
    lines = [("A letter", (25 * scale, 25 * scale), 6 * scale, "ls")]
    for y_mm in np.arange(38, page.height_mm - 20, 6.5):
        if rng.uniform() < 0.12:
            continue
        words = " ".join(rng.choice(_WORDS, rng.integers(12, 26)))
        lines.append((words, (25 * scale, float(y_mm) * scale), 3.8 * scale, "ls"))
    paper = squared_paper(replace(page, grid="none", frame_rgb=None))
    image = print_ink(paper, lettering(page.shape_px, lines), page.ink_rgb)
    return Drawing(image, "document", scale, seed=seed)


def draw_blank_grid(page: PageStyle | None = None) -> Drawing:
    """Draw the squared paper of `page` without traces or text."""
    page = page or PageStyle()
    return Drawing(squared_paper(page).copy(), "blank grid", page.px_per_mm)
