"""The first page of a report: the sheet, the first line, the verdict, ST by wall, and what the reader adds."""

from __future__ import annotations

from ecgviz.drawing import jpeg, with_leads
from ecgviz.export.report.blocks import Picture, Table, Words
from ecgviz.export.report.morphology import st_map
from ecgviz.export.report.options import ReportOptions
from ecgviz.predictions import verdict_card
from ecgviz.study import Study, kept_edges, outlines_in_picture, outlines_on_page, page_shown
from ecgviz.words import doubts, first_line, hand_measurements
from models.serving import Prediction
from preprocessing.trust import Rest

NOT_RUN = "The networks were not run."
# Small enough for one page with the rest, wide enough for print at 150 dpi.
PICTURE_PX, PICTURE_HIGH_MM = 1200, 72.0
_FIGURE_WIDTHS = (0.14, 0.12, 0.14, 0.13, 0.11, 0.24, 0.12)
_HAND_WIDTHS = (0.17, 0.08, 0.15, 0.18, 0.09, 0.22, 0.11)
_SIGNED = "Signed by the reader, not by the program"


def summary_blocks(
    study: Study, prediction: Prediction | None, options: ReportOptions
) -> list[Words | Table | Picture]:
    """Return the blocks of the part, which fit one page."""
    return [
        _first_line(study),
        _sheet(study, options.hide_margins),
        *_verdict(study, prediction),
        *([st_map(study)] if study.measurements.waves else []),
        *_of_reader(options),
    ]


def _first_line(study: Study) -> Table:
    figures = first_line.first_line(study.measurements, study.trust, study.is_paced)
    marks = [
        ", ".join(filter(None, (one.outside, doubts.PROVISIONAL if one.provisional else ""))) or "normal"
        if one.value.strip(hand_measurements.NONE)
        else "not measured"
        for one in figures
    ]
    rows = [
        ("Measured", *(one.value for one in figures)),
        ("Normal", *(one.normal for one in figures)),
        ("Mark", *marks),
    ]
    head = ("", *(one.label for one in figures))
    return Table("Rate, rhythm, intervals and axis", head, tuple(rows), widths=_FIGURE_WIDTHS)


def _sheet(study: Study, hide_margins: bool) -> Picture:
    """Return the page in small; with hidden margins only the part that holds the leads."""
    alt = "The page in small, with its lead boxes" + ", margins hidden" * hide_margins
    if hide_margins:
        drawn = with_leads(page_shown(study, hidden=True), outlines_on_page(study.layout.boxes), PICTURE_PX)
        scale = drawn.shape[1] / study.page.rgb.shape[1]
        left, top, right, bottom = (round(edge * scale) for edge in kept_edges(study))
        drawn = drawn[top:bottom, left:right]
    else:
        drawn = with_leads(study.image.rgb, outlines_in_picture(study.page, study.layout.boxes), PICTURE_PX)
    height, width = drawn.shape[:2]
    return Picture(jpeg(drawn, PICTURE_PX), width, height, alt, PICTURE_HIGH_MM)


def _verdict(study: Study, prediction: Prediction | None) -> list[Words]:
    if prediction is None:
        return [Words(NOT_RUN)]
    card = verdict_card.card_of(prediction, study.trust.doubts(Rest.PREDICTION))
    return [Words(card.title, "strong"), Words(" ".join(card.sentences))]


def _of_reader(options: ReportOptions) -> list[Words | Table]:
    """Return comment and name before the measurements: of these there may be more than the page holds."""
    lines = [line.strip() for line in options.comment.splitlines() if line.strip()]
    blocks: list[Words | Table] = [Words("Comment of the reader", "strong"), *map(Words, lines)] if lines else []
    signed = ", ".join(filter(None, (options.reader.strip(), options.date.strip())))
    if signed:
        blocks.append(Words(f"{_SIGNED}: {signed}", "small"))
    rows = hand_measurements.rows(options.by_hand)
    if rows:
        blocks.append(Table(hand_measurements.NOTE, hand_measurements.HEAD, tuple(rows), widths=_HAND_WIDTHS))
    return blocks
