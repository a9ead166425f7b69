"""What a clinician does with the signals in a real browser: measure, compare, correct, download."""

from __future__ import annotations

import io
import json
import re
from zipfile import ZipFile

import numpy as np
import pytest

from ecgviz.words import page_facts
from sample_images import samples
from tests.browser.steps import go_to, settle, tab_to

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = pytest.mark.browser

SAMPLES = {sample.name: sample for sample in samples()}
PX_PER_MM = 96 / 25.4


def signals(open_window, width: int = 1280):
    page = open_window("/Signals", width=width)
    page.locator(".st-key-sample_pvc_6x2 button").click()
    expect(paper(page)).to_be_visible()
    expect(page.get_by_role("heading", name="Download signals")).to_be_visible()
    return page


def paper(page):
    return page.get_by_role("application", name="leads on millimetre paper, 25 mm/s and 10 mm/mV")


def tools(page, number: int = 0):
    return page.get_by_role("toolbar", name="View").nth(number)


def milliseconds(page) -> int:
    return int(re.search(r"(\d+) ms", page.locator(".readout").first.inner_text())[1])


def test_calipers_measure_at_true_scale_and_step_by_one_sample(open_window):
    page = signals(open_window)
    tools(page).get_by_role("button", name="True size").click()
    expect(tools(page).locator("output")).to_have_text("100%")
    tools(page).get_by_role("button", name="Calipers").click()
    paper(page).scroll_into_view_if_needed()
    box = paper(page).bounding_box()
    x, y = box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 25 * PX_PER_MM, y, steps=4)
    page.mouse.up()
    expect(page.locator(".readout").first).to_contain_text("mV")
    assert milliseconds(page) == pytest.approx(1000, abs=12)

    before = milliseconds(page)
    paper(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".readout").first).to_contain_text(f"{before + 2} ms")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".readout").first).to_contain_text(f"{before - 18} ms")
    page.keyboard.press("m")
    expect(tools(page).get_by_role("button", name="Move")).to_have_attribute("aria-pressed", "true")


def test_calipers_start_in_the_current_view(open_window):
    page = signals(open_window)
    paper(page).focus()
    for _ in range(5):
        page.keyboard.press("+")
    page.keyboard.press("c")
    view, ends = paper(page).bounding_box(), paper(page).locator("circle")
    expect(ends).to_have_count(2)
    for end in (ends.nth(0).bounding_box(), ends.nth(1).bounding_box()):
        assert view["x"] <= end["x"] <= view["x"] + view["width"]


def test_the_original_is_laid_over_and_the_view_zooms_and_moves(open_window):
    page = signals(open_window)
    original = paper(page).locator("image")
    expect(original).to_be_hidden()
    share = page.get_by_role("slider", name="Share of the original laid over the drawing")
    share.focus()
    share.press("End")
    expect(original).to_have_attribute("opacity", "1")

    whole = paper(page).get_attribute("viewBox")
    tools(page).get_by_role("button", name="Zoom in").click()
    near = paper(page).get_attribute("viewBox")
    assert float(near.split()[2]) < float(whole.split()[2])
    paper(page).focus()
    page.keyboard.press("ArrowRight")
    assert float(paper(page).get_attribute("viewBox").split()[0]) > float(near.split()[0])
    page.keyboard.press("0")
    assert paper(page).get_attribute("viewBox") == whole
    expect(page.get_by_role("application", name="Median beats of 12 leads on millimetre paper")).to_be_visible()
    expect(page.get_by_text("II = I + III holds")).to_be_visible()


def test_the_three_files_hold_the_signals(open_window):
    page = signals(open_window)
    files = {}
    for kind in ("CSV", "WFDB", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=kind).click()
        files[kind] = download.value.path().read_bytes()
        assert download.value.suggested_filename.startswith("ecg_")
    table = np.genfromtxt(io.BytesIO(files["CSV"]), delimiter=",", names=True, skip_header=4)
    assert table.size == 5000
    assert table.dtype.names[:4] == ("time_s", "I", "II", "III")
    with ZipFile(io.BytesIO(files["WFDB"])) as archive:
        assert sorted(name[-4:] for name in archive.namelist()) == [".dat", ".hea"]
    document = json.loads(files["JSON"])
    # The drawn recording has 74.9 beats a minute.
    assert document["measurements"]["heart_rate_bpm"] == pytest.approx(74.9, abs=1)
    assert len(document["leads"]) == 13


def test_a_layout_is_corrected_by_hand_and_reset(open_window):
    page = signals(open_window)
    page.get_by_text("Correct the layout by hand").click()
    # A number is drawn as 0 before it is what it is.
    settle(page)
    left = page.get_by_role("spinbutton", name="Left, px")
    before = float(left.input_value())
    edge = page.get_by_role("slider", name="Column edge 1")
    edge.focus()
    edge.press("Shift+ArrowRight")
    edge.press("Shift+ArrowRight")
    expect(left).to_have_value(f"{round(before) + 20:.1f}")
    page.get_by_role("button", name="Read with this layout").click()
    expect(page.get_by_text("Layout set by hand")).to_be_visible()
    expect(paper(page)).to_be_visible()
    page.get_by_role("button", name="Back to the automatic reading").click()
    expect(page.get_by_text("Layout set by hand")).to_have_count(0)


