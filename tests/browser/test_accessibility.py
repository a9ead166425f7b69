"""axe finds nothing serious on any page, empty and with a report, in both themes."""

import pytest
from playwright.sync_api import Page, expect

from ecgviz.app import ui
from sample_images import samples
from tests.browser.steps import go_to, settle, upload

REPORT = next(sample.path for sample in samples() if sample.name == "edan_acute_inferior")
GRAVE = ("serious", "critical")


def grave_findings(page: Page) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{finding['id']}: {node['html'][:160]}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("loaded", [False, True], ids=["empty", "loaded"])
def test_axe_finds_nothing_serious_on_any_page(open_window, loaded, theme):
    page = open_window("/", theme=theme)
    if loaded:
        upload(page, REPORT)
        expect(page.locator("[class*='st-key-verdict_']")).to_be_visible()
    findings = {}
    for _, name in ui.PAGES:
        go_to(page, name)
        if grave := grave_findings(page):
            findings[name] = grave
    assert not findings


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_a_report_was_refused(open_window, theme):
    page = open_window("/?sample=document", theme=theme)
    expect(page.get_by_text("This image was not read.")).to_be_visible()
    expect(page.get_by_alt_text("The page, with what was found on it drawn in")).to_be_visible()
    settle(page)
    page.get_by_test_id("stExpander").get_by_text("Set the layout by hand").click()
    expect(page.get_by_role("combobox", name="Layout")).to_be_visible()
    settle(page)
    assert not grave_findings(page)
