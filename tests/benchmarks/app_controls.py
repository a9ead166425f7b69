"""One control of each kind on each page of the app, as a person moves it: what `app_speed` measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from ecgviz.beat_lab.beat import SIMULATED_RHYTHMS
from ecgviz.beat_lab.tables import FIGURES, PROTOCOL_NAMES
from ecgviz.export.report import PARTS
from ecgviz.predictions import AGGREGATIONS
from ecgviz.words import page_facts
from models.beats import PROTOCOLS
from models.classes import CLASSES
from sample_images import RHYTHMS, samples
from tests.browser.steps import redrawn, settle

LastStep = Callable[[], None]


@dataclass(frozen=True)
class Control:
    """A control of a page.

    `ready` does everything before the last step of the n-th move, and returns that step; `opened` opens the part of
    the page in which it stands, wherever the control before it left the page: what is open already stays so.
    """

    page: str
    name: str
    ready: Callable[[Page, int], LastStep]
    opened: Callable[[Page], None] | None = None


def click(role: str, *names: str, group: str | None = None) -> Callable[[Page, int], LastStep]:
    """Click one after another."""

    def ready(page: Page, turn: int) -> LastStep:
        place = page.get_by_role("radiogroup", name=group, exact=True) if group else page
        piece = place.get_by_role(role, name=names[turn % len(names)], exact=True).locator("visible=true").first
        return seen(piece).click

    return ready


def toggle(words: str) -> Callable[[Page, int], LastStep]:
    """Turn a switch over."""
    return lambda page, turn: seen(page.get_by_text(words, exact=True).first).click


def option(box: str, *choices: str) -> Callable[[Page, int], LastStep]:
    """Open a box, and then choose another option than the current one."""

    def ready(page: Page, turn: int) -> LastStep:
        closed = seen(page.get_by_role("combobox", name=box))
        settle(page)
        others = [choice for choice in choices if choice != closed.input_value()]
        closed.click()
        choice = page.get_by_role("option", name=others[turn % len(others)], exact=True)
        choice.wait_for()
        return choice.click

    return ready


def step(slider: str) -> Callable[[Page, int], LastStep]:
    """Move a slider by one step; from its end, go back to its beginning first, where a short one has been before."""

    def ready(page: Page, turn: int) -> LastStep:
        knob = seen(page.get_by_role("slider", name=slider))
        if knob.input_value() == knob.get_attribute("max"):
            with redrawn(page):
                knob.press("Home")
        return lambda: knob.press("ArrowRight")

    return ready


def entered(role: str, name: str, *values: str) -> Callable[[Page, int], LastStep]:
    """Type something, and then press Enter."""

    def ready(page: Page, turn: int) -> LastStep:
        field = seen(page.get_by_role(role, name=name, exact=True))
        field.fill(values[turn % len(values)])
        return lambda: field.press("Enter")

    return ready


def typed(name: str, *values: str) -> Callable[[Page, int], LastStep]:
    """Type all of a word but its last letter, and then that, where the page follows each letter."""

    def ready(page: Page, turn: int) -> LastStep:
        field = seen(page.get_by_role("textbox", name=name, exact=True))
        *first, last = values[turn % len(values)]
        field.fill("".join(first))
        return lambda: field.press(last)

    return ready


def answer_and_reveal(page: Page, turn: int) -> LastStep:
    """Go to the next question of the quiz, answer it, and then reveal the solution."""
    if turn:
        with redrawn(page):
            page.get_by_role("button", name="Next question").click()
    with redrawn(page):
        page.get_by_test_id("stRadio").locator("label").nth(1).click()
    return seen(page.get_by_role("button", name="Reveal")).click


def opened_large(page: Page) -> None:
    """Open a lead of the wall large."""
    if page.get_by_role("dialog").count():
        return
    page.locator(".st-key-wall_open_II button").locator("visible=true").click()
    page.get_by_role("dialog").wait_for()


def closed_and_open(page: Page, turn: int) -> LastStep:
    """Close what is large, and then open another lead."""
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    lead = ("V2", "V5", "aVL")[turn % 3]
    return seen(page.locator(f".st-key-wall_open_{lead} button").locator("visible=true")).click


def seen(piece: Locator) -> Locator:
    """Bring a piece into view first: scrolling is not what is measured."""
    piece.scroll_into_view_if_needed()
    return piece


def part(name: str) -> Callable[[Page], None]:
    """Open a part of Learn or of Beat lab."""
    return lambda page: page.get_by_role("radiogroup", name="Part").get_by_role("radio", name=name).click()


def tab(name: str) -> Callable[[Page], None]:
    """Open a part of Evaluation."""
    return lambda page: page.get_by_role("tab", name=name, exact=True).click()


def expander(words: str) -> Callable[[Page], None]:
    """Open what is folded; what is open stays so."""

    def opened(page: Page) -> None:
        folded = page.get_by_test_id("stExpander").filter(has=page.get_by_text(words, exact=True)).first
        if folded.locator("details").get_attribute("open") is None:
            seen(folded.locator("summary")).click()

    return opened


def blended(page: Page) -> None:
    """Lay one stage over the other."""
    page.get_by_role("radio", name="Blended", exact=True).click()


def all_leads(page: Page, turn: int) -> LastStep:
    """Open one stage of all leads after another."""
    folded = page.get_by_test_id("stExpander").filter(has_text="all leads").locator("summary")
    return seen(folded.nth(turn % 7)).click


def filters(page: Page) -> None:
    """Read three reports without the networks, unless that was done, and open the filters."""
    done = page.get_by_text("All 3 files done.")
    if not done.count():
        page.locator("input[type=file]").first.set_input_files([sample.path for sample in samples()[:3]])
        page.get_by_role("button", name="Read files", exact=True).click()
        done.wait_for()
    expander("Filters")(page)


LEADS = ("V1", "V2", "V3", "V4", "V5", "V6", "aVR", "aVL", "aVF", "II", "III")
STAGES = ("6. Binary", "4. Gaussian smoothing", "2. Grayscale", "5. Otsu's threshold")
SHAPES = [kind.title for name, kind in RHYTHMS.items() if name != "normal-sinus"]
BEATS_OF = [RHYTHMS[name].title for name in SIMULATED_RHYTHMS[1:5]]
SIX_PROTOCOLS = [PROTOCOL_NAMES[name] for name, task in PROTOCOLS.items() if task.startswith("six")]
LAYOUTS = tuple(page_facts.in_words(name) for name in ("6x2", "12x1"))
BY_HAND = "Correct the layout by hand"
# Nothing on its page depends on it: what the app needs to draw a page of little, and the measure of all others.
LEAST = Control("Batch", "Run the networks: toggle, nothing to draw", toggle("Run the networks"))
CONTROLS = (
    Control("Home", "Lead boxes: toggle", toggle("Lead boxes")),
    Control("Home", "Hide header and margins: toggle", toggle("Hide header and margins")),
    Control("Preprocessing", "Crops: segments", click("radio", "The article's", "Standard", group="Crops")),
    Control("Preprocessing", "Lead: box", option("Lead", *LEADS)),
    Control("Preprocessing", "Sigma: slider", step("Smoothing sigma (px)")),
    Control("Preprocessing", "Offset of the threshold: slider", step("Offset from Otsu's threshold (grey level)")),
    Control("Preprocessing", "Stage: pills", click("radio", *STAGES, group="Stage")),
    Control("Preprocessing", "Share of the second: slider", step("Share of the second"), blended),
    Control("Preprocessing", "One stage of all leads: folded", all_leads),
    Control("Leads", "Cards show: segments", click("radio", "Page", "Trace", "Page and trace", group="Cards show")),
    Control("Leads", "Map: segments", click("radio", "Occlusion", "Grad-CAM", group="Map")),
    Control("Leads", "Class: box", option("Class", *CLASSES)),
    Control("Leads", "Open a lead large: button", closed_and_open, opened_large),
    Control("Leads", "Next lead: button", click("button", "Next lead"), opened_large),
    Control("Signals", "Layout by hand: box", option("Layout", *LAYOUTS), expander(BY_HAND)),
    Control("Signals", "Box by hand: box", option("Box", *LEADS), expander(BY_HAND)),
    Control(
        "Models", "From leads to the report: box", option("From leads to the report", *reversed(AGGREGATIONS.values()))
    ),
    Control("Models", "Leads left out: pills", click("button", *LEADS)),
    Control("Models", "Class of a map: box", option("Class", *CLASSES)),
    Control("Models", "Map: box", option("Map", "Occlusion", "Grad-CAM")),
    Control("Evaluation", "Parts: tabs", click("tab", "Thresholds", "Calibration", "Leads", "Confusion matrix")),
    Control("Evaluation", "Models: pills", click("button", "Linear model", "The article's CNN"), tab("Thresholds")),
    Control("Evaluation", "Class: box", option("Class", *CLASSES), tab("Thresholds")),
    Control("Evaluation", "Threshold: slider", step("Threshold"), tab("Thresholds")),
    Control("Evaluation", "Abstention threshold: slider", step("Abstention threshold"), tab("Calibration")),
    Control(
        "Evaluation",
        "Cells: segments",
        click("radio", "Share of the true class", "Reports", group="Cells show"),
        tab("Confusion matrix"),
    ),
    Control("Batch", "Part of the name: words", entered("textbox", "Part of the name", "a", "n", "l"), filters),
    Control("Batch", "Prediction: segments", click("radio", "Predicted", "All", group="Prediction"), filters),
    Control("Learn", "Parts: segments", click("radio", "Limits", "The report", "Glossary", group="Part")),
    Control("Learn", "Lead: segments", click("radio", *LEADS, group="Lead"), part("The report")),
    Control("Learn", "Speed: segments", click("radio", "50 mm/s", "25 mm/s", group="Speed"), part("The report")),
    Control("Learn", "Rhythm: box", option("Rhythm", *SHAPES), part("Classes and rhythms")),
    Control("Learn", "Heart rate: slider", step("Heart rate (bpm)"), part("Classes and rhythms")),
    Control(
        "Learn",
        "Random seed: number",
        entered("spinbutton", "Random seed", *map(str, range(1, 40))),
        part("Classes and rhythms"),
    ),
    Control(
        "Learn",
        "Outline the leads to inspect: toggle",
        toggle("Outline the leads to inspect"),
        part("Classes and rhythms"),
    ),
    Control("Learn", "Step by step, lead: box", option("Lead", *LEADS), part("Preprocessing")),
    Control("Learn", "Fault: slider", step("Sigma (px)"), part("Preprocessing")),
    Control("Learn", "Filter: slider", step("Filter"), part("Network layers")),
    Control("Learn", "Temperature: slider", step("Temperature"), part("Network layers")),
    Control("Learn", "Reveal: button", answer_and_reveal, part("Quiz")),
    Control("Learn", "Search: words", typed("Search", "ST", "lead", "wave"), part("Glossary")),
    Control("Report", "Parts: pills", click("button", PARTS["measurements"])),
    Control("Report", "Page of the PDF: segments", click("radio", "2", "1", group="Page of the PDF")),
    Control("Beat lab", "Rhythm: box", option("Rhythm", *BEATS_OF), part("One beat")),
    Control("Beat lab", "Beat: number", entered("spinbutton", "Beat", "2", "1"), part("One beat")),
    Control(
        "Beat lab",
        "Classes: segments",
        click("radio", "Five AAMI classes", "Six classes", group="Classes"),
        part("One beat"),
    ),
    Control("Beat lab", "Window length: slider", step("Window length (ms)"), part("One beat")),
    Control(
        "Beat lab",
        "Figure: segments",
        click("radio", *reversed(FIGURES.values()), group="Figure"),
        part("Reported and measured"),
    ),
    Control("Beat lab", "Protocol: box", option("Protocol", *SIX_PROTOCOLS), part("Reported and measured")),
)
