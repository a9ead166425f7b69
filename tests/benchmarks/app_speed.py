"""How fast the app feels in a real browser: ``python tests/benchmarks/app_speed.py``.

Everything is timed in the browser: from its own time of the click or the key to the last change of the page, once the
script has ended. A slider's delay until the hand stops is included. Animation is not: the browser requests reduced
motion, and an expander slides for half a second whatever it holds; its content counts. Three figures are useful on a
busy machine too: the load, the ratio to a control for which nothing is drawn, and the median of the processor's time
that the server spent.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright

from sample_images import samples
from tests.benchmarks.app_controls import CONTROLS, LEAST, Control
from tests.browser.app_server import CHROMIUM_ARGS, App, found_chromium, started_app
from tests.browser.steps import go_to, menu_link, settle, upload

TARGET_MS = {"first page": 2000, "picture": 400, "verdict": 1500, "report": 2500, "first opening": 1500, "control": 300}
REPORTS = [sample.path for sample in samples() if sample.name.startswith("edan")]
SLOW_MS = 120_000
VERDICT = "[class*='st-key-verdict_']"
# Once the script has ended and nothing has changed for so long, the last change was the last one.
REST_MS = 500
ARM = """([rest_ms, awaited]) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const log = window.speed = { began: null, ran: false, last: null, shown: null, picture: null };
  const begin = (event) => { log.began ??= event.timeStamp; };
  for (const kind of ["pointerdown", "keydown", "change"]) document.addEventListener(kind, begin, true);
  const quiet = '[data-testid="stHeader"], [data-testid="stStatusWidget"]';
  const slides = ({ target, attributeName }) => attributeName === "style"
    && target.matches('[data-testid="stExpander"], [data-testid="stExpander"] > *');
  // What stands inside a canvas is read aloud, not seen; tables write it down when they have long been drawn.
  const aloud = ({ target, type }) => target.parentElement?.closest("canvas")
    || (target.nodeName === "CANVAS" && type === "childList");
  const changed = (records) => {
    if (log.began === null) return;
    if (records.some((record) => record.attributeName === "data-test-script-state")) log.ran = true;
    const place = (record) => record.target.nodeType === 1 ? record.target : record.target.parentElement;
    if (records.every((record) => place(record)?.closest(quiet) || slides(record) || aloud(record))) return;
    log.last = performance.now();
    if (log.picture === null && document.querySelector(".st-key-opening img")?.complete) log.picture = log.last;
    if (awaited && log.shown === null && app.querySelector(awaited)) log.shown = log.last;
  };
  const watch = new MutationObserver(changed);
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  // A picture is there when it has been decoded, not when it has been named.
  const drawn = ({ target }) => {
    if (log.began === null) return;
    log.last = performance.now();
    if (target.closest?.(".st-key-opening")) log.picture ??= log.last;
  };
  document.addEventListener("load", drawn, true);
  // A run may end before the browser draws that it began; then only a longer rest shows that it has ended.
  const rest = () => performance.now() - (log.last ?? log.began ?? performance.now());
  log.done = () => app.dataset.testScriptState === "notRunning" && rest() > (log.ran ? rest_ms : 6 * rest_ms);
  log.end = () => {
    watch.disconnect();
    document.removeEventListener("load", drawn, true);
    for (const kind of ["pointerdown", "keydown", "change"]) document.removeEventListener(kind, begin, true);
    const since = (moment) => moment === null ? null : moment - log.began;
    return { settled: since(log.last), shown: since(log.shown), picture: since(log.picture) };
  };
}"""


def spent_ms(process_id: int) -> float:
    """Return the processor's time that a process has taken so far, on Linux."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return 1000 * sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def timed(page: Page, last_step, awaited: str = "") -> dict[str, float]:
    """Return milliseconds from an action to the last change that follows, and to where an element is on the page."""
    page.evaluate(ARM, [REST_MS, awaited])
    last_step()
    page.wait_for_function("window.speed.done()", timeout=SLOW_MS)
    spent = page.evaluate("window.speed.end()")
    assert spent["settled"] is not None, "nothing on the page changed"
    return spent


def figures(spent: list[float], **more: Any) -> dict[str, Any]:
    """Sum some times up."""
    load = round(os.getloadavg()[0], 1)
    return {
        "n": len(spent),
        "median_ms": round(statistics.median(spent)),
        "slowest_ms": round(max(spent)),
        "load": load,
        **more,
    }


def report_line(name: str, figure: dict[str, Any], target: str) -> None:
    """Print one line."""
    ratio = f"{figure['ratio']:8.1f}{figure['server_ms']:8}" if "ratio" in figure else " " * 16
    late = "" if figure["median_ms"] <= TARGET_MS[target] else f"  over {TARGET_MS[target]}"
    line = f"{figure['n']:4}{figure['median_ms']:9}{figure['slowest_ms']:9}{ratio}{figure['load']:7.1f}{late}"
    print(f"{name:60}{line}", flush=True)


