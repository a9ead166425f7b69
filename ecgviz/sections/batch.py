"""The parts of the page Batch: the upload form, the progress, the table with its filters, and the downloads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz.app import Controls, SessionSlot, controls, session
from ecgviz.batch import (
    Batch,
    Done,
    ReportZip,
    as_csv,
    how_far,
    outcome,
    report_files,
    reports,
    signals,
    sources,
    summary,
)
from ecgviz.batch import table as batch_table
from ecgviz.drawing import data_url
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.predictions import verdict_card
from ecgviz.sections import verdict
from ecgviz.sections.batch_columns import TITLES
from ecgviz.study import ACCEPTED
from ecgviz.words import MISSING, plain
from models.classes import CLASSES
from models.networks import ENSEMBLE
from models.serving import Verdict, VerdictState
from preprocessing.picture import MAX_BYTES
from preprocessing.trust import Rest, Trust

REPORTS = (*report_files.KINDS, "none")
REPORTS_IN_WORDS = {"html": "HTML", "pdf": "PDF", "dcm": "DICOM", "none": "None"}
STATUS = ("read", "refused")
ROW_PX, HEADER_PX, ROWS_AT_ONCE = 52, 40, 9
# Between two redraws of the table while files are read: each sends the whole table to the browser.
REDRAW_S = 4.0
MB = 2**20
LIMITS = (
    f"At most {MAX_BYTES // MB} MB per file or zip archive, {sources.MOST_SENT_BYTES // MB} MB in all. For more, use "
    "the command line: `python -m ecgviz batch FOLDER --out RESULTS`."
)


@dataclass(frozen=True)
class Job:
    """What a session reads: its files with their rows, and the reports and signals that are written from them."""

    batch: Batch
    reports: ReportZip
    signals: ReportZip


def _none() -> Job | None:
    return None


JOB = SessionSlot("batch", _none)


def upload_form() -> None:
    """Offer to choose files and to read them."""
    uploads = st.file_uploader(
        "12-lead ECG reports: images, PDFs, DICOM or signals, or zip archives of them",
        type=ACCEPTED,
        accept_multiple_files=True,
        key=Controls.batch_uploads.key,
    )
    st.caption(LIMITS)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button("Read files", icon=":material/play_arrow:", disabled=not uploads, on_click=_start)
        st.toggle("Run the networks", key=Controls.batch_networks.key, persist_state="session")
        st.segmented_control("Create reports", REPORTS, format_func=REPORTS_IN_WORDS.__getitem__,
                             key=Controls.batch_kind.key, required=True, persist_state="session")  # fmt: skip
    st.pills("Write signals", list(SIGNAL_FORMATS), key=Controls.batch_signals.key, selection_mode="multi",
             format_func=lambda key: SIGNAL_FORMATS[key].title, persist_state="session")  # fmt: skip


def progress(batch: Batch) -> DeltaGenerator:
    """Show how far the batch is, with buttons to stop, resume and clear it; return the progress bar."""
    bar = st.empty()
    if batch.paused:
        with st.spinner("Finishing the file that is being read"):
            batch.wait()
    _how_far(bar, batch)
    with st.container(horizontal=True, gap="small"):
        if batch.running:
            st.button("Stop", icon=":material/stop:", on_click=batch.pause)
        elif batch.left:
            st.button("Resume", icon=":material/play_arrow:", on_click=batch.resume)
        st.button("Clear batch", icon=":material/close:", type="tertiary", on_click=JOB.clear)
    return bar


def results(batch: Batch) -> list[Done]:
    """Return the files that are done, without their names where the session hides them."""
    return [batch_table.nameless(done) for done in batch.done] if session.margins_hidden() else list(batch.done)


def table(every: list[Done]) -> Done | None:
    """Show the files that pass the filters; return the selected one."""
    with st.expander("Filters", icon=":material/filter_list:"):
        wanted = _filters(every)
    shown = [done for done in every if wanted.keep(done.row)]
    st.markdown(summary([done.row for done in every], len(shown)))
    chosen = st.dataframe(
        batch_table.frame(shown),
        hide_index=True,
        column_order=list(TITLES),
        column_config=TITLES,
        row_height=ROW_PX,
        height=min(len(shown), ROWS_AT_ONCE) * ROW_PX + HEADER_PX,
        key=Controls.batch_table.key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder=MISSING,
        alt="One row per file with its result",
    )
    rows = [row for row in chosen.selection.rows if row < len(shown)]
    return shown[rows[0]] if rows else None


def details(batch: Batch, done: Done) -> None:
    """Show one file: its thumbnail, its refusal or predictions, and a button to open it."""
    reading = json.loads(done.line)
    picture, words = st.columns([1, 3], gap="medium")
    if done.thumbnail:
        picture.image(data_url(done.thumbnail), alt=f"Thumbnail of {done.row.file}")
    with words:
        st.markdown(f"**{plain(done.row.file)}**: {plain(outcome(done.row))}.")
        if done.row.message:
            st.error(f"{plain(done.row.message)}\n\nCode: `{done.row.refusal}`", icon=":material/block:")
        if combined := (reading["models"] or {}).get(ENSEMBLE):
            doubted = Trust(tuple(reading["trust"]["reasons"])).doubts(Rest.PREDICTION)
            verdict.card(verdict_card.of_verdict(_verdict(combined), doubted))
        for notice in reading["warnings"]:
            st.warning(plain(notice["message"]), icon=":material/info:")
        if done.row.sha256 and st.button("Open on Home", icon=":material/open_in_new:"):
            file = batch.files[done.row.number - 1]
            session.keep(file.content(), file.file)
            st.switch_page("streamlit_app.py")


def downloads(every: list[Done], job: Job) -> None:
    """Offer every row whatever the filters show; each file is made on demand."""
    with st.container(horizontal=True, gap="small"):
        st.download_button("Table, CSV", lambda: as_csv(done.row for done in every).encode(), "ecg_batch.csv",
                           "text/csv", on_click="ignore", icon=":material/download:")  # fmt: skip
        st.download_button("Readings, JSON Lines", lambda: "".join(f"{done.line}\n" for done in every).encode(),
                           "ecg_batch.jsonl", "application/jsonl", on_click="ignore",
                           icon=":material/download:")  # fmt: skip
        for title, packed in (("Reports", job.reports), ("Signals", job.signals)):
            if packed.count:
                st.download_button(f"{title}, zip", packed.content, f"ecg_batch_{title.lower()}.zip", "application/zip",
                                   on_click="ignore", icon=":material/download:")  # fmt: skip
    st.caption("Every file that is done, whatever the filters show. Reports hide header and margins.")
    for of, packed in (("reports", job.reports), ("signals", job.signals)):
        if packed.without_room:
            full = report_files.MOST_KEPT_BYTES // MB
            left_out = f"{packed.without_room} file{'s' * (packed.without_room != 1)}"
            st.warning(f"The zip of {of} is full at {full} MB and leaves out {left_out}. The command line has no such "
                       "limit.", icon=":material/info:")  # fmt: skip


def read_files(batch: Batch, bar: DeltaGenerator) -> None:
    """Read files until the table is due again, then rerun the page.

    Call it last on the page. A click ends this run at the bar's next move, when the current file has its row; no file
    is lost or read twice.
    """
    with st.spinner("Loading the networks", show_time=True):
        batch.prepare()
    due = monotonic() + REDRAW_S
    while batch.step() is not None:
        _how_far(bar, batch)
        if monotonic() > due:
            break
    st.rerun()


def _start() -> None:
    kind, kept, packed = controls.batch_kind, ReportZip(), ReportZip()
    made = reports(kind, kept.keep) if kind in report_files.KINDS else None
    files = sources.of_uploads(controls.batch_uploads)
    traces = signals(controls.batch_signals, packed.keep)
    JOB.set(Job(Batch(files, controls.batch_networks, made, signals=traces), kept, packed))


def _how_far(bar: DeltaGenerator, batch: Batch) -> None:
    bar.progress(len(batch.done) / len(batch.files), text=plain(how_far(batch, named=not session.margins_hidden())))


def _filters(every: list[Done]) -> batch_table.Filters:
    first, second, third, fourth = st.columns(4)
    name = first.text_input("Part of the name", key=Controls.batch_name.key, persist_state="session")
    status = second.multiselect("Status", STATUS, key=Controls.batch_status.key, persist_state="session")
    labels = third.multiselect("Predicted class", CLASSES, key=Controls.batch_labels.key, persist_state="session")
    layouts = batch_table.layouts(every)
    forms = fourth.multiselect("Layout", layouts, key=Controls.batch_layouts.key, persist_state="session")
    first, second, third = st.columns(3)
    predicted = _choice(first, "Prediction", batch_table.PREDICTIONS, Controls.batch_prediction.key)
    warnings = _choice(second, "Warnings", batch_table.WARNINGS, Controls.batch_warnings.key)
    duplicates = _choice(third, "Duplicates", batch_table.DUPLICATES, Controls.batch_duplicates.key)
    return batch_table.Filters(name, tuple(status), tuple(labels), tuple(forms), predicted, warnings, duplicates)


def _choice(column: DeltaGenerator, title: str, options: Sequence[str], key: str) -> str:
    chosen = column.segmented_control(title, options, key=key, required=True, default=batch_table.ALL,
                                      persist_state="session")  # fmt: skip
    return chosen or batch_table.ALL


def _verdict(read: dict[str, Any]) -> Verdict:
    state, reasons = VerdictState(read["state"]), tuple(read["reasons"])
    return Verdict(tuple(read["probabilities"]), read["label"], state, reasons, read["version"])
