"""The page as it is looked at: as it came or as it was read, bare or with its lead boxes, whole or masked."""

from __future__ import annotations

from ecgviz.drawing import pictures
from ecgviz.study import Study, masked_picture, outlines_in_picture, outlines_on_page, page_shown

AS_IT_CAME, AS_READ = "As it came", "As it was read"


def picture_of(study: Study, overlay: bool, view: str, hidden: bool) -> bytes:
    """Encode one view; with `hidden`, only of what `masking` keeps."""
    page, boxes = study.page, study.layout.boxes
    if view == AS_IT_CAME:
        rgb = masked_picture(study) if hidden else study.image.rgb
        outlines = outlines_in_picture(page, boxes)
    else:
        rgb = page_shown(study, hidden)
        outlines = outlines_on_page(boxes)
    return pictures.page_with_leads(rgb, outlines) if overlay else pictures.webp(rgb)
