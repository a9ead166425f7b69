"""Beat lab: single beats, the field's networks for them, and what each claim is worth."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.beat_lab import section_answers, section_beat, section_lesson, section_results, section_spectra

ui.frame("Beat lab", "One beat as the field's networks see it, what each makes of it, and what each claim is worth.")

results, beat_part = "What the claims are worth", "One beat"
part = st.segmented_control("Part", [beat_part, results], default=beat_part, key="beat_part", required=True,
                            label_visibility="collapsed", persist_state="session")  # fmt: skip
if part == beat_part:
    beat = section_beat.chosen()
    task, picture = section_beat.as_seen(beat)
    st.subheader("What every network makes of it", anchor=False)
    section_answers.show(beat, task, picture)
    st.subheader("Over time and frequency", anchor=False)
    section_spectra.show(beat)
else:
    st.subheader("Claims and what the same networks give here", anchor=False)
    section_results.show()
    st.subheader("What the pictures of six classes really are", anchor=False)
    section_lesson.show()
