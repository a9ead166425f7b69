"""The report as a PDF: A4 portrait for text and tables, landscape for the traces, which are to scale at 100%.

The traces are vector lines. The same study and options give the same bytes.
"""

from __future__ import annotations

from io import BytesIO
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Table as PdfTable

from ecgviz import DISCLAIMER, __version__
from ecgviz.drawing import shade_of
from ecgviz.export.report.blocks import Picture, Table, Words
from ecgviz.export.report.content import Content, Section, content_of
from ecgviz.export.report.options import ReportOptions
from ecgviz.export.report.pdf_sheet import BOLD, FONT, PdfSheet
from ecgviz.export.report.sheets import SQUARES, Sheet
from ecgviz.study import Study

SIDE_MM, FOOT_MM = 12, 14
WIDE_MM = 210 - 2 * SIDE_MM
# What is left of a page on which nothing stands yet, less a little.
NEW_PAGE_MM = 297 - SIDE_MM - FOOT_MM - 1
QUIET = colors.HexColor("#4d5b5d")
LINE, WARN = colors.HexColor("#c9d2d2"), colors.HexColor("#fdf3d8")
# ReportLab has global state.
_ONE_AT_A_TIME = Lock()
_TOTAL = "total"


def _style(name: str, size_pt: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=more.pop("font", FONT), fontSize=size_pt, leading=1.4 * size_pt, **more)


_INSET = {"leftIndent": 4, "rightIndent": 4}
_KINDS = {
    "plain": _style("plain", 9, spaceAfter=4),
    "strong": _style("strong", 11, font=BOLD, spaceAfter=6),
    "small": _style("small", 7.5, textColor=QUIET, spaceAfter=4),
    "warning": _style("warning", 9, backColor=WARN, borderPadding=4, spaceBefore=8, spaceAfter=10, **_INSET),
    "title": _style("title", 16, font=BOLD, spaceAfter=4),
    "heading": _style("heading", 11.5, font=BOLD, spaceBefore=10, spaceAfter=5, keepWithNext=1),
    # Kept on one page with what follows.
    "caption": _style("caption", 7.5, textColor=QUIET, spaceAfter=4, keepWithNext=1),
    "cell": _style("cell", 8.5),
    "head": _style("head", 8.5, font=BOLD),
}


def report_pdf(study: Study, options: ReportOptions | None = None) -> bytes:
    """Write the report of a study as a PDF."""
    return pdf_of(content_of(study, options or ReportOptions()))


def pdf_of(content: Content) -> bytes:
    """Write any content as a PDF."""
    with _ONE_AT_A_TIME:
        _prepare()
        buffer = BytesIO()
        document = _Document(buffer, content)
        document.build(_story(content))
    return buffer.getvalue()


