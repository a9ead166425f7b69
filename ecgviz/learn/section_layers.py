"""Learn, fourth part: the networks layer by layer, with their activations for the current report."""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from ecgviz.app import of_report, unchecked_charts
from ecgviz.learn import about_layers, current_report, layer_charts
from ecgviz.learn.controls import LearnControls
from ecgviz.predictions import EVERY_NAME, row_names
from ecgviz.study import Corrections, Study
from models.explaining import MEMBER, Activations, layer_activations, layer_tables
from models.networks import PAPER_NETWORKS, TRACE_NETWORKS, lead_rows
from models.serving import Classifier, predictor

SHOWN = {name: EVERY_NAME[name] for name in (*TRACE_NETWORKS, *PAPER_NETWORKS)}
DEPTHS = ("First convolution", "After block 1", "After block 2", "After block 3", "Last feature maps")
TEMPERATURES = (0.1, 5.0)


@st.fragment
def show() -> None:
    """Show the part."""
    network = st.segmented_control(
        "Network",
        list(SHOWN),
        default="trace_cnn",
        key=LearnControls.learn_network.key,
        required=True,
        format_func=SHOWN.__getitem__,
        persist_state="session",
    )
    if network in TRACE_NETWORKS:
        _on_report(network)
    else:
        st.markdown(about_layers.ARTICLE)
        _table(network)


def _on_report(network: str) -> None:
    report, study = current_report.readable_report()
    with st.spinner("Loading the network and computing its activations"):
        found = activations(report.sha256, study.how, network, study)
    rows = lead_rows(study.traces)
    names = row_names()
    printed = [row for row in range(len(rows)) if rows[row, :, 1].any()]
    st.caption(f"An ensemble of {found.members} members, their logits averaged. Shown: member {MEMBER + 1}.")
    row = st.selectbox(
        "Row", printed, key=LearnControls.learn_row.numbered(report.sha256).key, format_func=names.__getitem__
    )

    st.subheader("Input", anchor=False)
    st.markdown(about_layers.ROWS)
    unchecked_charts.show(layer_charts.row_chart(rows[row]), f"Row {names[row]} in millivolts")

    st.subheader("First convolution", anchor=False)
    st.markdown(about_layers.FIRST)
    inner = found.first[row, layer_charts.BORDER_STEPS : -layer_charts.BORDER_STEPS]
    strongest = int(layer_charts.strongest_channels(inner)[0])
    channel = (
        st.slider(
            "Filter",
            1,
            found.patterns.shape[-1],
            strongest + 1,
            key=LearnControls.learn_filter.numbered(network, row).key,
        )
        - 1
    )
    weights, response = st.columns([1, 2], gap="medium")
    with weights:
        unchecked_charts.show(
            layer_charts.filter_chart(found.patterns[..., channel]), f"Weights of filter {channel + 1}"
        )
    with response:
        chart = layer_charts.row_chart(rows[row], found.first[row, :, channel])
        unchecked_charts.show(chart, f"Row {names[row]} and the response of filter {channel + 1}")
    st.caption("Orange: the response of this filter along the row. It is 0 where the filter does not match.")

    st.subheader("Deeper layers", anchor=False)
    st.markdown(about_layers.DEEPER)
    depth = st.select_slider("Depth", DEPTHS, DEPTHS[-1], key=LearnControls.learn_depth.key, persist_state="session")
    maps = dict(zip(DEPTHS, (found.first, *found.blocks, found.maps), strict=True))[depth][row]
    unchecked_charts.show(layer_charts.depth_chart(maps), f"{depth}: the strongest channels along {names[row]}")
    st.caption(
        f"{depth}: {len(maps)} steps of {1000 * layer_charts.step_s(len(maps)):.0f} ms and {maps.shape[1]} channels. "
        f"Shown are the {layer_charts.STRONGEST} with the strongest response."
    )
    _lstm(found, row)

    st.subheader("All rows", anchor=False)
    st.markdown(about_layers.POOLED)
    unchecked_charts.show(layer_charts.rows_chart(found.by_row), "The features of each row")
    st.markdown(about_layers.CONTRIBUTIONS)
    unchecked_charts.show(
        layer_charts.contributions_chart(found.contributions), "Contribution of each row to the logit of each class"
    )
    _head(found, network)
    with st.expander("All layers of this member, with shapes and parameters"):
        _table(network)


def _lstm(found: Activations, row: int) -> None:
    if found.along_time is None or found.across_rows is None:
        return
    st.subheader("LSTMs", anchor=False)
    st.markdown(about_layers.ALONG_TIME)
    unchecked_charts.show(layer_charts.depth_chart(found.along_time[row]), "The LSTM along time, strongest channels")
    st.markdown(about_layers.ACROSS_ROWS)


def _head(found: Activations, network: str) -> None:
    st.subheader("Head and probabilities", anchor=False)
    st.markdown(about_layers.HEAD)
    st.markdown(about_layers.TEMPERATURE)
    temperature = st.slider(
        "Temperature",
        *TEMPERATURES,
        round(found.temperature, 2),
        0.01,
        key=LearnControls.learn_temperature.numbered(network).key,
    )
    table = layer_charts.softmax_table(found.logits, temperature)
    unchecked_charts.show(layer_charts.softmax_chart(table), f"Probabilities at temperature {temperature:g}")
    shown = {"logit": "{:.3f}", "probability": "{:.1%}"}
    st.table(table.set_index("class").style.format(shown))
    st.caption(
        f"Temperature in the model card: {found.temperature:.3f}. The page Models shows the prediction of all members."
    )


def _table(network: str) -> None:
    with st.spinner("Building the network"):
        layers = layer_tables.table_of(network)
    st.markdown(f"{sum(layer.parameters for layer in layers):,} parameters in total.")
    table = pd.DataFrame(
        [
            {
                "layer": layer.name,
                "type": layer.kind,
                "output shape": " \N{MULTIPLICATION SIGN} ".join(map(str, layer.shape)),
                "parameters": layer.parameters,
                "function": about_layers.KINDS[layer.kind],
            }
            for layer in layers
        ]
    )
    thousands = {"parameters": st.column_config.NumberColumn(format="localized")}
    st.dataframe(table, hide_index=True, width="stretch", column_config=thousands, alt=f"Layers of {SHOWN[network]}")


@of_report(st.cache_resource, max_entries=4)
def activations(sha256: str, how: str | Corrections, network: str, _study: Study) -> Activations:
    """Return the activations of the layers of a network for a report."""
    # The part shows networks over traces.
    classifier = cast(Classifier, predictor.networks().by_name[network])
    return layer_activations.activations(classifier, lead_rows(_study.traces))
