"""The comparison of two reports as a PDF: what it holds, and that beats lie over each other to scale."""

from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium

from ecgviz.export.report import comparison_pdf
from ecgviz.export.report.beat_sheet import PER_ROW, beat_sheet
from ecgviz.export.report.comparison import NO_BEATS
from ecgviz.export.report.sheets import UNITS_MM, WIDTH_MM
from ecgviz.study import name_of
from tests.studies import study_of

FIRST, SECOND = (replace(study_of(name), with_models=False) for name in ("edan_normal", "edan_acute_inferior"))


def texts(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    found = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def test_the_pdf_holds_differences_beats_and_both_sheets():
    pdf = comparison_pdf(FIRST, SECOND)
    assert pdf == comparison_pdf(FIRST, SECOND)
    pages = texts(pdf)
    assert len(pages) == 4
    for study in (FIRST, SECOND):
        assert name_of(study.image.sha256) in pages[0]
    assert "Prediction" in pages[0]
    for number, words in enumerate(("Median beats", "First report, traces", "Second report, traces"), start=1):
        assert words in pages[number]


def test_beats_of_both_reports_lie_over_each_other_to_scale():
    sheet = beat_sheet(FIRST, SECOND)
    assert len(sheet.names) == 12
    assert len(sheet.traces) >= 12
    assert len(sheet.others) >= 12
    columns = {label.x for label in sheet.names}
    assert len(columns) == PER_ROW
    for points in (*sheet.traces, *sheet.others):
        assert points.min() >= 0
        assert points[:, 0].max() <= WIDTH_MM * UNITS_MM
        assert points[:, 1].max() <= sheet.height
    # A report over itself gives the same lines.
    same = beat_sheet(FIRST, FIRST)
    assert all(np.array_equal(one, two) for one, two in zip(same.traces, same.others, strict=True))


def test_without_beats_of_one_report_the_pdf_gives_the_reason():
    flat = replace(FIRST, measurements=replace(FIRST.measurements, beat=None))
    assert beat_sheet(flat, SECOND) is None
    assert any(NO_BEATS in page for page in texts(comparison_pdf(flat, SECOND)))