def first_pages(browser: Browser, folder: Path, times: int) -> dict[str, dict[str, Any]]:
    """Start the app each time and open its first page; the first start warms the disk and does not count."""
    healthy, visible, whole = [], [], []
    for number in range(times + 1):
        start = perf_counter()
        with started_app(folder / "log.txt") as app:
            is_healthy = perf_counter()
            page = window(browser, app.address)
            page.goto("/", wait_until="commit")
            page.get_by_role("heading", level=1).wait_for()
            seen = perf_counter()
            page.get_by_alt_text("Simulated sample", exact=False).last.wait_for()
            end = perf_counter()
            page.context.close()
        if number:
            healthy.append(1000 * (is_healthy - start))
            visible.append(1000 * (seen - start))
            whole.append(1000 * (end - start))
    return {
        "process to healthy server": figures(healthy),
        "process to first page visible": figures(visible),
        "process to all samples visible": figures(whole),
    }


def window(browser: Browser, address: str) -> Page:
    """Open a window with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(SLOW_MS)
    return page


def reports(browser: Browser, address: str, times: int) -> dict[str, dict[str, Any]]:
    """Upload a report in a window of its own each time; the first loads the networks and does not count."""
    picture, shown, settled = [], [], []
    for number in range(times + 1):
        page = window(browser, address)
        page.goto("/")
        settle(page)
        file = REPORTS[number % len(REPORTS)]
        spent = timed(page, lambda page=page, file=file: upload(page, file), VERDICT)
        page.context.close()
        if number:
            picture.append(spent["picture"])
            shown.append(spent["shown"])
            settled.append(spent["settled"])
    return {
        "upload to decoded picture visible": figures(picture),
        "upload to verdict visible": figures(shown),
        "upload to page at rest": figures(settled),
    }


def openings(browser: Browser, address: str, times: int) -> dict[str, dict[str, Any]]:
    """Open pages that load much, each in a window of its own; the slowest is the first one in the process."""
    result = {}
    for name in ("Evaluation", "Beat lab"):
        spent = []
        for _ in range(times):
            page = window(browser, address)
            page.goto("/")
            settle(page)
            link = menu_link(page, name)
            spent.append(timed(page, link.click)["settled"])
            page.context.close()
        result[f"{name} opened"] = figures(spent)
    return result


def moved(page: Page, control: Control, process_id: int, times: int) -> dict[str, Any]:
    """Move a control some times over."""
    if control.opened is not None:
        settle(page)
        control.opened(page)
    settled, server = [], []
    for turn in range(times):
        settle(page)
        last_step = control.ready(page, turn)
        settle(page)
        before = spent_ms(process_id)
        settled.append(timed(page, last_step)["settled"])
        server.append(spent_ms(process_id) - before)
    where = {"page": control.page, "control": control.name}
    return {**where, **figures(settled, server_ms=round(statistics.median(server)), times_ms=list(map(round, settled)))}


def controls(browser: Browser, app: App, times: int, wanted: str) -> list[dict[str, Any]]:
    """Move every control in one window with one report open, as a person would; each counts from its first move on."""
    page = window(browser, app.address)
    page.goto("/")
    settle(page)
    upload(page, REPORTS[0])
    page.locator(VERDICT).first.wait_for()
    here, result = "Home", []
    for control in (LEAST, *(control for control in CONTROLS if wanted in f"{control.page}, {control.name}")):
        if control.page != here:
            page.keyboard.press("Escape")
            go_to(page, control.page)
            here = control.page
        figure = moved(page, control, app.process_id, times)
        result.append(figure)
        figure["ratio"] = round(figure["median_ms"] / result[0]["median_ms"], 1)
        report_line(f"{control.page}, {control.name}", figure, "control")
    page.context.close()
    return result


def main() -> None:
    """Measure, print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/app_speed.py", description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="runs of each (default: %(default)s)")
    parser.add_argument("--only", default="", help="only controls in whose page and name this occurs, and nothing else")
    parser.add_argument("--out", type=Path, default=Path("app_speed.json"), help="where the JSON goes")
    chosen = parser.parse_args()
    found = found_chromium()
    if found is None:
        sys.exit("Chromium is needed to open the app; install it first.")
    result: dict[str, Any] = {"target_ms": TARGET_MS, "cores": os.cpu_count(), "load_at_start": os.getloadavg()[0]}
    print(f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':60}{'n':>4}{'median':>9}{'slowest':>9}{'ratio':>8}{'server':>8}{'load':>7}   (ms)")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=CHROMIUM_ARGS)
        if not chosen.only:
            result["first_page"] = first_pages(browser, Path(scratch), chosen.times)
            for name, figure in result["first_page"].items():
                report_line(name, figure, "first page")
        with started_app(Path(scratch) / "log.txt") as app:
            if not chosen.only:
                result["report"] = reports(browser, app.address, chosen.times)
                for (name, figure), target in zip(
                    result["report"].items(), ("picture", "verdict", "report"), strict=True
                ):
                    report_line(name, figure, target)
                result["openings"] = openings(browser, app.address, chosen.times)
                for name, figure in result["openings"].items():
                    report_line(name, figure, "first opening")
            result["controls"] = controls(browser, app, chosen.times, chosen.only)
        browser.close()
    result["load_at_end"] = os.getloadavg()[0]
    chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
