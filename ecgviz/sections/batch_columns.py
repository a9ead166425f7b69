"""The columns of the table on the page Batch: their titles, widths and formats."""

from __future__ import annotations

import streamlit as st

AGREE = "Whether both networks predict the same class"
TITLES = {
    "number": st.column_config.NumberColumn("No.", width=40),
    "picture": st.column_config.ImageColumn("Picture", width=84),
    "file": st.column_config.TextColumn("File", width=210),
    "status": st.column_config.TextColumn("Status", width=70),
    "refusal": st.column_config.TextColumn("Refusal", width=135),
    "ensemble_label": st.column_config.TextColumn("Combined", width=160),
    "ensemble_confidence": st.column_config.NumberColumn("Confidence", format="%.0f%%", width=90),
    "ensemble_state": st.column_config.TextColumn("Verdict", width=105),
    "trust": st.column_config.TextColumn("Trust", width=95),
    "networks_agree": st.column_config.CheckboxColumn("Agree", width=65, help=AGREE),
    "layout": st.column_config.TextColumn("Layout", width=70),
    "warnings": st.column_config.TextColumn("Warnings", width=165),
    "duplicate_of": st.column_config.TextColumn("Duplicate of", width=150),
    "heart_rate_bpm": st.column_config.NumberColumn("Heart rate, bpm", width=110),
    "rhythm": st.column_config.TextColumn("Rhythm"),
    "pr_ms": st.column_config.NumberColumn("PR, ms"),
    "qrs_ms": st.column_config.NumberColumn("QRS, ms"),
    "qt_ms": st.column_config.NumberColumn("QT, ms"),
    "qtc_ms": st.column_config.NumberColumn("QTc, ms"),
    "axis_deg": st.column_config.NumberColumn("QRS axis, \N{DEGREE SIGN}"),
    "cnn_label": st.column_config.TextColumn("CNN"),
    "cnn_confidence": st.column_config.NumberColumn("CNN, confidence", format="%.0f%%"),
    "cnn_abstains": st.column_config.CheckboxColumn("CNN abstains"),
    "cnn_lstm_label": st.column_config.TextColumn("CNN-LSTM"),
    "cnn_lstm_confidence": st.column_config.NumberColumn("CNN-LSTM, confidence", format="%.0f%%"),
    "cnn_lstm_abstains": st.column_config.CheckboxColumn("CNN-LSTM abstains"),
    "speed_mm_s": st.column_config.NumberColumn("Speed, mm/s"),
    "gain_mm_mv": st.column_config.NumberColumn("Gain, mm/mV"),
    "scale_from": st.column_config.TextColumn("Scale from"),
    "seconds": st.column_config.NumberColumn("Read in, s", format="%.1f"),
    "sha256": st.column_config.TextColumn("sha256"),
}