def test_a_page_of_unknown_layout_is_read_with_a_layout_set_by_hand(open_window, page_of_no_layout):
    page = open_window()
    page.locator("input[type=file]").set_input_files(
        {"name": "rows.png", "mimeType": "image/png", "buffer": page_of_no_layout}
    )
    expect(page.get_by_text("layout_unknown")).to_be_visible()
    # What is opened while the page is still drawn is drawn closed again.
    settle(page)
    page.get_by_test_id("stExpander").get_by_text("Set the layout by hand").click()
    page.get_by_role("combobox", name="Layout").click()
    page.get_by_role("option", name=page_facts.in_words("6x2"), exact=True).click()
    expect(page.get_by_role("slider", name="Row line 7")).to_be_attached()

    line = page.get_by_role("slider", name="Row line 2")
    expect(line).to_be_attached()
    line.scroll_into_view_if_needed()
    before = int(line.get_attribute("aria-valuenow"))
    box = line.bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"] + 12, steps=3)
    page.mouse.up()
    expect(line).not_to_have_attribute("aria-valuenow", str(before))

    page.get_by_role("button", name="Read with this layout").click()
    expect(page.locator("[class*='st-key-verdict_']").first).to_be_visible()
    expect(page.get_by_text("layout_unknown")).to_have_count(0)
    go_to(page, "Signals")
    expect(paper(page)).to_be_visible()
    expect(page.get_by_text("Layout set by hand")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1600])
def test_signals_are_no_wider_than_the_window(open_window, width):
    page = signals(open_window, width)
    page.get_by_text("Correct the layout by hand").click()
    expect(page.get_by_role("slider", name="Column edge 1")).to_be_attached()
    spill_px = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert spill_px <= 0


def test_by_keyboard_alone_a_report_is_opened_measured_and_exported_with_the_measurement(open_window):
    page = open_window()
    tab_to(page, page.get_by_test_id("stFileUploader").locator("button").first)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(SAMPLES["pvc_6x2"].path)
    expect(page.locator("[class*='st-key-verdict_']").first).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Signals", exact=True))
    page.keyboard.press("Enter")
    expect(paper(page)).to_be_visible()
    settle(page)
    tab_to(page, paper(page))
    page.keyboard.press("c")
    measured = f"{milliseconds(page) - 20} ms"
    page.keyboard.press("Shift+ArrowLeft")
    expect(paper(page).locator("text.reading").first).to_contain_text(measured)
    page.keyboard.press("z")
    expect(paper(page).locator("text.reading").nth(1)).to_contain_text("from zero")
    page.keyboard.press("k")
    expect(page.get_by_text("against chosen zero")).to_be_visible()
    settle(page)
    name = page.get_by_role("textbox", name="Name")
    tab_to(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.type("Coupling")
    page.keyboard.press("Enter")
    settle(page)
    tab_to(page, page.get_by_role("link", name="Report", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of your measurements from Signals goes into the summary.")).to_be_visible()
    settle(page)
    tab_to(page, page.get_by_role("button", name="HTML", exact=True))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    html = download.value.path().read_text(encoding="utf-8")
    assert "Coupling" in html
    assert measured in html


def test_st_of_a_beat_is_read_where_it_is_clicked(open_window):
    page = signals(open_window)
    tools(page).get_by_role("button", name="ST", exact=True).click()
    readings = paper(page).locator("text.reading")
    expect(readings).to_have_count(3)
    expect(readings.first).to_contain_text(re.compile(r"^J .\d\.\d\d mV"))
    before = page.locator(".readout").first.inner_text()
    paper(page).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".readout").first).not_to_have_text(before)
    page.keyboard.press("k")
    expect(page.get_by_text("against PR")).to_be_visible()


def test_names_of_leads_stay_in_view_when_zoomed_and_the_ecg_fills_the_screen(open_window):
    page = signals(open_window)
    # What is drawn later moves the ECG down.
    settle(page)
    paper(page).focus()
    for _ in range(6):
        page.keyboard.press("+")
    view = paper(page).bounding_box()
    right, low = view["x"] + view["width"], view["y"] + view["height"]
    boxes = [name.bounding_box() for name in paper(page).locator("text.name").all()]
    assert any(
        view["x"] - 1 <= box["x"] <= right - box["width"] and view["y"] - 1 <= box["y"] <= low - box["height"]
        for box in boxes
        if box
    )
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    assert paper(page).bounding_box()["height"] > view["height"]
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
