"""What a network's prediction depends on: maps along the leads or over their pictures, and leads left out."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Controls, Report, chart_downloads, of_report, studies, unchecked_charts
from ecgviz.charts import saliency_charts
from ecgviz.drawing import map_sheet, pictures
from ecgviz.predictions import (
    NAMES,
    PictureSensitivity,
    change_matrix,
    largest_change,
    live,
    most_sensitive,
    picture_sensitivity,
)
from ecgviz.study import Corrections, Study, name_of
from ecgviz.words import glossary, plain
from models.classes import CLASSES
from models.networks import ENSEMBLE, TRACE_NETWORKS

MAPS_NOTE = (
    "The maps show where a probability is sensitive, not the cause in the heart. "
    f"Grad-CAM. {glossary.meaning('Grad-CAM')} Occlusion. {glossary.meaning('Occlusion')}"
)
KINDS = {"grad_cam": "Grad-CAM", "occlusion": "Occlusion"}
NETWORKS = {name: NAMES[name] for name in TRACE_NETWORKS}
ARTICLES_NOTE = "The article's network sees each lead alone: its maps are of the probability from that lead."
OURS_NOTE = (
    "Grad-CAM follows the part of the network that sees the pictures as images; occlusion also covers the part that "
    "receives the outline of the ink."
)


@st.fragment
def show(report: Report, study: Study) -> None:
    """Let a reader choose a network and a class, and show what that probability depends on."""
    prediction = studies.prediction(study)
    names = [*TRACE_NETWORKS, *live.picture_networks()]
    first, second, third = st.columns(3)
    network = first.selectbox("Network", [name for name in names if name in prediction.verdicts],
                              key=Controls.map_network.key, format_func=NAMES.__getitem__)  # fmt: skip
    label = second.selectbox("Class", list(CLASSES), key=Controls.map_class.key,
                             index=CLASSES.index(prediction.verdicts[ENSEMBLE].label))  # fmt: skip
    if network not in TRACE_NETWORKS:
        _over_pictures(report, study, network, label)
        return
    kind = third.selectbox("Map", list(KINDS), key=Controls.map_kind.key, format_func=KINDS.__getitem__)
    with st.spinner("Computing the maps"):
        found = studies.sensitivity(report, study, network)
    st.markdown(most_sensitive(found, label))
    # The boxes above name class and network: while its words stay the same, the browser updates this chart in place.
    unchecked_charts.show(saliency_charts.along_chart(found, label, kind), f"Every lead, with {KINDS[kind]}")
    st.caption(MAPS_NOTE)
    chart_downloads.under(found.along, f"{name_of(report.sha256)}_{network}_maps", place="maps")
    st.markdown(largest_change(found, label))
    chart_downloads.draw(
        saliency_charts.change_chart(found),
        "How each class's probability changes when one lead is left out",
        change_matrix(found),
        f"{name_of(report.sha256)}_left_out",
        ["in percentage points"],
    )


def _over_pictures(report: Report, study: Study, network: str, label: str) -> None:
    """Show Grad-CAM and occlusion over the picture of each lead, side by side."""
    for kind, place in zip(KINDS, st.columns(2, gap="medium"), strict=True):
        with place:
            with st.spinner("Computing the maps"):
                found = _maps(report.sha256, study.how, network, kind, study)
            st.markdown(f"**{KINDS[kind]}**")
            st.image(
                _sheet(report.sha256, study.how, network, kind, label, found),
                width="stretch",
                alt=f"{KINDS[kind]} of {NAMES[network]} for {label}, over the picture of each lead",
            )
            st.markdown(plain(picture_sensitivity.strongest(found, label)))
            checked = picture_sensitivity.randomisation(found, label)
            if checked is not None:
                st.markdown(plain(checked))
            chart_downloads.under(
                picture_sensitivity.map_table(found), f"{name_of(report.sha256)}_{network}_{kind}", place=f"over_{kind}"
            )
    st.caption(f"{ARTICLES_NOTE if found.is_articles else OURS_NOTE} {MAPS_NOTE}")


@of_report(st.cache_resource, max_entries=16)
def _maps(sha256: str, how: str | Corrections, network: str, kind: str, _study: Study) -> PictureSensitivity:
    """Return the maps of one network over pictures."""
    return picture_sensitivity.picture_sensitivity_of(_study, network, kind)


@of_report(st.cache_data, max_entries=32)
def _sheet(sha256: str, how: str | Corrections, network: str, kind: str, label: str, _found: PictureSensitivity) -> str:
    """Return the maps of one class as a sheet, in a data URL."""
    return pictures.data_url(pictures.webp(map_sheet(_found, label)))
