"""The report that the lessons show: the open one where it could be read, else a drawn sample."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from ecgviz.app import session, studies, ui
from ecgviz.learn import kept_examples
from ecgviz.learn.examples import Example, file_name
from ecgviz.study import Study
from ecgviz.words import plain
from sample_images import samples

STAND_IN = "edan_acute_inferior"
# Those that are about the open report.
PLACES_TO_GO = ui.PAGES[:5]


def report_at_hand() -> tuple[session.Report, Study]:
    """Return a report that could be read, and say which one it is."""
    opened = session.current()
    if opened is not None:
        with st.spinner("Reading the page, its grid and its leads"):
            read = studies.reading(opened)
        if isinstance(read, Study):
            st.caption(f"Pictures from the open report, {plain(session.shown_name(opened))}.")
            return opened, read
    sample = next(sample for sample in samples() if sample.name == STAND_IN)
    data = sample.path.read_bytes()
    report = session.Report(sample.path.name, data, sha256(data).hexdigest(), sample.title)
    with st.spinner("Reading a drawn sample"):
        read = studies.read_aside(report)
    assert isinstance(read, Study)
    why = "No report is open" if opened is None else "The open report could not be read"
    st.caption(f"{why}: pictures from a drawn sample, {plain(sample.title)}.")
    return report, read


def drawn_report(example: Example) -> session.Report:
    """Return a drawn example as a report, without opening it."""
    data = kept_examples.drawn_file(example)
    return session.Report(file_name(example), data, sha256(data).hexdigest(), f"{example.title}, drawn")


def open_example(example: Example) -> None:
    """Make a drawn example the current report."""
    report = drawn_report(example)
    session.keep(report.data, report.file, report.title)


def open_button(example: Example, key: str) -> None:
    """Offer to open a drawn example, and once it is open the pages that work on it."""
    opened = session.current()
    if opened is not None and opened.file == file_name(example) and opened == drawn_report(example):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(":material/check: This page is the open report now.", width="content")
            for path, name in PLACES_TO_GO:
                st.page_link(path, label=name, icon=":material/arrow_forward:")
        return
    st.button("Open it as the report", key=key, icon=":material/open_in_new:", on_click=open_example, args=(example,))
