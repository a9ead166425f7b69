"""Many files in a real browser: stopped, resumed after a visit elsewhere, filtered, downloaded and opened."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest

from sample_images import samples
from tests.browser.steps import menu_link, settle
from tests.browser.test_accessibility import grave_findings

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = pytest.mark.browser

SAMPLES = {sample.name: sample for sample in samples()}
CHOSEN = ("edan_normal", "edan_af", "edan_lbbb", "edan_acute_inferior")
READING_MS = 120_000


@pytest.fixture
def archive(tmp_path):
    """A zip archive of four reports, one of them twice, one broken picture and one bomb."""
    path = tmp_path / "ward.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in CHOSEN:
            packed.write(SAMPLES[name].path, f"reports/{SAMPLES[name].path.name}")
        packed.write(SAMPLES["edan_normal"].path, "reports/zz_again.jpg")
        packed.writestr("reports/broken.png", b"\x89PNG and no more")
        packed.writestr("__MACOSX/reports/._broken.png", b"junk")
        packed.writestr("zzz_bomb.png", bytes(15 * 2**20))
    return path


def progress(page):
    return page.locator('[data-testid="stProgress"]').first


def taken(page, name):
    with page.expect_download(timeout=READING_MS) as download:
        page.get_by_role("button", name=name).click()
    return download.value.path().read_bytes()


def test_a_batch_is_stopped_resumed_and_downloaded(open_window, archive):
    page = open_window("/Batch", height=1600)
    page.locator('input[type="file"]').first.set_input_files(archive)
    page.get_by_text("Run the networks").click()
    page.get_by_role("button", name="Read files").click()
    expect(progress(page)).to_contain_text(re.compile("[1-4] of 7 files"), timeout=READING_MS)

    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible(timeout=READING_MS)
    expect(progress(page)).to_contain_text("stopped", timeout=READING_MS)
    so_far = progress(page).inner_text()
    page.wait_for_timeout(4000)
    assert progress(page).inner_text() == so_far

    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.get_by_text("Simulated samples")).to_be_visible(timeout=READING_MS)
    menu_link(page, "Batch").click()
    expect(progress(page)).to_contain_text("stopped", timeout=READING_MS)
    page.get_by_role("button", name="Resume").click()
    # A click on a filter while files are read: none is lost and none is read twice.
    expect(progress(page)).to_contain_text("Reading ", timeout=READING_MS)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_text("Only duplicates", exact=True).click()
    expect(progress(page)).to_contain_text("All 7 files done", timeout=2 * READING_MS)
    settle(page)
    filtered = page.get_by_text("5 read, 2 refused, 1 duplicate. Shown: 1.")
    if not filtered.is_visible():
        # The browser drops a click on what is being redrawn at that moment; a person clicks again.
        page.get_by_text("Only duplicates", exact=True).click()
    expect(filtered).to_be_visible()
    settle(page)
    assert grave_findings(page) == []

    rows = list(csv.DictReader(io.StringIO(taken(page, "Table, CSV").decode())))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 8)]
    names = [*(SAMPLES[name].path.name for name in CHOSEN), "broken.png", "zz_again.jpg", "zzz_bomb.png"]
    assert [row["file"].rpartition("/")[2] for row in rows] == sorted(names)
    assert [row["refusal"] for row in rows if row["refusal"]] == ["damaged_file", "unpacks_too_far"]
    lines = [json.loads(line) for line in taken(page, "Readings, JSON Lines").decode().splitlines()]
    assert [line["sha256"] for line in lines] == [row["sha256"] or None for row in rows]
    with zipfile.ZipFile(io.BytesIO(taken(page, "Reports, zip"))) as packed:
        assert sorted(packed.namelist()) == sorted({row["report"] for row in rows if row["report"]})
        assert len(packed.namelist()) == len(CHOSEN)

    table = page.locator('[data-testid="stDataFrame"]').bounding_box()
    page.mouse.click(table["x"] + 15, table["y"] + 40 + 26)
    page.get_by_role("button", name="Open on Home").click()
    expect(page.get_by_role("button", name="Close report").first).to_be_visible(timeout=READING_MS)
    expect(page.get_by_text("ward.zip/reports/zz_again.jpg").first).to_be_visible(timeout=READING_MS)


def test_labels_from_a_table_reach_the_downloads(open_window, tmp_path):
    labels = tmp_path / "labels.csv"
    labels.write_text("file,label\nedan_normal.jpg,Normal\nedan_af.jpg,STEMI\n", encoding="utf-8")
    page = open_window("/Batch", height=1600)
    page.locator('input[type="file"]').first.set_input_files([SAMPLES[name].path for name in CHOSEN[:2]])
    page.get_by_text("CSV", exact=True).first.click()
    expect(page.get_by_text("Table of labels")).to_be_visible()
    settle(page)
    page.locator('input[type="file"]').nth(1).set_input_files(labels)
    expect(page.get_by_text("Line 3 has the label 'STEMI', which is no class")).to_be_visible()
    mended = tmp_path / "mended.csv"
    mended.write_text("file,label\nedan_normal.jpg,Normal\nedan_af.jpg,Abnormal heartbeat\n", encoding="utf-8")
    settle(page)
    page.locator('input[type="file"]').nth(1).set_input_files(mended)
    expect(page.get_by_text("2 labels by file: Normal 1, Abnormal heartbeat 1.")).to_be_visible()
    page.get_by_text("Run the networks").click()
    settle(page)
    page.get_by_role("button", name="Read files").click()
    expect(progress(page)).to_contain_text("All 2 files done", timeout=READING_MS)
    settle(page)
    assert grave_findings(page) == []
    rows = csv.DictReader(io.StringIO(taken(page, "Table, CSV").decode()))
    assert {row["file"]: row["label"] for row in rows} == {
        "edan_normal.jpg": "Normal",
        "edan_af.jpg": "Abnormal heartbeat",
    }
