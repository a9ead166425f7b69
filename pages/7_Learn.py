"""Learn: what a report contains, how it is read, what the networks do with it, and a quiz."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.learn import (
    LearnControls,
    section_layers,
    section_limits,
    section_quiz,
    section_report,
    section_rhythms,
    section_stages,
)

ui.frame("Learn", "What a 12-lead report shows, how it is read, and what the networks can and cannot do.")

# Only the selected part is computed; TensorFlow is loaded when Network layers is opened.
PARTS = {
    "The report": section_report.show,
    "Classes and rhythms": section_rhythms.show,
    "Preprocessing": section_stages.show,
    "Network layers": section_layers.show,
    "Quiz": section_quiz.show,
    "Limits": section_limits.limits,
    "Glossary": section_limits.terms,
}

part = st.segmented_control(
    "Part",
    list(PARTS),
    default="The report",
    key=LearnControls.learn_part.key,
    required=True,
    label_visibility="collapsed",
    wrap=True,
    persist_state="session",
    bind="query-params",
)
PARTS[part]()
