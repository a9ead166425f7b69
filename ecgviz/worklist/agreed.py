"""The part Agreement: two raters in figures, matrix and time, all readers together, and the cases where they differ."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ecgviz.app import chart_downloads, unchecked_charts
from ecgviz.charts import agreement_charts
from ecgviz.predictions import NAMES
from ecgviz.store import DECIDED, NONE, Agreement, Queue, Ratings, Store, agreement
from ecgviz.study import name_of
from ecgviz.words import plain
from ecgviz.worklist import agreement_tables, items, labelling, shown
from ecgviz.worklist.controls import WorklistControls as Of
from ecgviz.worklist.controls import controls
from preprocessing.errors import EcgImageError

TOO_FEW = "Two raters with a class for the same report are needed: two readers, or a reader and a network."
METHOD = (
    "Kappa is agreement beyond chance: 1 is complete, 0 is chance. Intervals are at 95%: bootstrap over reports for "
    "kappa, Wilson's for shares. Raters are compared on the reports that both gave a class; kappa needs "
    f"{agreement.LEAST_REPORTS} of them."
)
ABSTENTIONS = "By the most probable class. Otherwise a report on which a network abstains does not count for it."
SHARES = "Per class: of the reference's reports, the share to which the other gave the same class"
LABEL_PART = "Label"


def show(store: Store) -> None:
    """Let the reader choose two raters, and show how they agree."""
    with st.container(horizontal=True, gap="medium"):
        st.toggle("Blind readings only", key=Of.agreement_blind_only.key, persist_state="session")
        st.toggle("Count abstentions", key=Of.agreement_abstentions.key, persist_state="session", help=ABSTENTIONS)
    ratings = agreement.ratings_of(store, controls.agreement_blind_only, controls.agreement_abstentions)
    _run_networks(store, ratings)
    raters = [*ratings.readers, *ratings.networks]
    if not ratings.readers or len(raters) < 2:
        st.info(TOO_FEW, icon=":material/info:")
        return
    _everybody(ratings)
    first, second = _pair(ratings, raters)
    found = agreement.compared(ratings, first, second)
    st.subheader(plain(f"{in_words(first)} and {in_words(second)}"), anchor=False)
    if not found.n:
        st.info("They gave no class to the same report.", icon=":material/info:")
        return
    _figures(found)
    matrix, cases = st.columns([3, 2], gap="medium")
    with matrix:
        _matrix(found, first, second)
    with cases:
        _cases(found, ratings, first, second)
    _over_time(ratings, first, second)
    st.caption(METHOD)


def in_words(rater: str) -> str:
    """Return a reader's name, or a network's as it is shown everywhere."""
    return NAMES.get(rater, rater)


def _pair(ratings: Ratings, raters: list[str]) -> tuple[str, str]:
    """Let the reader choose the reference, which is a person or the decision, and another rater."""
    first, second = st.columns(2, gap="medium")
    usual = agreement.most_in_common(ratings)
    Of.agreement_first.keep_among(ratings.readers, usual[0])
    reference = first.selectbox("Reference", list(ratings.readers), key=Of.agreement_first.key,
                                persist_state="session")  # fmt: skip
    others = [rater for rater in raters if rater != reference]
    Of.agreement_second.keep_among(others, usual[1] if usual[1] in others else others[0])
    other = second.selectbox("Compared with", others, key=Of.agreement_second.key, format_func=in_words,
                             persist_state="session")  # fmt: skip
    return reference, other


def _everybody(ratings: Ratings) -> None:
    """Show every pair in one table, and Fleiss' kappa of all readers together."""
    people = [reader for reader in ratings.readers if reader != DECIDED]
    table = agreement_tables.pairs(ratings, in_words)
    st.dataframe(table, hide_index=True, alt="Every reader against every other rater, with Cohen's kappa")
    least = agreement.LEAST_REPORTS
    # One who has just begun would leave no report that all have read.
    many = [reader for reader in people if (ratings.labels[reader] != NONE).sum() >= least]
    if len(many) > 2:
        n, figure = agreement.among_all(ratings, many)
        words = f"Fleiss' kappa {agreement_tables.spread(figure)}" if n else "no report was read by all"
        who = f"All {len(many)} readers" if many == people else f"{len(many)} readers with {least} readings or more"
        st.markdown(plain(f"{who}: {words}, n {n}."))


def _figures(found: Agreement) -> None:
    with st.container(horizontal=True, gap="medium", border=True):
        st.metric("Reports", found.n, width="content")
        st.metric("Same class", agreement_tables.percent(found.agreed), width="content")
        st.metric("Cohen's kappa", agreement_tables.spread(found.kappa), width="content")


def _matrix(found: Agreement, first: str, second: str) -> None:
    table = agreement_tables.matrix(found)
    st.markdown(plain(f"Rows: {in_words(first)}. Columns: {in_words(second)}."))
    unchecked_charts.show(
        agreement_charts.matrix_chart(table), "Classes of the reference by row, of the other by column"
    )
    st.dataframe(agreement_tables.sensitivities(found), hide_index=True, alt=SHARES)
    chart_downloads.under(table, "agreement")


def _cases(found: Agreement, ratings: Ratings, first: str, second: str) -> None:
    """List the reports to which the two gave different classes; a click opens one."""
    st.markdown(f"**{len(found.apart)} report{'s' * (len(found.apart) != 1)} with different classes**")
    if not found.apart:
        return
    listed = items.LIST.value.items
    names = [items.shown_name(listed[one]) if one in listed else name_of(one) for one in found.apart]
    people = first in ratings.readers and second in ratings.readers and DECIDED not in (first, second)
    st.dataframe(
        agreement_tables.cases(ratings, found.apart, names, {rater: in_words(rater) for rater in (first, second)}),
        hide_index=True,
        key=Of.agreement_cases.key,
        on_select=partial(_chosen, found.apart, Queue.DISAGREEMENT if people else Queue.ALL),
        selection_mode="single-row",
        alt="Reports to which the two gave different classes",
    )
    st.caption("Click a row's box to open the report.")


def _chosen(apart: tuple[str, ...], queue: Queue) -> None:
    rows = controls.agreement_cases["selection"]["rows"]
    if rows:
        labelling.open_case(apart[rows[0]], queue)
        controls.worklist_part = LABEL_PART


def _over_time(ratings: Ratings, first: str, second: str) -> None:
    periods = agreement.over_time(ratings, first, second)
    table = agreement_tables.months(periods)
    with st.expander(f"Agreement over time, {len(periods)} month{'s' * (len(periods) != 1)}"):
        unchecked_charts.show(
            agreement_charts.months_chart(table), "Share with the same class by month, with intervals"
        )
        st.caption(plain(f"By the month of {in_words(first)}'s reading."))
        chart_downloads.under(table, "agreement_over_time")


def _run_networks(store: Store, ratings: Ratings) -> None:
    """Offer to run the networks on reports that were read and whose predictions are not kept yet."""
    known = agreement.reports_with_predictions(store)
    left = [item for one in ratings.reports if one not in known and (item := items.found(one, store)) is not None]
    if not left:
        return
    if st.button(f"Run the networks on {len(left)} report{'s' * (len(left) != 1)}", icon=":material/play_arrow:",
                 help="They were read by a person and not by the networks yet. About 3 s each."):  # fmt: skip
        bar = st.progress(0.0)
        for number, item in enumerate(left, start=1):
            study = shown.study_of(item)
            if not isinstance(study, EcgImageError) and study.prediction is not None:
                shown.keep_of(store, item.sha256, study.prediction)
            bar.progress(number / len(left), text=f"{number} of {len(left)}")
        st.rerun()
