"""Beat lab: single beats, the published networks for them, and what each reported figure is worth."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.beat_lab import (
    BeatControls,
    section_articles,
    section_beat,
    section_dataset,
    section_predictions,
    section_results,
    section_spectra,
)

ui.frame(
    "Beat lab", "One beat as published networks see it, what each predicts, and what its reported figure is worth."
)

ONE_BEAT, RESULTS = "One beat", "Reported and measured"
part = st.segmented_control(
    "Part",
    [ONE_BEAT, RESULTS],
    default=ONE_BEAT,
    key=BeatControls.beat_part.key,
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
if part == ONE_BEAT:
    beat = section_beat.chosen()
    section_predictions.show(beat)
    st.subheader("Time and frequency", anchor=False)
    section_spectra.show(beat)
else:
    st.subheader("Reported and measured figures", anchor=False)
    section_results.show()
    st.subheader("Articles on the six classes", anchor=False)
    section_articles.show()
    st.subheader("What the pictures of six classes show", anchor=False)
    section_dataset.show()
