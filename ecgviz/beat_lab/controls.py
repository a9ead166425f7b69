"""The controls of the page Beat lab."""

from __future__ import annotations

from ecgviz.app import Control, ControlSet


class BeatControls(ControlSet):
    """What a reader sets on the page Beat lab; every control takes the default of its widget."""

    beat_part: Control[str] = Control()

    # The beat; one number per rhythm, one lead per report, one number per report and lead
    beat_source: Control[str] = Control()
    beat_rhythm: Control[str] = Control()
    beat_number: Control[int] = Control()
    beat_lead: Control[str] = Control()
    beat_of: Control[int] = Control()
    beat_picture: Control[object] = Control()

    # What the networks see; a beat from a picture has fewer tasks
    beat_task: Control[str] = Control()
    beat_task_of_picture: Control[str] = Control()

    # Saliency; one network per task, one class per task, network and beat
    beat_map: Control[bool] = Control()
    beat_map_network: Control[str] = Control()
    beat_map_class: Control[str] = Control()

    # Spectrogram and scalogram
    beat_window: Control[str] = Control()
    beat_window_ms: Control[int] = Control()
    beat_overlap: Control[int] = Control()
    beat_wavelet: Control[str] = Control()
    beat_scales: Control[int] = Control()
    beat_band: Control[tuple[int, int]] = Control()

    # Results; one network per protocol
    beat_figure: Control[str] = Control()
    beat_protocol: Control[str] = Control()
    beat_network: Control[str] = Control()
    beat_search: Control[bool] = Control()

    # Two articles; one row of a table per protocol
    beat_spectral_protocol: Control[str] = Control()
    beat_spectral_row: Control[int] = Control()
    beat_grid: Control[bool] = Control()
