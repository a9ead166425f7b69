"""The table of a batch with its filters, and the details of one file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz.app import Controls, session
from ecgviz.batch import Batch, Done, models_in, outcome, summary
from ecgviz.batch import table as batch_table
from ecgviz.drawing import data_url
from ecgviz.predictions import NAMES, verdict_card
from ecgviz.sections import verdict
from ecgviz.sections.batch_columns import titles
from ecgviz.words import MISSING, plain
from models.classes import CLASSES
from models.networks import ENSEMBLE
from models.serving import Verdict, VerdictState
from preprocessing.trust import Rest, Trust

STATUS = ("read", "refused")
ROW_PX, HEADER_PX, ROWS_AT_ONCE = 52, 40, 13
KEYS = (
    "Select a row to see its details and open the report. By keyboard: Tab to the table, arrows to the row, Shift and "
    "Space."
)


def files(every: Sequence[Done]) -> Done | None:
    """Show the files that pass the filters; return the selected one."""
    rows = [done.row for done in every]
    models, with_labels = models_in(rows), any(row.label for row in rows)
    with st.expander("Filters", icon=":material/filter_list:"):
        wanted = _filters(every, models, with_labels)
    shown = [done for done in every if wanted.keep(done.row)]
    st.markdown(summary(rows, len(shown)))
    table = batch_table.frame(shown)
    columns = titles(models, [name for name in table if table[name].isna().all() or table[name].eq("").all()])
    chosen = st.dataframe(
        table,
        hide_index=True,
        column_order=list(columns),
        column_config=columns,
        row_height=ROW_PX,
        height=min(len(shown), ROWS_AT_ONCE) * ROW_PX + HEADER_PX,
        key=Controls.batch_table.key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder=MISSING,
        alt="One row per file with its result",
    )
    places = [row for row in chosen.selection.rows if row < len(shown)]
    if not places:
        st.caption(KEYS)
        return None
    return shown[places[0]]


def details(batch: Batch, done: Done) -> None:
    """Show one file: its thumbnail, its refusal or predictions, and a button to open it."""
    reading = json.loads(done.line)
    picture, words = st.columns([1, 3], gap="medium")
    if done.thumbnail:
        picture.image(data_url(done.thumbnail), alt=f"Thumbnail of {done.row.file}")
    with words:
        label = f" Label: {done.row.label}." if done.row.label else ""
        st.markdown(f"**{plain(done.row.file)}**: {plain(outcome(done.row))}.{label}")
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


def _filters(every: Sequence[Done], models: list[str], with_labels: bool) -> batch_table.Filters:
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
    more: dict[str, Any] = {}
    first, second, third = st.columns(3)
    if len(models) > 2:
        more["agreement"] = _choice(first, "Networks", batch_table.AGREEMENT, Controls.batch_agreement.key)
        more["between"] = tuple(
            second.multiselect("Between", models, format_func=NAMES.__getitem__, key=Controls.batch_between.key,
                               placeholder="every network", persist_state="session")
        )  # fmt: skip
    if with_labels:
        more["against_label"] = _choice(third, "Most probable class against the label", batch_table.AGAINST_LABEL,
                                        Controls.batch_against_label.key)  # fmt: skip
    return batch_table.Filters(
        name, tuple(status), tuple(labels), tuple(forms), predicted, warnings, duplicates, **more
    )


def _choice(column: DeltaGenerator, title: str, options: Sequence[str], key: str) -> str:
    chosen = column.segmented_control(title, options, key=key, required=True, default=batch_table.ALL,
                                      persist_state="session")  # fmt: skip
    return chosen or batch_table.ALL


def _verdict(read: dict[str, Any]) -> Verdict:
    state, reasons = VerdictState(read["state"]), tuple(read["reasons"])
    return Verdict(tuple(read["probabilities"]), read["label"], state, reasons, read["version"])
