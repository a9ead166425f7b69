"""The summary: one page with the figures, the verdict, ST, and what the reader adds."""

from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from ecgviz.export.report import PARTS, ReportOptions, report_html, report_pdf
from ecgviz.study import caliper_measurement, st_measurement
from tests.studies import study_of

WORDS = "Compare with the last report."


@pytest.fixture(scope="module")
def study():
    return study_of("edan_acute_inferior")


@pytest.fixture(scope="module")
def options(study):
    by_hand = (
        caliper_measurement(study, 12, (500, 600), None, "PR in the strip"),
        st_measurement(study, 0, 0, "ST in I"),
    )
    assert None not in by_hand
    return ReportOptions(comment=f"{WORDS}\nSecond <line>", reader="Reader One", date="2026-11-27", by_hand=by_hand)


def texts(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def test_the_first_page_holds_all_of_it_and_the_second_begins_with_the_appendix(study, options):
    first, second, *_ = texts(report_pdf(study, options))
    assert PARTS["summary"] in first
    assert "Rhythm" in first
    assert "Map of ST" in first
    for words in ("PR in the strip", "ST in I", WORDS, "Second <line>", "Reader One, 2026-11-27"):
        assert words in first
    assert PARTS["networks"] in second
    assert "PR in the strip" not in second


def test_a_summary_alone_is_one_page(study, options):
    assert len(texts(report_pdf(study, replace(options, parts=("summary",))))) == 2
    assert len(texts(report_pdf(study, replace(options, parts=("summary", "traces"))))) <= 4


def test_nothing_of_a_reader_stands_in_a_report_by_default(study):
    page = report_html(study, ReportOptions(parts=("summary",))).decode()
    assert "Signed" not in page
    assert "Comment of the reader" not in page


def test_what_the_reader_types_is_escaped(study, options):
    page = report_html(study, options).decode()
    assert "Second &lt;line&gt;" in page
    assert 'class="alone"' in page


def test_the_picture_in_small_holds_the_leads_alone_where_margins_are_hidden(study):
    sizes = []
    for hidden in (True, False):
        options = ReportOptions(hide_margins=hidden, parts=("summary",))
        document = pdfium.PdfDocument(report_pdf(study, options))
        (image,) = [item for item in document[0].get_objects() if item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
        sizes.append(image.get_px_size())
        document.close()
    (_, cropped), (_, whole) = sizes
    assert cropped < 0.8 * whole
