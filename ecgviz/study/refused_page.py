"""What was found on a page whose leads were not: for a refusal that shows how far the reading came."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.records import opened
from preprocessing.lettering import PrintedName, find_lead_names
from preprocessing.page import Page, find_page


@dataclass(frozen=True)
class FoundSoFar:
    """The page as measured, with its scale and what each pixel was taken for, and the names of leads read on it."""

    page: Page
    names: tuple[PrintedName, ...]


def open_page(data: bytes) -> Page:
    """Measure a page whose leads were not found, for a person to set them by hand."""
    return find_page(opened(data).image.rgb)


def found_so_far(data: bytes) -> FoundSoFar:
    """Measure a page and read the names of leads on it.

    Raises
    ------
    EcgImageError
        When not even the page was found.
    """
    page = open_page(data)
    names = find_lead_names(page.rgb, page.px_per_mm_x)
    return FoundSoFar(page, tuple(name for name in names if name.is_trusted))
