"""The report as PDF and as HTML, opened again: its content, its scale, and what it must not hold."""

import base64
import io
import re
import threading
from ctypes import c_float
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from ecgviz import DISCLAIMER, __version__
from ecgviz.drawing import shade_of
from ecgviz.export.report import PARTS, ReportOptions, report_html, report_pdf
from ecgviz.export.report.sheets import sheets
from ecgviz.export.report.summary import NOT_RUN
from ecgviz.predictions import verdict_card
from ecgviz.study import name_of
from ecgviz.study.masking import GREY, masked_picture
from models.serving import predictor
from preprocessing.picture import pages_of_pdf
from sample_images import samples
from tests import studies
from tests.conftest import fixed_prediction

SAMPLES = {sample.name: sample for sample in samples()}
FILE = "Doe_Jane_1950.jpg"


def study_of(name):
    return replace(studies.study_of(name), file=FILE)


@pytest.fixture(scope="module")
def study():
    return study_of("edan_normal")


def texts(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


class Outline(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: bytes):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.words = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += f" {data}"

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def picture_in(page: bytes) -> np.ndarray:
    data = re.search(rb'src="data:image/jpeg;base64,([^"]+)"', page).group(1)
    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        return np.asarray(picture.convert("RGB"))


def test_every_pdf_page_has_disclaimer_name_and_number(study):
    pages = texts(report_pdf(study))
    for number, page in enumerate(pages, start=1):
        assert DISCLAIMER in page
        assert f"{name_of(study.image.sha256)}, page {number} of {len(pages)}" in page
    assert 4 < len(pages) < 10


def test_pdf_and_html_have_the_same_content(study):
    pdf, page = " ".join(texts(report_pdf(study))), " ".join(Outline(report_html(study)).words.split())
    for part in PARTS.values():
        assert part in pdf
        assert part in page
    card = verdict_card.card_of(study.prediction)
    for words in (
        card.title,
        *card.sentences,
        verdict_card.RAW,
        study.image.sha256,
        __version__,
        "0" * 12,
        "25 mm/s and 10 mm/mV",
        "II = I + III holds",
        "Speed, from the columns",
    ):
        assert words in page, words
        assert words in pdf or words.replace(" ", "") in pdf.replace(" ", ""), words
    # Without a prediction the probabilities are folded, and no class is named above them.
    assert not card.is_predicted
    assert "<details>" in report_html(study).decode()
    assert "The networks disagree" not in page


def test_a_prediction_is_shown_with_its_probabilities(study, monkeypatch):
    monkeypatch.setattr(predictor, "networks", lambda: lambda *given: sure_prediction(study))
    fresh = replace(study)
    page, pdf = report_html(fresh).decode(), " ".join(texts(report_pdf(fresh)))
    for whole in (page, pdf):
        assert "Normal, 90% confidence" in whole
        assert verdict_card.RAW not in whole
    assert "<details>" not in page
    assert 'class="share"' in page


def sure_prediction(study):
    fixed = fixed_prediction(study.traces)
    return replace(fixed, verdicts=dict.fromkeys(fixed.verdicts, fixed.verdicts["trace_cnn"]))


def test_warnings_come_first(study):
    warned = replace(study, page=study.page.with_facts(notices=(*study.page.notices, predictor.OUT_OF_DISTRIBUTION)))
    page = report_html(warned).decode()
    assert page.index(predictor.OUT_OF_DISTRIBUTION.message) < page.index("<h2")
    assert predictor.OUT_OF_DISTRIBUTION.message[:40] in texts(report_pdf(warned))[0]


def test_a_report_without_networks_says_so(study):
    read = replace(study, with_models=False)
    page = report_html(read).decode()
    assert page.count(NOT_RUN) == 3
    assert "".join(texts(report_pdf(read))).count(NOT_RUN) == 3


def test_a_report_without_network_parts_does_not_depend_on_the_prediction(study, monkeypatch):
    out_of_distribution = replace(fixed_prediction(study.traces), notices=(predictor.OUT_OF_DISTRIBUTION,))
    monkeypatch.setattr(predictor, "networks", lambda: lambda *given: out_of_distribution)
    fresh, options = replace(study), ReportOptions(parts=("facts",))
    before = report_html(fresh, options)
    assert fresh.prediction.notices == out_of_distribution.notices
    assert report_html(fresh, options) == before
    assert predictor.OUT_OF_DISTRIBUTION.message in report_html(fresh, ReportOptions(parts=("networks",))).decode()


@pytest.mark.parametrize("write", [report_html, report_pdf])
def test_the_same_report_gives_the_same_bytes(study, write):
    assert write(study) == write(replace(study, file="other.png", read_seconds={"decode": 9.9}))


def test_reports_written_at_once_are_those_written_one_by_one(study):
    others = [study, study_of("rbbb_cabrera")]
    alone = [report_pdf(other) for other in others]
    made: dict[int, bytes] = {}
    threads = [threading.Thread(target=lambda n=n: made.__setitem__(n, report_pdf(others[n % 2]))) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [made[n] for n in range(4)] == alone * 2


@pytest.mark.parametrize("write", [report_html, report_pdf])
def test_nothing_holds_the_files_name(study, write):
    content = write(study)
    assert b"Doe_Jane" not in content
    assert b"Jane_1950" not in content
    document = pdfium.PdfDocument(report_pdf(study))
    metadata = document.get_metadata_dict()
    document.close()
    assert metadata["Title"] == f"ECG report {name_of(study.image.sha256)}"
    assert "Doe" not in str(metadata)


def test_the_title_of_a_sample_is_shown_escaped(study):
    options = ReportOptions(title="Normal, <b>drawn</b> & known")
    assert "Simulated sample: Normal, &lt;b&gt;drawn&lt;/b&gt; &amp; known" in report_html(study, options).decode()
    assert "Simulated sample: Normal, <b>drawn</b> & known" in texts(report_pdf(study, options))[0]


def test_the_pdf_has_a_language_an_outline_and_shows_its_title(study):
    pdf = report_pdf(study)
    assert b"/Lang (en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    document = pdfium.PdfDocument(pdf)
    titles = [(bookmark.get_title(), bookmark.get_dest().get_index()) for bookmark in document.get_toc()]
    last = len(document) - 1
    document.close()
    assert [title for title, _ in titles][-1] == PARTS["traces"]
    assert titles[0] == (PARTS["summary"], 0)
    assert titles[-1][1] == last


def test_pages_are_portrait_for_text_and_landscape_for_traces(study):
    document = pdfium.PdfDocument(report_pdf(study))
    sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    document.close()
    assert set(sizes[:-1]) == {(210, 297)}
    assert sizes[-1] == (297, 210)


def test_squares_are_five_millimetres_on_paper(study):
    """Measured on the page as it is printed, at 600 dots an inch."""
    dpi = 600
    page = pages_of_pdf(report_pdf(study, ReportOptions(parts=("traces",))), dpi)[-1]
    height = page.shape[0]
    for axis in (0, 1):
        # Thick lines are the darkest that run all over the paper.
        paper = page[round(0.12 * height) : round(0.5 * height), round(0.04 * height) : -round(0.05 * height)]
        profile = paper[:, :, 1].astype(float).mean(axis=axis)
        step = 5 / 25.4 * dpi
        offsets = np.arange(0, step, 0.25)
        depth = [profile[np.rint(np.arange(at, profile.size - 1, step)).astype(int)].mean() for at in offsets]
        assert min(depth) < profile.mean() - 20
        for wrong in (0.998, 1.002):
            off = [profile[np.rint(np.arange(at, profile.size - 1, wrong * step)).astype(int)].mean() for at in offsets]
            assert min(off) > min(depth) + 1


def points_mm(path) -> np.ndarray:
    """The corners of a path of the PDF, in millimetres of paper."""
    raw = pdfium.raw
    matrix = path.get_matrix()
    x, y = c_float(), c_float()
    corners = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, index), x, y)
        corners.append(matrix.on_point(x.value, y.value))
    return np.array(corners) / 72 * 25.4


