"""Whole journeys of the three readers: a clinician, a teacher and an analyst."""

from __future__ import annotations

import csv
import io
import json
import re
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page, expect

from ecgviz import DISCLAIMER
from ecgviz.evaluation.classification import SHOWN_FIRST
from ecgviz.learn.questions import question
from ecgviz.predictions import model_names
from ecgviz.study import name_of
from models.classes import CLASSES
from sample_images import samples
from tests.browser.steps import downloaded, go_to, settle, tab_to, table_under, upload

pytestmark = pytest.mark.browser
SAMPLES = {sample.name: sample for sample in samples()}
REPORT = SAMPLES["edan_acute_inferior"].path
# A file name that would identify a patient.
UPLOAD = {"name": "ward_seven_bed_three.jpg", "mimeType": "image/jpeg", "buffer": REPORT.read_bytes()}
IDENTIFYING = "ward_seven"
# Loading the networks and reading four files on a busy machine.
BATCH_MS = 180_000
MOVED = re.compile("remains most probable|Most probable is now")


def choose(page: Page, box: str, option: str) -> None:
    """Select an option of a select box; scrolling or a redraw would close it again."""
    closed = page.get_by_role("combobox", name=box)
    closed.scroll_into_view_if_needed()
    settle(page)
    closed.click()
    page.get_by_role("option", name=option, exact=True).click()


def csv_under(page: Page, name: str, folder: Path) -> pd.DataFrame:
    """Open the expander under a chart, download its table and read it."""
    file = table_under(page, name, folder)
    assert file.name == f"{name}.csv"
    assert DISCLAIMER.split(".")[0].lower() in file.read_text(encoding="utf-8").splitlines()[0].lower()
    return pd.read_csv(file, comment="#")


def hash_of(name: str) -> str:
    return sha256(SAMPLES[name].path.read_bytes()).hexdigest()


def test_a_clinician_reads_a_report_by_keyboard_and_downloads_it_without_its_name(open_window, tmp_path):
    page = open_window()
    tab_to(page, page.get_by_test_id("stFileUploader").locator("button").first)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(UPLOAD)
    expect(page.locator("[class*='st-key-verdict_']").first).to_be_visible()
    expect(page.get_by_text(UPLOAD["name"]).first).to_be_visible()

    tab_to(page, page.get_by_role("link", name="Leads", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".st-key-wall_open_V2 button").locator("visible=true"))
    page.keyboard.press("Enter")
    large = page.get_by_role("dialog")
    expect(large.get_by_role("heading", name="V2", exact=True)).to_be_visible()
    for key, lead in (("Next lead", "V5"), ("Previous lead", "V2"), ("Previous lead", "aVL")):
        tab_to(page, large.get_by_role("button", name=key))
        page.keyboard.press("Enter")
        expect(large.get_by_role("heading", name=lead, exact=True)).to_be_visible()
        expect(large.get_by_alt_text(re.compile(f"^{lead}: "))).to_be_visible()
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)

    go_to(page, "Home")
    page.get_by_text("Hide header and margins").click()
    expect(page.get_by_alt_text(re.compile("margins hidden"))).to_be_visible()
    go_to(page, "Report")
    expect(page.get_by_alt_text(re.compile("Page 1 of"))).to_be_visible()
    own = name_of(hash_of("edan_acute_inferior"))
    expect(page.get_by_text(own)).to_be_visible()
    assert IDENTIFYING not in page.content()

    pdf, html = downloaded(page, "PDF", tmp_path), downloaded(page, "HTML", tmp_path)
    assert [file.name for file in (pdf, html)] == [f"{own}.pdf", f"{own}.html"]
    document = pdfium.PdfDocument(pdf)
    sheets = [sheet.get_textpage().get_text_range() for sheet in document]
    metadata = document.get_metadata_dict()
    document.close()
    assert all(DISCLAIMER in " ".join(sheet.split()) for sheet in sheets)
    words = html.read_text(encoding="utf-8")
    assert DISCLAIMER in words

    for text in (str(sheets), str(metadata), words):
        assert IDENTIFYING not in text
    assert IDENTIFYING.encode() not in pdf.read_bytes()


