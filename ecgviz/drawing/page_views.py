"""Views of a report: its original image or the page as read, bare or with lead boxes, whole or masked."""

from __future__ import annotations

from ecgviz.drawing import pictures
from ecgviz.study import Study, masked_picture, outlines_in_picture, outlines_on_page, page_shown


def picture_of(study: Study, overlay: bool, as_read: bool, hidden: bool) -> bytes:
    """Encode one view; with `hidden`, only what `masking` keeps."""
    page, boxes = study.page, study.layout.boxes
    if as_read:
        rgb = page_shown(study, hidden)
        outlines = outlines_on_page(boxes)
    else:
        rgb = masked_picture(study) if hidden else study.image.rgb
        outlines = outlines_in_picture(page, boxes)
    return pictures.page_with_leads(rgb, outlines) if overlay else pictures.webp(rgb)
