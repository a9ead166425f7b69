"""Learn, fourth part: the networks layer by layer, with their real answers to the report at hand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import of_report, unchecked_charts
from ecgviz.learn import about_layers, at_hand, layer_charts
from ecgviz.predictions import EVERY_NAME, row_names
from ecgviz.study import Corrections, Study
from models.explaining import MEMBER, Activations, layer_activations, layer_tables
from models.networks import NETWORKS, PAPER_NETWORKS, lead_rows
from models.serving import predictor

SHOWN = {name: EVERY_NAME[name] for name in (*NETWORKS, *PAPER_NETWORKS)}
DEPTHS = ("First convolution", "After block 1", "After block 2", "After block 3", "Last maps")
TEMPERATURES = (0.1, 5.0)


@st.fragment
def show() -> None:
    """Show the part."""
    network = st.segmented_control(
        "Network", list(SHOWN), default="cnn", key="learn_network", required=True, format_func=SHOWN.__getitem__,
        persist_state="session",
    )  # fmt: skip
    if network in NETWORKS:
        _on_report(network)
    else:
        st.markdown(about_layers.PAPER)
        _table(network)


def _on_report(network: str) -> None:
    report, study = at_hand.report_at_hand()
    with st.spinner("Loading the network and asking each of its layers"):
        said = activations(report.sha256, study.how, network, study)
    rows = lead_rows(study.traces)
    names = row_names()
    printed = [row for row in range(len(rows)) if rows[row, :, 1].any()]
    st.caption(
        f"This network ships as {said.members} members whose scores are averaged. What is shown here is member "
        f"{MEMBER + 1} alone, with its own weights; the others learnt from other fifths of the reports."
    )
    row = st.selectbox("Row", printed, key=f"learn_row_{report.sha256}", format_func=names.__getitem__)

    st.subheader("What goes in", anchor=False)
    st.markdown(about_layers.ROWS)
    unchecked_charts.show(layer_charts.row_chart(rows[row]), f"Row {names[row]} in millivolts")

    st.subheader("The first convolution", anchor=False)
    st.markdown(about_layers.FIRST)
    strongest = int(layer_charts.strongest_channels(said.first[row])[0])
    channel = st.slider("Pattern", 1, said.patterns.shape[-1], strongest + 1, key=f"learn_pattern_{network}_{row}") - 1
    pattern, answer = st.columns([1, 2], gap="medium")
    with pattern:
        unchecked_charts.show(
            layer_charts.pattern_chart(said.patterns[..., channel]), f"Weights of pattern {channel + 1}"
        )
    with answer:
        answered = layer_charts.row_chart(rows[row], said.first[row, :, channel])
        unchecked_charts.show(answered, f"Row {names[row]} and where pattern {channel + 1} answers")
    st.caption("The orange area is this pattern's answer along the row; it is 0 where the pattern does not fit.")

    st.subheader("Deeper", anchor=False)
    st.markdown(about_layers.DEEPER)
    depth = st.select_slider("Depth", DEPTHS, DEPTHS[-1], key="learn_depth", persist_state="session")
    answers = dict(zip(DEPTHS, (said.first, *said.blocks, said.maps), strict=True))[depth][row]
    unchecked_charts.show(layer_charts.depth_chart(answers), f"{depth}: the strongest channels along {names[row]}")
    st.caption(
        f"{depth}: {len(answers)} steps of {1000 * layer_charts.step_s(len(answers)):.0f} ms, {answers.shape[1]} "
        f"channels, of which the {layer_charts.STRONGEST} that answer most are shown."
    )
    _memory(said, row)

    st.subheader("All rows together", anchor=False)
    st.markdown(about_layers.POOLED)
    unchecked_charts.show(layer_charts.rows_chart(said.by_row), "The numbers left of each row")
    st.markdown(about_layers.HEARD)
    unchecked_charts.show(layer_charts.heard_chart(said.heard), "How much of each class's score came from each row")
    _head(said, network)
    with st.expander("Every layer of this member, with shapes and parameters"):
        _table(network)


def _memory(said: Activations, row: int) -> None:
    if said.along_time is None or said.across_rows is None:
        return
    st.subheader("The LSTMs", anchor=False)
    st.markdown(about_layers.ALONG_TIME)
    unchecked_charts.show(layer_charts.depth_chart(said.along_time[row]), "The LSTM along time, strongest channels")
    st.markdown(about_layers.ACROSS_ROWS)


def _head(said: Activations, network: str) -> None:
    st.subheader("The head and the probabilities", anchor=False)
    st.markdown(about_layers.HEAD)
    st.markdown(about_layers.TEMPERATURE)
    temperature = st.slider(
        "Temperature", *TEMPERATURES, round(said.temperature, 2), 0.01, key=f"learn_temperature_{network}"
    )
    table = layer_charts.shares(said.scores, temperature)
    unchecked_charts.show(layer_charts.shares_chart(table), f"Probabilities at temperature {temperature:g}")
    st.table(table.set_index("class").round(3))
    st.caption(
        f"The card's temperature is {said.temperature:.3f}. The answer on the page Models is the mean of all members."
    )


def _table(network: str) -> None:
    with st.spinner("Building the network"):
        layers = layer_tables.table_of(network)
    st.markdown(f"{sum(layer.parameters for layer in layers):,} parameters in all.")
    table = pd.DataFrame(
        [
            {
                "layer": layer.name,
                "kind": layer.kind,
                "gives on": " \N{MULTIPLICATION SIGN} ".join(map(str, layer.shape)),
                "parameters": layer.parameters,
                "what it does": about_layers.KINDS[layer.kind],
            }
            for layer in layers
        ]
    )
    st.dataframe(table, hide_index=True, width="stretch", alt=f"Layers of {SHOWN[network]}")


@of_report(st.cache_resource, max_entries=4)
def activations(sha256: str, how: str | Corrections, network: str, _study: Study) -> Activations:
    """Return what the layers of a network answer to a report."""
    return layer_activations.activations(predictor.networks().by_name[network], lead_rows(_study.traces))
