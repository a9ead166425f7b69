"""A record drawn as a page, which is read like any other; its true samples are kept beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecgviz.records.config import RECORDS
from ecgviz.records.record import Record
from preprocessing.errors import EcgImageError
from preprocessing.lead_id import Role
from preprocessing.traces import RATE_HZ, Trace
from sample_images import LAYOUTS, LEADS, DrawnLead, PageStyle, Recording, Text, draw_page

# Above most waves, which rows of this height leave room for.
_NAME_MM = (1.0, -11.0)
# Tried in this order; the first that prints the most of the record is drawn. The networks know the first best.
_CANDIDATES = ("3x4+1", "6x2+1", "6x2", "3x4")
_TEXTS = (
    Text("12-lead ECG", 8, 11, 5.0),
    Text("Drawn by ecgviz from a file of signals", 8, 18),
    Text("{speed}mm/s  {gain}mm/mV", 8, 206),
    Text("{layout}", 289, 206, anchor="rs"),
)
_USUAL_SPEED, _SHORT_PAGE_SPEED, _USUAL_GAIN, _SMALL_GAIN = 25.0, 50.0, 10.0, 5.0


@dataclass(frozen=True)
class DrawnRecord:
    """A record and the page that was drawn from it.

    Attributes
    ----------
    record : Record
    rgb : ndarray, shape (rows, columns, 3), uint8
        The page.
    traces : tuple of Trace
        What is printed, exactly: the record's own samples with their exact places on the page. Of quality 1 where no
        sample lacks.
    px_per_s : float
        Columns of the page a second: what paper and scanner can hold of the signal.
    """

    record: Record
    rgb: np.ndarray
    traces: tuple[Trace, ...]
    px_per_s: float


def drawn_record(record: Record) -> DrawnRecord:
    """Draw a record on millimetre paper.

    Raises
    ------
    EcgImageError
        ``not_12_lead`` when a lead has too few samples to be printed, ``not_an_ecg`` for noise that fills the page.
    """
    leads = {lead: _level(mv) for lead, mv in record.leads.items()}
    speed = _USUAL_SPEED if record.duration_s > RECORDS.short_page_s + RECORDS.slack_s else _SHORT_PAGE_SPEED
    extent_mv = max(float(np.nanmax(mv) - np.nanmin(mv)) for mv in leads.values())
    gain = _USUAL_GAIN if extent_mv <= RECORDS.usual_extent_mv else _SMALL_GAIN
    ink_m = sum(float(np.nansum(np.abs(np.diff(mv)))) for mv in leads.values()) * gain / 1000
    if ink_m > RECORDS.most_ink_m:
        raise EcgImageError("not_an_ecg", "The signals of this file are noise that would fill the page. Open an ECG.")
    recording = Recording.from_array(np.stack([leads[lead] for lead in LEADS]), RATE_HZ)
    style = PageStyle(layout=_layout(leads, speed), speed_mm_s=speed, gain_mm_mv=gain, texts=_TEXTS, name_mm=_NAME_MM)
    drawing = draw_page(recording, style)
    traces = tuple(_true_trace(style, lead) for lead in drawing.leads)
    return DrawnRecord(record, drawing.image, traces, style.px_per_mm * speed)


def _level(mv: np.ndarray) -> np.ndarray:
    """Return a lead around its median, cut where it would leave its row."""
    around: np.ndarray = np.clip(mv - np.nanmedian(mv), -RECORDS.most_mv, RECORDS.most_mv)
    return around


def _layout(leads: dict[str, np.ndarray], speed_mm_s: float) -> str:
    """Return the layout that prints the most of the record."""
    printed = {name: _printed(name, leads, speed_mm_s) for name in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda name: round(float(np.mean([share for _, share in printed[name]])), 2))
    if poor := sorted({lead for lead, share in printed[best] if share < RECORDS.least_printed}, key=LEADS.index):
        raise EcgImageError(
            "not_12_lead", f"Too little was recorded of {', '.join(poor)} to print twelve leads. Open a 12-lead record."
        )
    return best


def _printed(layout: str, leads: dict[str, np.ndarray], speed_mm_s: float) -> list[tuple[str, float]]:
    """Return the share of each lead's time on the page that has samples, strips included."""
    plan = LAYOUTS[layout]
    page = PageStyle().trace_width_mm / speed_mm_s * RATE_HZ
    rows = [*plan.rows, *((strip,) for strip in plan.strips)]
    shares = []
    for names in rows:
        samples = page / len(names)
        for column, lead in enumerate(names):
            own = leads[lead][round(column * samples) : round((column + 1) * samples)]
            shares.append((lead, float(np.isfinite(own).sum() / samples)))
    return shares


def _true_trace(style: PageStyle, lead: DrawnLead) -> Trace:
    """Return a printed lead as a trace: where its samples lie, the reader would have to find."""
    px_per_mv = style.px_per_mm * style.gain_mm_mv
    read = np.isfinite(lead.samples_mv)
    seen = int(np.argmax(read))
    zero_px = float(lead.trace_px[seen, 1] + lead.samples_mv[seen] * px_per_mv)
    return Trace(
        lead.lead,
        Role(lead.role),
        lead.start_s,
        lead.samples_mv.astype(np.float32),
        float(read.mean()),
        (float(lead.trace_px[0, 0]), zero_px),
        style.px_per_mm * style.speed_mm_s / RATE_HZ,
        px_per_mv,
    )
