"""Outlines of the leads of the flat page in the original image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.lead_id import LeadId
from preprocessing.leads import LeadBox
from preprocessing.page import Page, along_sides, clockwise_from_top_left

# Points per side: a straight side of the flat page follows the paper's bends in the image.
PIECES = 24


@dataclass(frozen=True)
class Outline:
    """The outline of one lead, closed from its last point (x, y) to its first; clockwise from the top left."""

    lead: LeadId
    points_px: np.ndarray


def quad_in_picture(page: Page, box: LeadBox) -> np.ndarray:
    """Return the corners of a lead in pixels of the image, shape (4, 2), clockwise from the image's top left.

    On a page that lies turned or mirrored in the image, the first is not the lead's own top left.
    """
    return page.to_picture(_corners_as_seen(page, box))


def outlines_in_picture(page: Page, boxes: Sequence[LeadBox]) -> list[Outline]:
    """Outline leads in the image, where their sides bend with the paper."""
    return [Outline(box.id, page.to_picture(along_sides(_corners_as_seen(page, box), PIECES))) for box in boxes]


def frame_in_picture(page: Page, edges: tuple[float, float, float, float]) -> np.ndarray:
    """Return the outline of a rectangle of the flat page in the image, shape (n, 2)."""
    left, top, right, bottom = edges
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return page.to_picture(along_sides(corners, PIECES))


def outlines_on_page(boxes: Sequence[LeadBox]) -> list[Outline]:
    """Outline leads on the flat page."""
    return [Outline(box.id, np.array(box.quad)) for box in boxes]


def _corners_as_seen(page: Page, box: LeadBox) -> np.ndarray:
    """Return a box's corners on the page, ordered clockwise from the top left as the image shows them."""
    corners = np.array(box.quad)
    return np.asarray(corners[clockwise_from_top_left(page.to_picture(corners))])
