"""The frame that every page wears, and the pieces that pages share."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz import DISCLAIMER, caches, page_facts, page_views, pictures, session
from ecgviz.markdown import plain
from ecgviz.study import STEPS, Study
from preprocessing.errors import EcgImageError
from preprocessing.stages import Stage

PAGES = [
    ("streamlit_app.py", "Home"),
    ("pages/1_Preprocessing.py", "Preprocessing"),
    ("pages/2_Leads.py", "Leads"),
    ("pages/3_Signals.py", "Signals"),
    ("pages/4_Models.py", "Models"),
    ("pages/5_Evaluation.py", "Evaluation"),
    ("pages/6_Batch.py", "Batch"),
    ("pages/7_Learn.py", "Learn"),
    ("pages/8_Report.py", "Report"),
]
WAYS_ON = [
    ("pages/1_Preprocessing.py", "See how a lead is prepared"),
    ("pages/2_Leads.py", "See every lead"),
    ("pages/3_Signals.py", "Measure the signals"),
    ("pages/4_Models.py", "See what the scores depend on"),
    ("pages/8_Report.py", "Take a report away"),
]
ENLARGED, WIDEST_PX = 2, 900
LONG = 3.5
FACT_PX, NAMES_PX = 140, 320
HIDING = (
    "Paints over everything outside the traces, on every page of the app and for every report, and shows no file name. "
    "What is printed or written between the traces stays, and so does what lies within a lead's crop on Preprocessing."
)
PRESETS = {"standard": "Standard", "paper": "The paper's"}
MANNERS = ["Side by side", "Blended"]


def frame(title: str, lead_in: str) -> None:
    """Draw the menu, the page's title and the line that says what this tool is not."""
    st.set_page_config(page_title=f"{title} · ecgviz", page_icon=caches.tab_icon(), layout="wide")
    session.remember()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="menu"):
        for path, name in PAGES:
            st.page_link(path, label=name)
        st.space("stretch")
        st.caption(DISCLAIMER, width="content")
    st.title(title, anchor=False)
    st.markdown(lead_in)


def heading(report: session.Report) -> None:
    """Name the current report, let another of the open ones take its place, and let it be closed."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        names = {one.sha256: session.shown_name(one) for one in session.reports()}
        if len(names) == 1:
            st.markdown(f"**{plain(names[report.sha256])}**", width="content")
        else:
            st.session_state["current_report"] = report.sha256
            st.selectbox("Open reports", list(names), key="current_report", format_func=names.__getitem__,
                         on_change=_choose_report, label_visibility="collapsed", width=NAMES_PX)  # fmt: skip
        if report.title:
            st.badge("drawn sample", color="gray")
        st.button("Close report", icon=":material/close:", type="tertiary", on_click=session.close)


def study_or_refusal(report: session.Report) -> Study | None:
    """Read the report, telling each step as it begins, or say in plain words why it cannot be read and what to do."""
    place = st.empty()
    try:
        if session.was_read(report):
            return session.study(report)
        with place.status("Reading the report") as steps:
            study = session.study(report, tell=lambda step: steps.update(label=STEPS[step]))
        place.empty()
    except EcgImageError as refusal:
        place.empty()
        refused(refusal, "This image was not read.")
        st.caption("Nothing was guessed from it.")
        return None
    return study


def refused(refusal: EcgImageError, what: str) -> None:
    """Show a refusal: what happened, what to do, and its stable code."""
    st.error(f"**{what}** {plain(refusal.message)}\n\nCode: `{refusal.code}`", icon=":material/block:")


def facts(study: Study) -> None:
    """Show what was read, as a strip of figures."""
    with st.container(horizontal=True, gap="small", border=True, key="facts"):
        for label, value, why in page_facts.figures(study):
            st.metric(label, value, width=FACT_PX, help=why)


def what_was_done(study: Study, consequence: str) -> None:
    """Where the picture is not the page as it was read, say what was done to it and what that means here."""
    done = page_facts.what_was_done(study)
    if done is not None:
        st.caption(f"{done} {consequence}")


def ways_on() -> None:
    """Lead on from the answer to the pages that show more of it."""
    with st.container(horizontal=True, gap="small", key="ways_on"):
        for path, words in WAYS_ON:
            st.page_link(path, label=words, icon=":material/arrow_forward:")


def page_words(report: session.Report, study: Study, overlay: bool, view: str) -> str:
    """Describe the picture of a page to somebody who does not see it."""
    laid = "" if view == page_views.AS_IT_CAME else ", as it was read"
    boxes = f" with {len(study.layout.boxes)} lead boxes" if overlay else ""
    return f"The report {session.shown_name(report)}{laid}{boxes}" + ", margins hidden" * session.margins_hidden()


def notices(study: Study) -> None:
    """Say what was assumed or could not be done."""
    for notice in study.notices:
        st.warning(plain(notice.message), icon=":material/info:")


def study_with_crops(report: session.Report, preset: str) -> Study:
    """Return the study with the chosen crops; where the paper's do not fit, say so and keep the others."""
    try:
        with st.spinner("Cutting the leads"):
            return session.study(report, preset)
    except EcgImageError as refusal:
        st.warning(f"{plain(refusal.message)} The standard crops are shown.", icon=":material/info:")
        return session.study(report)


