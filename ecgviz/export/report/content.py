"""The content of a report as plain blocks, which the PDF and the HTML both render.

Nothing depends on date, machine or file name: the same file gives the same report, without patient data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ecgviz import DISCLAIMER, __version__
from ecgviz.drawing import jpeg, with_leads
from ecgviz.export.report.blocks import Picture, Table, Words
from ecgviz.export.report.finding_blocks import finding_blocks
from ecgviz.export.report.morphology import morphology_blocks
from ecgviz.export.report.options import NETWORK_PARTS, PARTS, ReportOptions
from ecgviz.export.report.sheets import Sheet, sheets
from ecgviz.export.report.summary import NOT_RUN, summary_blocks
from ecgviz.predictions import model_names, prediction_tables, verdict_card
from ecgviz.study import Study, checks, masked_picture, name_of, outlines_in_picture, remarks, warnings
from ecgviz.words import measured, of_network, page_facts, printed, statements
from models.classes import CLASSES
from models.networks import ENSEMBLE
from models.serving import Prediction
from preprocessing.trust import Rest

MASKED = "Header and margins are hidden."


Block = Words | Table | Picture | Sheet


@dataclass(frozen=True)
class Section:
    """A part of the report with its heading; in print it may fill a page of its own."""

    title: str
    blocks: tuple[Block, ...]
    is_alone: bool = False


@dataclass(frozen=True)
class Content:
    """A whole report. `name` is the stem of its files."""

    name: str
    title: str
    lead_in: tuple[Words, ...]
    sections: tuple[Section, ...]


def content_of(study: Study, options: ReportOptions) -> Content:
    """Return the content of a study's report."""
    if not NETWORK_PARTS & set(options.parts):
        # A copy without prediction: the report must not depend on whether one was computed before.
        study = replace(study, with_models=False)
    prediction = study.prediction  # First, because it adds to the warnings.
    name = name_of(study.image.sha256)
    blocks: dict[str, Callable[[Study], Sequence[Block]]] = {
        "summary": lambda study: summary_blocks(study, prediction, options),
        "networks": lambda study: _networks(study, prediction),
        "findings": lambda study: finding_blocks(prediction),
        "page": lambda study: _page(study, options.hide_margins),
        "facts": _facts,
        "leads": lambda study: _leads(study, prediction),
        "measurements": _measurements,
        "morphology": morphology_blocks,
        "traces": lambda study: [*(Words(f"{remark}.") for remark in remarks(study.traces)), *sheets(study)],
    }
    chosen = [part for part in PARTS if part in options.parts]
    sections = [Section(PARTS[part], tuple(blocks[part](study)), part == "summary") for part in chosen]
    # The traces come last: in print their sheets are landscape.
    before = len(sections) - ("traces" in options.parts)
    sections.insert(before, Section("Provenance", (_origin(study, prediction),)))
    lead_in = [Words(f"Simulated sample: {options.title}")] if options.title else []
    lead_in += [Words(f"Read from an image by ecgviz {__version__}. {DISCLAIMER}", "small")]
    lead_in += [Words(notice.message, "warning") for notice in warnings(study)]
    return Content(name, f"ECG report {name}", tuple(lead_in), tuple(sections))


def _networks(study: Study, prediction: Prediction | None) -> list[Words | Table]:
    if prediction is None:
        return [Words(NOT_RUN)]
    verdicts = prediction.verdicts
    card = verdict_card.card_of(prediction, study.trust.doubts(Rest.PREDICTION))
    table = Table(
        "Each model's probability of each class",
        ("Model", *CLASSES),
        tuple((model_names.NAMES[name], *_percent(verdict.probabilities)) for name, verdict in verdicts.items()),
        tuple(verdict.probabilities for verdict in verdicts.values()),
    )
    words = [Words(card.title, "strong"), *map(Words, card.sentences)]
    if not card.is_predicted:
        return [*words, _raw(table)]
    each = [Words(prediction_tables.sentence(name, verdict)) for name, verdict in verdicts.items() if name != ENSEMBLE]
    return [*words, table, *each]


def _raw(table: Table) -> Table:
    """Return a table of probabilities where no prediction is made: without shades, and folded."""
    return replace(table, shares=(), folded=verdict_card.RAW)


def _page(study: Study, hide_margins: bool) -> list[Words | Picture]:
    rgb = masked_picture(study) if hide_margins else study.image.rgb
    drawn = with_leads(rgb, outlines_in_picture(study.page, study.layout.boxes))
    height, width = drawn.shape[:2]
    alt = f"The original image with {len(study.layout.boxes)} lead boxes" + ", margins hidden" * hide_margins
    remarks = [MASKED] if hide_margins else []
    done = page_facts.what_was_done(study)
    if done is not None:
        remarks.append(f"Corrections: {done[0].lower()}{done[1:]}")
    return [Picture(jpeg(drawn), width, height, alt), *([Words(" ".join(remarks), "small")] if remarks else [])]


def _facts(study: Study) -> list[Words | Table]:
    facts = page_facts.what_was_read(study)
    table = Table("Facts about the page", ("Fact", "Value"), tuple((one, two) for one, two, _ in facts))
    return [table, *(Words(f"{label}: {why}", "small") for label, _, why in facts if why and study.corrections is None)]


def _leads(study: Study, prediction: Prediction | None) -> list[Words | Table]:
    if prediction is None:
        return [Words(NOT_RUN)]
    tables = [_lead_table(prediction, name) for name in prediction.leads]
    if prediction.verdicts[ENSEMBLE].abstains:
        tables = [_raw(table) for table in tables]
    return [*tables, Words(prediction_tables.lead_caption(study), "small")]


def _lead_table(prediction: Prediction, network: str) -> Table:
    leads = {of_network(lead): shares for lead, shares in prediction.leads[network].items()}
    return Table(
        f"Probabilities from each lead alone, {model_names.NAMES[network]}",
        ("Lead", *CLASSES),
        tuple((lead, *_percent(shares)) for lead, shares in leads.items()),
        tuple(leads.values()),
    )


def _measurements(study: Study) -> list[Words | Table]:
    found = study.measurements
    values = tuple((name, value) for name, value, _ in measured.figures(found, study.trust))
    table = Table("Measurements from all leads", ("Measurement", "Value"), values)
    rows = tuple(printed.rows(study))
    compared: list[Words | Table] = []
    if rows:
        compared = [Table("Printed by the recorder", printed.HEAD, rows), Words(printed.NOTE, "small")]
    said = tuple(statements.rows(study))
    if said:
        compared += [Table("Statements of the recorder", statements.HEAD, said), Words(statements.note(study), "small")]
    return [
        table,
        *compared,
        *(Words(sentence) for sentence in measured.rhythm(found) + measured.missing(found)),
        Words(" ".join(measured.rests_on(found)), "small"),
        *(Words(check.words, "small") for check in checks(study)),
    ]


def _origin(study: Study, prediction: Prediction | None) -> Table:
    rows = [("Program", f"ecgviz {__version__}"), ("File, sha256", study.image.sha256)]
    rows += [("File format", study.image.file_format)]
    rows += [("Layout", "set by hand" if study.corrections is not None else "detected")]
    if prediction is not None:
        own = {name: verdict for name, verdict in prediction.verdicts.items() if name != ENSEMBLE}
        rows += [
            (f"Weights of the {model_names.NAMES[name]}, first digits of the sha256", own[name].version) for name in own
        ]
    else:
        rows += [("Networks", "not run")]
    return Table("Program, file and models", ("Item", "Value"), tuple(rows))


def _percent(shares: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(prediction_tables.percent(share) for share in shares)