def _prepare() -> None:
    rl_config.useA85 = 0  # ASCII encoding would make the file a quarter larger.
    for name, file in ((FONT, "Vera.ttf"), (BOLD, "VeraBd.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, file))


class _Document(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """The pages' frames, footers and outline."""

    def __init__(self, buffer: BytesIO, content: Content) -> None:
        super().__init__(
            buffer,
            title=content.title,
            author="ecgviz",
            subject=DISCLAIMER,
            creator=f"ecgviz {__version__}",
            lang="en-GB",
            displayDocTitle=True,
            initialFontName=FONT,
            invariant=1,
        )
        self.content = content
        for name, (width, height), side_mm, top_mm in (
            ("words", A4, SIDE_MM, SIDE_MM),
            ("sheet", landscape(A4), 10, 8),
        ):
            frame = Frame(
                side_mm * mm,
                FOOT_MM * mm,
                width - 2 * side_mm * mm,
                height - (FOOT_MM + top_mm) * mm,
                leftPadding=0,
                rightPadding=0,
                topPadding=0,
                bottomPadding=0,
            )
            self.addPageTemplates(PageTemplate(name, [frame], onPage=self._foot, pagesize=(width, height)))

    def _foot(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        width, _height = canvas._pagesize
        canvas.setFont(FONT, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(10 * mm, 7 * mm, DISCLAIMER)
        canvas.drawRightString(width - 15 * mm, 7 * mm, f"{self.content.name}, page {canvas.getPageNumber()} of ")
        # The number of pages is known at the end, where `_Total` draws it into this form.
        canvas.saveState()
        canvas.translate(width - 15 * mm, 7 * mm)
        canvas.doForm(_TOTAL)
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Paragraph) and flowable.style.name == "heading":
            key = f"part{self.seq.nextf('part')}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, level=0)


class _Total(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Draws the number of pages into the footers; comes last."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.beginForm(_TOTAL)
        self.canv.setFont(FONT, 7.5)
        self.canv.setFillColor(QUIET)
        self.canv.drawString(0, 0, str(self.canv.getPageNumber()))
        self.canv.endForm()


def _story(content: Content) -> list[Flowable]:
    story: list[Flowable] = [_paragraph(content.title, "title")]
    story += [_paragraph(words.text, words.kind) for words in content.lead_in]
    for section in content.sections:
        story += _section(section)
    return [*story, _Total()]


def _section(section: Section) -> list[Flowable]:
    story: list[Flowable] = [_paragraph(section.title, "heading")]
    sheets = [block for block in section.blocks if isinstance(block, Sheet)]
    if sheets:
        story = [NextPageTemplate("sheet"), PageBreak(), *story]
    for block in section.blocks:
        if isinstance(block, Words):
            story.append(_paragraph(block.text, block.kind))
        elif isinstance(block, Table):
            caption = f"{block.folded}: {block.caption}" if block.folded else block.caption
            story += [_paragraph(caption, "caption"), _table(block), Spacer(0, 3 * mm)]
        elif isinstance(block, Picture):
            story += [_picture(block), Spacer(0, 2 * mm)]
        else:
            story += [PageBreak()] if block is not sheets[0] else []
            story += [PdfSheet(block), Spacer(0, 1.5 * mm), _paragraph(f"{block.words} {SQUARES}", "small")]
    if section.is_alone:
        # Nothing where a new page has begun already.
        story.append(CondPageBreak(NEW_PAGE_MM * mm))
    return story


def _paragraph(text: str, kind: str) -> Paragraph:
    return Paragraph(escape(text), _KINDS[kind])


def _table(table: Table) -> PdfTable:
    head = [_paragraph(name, "head") for name in table.head]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("FONT", (1, 1), (-1, -1), FONT, 8.5),
    ]
    if table.folded:
        style.append(("TEXTCOLOR", (1, 1), (-1, -1), QUIET))
    rows: list[list[Any]] = []
    for first, *cells in table.rows:
        shown = cells if table.shares else [_paragraph(cell, "cell") for cell in cells]
        rows.append([_paragraph(first, "head"), *shown])
    for row, shares in enumerate(table.shares, start=1):
        for column, share in enumerate(shares, start=1):
            ground, ink = shade_of(share)
            style += [
                ("BACKGROUND", (column, row), (column, row), colors.HexColor(ground)),
                ("TEXTCOLOR", (column, row), (column, row), colors.HexColor(ink)),
                ("ALIGN", (column, row), (column, row), "RIGHT"),
            ]
    others = len(table.head) - 1
    first_mm = 34 if table.shares else 62
    widths = [first_mm * mm, *([(WIDE_MM - first_mm) * mm / others] * others)]
    if table.widths:
        widths = [share * WIDE_MM * mm for share in table.widths]
    return PdfTable([head, *rows], widths, repeatRows=1, style=TableStyle(style), hAlign="LEFT")


def _picture(picture: Picture) -> Image:
    width_mm = min(WIDE_MM, picture.high_mm * picture.width_px / picture.height_px)
    height_mm = width_mm * picture.height_px / picture.width_px
    return Image(BytesIO(picture.jpeg), width_mm * mm, height_mm * mm, hAlign="LEFT")