def test_the_pdfs_traces_are_lines_at_true_scale(study):
    """Read from the PDF's own paths: squares, the calibration pulse, and lead I sample by sample."""
    document = pdfium.PdfDocument(report_pdf(study, ReportOptions(parts=("traces",))))
    objects = list(document[len(document) - 1].get_objects())
    assert not [item for item in objects if item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    thin, thick, _, traces = (
        points_mm(item)
        for item in objects
        if item.type == pdfium.raw.FPDF_PAGEOBJ_PATH and pdfium.raw.FPDFPath_CountSegments(item) > 5
    )
    document.close()
    for lines, step in ((thin, 1), (thick, 5)):
        # The last line that runs across ends at the paper's edge, which is no thick line.
        upright = np.unique(lines[:, 0].round(4))[: 277 // step + 1]
        assert np.allclose(upright, 10 + step * np.arange(upright.size), atol=0.001)
    pulse = traces[:6]
    assert np.ptp(pulse[:, 1]) == pytest.approx(10, abs=0.001)
    assert pulse[3, 0] - pulse[2, 0] == pytest.approx(5, abs=0.001)
    (sheet,) = sheets(study)
    drawn = np.concatenate([*sheet.pulses, *sheet.traces]) / 100
    assert len(drawn) == len(traces)
    off = traces - traces[0] - (drawn - drawn[0]) * (1, -1)
    assert np.abs(off).max() < 0.002


def test_the_html_requests_nothing_and_runs_nothing(study):
    page = report_html(study)
    text = page.decode("utf-8")
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}
    parsed = Outline(page)
    assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in parsed.tags}
    assert not re.search(r"url\(|@import|\son\w+=", text)
    policy = next(tag for tag in parsed.of("meta") if tag.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"].startswith("default-src 'none'")


def test_the_html_is_accessible(study):
    parsed = Outline(report_html(study))
    assert parsed.of("html")[0]["lang"] == "en-GB"
    assert len(parsed.of("h1")) == 1
    assert len(parsed.of("h2")) == len(PARTS) + 1
    assert all(image["alt"] and "margins hidden" in image["alt"] for image in parsed.of("img"))
    assert len(parsed.of("table")) == len(parsed.of("caption"))
    assert all(cell["scope"] in ("row", "col") for cell in parsed.of("th"))
    drawings = parsed.of("svg")
    assert drawings
    identities = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
    assert len(identities) == len(set(identities))
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert drawing["aria-labelledby"] in identities


def test_the_htmls_sheets_have_their_size_in_millimetres(study):
    for drawing in Outline(report_html(study)).of("svg"):
        _, _, width, height = map(int, drawing["viewbox"].split())
        assert drawing["width"] == f"{width / 100:g}mm" == "277mm"
        assert drawing["height"] == f"{height / 100:g}mm"


@pytest.mark.parametrize("name", ["edan_normal", "photo_folded"])
def test_the_exported_image_is_masked_by_default(name):
    study = study_of(name)
    parts = ("page",)
    hidden = picture_in(report_html(study, ReportOptions(parts=parts)))
    shown = picture_in(report_html(study, ReportOptions(hide_margins=False, parts=parts)))
    assert ReportOptions().hide_margins
    masked = masked_picture(study)
    rows, columns = (np.linspace(0, size - 1, 90).astype(int) for size in masked.shape[:2])
    outside = (masked[np.ix_(rows, columns)] == GREY).all(axis=2)
    in_export = [np.rint(at / size * exported).astype(int).clip(0, exported - 1)
                 for at, size, exported in zip((rows, columns), masked.shape, hidden.shape, strict=False)]  # fmt: skip
    # JPEG rings around the frame of what is kept, and leads' boxes reach beyond it.
    grey = np.abs(hidden[np.ix_(*in_export)].astype(int) - GREY).max(axis=2) < 14
    assert (grey & outside).sum() > 0.9 * outside.sum()
    top = len(hidden) // 14
    assert np.abs(hidden[:top].astype(int) - GREY).max() < 8
    assert np.ptp(shown[:top]) > 60


def test_the_pdfs_image_is_masked_too(study):
    document = pdfium.PdfDocument(report_pdf(study, ReportOptions(parts=("page",))))
    (image,) = [item for item in document[0].get_objects() if item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    picture = image.get_bitmap().to_numpy()
    document.close()
    assert np.abs(picture[: len(picture) // 14].astype(int) - GREY).max() < 8


@pytest.mark.parametrize("part", list(PARTS))
def test_each_part_can_be_left_out(study, part):
    options = ReportOptions(parts=tuple(one for one in PARTS if one != part))
    page = Outline(report_html(study, options))
    assert PARTS[part] not in page.words
    assert len(page.of("h2")) == len(PARTS)
    assert f"{PARTS[part]} " not in " ".join(texts(report_pdf(study, options)))


def test_a_report_without_parts_still_has_its_provenance(study):
    options = ReportOptions(parts=())
    assert study.image.sha256 in report_html(study, options).decode()
    assert len(texts(report_pdf(study, options))) == 1


def test_the_inverted_lead_of_cabreras_order_has_a_remark():
    study = study_of("rbbb_cabrera")
    assert "-aVR is aVR inverted" in report_html(study).decode()
    assert "-aVR is aVR inverted" in " ".join(texts(report_pdf(study)))


def test_percentages_contrast_with_their_background():
    def light(colour):
        levels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in levels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for share in np.linspace(0, 1, 101):
        low, high = sorted(light(colour) for colour in shade_of(share))
        assert (high + 0.05) / (low + 0.05) >= 4.5, share
