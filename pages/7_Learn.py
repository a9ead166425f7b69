"""Learn: what a report shows, how it is read, what the networks do with it, and a quiz."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.learn import section_layers, section_limits, section_quiz, section_report, section_rhythms, section_stages

ui.frame("Learn", "What a 12-lead report shows, how this tool reads it, and what its networks can and cannot know.")

# Only the part that is shown is computed; TensorFlow is loaded when the networks' layers are opened.
PARTS = {
    "The report": section_report.show,
    "Classes and rhythms": section_rhythms.show,
    "Preprocessing": section_stages.show,
    "The networks' layers": section_layers.show,
    "Quiz": section_quiz.show,
    "Limits": section_limits.limits,
    "Glossary": section_limits.words,
}

part = st.segmented_control("Part", list(PARTS), default="The report", key="learn_part", required=True,
                            label_visibility="collapsed", wrap=True, persist_state="session")  # fmt: skip
PARTS[part]()