def test_a_teacher_simulates_an_example_walks_its_stages_and_takes_the_quiz(open_window):
    page = open_window("/Learn", theme="dark")
    page.get_by_role("radio", name="Classes and rhythms").click()
    choose(page, "Rhythm", "Atrial fibrillation")
    drawn = page.get_by_alt_text(re.compile("A simulated report: Atrial fibrillation"))
    before = drawn.get_attribute("src")
    page.get_by_text("Outline the leads to inspect").click()
    expect(page.get_by_alt_text(re.compile("Atrial fibrillation, with .* outlined"))).not_to_have_attribute(
        "src", before
    )
    page.get_by_role("button", name="Open as report").click()
    expect(page.get_by_text("Open as the current report.")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="Preprocessing").last.click()

    cut = page.get_by_alt_text("Lead I: Otsu's threshold").first
    expect(cut).to_be_visible()
    settle(page)
    before = cut.get_attribute("src")
    shift = page.get_by_role("slider", name="Offset from Otsu's threshold (grey level)")
    for _ in range(3):
        shift.press("ArrowRight")
    expect(page.get_by_text("Changed: offset +0.03")).to_be_visible()
    expect(cut).not_to_have_attribute("src", before)
    page.get_by_text(re.compile("Otsu's threshold, all leads")).click()
    sheet = page.get_by_alt_text("Otsu's threshold of all 13 leads, laid out as on the page")
    expect(sheet).to_be_visible()
    assert sheet.evaluate("picture => picture.complete && picture.naturalWidth") > 1000

    go_to(page, "Learn")
    page.get_by_role("radio", name="Quiz").click()
    reveal = page.get_by_role("button", name="Reveal")
    expect(reveal).to_be_disabled()
    current = question(1, 1)
    page.get_by_test_id("stRadio").get_by_text(current.answer, exact=True).click()
    reveal.click()
    expect(page.get_by_text(f"Correct: {current.answer}.")).to_be_visible()
    expect(page.get_by_test_id("stMetric").get_by_text("1 of 1")).to_be_visible()
    expect(page.get_by_test_id("stRadio").get_by_role("radio").first).to_be_disabled()
    # A click on a button that is just being redrawn is lost.
    settle(page)
    page.get_by_role("button", name="Next question").click()
    current = question(1, 2)
    wrong = next(choice for choice in current.choices if choice != current.answer)
    page.get_by_test_id("stRadio").get_by_text(wrong, exact=True).click()
    reveal.click()
    expect(page.get_by_text(f"Incorrect. Your answer: {wrong}. Correct: {current.answer}.")).to_be_visible()
    expect(page.get_by_test_id("stMetric").get_by_text("1 of 2")).to_be_visible()


