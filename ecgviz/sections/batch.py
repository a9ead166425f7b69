"""The pieces of the page Batch: the way in, how far it is, the table with its filters, and the downloads."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz.app import session
from ecgviz.batch import (
    ALL,
    ANSWERS,
    DUPLICATES,
    KINDS,
    MOST_KEPT_BYTES,
    MOST_SENT_BYTES,
    WARNINGS,
    Batch,
    Done,
    Filters,
    ReportZip,
    as_csv,
    frame,
    how_far,
    layouts,
    nameless,
    of_uploads,
    outcome,
    reports,
    summary,
)
from ecgviz.drawing import data_url
from ecgviz.predictions import model_names, prediction_tables
from ecgviz.study import ACCEPTED
from ecgviz.words import MISSING, plain
from models.classes import CLASSES
from models.serving import Verdict, predictor
from preprocessing.picture import MAX_BYTES

AGREE = "Whether both networks find the same class likeliest"
REPORTS = (*KINDS, "none")
REPORTS_IN_WORDS = {"html": "HTML", "pdf": "PDF", "none": "None"}
STATUS = ("read", "refused")
ROW_PX, HEADER_PX, ROWS_AT_ONCE = 52, 40, 9
TITLES = {
    "number": st.column_config.NumberColumn("No.", width=40),
    "picture": st.column_config.ImageColumn("Picture", width=84),
    "file": st.column_config.TextColumn("File", width=210),
    "status": st.column_config.TextColumn("Status", width=70),
    "refusal": st.column_config.TextColumn("Refusal", width=135),
    "ensemble_label": st.column_config.TextColumn("Both together", width=160),
    "ensemble_confidence": st.column_config.NumberColumn("How sure", format="%.0f%%", width=80),
    "ensemble_abstains": st.column_config.CheckboxColumn("No answer", width=88),
    "networks_agree": st.column_config.CheckboxColumn("Agree", width=65, help=AGREE),
    "layout": st.column_config.TextColumn("Layout", width=70),
    "warnings": st.column_config.TextColumn("Warnings", width=165),
    "duplicate_of": st.column_config.TextColumn("Duplicate of", width=150),
    "heart_rate_bpm": st.column_config.NumberColumn("Heart rate, a minute", width=130),
    "rhythm": st.column_config.TextColumn("Rhythm"),
    "pr_ms": st.column_config.NumberColumn("PR, ms"),
    "qrs_ms": st.column_config.NumberColumn("QRS, ms"),
    "qt_ms": st.column_config.NumberColumn("QT, ms"),
    "qtc_ms": st.column_config.NumberColumn("QTc, ms"),
    "axis_deg": st.column_config.NumberColumn("QRS axis, \N{DEGREE SIGN}"),
    "cnn_label": st.column_config.TextColumn("CNN"),
    "cnn_confidence": st.column_config.NumberColumn("CNN, how sure", format="%.0f%%"),
    "cnn_abstains": st.column_config.CheckboxColumn("CNN, no answer"),
    "cnn_lstm_label": st.column_config.TextColumn("CNN-LSTM"),
    "cnn_lstm_confidence": st.column_config.NumberColumn("CNN-LSTM, how sure", format="%.0f%%"),
    "cnn_lstm_abstains": st.column_config.CheckboxColumn("CNN-LSTM, no answer"),
    "speed_mm_s": st.column_config.NumberColumn("Speed, mm/s"),
    "gain_mm_mv": st.column_config.NumberColumn("Gain, mm/mV"),
    "scale_from": st.column_config.TextColumn("Scale from"),
    "seconds": st.column_config.NumberColumn("Read in, s", format="%.1f"),
    "sha256": st.column_config.TextColumn("sha256"),
}
# The table is drawn anew this often while files are read: each time it travels to the browser as a whole.
PULSE_S = 4.0
MB = 2**20
LIMITS = (
    f"At most {MAX_BYTES // MB} MB a file, a zip archive as well, and {MOST_SENT_BYTES // MB} MB in all. Larger "
    "collections go through the command line: `python -m ecgviz batch FOLDER --out RESULTS`."
)


def current() -> Batch | None:
    """Return this session's batch."""
    return st.session_state.get("batch")


def way_in() -> None:
    """Offer to choose files, and to begin."""
    uploads = st.file_uploader(
        "Images or PDFs of 12-lead ECG reports, or zip archives of them",
        type=[*ACCEPTED, "zip"],
        accept_multiple_files=True,
        key="batch_uploads",
    )
    st.caption(LIMITS)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button("Read them", icon=":material/play_arrow:", disabled=not uploads, on_click=_begin)
        st.toggle("Ask the networks", value=True, key="batch_ask", persist_state="session")
        st.segmented_control("Reports to make", REPORTS, default=REPORTS[0], format_func=REPORTS_IN_WORDS.__getitem__,
                             key="batch_kind", required=True, persist_state="session")  # fmt: skip


def progress(batch: Batch) -> DeltaGenerator:
    """Show how far the batch is, with the way to stop it, to go on or to forget it; return the bar."""
    bar = st.empty()
    if batch.resting:
        with st.spinner("Finishing the file that is being read"):
            batch.wait()
    _how_far(bar, batch)
    with st.container(horizontal=True, gap="small"):
        if batch.running:
            st.button("Stop", icon=":material/stop:", on_click=batch.rest)
        elif batch.left:
            st.button("Go on", icon=":material/play_arrow:", on_click=batch.go_on)
        st.button("Forget this batch", icon=":material/close:", type="tertiary", on_click=_forget)
    return bar


def came_to(batch: Batch) -> list[Done]:
    """Return the files that are done, without their names where this session hides them."""
    return [nameless(done) for done in batch.done] if session.margins_hidden() else list(batch.done)


