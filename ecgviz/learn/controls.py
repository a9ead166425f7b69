"""The controls of the pages Learn and Demonstrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecgviz.app import Control, ControlSet

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile


class LearnControls(ControlSet):
    """What a reader sets on these pages; a control without a default takes the default of its widget."""

    learn_part: Control[str] = Control()

    # The report
    learn_lead: Control[str] = Control()
    learn_speed: Control[float] = Control()
    learn_gain: Control[float] = Control()
    learn_beat: Control[str] = Control()

    # Classes and rhythms; one rate per rhythm
    learn_rhythm: Control[str] = Control()
    learn_rate: Control[int] = Control()
    learn_noise: Control[str] = Control()
    learn_layout: Control[str] = Control()
    learn_grid: Control[str] = Control()
    learn_camera: Control[str] = Control()
    learn_seed: Control[int] = Control()
    learn_outlined = Control(False)

    # Preprocessing; one lead per report, one amount per fault
    learn_stage_lead: Control[str] = Control()
    learn_fault: Control[str] = Control()
    learn_fault_amount: Control[float] = Control()

    # Network layers; one row per report, one filter per network and row, one temperature per network
    learn_network: Control[str] = Control()
    learn_row: Control[int] = Control()
    learn_filter: Control[int] = Control()
    learn_depth: Control[str] = Control()
    learn_temperature: Control[float] = Control()

    # Demonstration
    demo_wrong = Control(False)

    # Quiz; one answer per question
    quiz_series = Control(1)
    quiz_topics: Control[list[str]] = Control([])
    quiz_set: Control[UploadedFile | None] = Control()
    quiz_full = Control(False)
    quiz_answer: Control[str | None] = Control()

    # Glossary
    learn_search: Control[str] = Control()


learn_controls = LearnControls()
