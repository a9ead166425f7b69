"""Two open reports compared: sheets in step, median beats over each other, a table of differences, a PDF."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ecgviz.app import Controls, Report, controls, of_report, session, studies, ui
from ecgviz.app.components import viewer
from ecgviz.drawing import viewer_data
from ecgviz.export.report import COMPARISON_HEAD, comparison_pdf, comparison_rows
from ecgviz.study import Corrections, Study, name_of
from ecgviz.words import comparison, plain
from preprocessing.errors import EcgImageError

GROUP = "compared"
ONE_ALONE = "Open a second report on Home to compare it with this one. Open reports stay open until they are closed."


def chosen(report: Report) -> Report | None:
    """Let a person choose the report to compare with; without a second open report, link to where one is opened."""
    others = {one.sha256: one for one in session.reports() if one.sha256 != report.sha256}
    if not others:
        st.info(ONE_ALONE, icon=":material/info:")
        st.page_link("streamlit_app.py", label="Open another report on Home", icon=":material/arrow_forward:")
        return None
    if controls.compare_with not in others:
        controls.compare_with = next(reversed(others))
    st.selectbox("Compare with", list(others), key=Controls.compare_with.key, width=ui.NAMES_PX,
                 format_func=lambda sha256: session.shown_name(others[sha256]), persist_state="session")  # fmt: skip
    return others[controls.compare_with]


def study_of(other: Report) -> Study | None:
    """Read the second report, or show why it was refused."""
    with st.spinner("Reading the second report"):
        read = studies.read_aside(other)
    if isinstance(read, EcgImageError):
        ui.refused(read, f"{plain(session.shown_name(other))} was not read.")
        return None
    return read


def differences(first: Study, second: Study) -> None:
    """Show the table of differences."""
    for study in (first, second):
        studies.prediction(study)
    table = pd.DataFrame(comparison_rows(first, second), columns=list(COMPARISON_HEAD))
    st.dataframe(table, hide_index=True, height="content", alt="One row per measurement with both values")
    st.caption(comparison.NOTE)


def beats(first: Study, second: Study) -> None:
    """Show the median beats of both, laid over each other."""
    if None in (first.measurements.beat, second.measurements.beat):
        st.caption("One of the reports shows no beats.")
        return
    viewer(key="compared_beats", data=viewer_data.beats_drawing(first, second))
    st.caption(
        "First report: solid, blue, with its marks. Second report: dashed, orange. Aligned at the middle of QRS."
    )


def sheets(first: tuple[Report, Study], second: tuple[Report, Study]) -> None:
    """Show both sheets side by side; each follows the other when it is moved or zoomed."""
    places = zip(("First", "Second"), (first, second), st.columns(2, gap="small"), strict=True)
    for place, (report, study), column in places:
        with column:
            st.markdown(f"**{place}**: {plain(session.shown_name(report))}")
            drawn = sheet(report.sha256, study.how, session.margins_hidden(), study)
            viewer(key=f"compared_{place}", data=drawn)


def download(first: Study, second: Study) -> None:
    """Offer the comparison as a PDF."""
    name = f"{name_of(first.image.sha256)}_and_{name_of(second.image.sha256)}"
    st.download_button("PDF", lambda: comparison_pdf(first, second), f"{name}.pdf", "application/pdf",
                       on_click="ignore", icon=":material/download:")  # fmt: skip
    st.caption("Differences, median beats and both traces at true scale. It contains no file name and no image.")


@of_report(st.cache_data, max_entries=4)
def sheet(sha256: str, how: str | Corrections, hidden: bool, _study: Study) -> dict[str, Any]:
    """Return one sheet as the viewer's data."""
    return viewer_data.page_drawing(_study, _study.traces, hidden, GROUP)
