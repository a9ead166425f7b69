"""Where the leads of the flat page lie in the picture that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.lead_id import LeadId
from preprocessing.leads import LeadBox
from preprocessing.page import Page, along_sides, clockwise_from_top_left

# A straight side of the flat page follows the paper's bends in the picture in so many pieces.
PIECES = 24


@dataclass(frozen=True)
class Outline:
    """The line around one lead, closed from its last point (x, y) to its first; clockwise from the top left."""

    lead: LeadId
    points_px: np.ndarray


def quad_in_picture(page: Page, box: LeadBox) -> np.ndarray:
    """Return the corners of a lead in pixels of the picture, shape (4, 2), clockwise from the picture's top left.

    On a page that lies turned or mirrored in the picture these are not the lead's own top left and so on.
    """
    return page.to_picture(_corners_as_seen(page, box))


def outlines_in_picture(page: Page, boxes: Sequence[LeadBox]) -> list[Outline]:
    """Outline leads in the picture: their sides bend as the paper does."""
    return [Outline(box.id, page.to_picture(along_sides(_corners_as_seen(page, box), PIECES))) for box in boxes]


def frame_in_picture(page: Page, edges: tuple[float, float, float, float]) -> np.ndarray:
    """Return the line around left, top, right and bottom of the flat page as it runs in the picture, shape (n, 2)."""
    left, top, right, bottom = edges
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return page.to_picture(along_sides(corners, PIECES))


def outlines_on_page(boxes: Sequence[LeadBox]) -> list[Outline]:
    """Outline leads on the flat page."""
    return [Outline(box.id, np.array(box.quad)) for box in boxes]


def _corners_as_seen(page: Page, box: LeadBox) -> np.ndarray:
    """Return a box's corners on the page, in the order in which the picture shows them clockwise from its top left."""
    corners = np.array(box.quad)
    return corners[clockwise_from_top_left(page.to_picture(corners))]