def table(every: list[Done]) -> Done | None:
    """Show the files that are done, as far as the filters let them through; return the one that is chosen."""
    with st.expander("Filters", icon=":material/filter_list:"):
        wanted = _filters(every)
    shown = [done for done in every if wanted.keep(done.row)]
    st.markdown(summary([done.row for done in every], len(shown)))
    chosen = st.dataframe(
        frame(shown),
        hide_index=True,
        column_order=list(TITLES),
        column_config=TITLES,
        row_height=ROW_PX,
        height=min(len(shown), ROWS_AT_ONCE) * ROW_PX + HEADER_PX,
        key="batch_table",
        on_select="rerun",
        selection_mode="single-row",
        placeholder=MISSING,
        alt="One row a file, with what it came to",
    )
    rows = [row for row in chosen.selection.rows if row < len(shown)]
    return shown[rows[0]] if rows else None


def details(batch: Batch, done: Done) -> None:
    """Show one file: its picture, why it was refused or what was found, and the way to open it."""
    reading = json.loads(done.line)
    picture, words = st.columns([1, 3], gap="medium")
    if done.thumbnail:
        picture.image(data_url(done.thumbnail), alt=f"The picture {done.row.file}, small")
    with words:
        st.markdown(f"**{plain(done.row.file)}**: {plain(outcome(done.row))}.")
        if done.row.message:
            st.error(f"{plain(done.row.message)}\n\nCode: `{done.row.refusal}`", icon=":material/block:")
        for model, said in (reading["models"] or {}).items():
            if said is not None:
                st.markdown(f"{model_names.NAMES[model]}: {prediction_tables.sentence(_verdict(said))}")
        for notice in reading["warnings"]:
            st.warning(plain(notice["message"]), icon=":material/info:")
        if done.row.sha256 and st.button("Open it on the page Home", icon=":material/open_in_new:"):
            file = batch.files[done.row.number - 1]
            session.keep(file.content(), file.file)
            st.switch_page("streamlit_app.py")


def downloads(every: list[Done]) -> None:
    """Offer every row, whatever the filters show; each file is made when it is asked for."""
    kept: ReportZip | None = st.session_state.get("batch_zip")
    with st.container(horizontal=True, gap="small"):
        st.download_button("Table, CSV", lambda: as_csv(done.row for done in every).encode(), "ecg_batch.csv",
                           "text/csv", on_click="ignore", icon=":material/download:")  # fmt: skip
        st.download_button("Readings, JSON Lines", lambda: "".join(f"{done.line}\n" for done in every).encode(),
                           "ecg_batch.jsonl", "application/jsonl", on_click="ignore",
                           icon=":material/download:")  # fmt: skip
        if kept is not None and kept.count:
            st.download_button("Reports, zip", kept.content, "ecg_batch_reports.zip", "application/zip",
                               on_click="ignore", icon=":material/download:")  # fmt: skip
    st.caption("They hold every file that is done, whatever the filters show. Reports hide header and margins.")
    if kept is not None and kept.without_room:
        st.warning(f"The zip of reports is full at {MOST_KEPT_BYTES // MB} MB: {kept.without_room} of the reports "
                   "are not in it. The command line has no such limit.", icon=":material/info:")  # fmt: skip


def go_on(batch: Batch, bar: DeltaGenerator) -> None:
    """Read files until the table is due again, then draw the page anew.

    It stands last on the page. After a click this thread ends at the bar's next move, when the file that it reads has
    its row, and another has drawn the page by then: nothing is lost between.
    """
    with st.spinner("Loading the networks", show_time=True):
        batch.prepare()
    due = monotonic() + PULSE_S
    while batch.step() is not None:
        _how_far(bar, batch)
        if monotonic() > due:
            break
    st.rerun()


def _begin() -> None:
    networks = predictor.networks if st.session_state["batch_ask"] else None
    kind, kept = st.session_state["batch_kind"], ReportZip()
    made = reports(kind, kept.keep) if kind in KINDS else None
    st.session_state["batch"] = Batch(of_uploads(st.session_state["batch_uploads"]), networks, made)
    st.session_state["batch_zip"] = kept


def _forget() -> None:
    del st.session_state["batch"], st.session_state["batch_zip"]


def _how_far(bar: DeltaGenerator, batch: Batch) -> None:
    bar.progress(len(batch.done) / len(batch.files), text=plain(how_far(batch, named=not session.margins_hidden())))


def _filters(every: list[Done]) -> Filters:
    first, second, third, fourth = st.columns(4)
    name = first.text_input("Part of the name", key="batch_name", persist_state="session")
    status = second.multiselect("Status", STATUS, key="batch_status", persist_state="session")
    labels = third.multiselect("Likeliest class", CLASSES, key="batch_labels", persist_state="session")
    forms = fourth.multiselect("Layout", layouts(every), key="batch_layouts", persist_state="session")
    first, second, third = st.columns(3)
    answer = first.segmented_control("Answer", ANSWERS, key="batch_answer", required=True, default=ALL,
                                     persist_state="session")  # fmt: skip
    warnings = second.segmented_control("Warnings", WARNINGS, key="batch_warnings", required=True, default=ALL,
                                        persist_state="session")  # fmt: skip
    duplicates = third.segmented_control("Duplicates", DUPLICATES, key="batch_duplicates", required=True, default=ALL,
                                         persist_state="session")  # fmt: skip
    return Filters(name, tuple(status), tuple(labels), tuple(forms), answer or ALL, warnings or ALL, duplicates or ALL)


def _verdict(said: dict[str, Any]) -> Verdict:
    return Verdict(
        tuple(said["probabilities"]), said["label"], said["abstains"], said["unlike_training"], said["version"]
    )
