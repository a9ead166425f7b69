"""Opening a report: steps ticked off, pages of a PDF, the address of a sample, what a refusal shows."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from ecgviz.app import opening, refused_view
from ecgviz.drawing import found_so_far_drawn
from ecgviz.study import STEPS, found_so_far, open_study, page_as_png, pages_to_choose
from preprocessing.errors import EcgImageError
from sample_images import samples
from tests.app_session import current_of, open_report

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = {sample.name: sample for sample in samples()}


def home(timeout: int = 90) -> AppTest:
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=timeout)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A letter on the first page, a report on the second."""
    pages = [Image.open(SAMPLES[name].path).convert("RGB") for name in ("document", "edan_normal")]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return file.getvalue()


def test_each_step_is_ticked_once_the_next_begins():
    lines = opening.ticked("layout").splitlines()
    assert [opening.DONE in line for line in lines] == [True, True, False, False, False]
    assert [opening.NOW in line for line in lines].index(True) == list(STEPS).index("layout")


def test_the_picture_is_there_before_the_page_is_measured():
    seen: list[object] = []
    with pytest.raises(EcgImageError):
        open_study(
            SAMPLES["document"].path.read_bytes(),
            on_step=seen.append,
            on_image=lambda rgb: seen.append(rgb.shape[2]),
        )
    assert seen[:3] == ["decode", 3, "page"]


def test_a_pdf_of_one_page_offers_no_choice(pdf):
    file = io.BytesIO()
    Image.open(SAMPLES["document"].path).convert("RGB").save(file, "PDF", resolution=200)
    assert pages_to_choose(file.getvalue()) is None
    assert pages_to_choose(b"no pdf") is None
    pages = pages_to_choose(pdf)
    assert pages.count == len(pages.thumbnails) == 2
    assert Image.open(io.BytesIO(page_as_png(pdf, 1))).size[0] > 5 * pages.thumbnails[1].shape[1]


def test_the_next_page_of_a_pdf_is_tried_and_another_can_be_chosen(pdf):
    app = open_report(home(), pdf, "report.pdf").run()
    assert not app.exception
    assert current_of(app).file == "report.pdf, page 2"
    assert any(metric.label == "Heart rate" for metric in app.metric)
    app.button(key="pdf_page_1").click().run()
    assert current_of(app).file == "report.pdf"
    assert "not_an_ecg" in app.error[0].value
    assert app.button(key="pdf_page_1").disabled


def test_the_address_opens_a_sample_once_and_names_the_open_one():
    app = home()
    app.query_params["sample"] = "edan_normal"
    app.run()
    assert current_of(app).title == SAMPLES["edan_normal"].title
    next(button for button in app.button if button.label == "Close report").click().run()
    assert current_of(app) is None
    assert "sample" not in app.query_params
    app.button(key="sample_document").click().run()
    assert app.query_params["sample"] == "document"


def test_an_address_that_names_no_sample_opens_nothing():
    app = home()
    app.query_params["sample"] = "../secret"
    app.run()
    assert not app.exception
    assert current_of(app) is None


def test_a_refusal_shows_the_page_with_what_was_found(page_of_no_layout):
    found = found_so_far(page_of_no_layout)
    drawn = found_so_far_drawn(found.page, [("V1", (5.0, 5.0, 20.0, 15.0))])
    assert drawn.dtype == np.uint8
    assert drawn.shape[2] == 3
    assert (drawn != np.asarray(Image.fromarray(found.page.rgb).resize(drawn.shape[1::-1]))).any()
    assert refused_view.in_words(found)[0].startswith("Grid: ")
    app = open_report(home(), page_of_no_layout, "rows.png").run()
    assert any("Found on the page" in one.value for one in app.markdown)
    assert any("what was found" in image.proto.imgs[0].alt for image in app.get("image"))
