"""Two reports compared, as a PDF: their differences, median beats over each other, and both traces at true scale."""

from __future__ import annotations

from ecgviz import DISCLAIMER, __version__
from ecgviz.export.report.as_pdf import pdf_of
from ecgviz.export.report.beat_sheet import beat_sheet
from ecgviz.export.report.blocks import Table, Words
from ecgviz.export.report.content import Content, Section
from ecgviz.export.report.sheets import sheets
from ecgviz.predictions import verdict_card
from ecgviz.study import Study, name_of, remarks
from ecgviz.words import comparison, measured
from preprocessing.trust import Rest

COMPARISON_HEAD = ("Measurement", "First", "Second", "Difference")
NO_BEATS = "Median beats cannot be laid over each other: one of the reports shows none."
_WIDTHS = (0.28, 0.26, 0.26, 0.2)


def comparison_rows(first: Study, second: Study) -> list[tuple[str, ...]]:
    """Return the rows of the table of differences, the predictions last; without networks these are missing."""
    titles = [_verdict(study) for study in (first, second)]
    same = comparison.SAME if titles[0] == titles[1] else comparison.OTHER
    verdicts = ("Prediction", *titles, measured.MISSING if measured.MISSING in titles else same)
    return [*comparison.rows(first, second), verdicts]


def comparison_pdf(first: Study, second: Study) -> bytes:
    """Write the comparison of two reports. The same studies give the same bytes."""
    names = [name_of(study.image.sha256) for study in (first, second)]
    table = Table(
        f"First: {names[0]}. Second: {names[1]}", COMPARISON_HEAD, tuple(comparison_rows(first, second)), widths=_WIDTHS
    )
    laid = beat_sheet(first, second)
    lead_in = [Words(f"Read from images by ecgviz {__version__}. {DISCLAIMER}", "small")]
    for place, study in zip(("First", "Second"), (first, second), strict=True):
        lead_in += [Words(f"{place}: {notice.message}", "warning") for notice in study.notices]
    sections = [
        Section("Differences", (table, Words(comparison.NOTE, "small"))),
        Section("Median beats", (Words(NO_BEATS) if laid is None else laid,)),
    ]
    for place, study in zip(("First", "Second"), (first, second), strict=True):
        noted = (Words(f"{remark}.") for remark in remarks(study.traces))
        sections.append(Section(f"{place} report, traces at true scale", (*noted, *sheets(study))))
    return pdf_of(Content(f"{names[0]}_and_{names[1]}", "Two ECG reports compared", tuple(lead_in), tuple(sections)))


def _verdict(study: Study) -> str:
    if study.prediction is None:
        return measured.MISSING
    return verdict_card.card_of(study.prediction, study.trust.doubts(Rest.PREDICTION)).title
