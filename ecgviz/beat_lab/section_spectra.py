"""The beat lab, One beat: the beat over time and frequency."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.beat_lab import charts
from ecgviz.beat_lab.beat import Beat
from ecgviz.beat_lab.controls import BeatControls
from models.beats import AFTER_MS, BEFORE_MS, MARGIN_MS, WAVELETS, WINDOWS, scalogram, spectrogram

FOURIER = (
    "The short-time Fourier transform uses one window length for all frequencies: a long window separates frequencies "
    "and blurs times, a short one the reverse."
)
WAVELET = (
    "The continuous wavelet transform uses short windows at high frequencies and long ones at low: precise in time for "
    "the QRS complex, in frequency for the T wave. Its wavelets have equal energy, so of two equally high waves the "
    "slower appears stronger."
)


@st.fragment
def show(beat: Beat) -> None:
    """Show the spectrogram and the scalogram with their controls."""
    if beat.mv is None:
        st.info(
            "A picture has no time scale, so it has no spectrum. Choose a beat of a report or a simulated one.",
            icon=":material/info:",
        )
        return
    shown_ms = MARGIN_MS, MARGIN_MS + BEFORE_MS + AFTER_MS
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("#### Spectrogram")
        window = st.selectbox("Window", list(WINDOWS), key=BeatControls.beat_window.key, persist_state="session")
        length_ms = st.slider(
            "Window length (ms)", 40, 400, 130, 10, key=BeatControls.beat_window_ms.key, persist_state="session"
        )
        overlap = st.slider("Overlap (%)", 0, 95, 90, 5, key=BeatControls.beat_overlap.key, persist_state="session")
        found = spectrogram(beat.mv, beat.rate_hz, length_ms, overlap / 100, window)
        table = charts.spectrum_table(found.between(*shown_ms), BEFORE_MS)
        notes = [f"{window} window of {length_ms} ms, overlap {overlap}%"]
        chart_downloads.draw(
            charts.spectrum_chart(table, log_hz=False), "Spectrogram of the beat", table, "beat_spectrogram", notes
        )
        st.caption(FOURIER)
    with right:
        st.markdown("#### Scalogram")
        wavelet = st.selectbox("Wavelet", list(WAVELETS), key=BeatControls.beat_wavelet.key, persist_state="session")
        scales_n = st.slider("Scales", 12, 48, 48, 4, key=BeatControls.beat_scales.key, persist_state="session")
        lowest, highest = st.slider(
            "Frequencies (Hz)", 1, 90, (1, 45), key=BeatControls.beat_band.key, persist_state="session"
        )
        highest = max(highest, lowest + 1)
        found = scalogram(beat.mv, beat.rate_hz, wavelet, scales_n, lowest, highest)
        table = charts.spectrum_table(found.between(*shown_ms), BEFORE_MS)
        notes = [f"{wavelet}, {scales_n} scales, {lowest} to {highest} Hz"]
        chart_downloads.draw(
            charts.spectrum_chart(table, log_hz=True), "Scalogram of the beat", table, "beat_scalogram", notes
        )
        st.caption(WAVELET)
