"""The report that the lessons use: the open one if it was read, else a simulated sample."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from ecgviz.app import Report, session, studies, ui
from ecgviz.learn import cached_examples
from ecgviz.learn.examples import Example, file_name
from ecgviz.study import Study
from ecgviz.words import plain
from sample_images import RHYTHMS, samples

STAND_IN = "edan_acute_inferior"
# The pages about the open report.
PAGES = ui.PAGES[:5]


def readable_report() -> tuple[Report, Study]:
    """Return a report that was read, and print which one it is."""
    opened = session.current()
    if opened is not None:
        with st.spinner("Reading the page, its grid and its leads"):
            read = studies.reading(opened)
        if isinstance(read, Study):
            st.caption(f"Open report: {plain(session.shown_name(opened))}.")
            return opened, read
    sample = next(sample for sample in samples() if sample.name == STAND_IN)
    data = sample.path.read_bytes()
    report = Report(sample.path.name, data, sha256(data).hexdigest(), sample.title, sample.drawn_as)
    with st.spinner("Reading a sample"):
        read = studies.read_aside(report)
    assert isinstance(read, Study)
    reason = "No report is open" if opened is None else "The open report could not be read"
    st.caption(f"{reason}. Shown instead: the sample {plain(sample.title)}.")
    return report, read


def simulated_report(example: Example) -> Report:
    """Return an example as a report, without opening it."""
    data = cached_examples.drawn_file(example)
    title, drawn_as = f"{example.title}, simulated", RHYTHMS[example.rhythm].label
    return Report(file_name(example), data, sha256(data).hexdigest(), title, drawn_as)


def open_example(example: Example) -> None:
    """Make an example the current report."""
    report = simulated_report(example)
    session.keep(report.data, report.file, report.title, report.drawn_as)


def open_button(example: Example, key: str) -> None:
    """Offer to open an example, and once it is open link to the pages that work on it."""
    opened = session.current()
    if opened is not None and opened.file == file_name(example) and opened == simulated_report(example):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(":material/check: Open as the current report.", width="content")
            for path, name in PAGES:
                st.page_link(path, label=name, icon=":material/arrow_forward:")
        return
    st.button("Open as report", key=key, icon=":material/open_in_new:", on_click=open_example, args=(example,))
