"""axe finds nothing serious on any page, empty and with a report, in both themes."""

import pytest
from playwright.sync_api import Page, expect

from ecgviz.app import ui
from sample_images import samples
from tests.browser.steps import go_to, upload

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
