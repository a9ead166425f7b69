"""What a blind reader does not see before saving: other readings of a report, its decision, and the predictions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import Report, of_report, session, studies
from ecgviz.drawing import data_url, page_views, webp
from ecgviz.predictions import NAMES, finding_tables, percent
from ecgviz.records import opened
from ecgviz.store import FINDINGS, KeptPrediction, Reading, Role, Store, keep_predictions, readings_of
from ecgviz.study import Study
from ecgviz.words import measured, plain
from ecgviz.worklist import draft
from ecgviz.worklist.controls import WorklistControls as Of
from ecgviz.worklist.controls import controls
from ecgviz.worklist.items import Item, shown_name
from models.serving import Prediction
from preprocessing.errors import EcgImageError

STATES = {"predicted": "Predicted", "unsure": "Unsure", "not_applicable": "Not applicable"}


def page(item: Item, blind: bool) -> None:
    """Show the name and the page of a report, masked where the session hides margins; or why it cannot be shown."""
    name = plain(shown_name(item, blind))
    st.markdown(f"**{name}**")
    try:
        picture = _picture(item.sha256, session.margins_hidden(), item)
    except EcgImageError as refusal:
        st.error(f"{plain(refusal.message)}\n\nCode: `{refusal.code}`", icon=":material/block:")
        return
    st.image(picture, width="stretch", alt=f"The report {name}")


def others(store: Store, item: Item, reader: str) -> None:
    """Show the readings of others and the decision, each with its class, findings and comment."""
    draft.SEEN.value.add(item.sha256)
    for reading in readings_of(store, item.sha256):
        if reading.reader != reader or reading.role is Role.ADJUDICATION:
            st.markdown(plain(_line(reading)))


def predictions(store: Store, item: Item) -> None:
    """Offer to run the networks on the report; they are kept with its readings, and shown with its measurements."""
    st.toggle("Show predictions and measurements", key=Of.worklist_predictions.key, persist_state="session",
              help="Reading a report and running the networks takes some seconds.")  # fmt: skip
    if not controls.worklist_predictions:
        return
    draft.SEEN.value.add(item.sha256)
    with st.spinner("Reading the report"):
        study = study_of(item)
    if isinstance(study, EcgImageError):
        st.caption(f"Not read by ecgviz: {plain(study.message)}")
        return
    predicted = studies.prediction(study)
    keep_of(store, item.sha256, predicted)
    st.dataframe(_table(predicted), hide_index=True, alt="What each network predicts for this report")
    st.markdown(f"**Findings.** {plain(finding_tables.present(predicted))}")
    values = [f"{name} {value}" for name, value, _ in measured.figures(study.measurements, study.trust)]
    st.caption(plain(", ".join(values)))


def study_of(item: Item) -> Study | EcgImageError:
    """Read a report of the list, which need not be open."""
    return studies.read_aside(Report(item.file, item.content(), item.sha256))


def keep_of(store: Store, sha256: str, predicted: Prediction) -> None:
    """Keep the networks' predictions of a report that somebody has read; of others nothing is kept."""
    if readings_of(store, sha256):
        keep_predictions(store, sha256, kept(predicted))


def kept(predicted: Prediction) -> list[KeptPrediction]:
    """Return a prediction as the store keeps it, one line a network."""
    return [
        KeptPrediction(key, one.version, one.label, one.state.value, tuple(map(float, one.probabilities)))
        for key, one in predicted.verdicts.items()
    ]


def _table(predicted: Prediction) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"Network": NAMES[key], "Most probable": one.label, "Confidence": percent(one.confidence),
             "State": STATES[one.state.value]}
            for key, one in predicted.verdicts.items()
        ]
    )  # fmt: skip


def _line(reading: Reading) -> str:
    who = f"Decision by {reading.reader}" if reading.role is Role.ADJUDICATION else reading.reader
    words = [reading.label, *(FINDINGS[one].lower() for one in reading.findings)]
    return f"{who}: {', '.join(words)}." + (f" {reading.comment}" if reading.comment else "")


@of_report(st.cache_data, max_entries=8)
def _picture(sha256: str, hidden: bool, _item: Item) -> str:
    """Return the page as a data URL. Its margins are known only once it was read."""
    if not hidden:
        return data_url(webp(opened(_item.content()).image.rgb))
    study = study_of(_item)
    if isinstance(study, EcgImageError):
        raise EcgImageError(study.code, f"Its margins cannot be hidden. {study.message}")
    return data_url(page_views.picture_of(study, False, False, True))
