"""Pages of PDF files rendered at a known size; what costs too much is refused, and the next page is rendered."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import preprocessing.picture.pdf as rendering
from preprocessing.errors import EcgImageError
from preprocessing.picture.config import FILES, PDF
from preprocessing.picture.pdf import first_page_of_pdf, pages_of_pdf
from tests.hostile_files import pdf_of_nested_forms, pdf_of_paths, pdf_that_unpacks_to, pdf_with_slow_shading


def pdf_of(*levels):
    """A PDF of 4 x 3 inch pages, each of one grey level."""
    pages = [Image.new("RGB", (400, 300), (level,) * 3) for level in levels]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    return stream.getvalue()


def test_every_page_is_rendered_at_the_resolution_asked_for():
    pages = pages_of_pdf(pdf_of(250, 120), dpi=50)
    assert [page.shape for page in pages] == [(150, 200, 3)] * 2
    assert [int(np.median(page)) for page in pages] == pytest.approx([250, 120], abs=3)


def test_a_page_that_needs_too_many_pixels_is_refused():
    with pytest.raises(EcgImageError) as refusal:
        first_page_of_pdf(pdf_of(250), max_pixels=1000)
    assert refusal.value.code == "too_large"
    assert "4.0 x 3.0 inches" in refusal.value.message


HOSTILE = {
    "a stream that unpacks to half a gigabyte": (lambda: pdf_that_unpacks_to(500), "memory"),
    "a shading that computes every pixel, many times": (lambda: pdf_with_slow_shading(200), "time"),
    "three million paths": (lambda: pdf_of_paths(3_000_000), "memory"),
    "a hundred thousand paths": (lambda: pdf_of_paths(100_000), "time"),
    "forms within forms": (lambda: pdf_of_nested_forms(8), "memory"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_file_that_costs_much_is_refused_and_the_next_is_rendered(monkeypatch, name):
    # Smaller limits than the app's: a test need not wait ten seconds.
    build, limit = HOSTILE[name]
    smaller = {"most_memory_mb": 100, "most_seconds": 5} if limit == "memory" else {"most_seconds": 1}
    monkeypatch.setattr(rendering, "PDF", replace(PDF, **smaller))
    hostile = build()
    assert len(hostile) < 300_000
    with pytest.raises(EcgImageError) as refusal:
        first_page_of_pdf(hostile, FILES.max_pixels)
    assert refusal.value.code == "too_large"
    assert limit in refusal.value.message
    assert first_page_of_pdf(pdf_of(250), FILES.max_pixels)[0].shape == (600, 800, 3)


def test_a_renderer_that_dies_refuses_its_file(monkeypatch, tmp_path):
    program = tmp_path / "dies.py"
    program.write_text("import sys; sys.stdin.buffer.read(4); sys.exit(1)")
    dying = type(rendering._RENDERERS)(program, most=1, most_requests=9, most_idle_bytes=2**30, every_seconds=0.02)
    monkeypatch.setattr(rendering, "_RENDERERS", dying)
    with pytest.raises(EcgImageError) as refusal:
        first_page_of_pdf(pdf_of(250), FILES.max_pixels)
    assert refusal.value.code == "damaged_file"


def test_the_process_that_reads_never_loads_pdfium():
    code = (
        "import sys; from preprocessing.picture import decode\n"
        f"decode({pdf_of(250)!r})\n"
        "print('pypdfium2' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False", done.stderr
