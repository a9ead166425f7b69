"""The parts of the page Signals: the viewers, the measurements and the downloads."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from ecgviz.app import Controls, Report, of_report, session
from ecgviz.app.components import viewer
from ecgviz.drawing import viewer_data
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.export.report import report_pdf
from ecgviz.sections import hand_measurements
from ecgviz.study import Corrections, Study, checks, name_of, record_losses
from ecgviz.words import MISSING, measured, plain, printed, statements


def page_viewer(report: Report, study: Study) -> None:
    """Show the signals on millimetre paper over the page."""
    with st.spinner("Drawing the signals"):
        drawn = page_drawing(report.sha256, study.how, session.margins_hidden(), study)
    viewer(key=Controls.page_viewer.key, data=drawn, on_kept_change=partial(hand_measurements.take, study))


def figures(study: Study) -> None:
    """Show the measurements as a strip of figures."""
    with st.container(horizontal=True, gap="medium", border=True, key="measurements"):
        for label, value, why in measured.figures(study.measurements, study.trust):
            st.metric(label, value, width="content", help=why)


def printed_values(study: Study) -> None:
    """Show what the recorder printed beside what is measured here; nothing where no print was read with certainty."""
    rows = printed.rows(study)
    if rows:
        st.markdown("**Printed by the recorder**")
        table = [dict(zip(printed.HEAD, row, strict=True)) for row in rows]
        st.dataframe(table, hide_index=True, height="content", alt="One row per printed measurement with the one here")
        st.caption(printed.NOTE)
    said = statements.rows(study)
    if said:
        table = [dict(zip(statements.HEAD, row, strict=True)) for row in said]
        st.dataframe(table, hide_index=True, height="content", alt="One row per statement of the recorder")
        st.caption(statements.note(study))


def measurements(study: Study) -> None:
    """Show the measurements, what they rest on, and why any is missing."""
    figures(study)
    printed_values(study)
    found = study.measurements
    for sentence in measured.rhythm(found) + measured.missing(found):
        st.markdown(plain(sentence))
    st.caption(plain(" ".join(measured.rests_on(study.measurements))))


def median_beat(study: Study) -> None:
    """Show the median beat of every lead with its fiducial points."""
    if study.measurements.beat is None:
        st.caption("No beats were found.")
        return
    viewer(key="beats_viewer", data=viewer_data.beats_drawing(study))
    st.caption(
        "Dashed lines: onset and end of P and QRS, end of T; none where a wave was not found. Shown: leads with at "
        "least half of their beats read."
    )


def lead_checks(study: Study) -> None:
    """Show how well the leads agree with the laws that hold in every ECG."""
    for check in checks(study):
        icon = ":material/check:" if check.holds else ":material/info:"
        st.markdown(f"{icon} {plain(check.words)}")
    st.caption("These laws hold in every ECG and check the reading; no signal was adjusted to fit them.")


def losses(study: Study) -> None:
    """Show what a record lost on its way through the drawn page."""
    table = [
        {
            "Lead": one.id.name,
            "Seconds": one.seconds,
            "Read": one.read * 100,
            "On paper, dB": one.paper_db,
            "Read back, dB": one.read_db,
            "Error, \N{MICRO SIGN}V": one.error_uv,
        }
        for one in record_losses(study)
    ]
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Seconds": st.column_config.NumberColumn(format="%.1f"),
            "Read": st.column_config.NumberColumn(format="%.0f%%"),
            **{name: st.column_config.NumberColumn(format="%.1f") for name in ("On paper, dB", "Read back, dB")},
            "Error, \N{MICRO SIGN}V": st.column_config.NumberColumn(format="%.0f"),
        },
        height="content",
        placeholder=MISSING,
        alt="One row per lead with its signal to noise on paper and as read",
    )
    st.caption(
        "The file holds signals, so the truth is known. On paper: signal to noise of the signal's mean over each "
        "column of pixels, the best that any reader of this page could reach. Read back: of the trace above, where it "
        "was read. Networks use the file's own samples."
    )


def downloads(report: Report, study: Study) -> None:
    """Offer the files, made on demand and named by the hash."""
    name = name_of(report.sha256)
    with st.container(horizontal=True, gap="small"):
        for one in SIGNAL_FORMATS.values():
            st.download_button(
                one.title,
                partial(one.write, study, report_pdf),
                f"{name}.{one.ending}",
                one.mime,
                on_click="ignore",
                icon=":material/download:",
                help=f"{one.words[0].upper()}{one.words[1:]}",
            )
    st.caption("No file holds a name, a date or anything else printed on the report, but for the image in FHIR's PDF.")


@of_report(st.cache_data, max_entries=2)
def page_drawing(sha256: str, how: str | Corrections, hidden: bool, _study: Study) -> dict[str, Any]:
    """Return the signals as the viewer's data."""
    return viewer_data.page_drawing(_study, _study.traces, hidden, keeps=True)
