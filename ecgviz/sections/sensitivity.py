"""What a network's prediction depends on: maps along the leads, and leads left out."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Controls, Report, chart_downloads, studies, unchecked_charts
from ecgviz.charts import saliency_charts
from ecgviz.predictions import NAMES, change_matrix, largest_change, most_sensitive
from ecgviz.study import Study, name_of
from ecgviz.words import glossary
from models.classes import CLASSES
from models.networks import ENSEMBLE, TRACE_NETWORKS

MAPS_NOTE = (
    "The maps show where a probability is sensitive, not the cause in the heart. "
    f"Grad-CAM. {glossary.meaning('Grad-CAM')} Occlusion. {glossary.meaning('Occlusion')}"
)
KINDS = {"grad_cam": "Grad-CAM", "occlusion": "Occlusion"}
NETWORKS = {name: NAMES[name] for name in TRACE_NETWORKS}


@st.fragment
def show(report: Report, study: Study) -> None:
    """Let a reader choose a network and a class, and show what that probability depends on."""
    predicted = studies.prediction(study).verdicts[ENSEMBLE].label
    first, second, third = st.columns(3)
    network = first.selectbox("Network", list(NETWORKS), key=Controls.map_network.key, format_func=NETWORKS.__getitem__)
    label = second.selectbox("Class", list(CLASSES), key=Controls.map_class.key, index=CLASSES.index(predicted))
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