def stage(report: session.Report, study: Study, stage: Stage, words: bool = True) -> None:
    """Show one stage: its picture, then its parameters and the sentence that explains it."""
    _picture(session.stage_picture_now(report, study, stage), stage, f"{_lead_now()}: {stage.title}")
    line = parameters_line(stage.parameters)
    if words:
        st.markdown(stage.sentence)
    st.caption(plain(line if words else f"{stage.title}: {line}"))


def all_leads(report: session.Report, study: Study, stage: Stage, title: str) -> None:
    """Show one stage of all leads at once, made only where the reader opens it."""
    opened = st.expander(title, key=f"all_{stage.key}", on_change="rerun")
    if opened.open:
        with opened:
            sheet = caches.all_leads(report.sha256, study.how, session.settings(), stage.key, study)
            st.image(
                sheet, width="stretch", alt=f"{stage.title} of all {len(study.stages)} leads, laid out as on the page"
            )
            st.caption(stage.sentence)


def blended(first: Stage, second: Stage, share: float) -> None:
    """Show one stage through another."""
    larger = max(first, second, key=lambda stage: stage.picture.shape[1])
    mixed = pictures.png(pictures.blend(first.picture, second.picture, share))
    _picture(pictures.data_url(mixed), larger, f"{_lead_now()}: {first.title} blended with {second.title}")
    st.caption(plain(f"{1 - share:.0%} {first.title}, {share:.0%} {second.title}"))


def beside_or_below(stage: Stage) -> Sequence[DeltaGenerator]:
    """Place a chart beside a picture, or below one as long as a rhythm strip."""
    height, width = stage.picture.shape[:2]
    return (st.container(), st.container()) if width > LONG * height else st.columns(2, gap="medium")


def predictions_line() -> None:
    """Say which values predictions use. The line stands still whether or not a control was moved."""
    now, paper = session.settings(), session.PAPER
    changed = [] if now.sigma == paper.sigma else [f"sigma {now.sigma:g} px"]
    changed += [] if now.threshold_shift == paper.threshold_shift else [f"shift {now.threshold_shift:+.2f}"]
    word = f":orange-badge[Changed: {', '.join(changed)}]" if changed else ":gray-badge[The paper's values]"
    st.markdown(word)
    st.caption(
        "The values changed here act on a copy. The networks' answers never depend on them: they look at the traces, "
        "not at these pictures."
    )


def parameters_line(parameters: dict[str, float | int | str]) -> str:
    """Write a stage's parameters as one line.

    Examples
    --------
    >>> parameters_line({"sigma_px": 1.0, "ink_share": 0.0312})
    'sigma 1 px · ink share 0.0312'
    """
    return " · ".join(_parameter(name, value) for name, value in parameters.items())


def lead_name(key: str) -> str:
    """Return a lead's name as a person says it: ``II_rhythm`` is the strip of lead II."""
    return f"{key.removesuffix('_rhythm')}, rhythm strip" if key.endswith("_rhythm") else key


def _choose_report() -> None:
    session.choose(st.session_state["current_report"])


def _picture(address: str, stage: Stage, alt: str) -> None:
    width = stage.picture.shape[1]
    st.image(address, width=min(ENLARGED * width, WIDEST_PX if width < WIDEST_PX else width), alt=alt)


def _lead_now() -> str:
    return f"Lead {lead_name(st.session_state['lead'])}"


def _parameter(name: str, value: float | int | str) -> str:
    shown = f"{value:.3g}" if isinstance(value, float) else str(value)
    words = name.removesuffix("_px").replace("_", " ")
    return f"{words} {shown} px" if name.endswith("_px") else f"{words} {shown}"