def test_an_analyst_changes_the_aggregation_of_leads_and_downloads_the_table(open_window, tmp_path):
    page = open_window("/Models")
    page.locator(".st-key-sample_edan_lbbb button").click()
    expect(page.get_by_text("Unchanged so far")).to_be_visible()
    choose(page, "From leads to the report", "Mean probability")
    expect(page.get_by_text(MOVED)).to_be_visible()
    by_all = page.get_by_text(MOVED).inner_text()
    excluded = page.get_by_role("toolbar", name="Leads left out")
    for lead in ("V1", "V6", "strip"):
        excluded.get_by_role("button", name=lead, exact=True).click()
        expect(excluded.get_by_role("button", name=lead, exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(MOVED)).not_to_have_text(by_all)
    settle(page)

    table = csv_under(page, f"{name_of(hash_of('edan_lbbb'))}_other_combinations", tmp_path)
    assert list(table.columns) == ["model", "class", "probability_standard", "probability_chosen"]
    # The article's networks have one aggregation, the mean over the leads.
    assert set(table["model"]) == {model_names.NAMES[name] for name in (*model_names.OURS, "ensemble")}
    shares = table.groupby("model")[["probability_standard", "probability_chosen"]].sum()
    assert shares.to_numpy() == pytest.approx(1.0, abs=1e-5)
    combined = table[table["model"] == model_names.NAMES["ensemble"]].set_index("class")["probability_chosen"]
    assert f"{combined.idxmax()} " in page.get_by_text(MOVED).inner_text()
    assert f"{combined.max():.0%} now" in page.get_by_text(MOVED).inner_text()


def test_an_analyst_moves_a_threshold_and_downloads_the_curves(open_window, tmp_path):
    page = open_window("/Evaluation")
    page.get_by_role("tab", name="Thresholds").click()
    page.get_by_role("button", name="Linear model", exact=True).click()
    choose(page, "Class", CLASSES[0])
    slider = page.get_by_role("slider", name="Threshold")
    expect(page.get_by_role("region", name="Scores at threshold 0.50")).to_be_visible()
    for _ in range(5):
        slider.press("ArrowRight")
    expect(page.get_by_role("region", name="Scores at threshold 0.55")).to_be_visible()
    expect(page.get_by_text(f"ROC curve: {CLASSES[0]}")).to_be_visible()
    shown = "Fullscreen: ROC curves of the selected class, with the points at the selected threshold"
    expect(page.get_by_role("button", name=shown)).to_be_attached()
    settle(page)
    curves = csv_under(page, "curves", tmp_path)
    assert set(curves["model"]) == {*(model_names.NAMES[name] for name in SHOWN_FIRST), "Linear model"}
    assert curves[["recall", "false_positive_rate"]].to_numpy().min() >= 0
    assert f"{CLASSES[0]} against the rest" in (tmp_path / "curves.csv").read_text(encoding="utf-8")


def test_an_analyst_reads_a_batch_and_its_two_files_agree(open_window, tmp_path):
    page = open_window("/Batch")
    names = ("edan_normal", "edan_af", "edan_lbbb")
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in names:
            archive.write(SAMPLES[name].path, f"ward/{name}.jpg")
    upload(page, [
        {"name": "ward.zip", "mimeType": "application/zip", "buffer": packed.getvalue()},
        {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": REPORT.read_bytes()[:5000]},
    ])  # fmt: skip
    page.get_by_role("button", name="Read files").click()
    expect(page.get_by_text("All 4 files done.")).to_be_visible(timeout=BATCH_MS)
    expect(page.get_by_text("4 files: 3 read, 1 refused.")).to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("textbox", name="Part of the name").fill("edan_a")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 files: 3 read, 1 refused. Shown: 1.")).to_be_visible()
    settle(page)
    table, lines = downloaded(page, "Table, CSV", tmp_path), downloaded(page, "Readings, JSON Lines", tmp_path)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    readings = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [row["file"] for row in rows] == [reading["file"] for reading in readings]
    assert [row["status"] for row in rows] == [reading["status"] for reading in readings]
    assert [row["sha256"] for row in rows] == [reading["sha256"] for reading in readings]
    assert {hash_of(name) for name in names} < {reading["sha256"] for reading in readings}
    for row, reading in zip(rows, readings, strict=True):
        if reading["status"] == "refused":
            assert row["refusal"] == reading["refusal"]["code"] == "damaged_file"
            assert not row["ensemble_label"]
        else:
            assert row["layout"] == reading["layout"]["name"] == "3x4+1"
            assert float(row["heart_rate_bpm"]) == reading["measurements"]["heart_rate_bpm"]
            assert row["ensemble_label"] == reading["models"]["ensemble"]["label"]
            assert float(row["ensemble_confidence"]) == reading["models"]["ensemble"]["confidence"]
