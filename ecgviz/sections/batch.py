"""The parts of the page Batch: the upload form, the progress, and the downloads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz.app import Controls, SessionSlot, controls, session
from ecgviz.app.components import leave_guard
from ecgviz.batch import (
    NONE,
    Batch,
    BatchFile,
    Done,
    ReportZip,
    Run,
    RunSettings,
    as_csv,
    as_parquet,
    how_far,
    leads_csv,
    report_files,
    run_record,
    sources,
    with_labels,
)
from ecgviz.batch import table as batch_table
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.processes import read_for_batch
from ecgviz.sections import batch_labels, batch_run
from ecgviz.study import ACCEPTED
from ecgviz.words import plain
from preprocessing.picture import MAX_BYTES
from sample_images import samples

REPORTS = (*report_files.KINDS, NONE)
REPORTS_IN_WORDS = {"html": "HTML", "pdf": "PDF", "dcm": "DICOM", NONE: "None"}
# Between two redraws of the table while files are read: each sends the whole table to the browser.
REDRAW_S = 4.0
MB = 2**20
LIMITS = (
    f"At most {MAX_BYTES // MB} MB per file or zip archive, {sources.MOST_SENT_BYTES // MB} MB in all. For more, use "
    "the command line: `python -m ecgviz batch FOLDER --out RESULTS`."
)


@dataclass(frozen=True)
class Job:
    """What a session reads: its files with their rows, and what is written from them.

    Attributes
    ----------
    batch : Batch
    reports, signals : ReportZip
    settings : RunSettings
    truth : dict of str to str or None
        The true classes of the samples by file, where these are read.
    before : Run or None
        The earlier run that is repeated.
    """

    batch: Batch
    reports: ReportZip
    signals: ReportZip
    settings: RunSettings
    truth: dict[str, str] | None = None
    before: Run | None = None


def _none() -> Job | None:
    return None


JOB = SessionSlot("batch", _none)


def upload_form() -> None:
    """Offer to choose files and labels, and to read them."""
    uploads = st.file_uploader(
        "12-lead ECG reports: images, PDFs, DICOM or signals, or zip archives of them",
        type=ACCEPTED,
        accept_multiple_files=True,
        key=Controls.batch_uploads.key,
    )
    st.caption(LIMITS)
    batch_labels.choice()
    batch_run.choice()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button("Read files", icon=":material/play_arrow:", disabled=not uploads, on_click=_start)
        st.button("Run on the samples", icon=":material/science:", on_click=_start_samples,
                  help="Read the simulated samples, with the classes that they were drawn as for labels")  # fmt: skip
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
        with st.popover("Clear", icon=":material/close:", type="tertiary"):
            st.markdown(f"{len(batch.done)} files done are lost unless you have downloaded them.")
            st.button("Clear batch", icon=":material/delete:", on_click=JOB.clear)
    return bar


def guard(job: Job | None) -> None:
    """While a batch is held, let the browser ask before it is left, and say what another batch would replace."""
    leave_guard(key="leave_guard", data={"on": job is not None})
    if job is not None:
        st.caption(f"Reading other files replaces this batch ({len(job.batch.done)} files done): download it first.")


def results(job: Job) -> list[Done]:
    """Return the files that are done with their labels, and without their names where the session hides them.

    Labels join when the batch has ended or stopped.
    """
    done = list(job.batch.done)
    labels = None if job.batch.running else batch_labels.labels_of(job.batch, job.truth)
    if labels is None and job.before is not None and not job.batch.running:
        labels = [job.before.labels.get(one.row.sha256 or "") for one in done]
    if labels is not None:
        done = with_labels(done, labels)
    return [batch_table.nameless(one) for one in done] if session.margins_hidden() else done


def compared_with_before(every: Sequence[Done], job: Job) -> None:
    """Where a run is repeated and has ended, show how its readings differ."""
    if job.before is not None and not job.batch.running:
        batch_run.comparison(every, job.settings, job.before)


def downloads(every: Sequence[Done], job: Job) -> None:
    """Offer every row whatever the filters show; each file is made on demand."""
    files = {
        "Table, CSV": (lambda: as_csv(every).encode(), "ecg_batch.csv", "text/csv"),
        "Leads, CSV": (lambda: leads_csv(every).encode(), "ecg_batch_leads.csv", "text/csv"),
        "Table, Parquet": (lambda: as_parquet(every), "ecg_batch.parquet", "application/vnd.apache.parquet"),
        "Readings, JSON Lines": (
            lambda: "".join(f"{done.line}\n" for done in every).encode(),
            "ecg_batch.jsonl",
            "application/jsonl",
        ),
        "Run file, JSON": (
            lambda: run_record(every, job.settings).written().encode(),
            "ecg_batch_run.json",
            "application/json",
        ),
    }
    for title, packed in (("Reports", job.reports), ("Signals", job.signals)):
        if packed.count:
            files[f"{title}, zip"] = (packed.content, f"ecg_batch_{title.lower()}.zip", "application/zip")
    with st.container(horizontal=True, gap="small"):
        for title, (content, name, kind) in files.items():
            st.download_button(title, content, name, kind, on_click="ignore", icon=":material/download:")
    st.caption(
        "Every file that is done, whatever the filters show: every probability of every network, every measurement, "
        "versions and settings. The run file repeats the batch: `python -m ecgviz batch FOLDER --out RESULTS --run "
        "ecg_batch_run.json`. Reports hide header and margins."
    )
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
    _begin(sources.of_uploads(controls.batch_uploads))


def _start_samples() -> None:
    every = samples()
    files = [BatchFile(sample.path.name, sample.path.read_bytes) for sample in every]
    drawn = {sample.path.name: json.loads(sample.truth_path.read_text(encoding="utf-8"))["class"] for sample in every}
    _begin(files, {name: label for name, label in drawn.items() if label})


def _begin(files: Sequence[BatchFile], truth: dict[str, str] | None = None) -> None:
    kept, packed, before = ReportZip(), ReportZip(), batch_run.chosen()
    own = RunSettings(controls.batch_networks, controls.batch_kind, tuple(controls.batch_signals))
    settings = own if before is None else before.settings
    JOB.set(
        Job(Batch(files, settings, True, kept.keep, packed.keep, read_for_batch), kept, packed, settings, truth, before)
    )


def _how_far(bar: DeltaGenerator, batch: Batch) -> None:
    bar.progress(len(batch.done) / len(batch.files), text=plain(how_far(batch, named=not session.margins_hidden())))
