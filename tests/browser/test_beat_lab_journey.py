"""The beat lab in a real browser: a picture of a beat, a beat of a report, and the results."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from PIL import Image

from ecgviz.beat_lab.beat import SIX_TASK, simulated_beat
from ecgviz.beat_lab.section_beat import MAYBE_TRAINING_DATA, SOURCES
from models.beats.live import networks_for
from sample_images import samples
from tests.browser.steps import downloaded, go_to, redrawn, settle, spill_px, table_under

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = [pytest.mark.browser, pytest.mark.tensorflow]

RESULTS = "Reported and measured"


def picture() -> bytes:
    stream = io.BytesIO()
    Image.fromarray(simulated_beat("premature-ventricular-beats", 3).picture(SIX_TASK)).save(stream, "PNG")
    return stream.getvalue()


def chosen(page, group: str, name: str) -> None:
    with redrawn(page):
        page.get_by_role("radiogroup", name=group).get_by_role("radio", name=name, exact=True).click()


def predictions(page, folder) -> pd.DataFrame:
    """Return the table under the chart of predictions, as it is downloaded."""
    return pd.read_csv(table_under(page, "beat_predictions", folder), comment="#")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_network_predicts_a_picture_of_a_beat_and_a_broken_one_is_refused(open_window, tmp_path, width):
    page = open_window("/Beat_lab", width=width)
    settle(page)
    chosen(page, "Source of the beat", SOURCES[2])
    with redrawn(page):
        page.locator("input[type=file]").first.set_input_files(
            {"name": "beat.png", "mimeType": "image/png", "buffer": picture()}
        )
    expect(page.get_by_text(MAYBE_TRAINING_DATA)).to_be_visible()
    with redrawn(page):
        page.get_by_test_id("stExpander").get_by_text("Saliency", exact=True).click()
    expect(page.get_by_alt_text("Grad-CAM of BeatNet", exact=False)).to_be_visible()
    expect(page.get_by_text("A picture has no time scale", exact=False)).to_be_visible()
    table = predictions(page, tmp_path)
    assert table["network"].nunique() == len(networks_for(SIX_TASK))
    assert (table.groupby("network")["probability"].sum() - 1).abs().max() < 1e-4
    assert spill_px(page) == 0
    with redrawn(page):
        page.locator("input[type=file]").first.set_input_files(
            {"name": "beat.png", "mimeType": "image/png", "buffer": b"no picture"}
        )
    expect(page.get_by_text("unsupported_format", exact=False).first).to_be_visible()
    expect(page.get_by_alt_text("Grad-CAM of BeatNet", exact=False)).to_have_count(0)


def test_a_beat_of_the_open_report_is_shown_as_trace_and_as_spectra(open_window, tmp_path):
    page = open_window("/")
    settle(page)
    page.locator("input[type=file]").first.set_input_files(
        next(sample.path for sample in samples() if sample.name == "edan_normal")
    )
    page.locator("[class*='st-key-verdict_']").first.wait_for()
    go_to(page, "Beat lab")
    chosen(page, "Source of the beat", SOURCES[1])
    expect(page.get_by_alt_text("beat 1, as drawn for the networks", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name="Scalogram")).to_be_visible()
    for name in ("Five AAMI classes", "Five, from the spectrogram", "Five, from the scalogram"):
        chosen(page, "Classes", name)
        table = predictions(page, tmp_path)
        assert set(table["class"]) == {"F", "N", "Q", "S", "V"}
        assert table["network"].nunique() >= 2
        assert (table.groupby("network")["probability"].sum() - 1).abs().max() < 1e-4


def test_reported_figures_stand_beside_measured_ones(open_window, tmp_path):
    page = open_window("/Beat_lab")
    settle(page)
    with redrawn(page):
        page.get_by_role("radio", name=RESULTS, exact=True).click()
    table = pd.read_csv(downloaded(page, "CSV", tmp_path), comment="#")
    assert table["Reported"].notna().sum() == 7
    assert table["Published split"].str.match(r"0\.\d{3} \(0\.\d{3} to [01]\.\d{3}\)|not trained").all()
    expect(page.get_by_role("heading", name="What the pictures of six classes show")).to_be_visible()
