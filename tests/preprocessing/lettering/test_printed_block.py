"""Printed measurements and filter: read where they are drawn, parsed by name, never guessed."""

import numpy as np
import pytest

from preprocessing.lettering.printed_block import PrintedBlock, read_block, values_in
from preprocessing.lettering.printed_line import as_block
from sample_images import PageStyle, Text, draw_page, simulate

LINES = {
    "HR : 92 bpm": {"heart_rate_bpm": 92},
    "PR : 146 ms": {"pr_ms": 146},
    "QRS : 94 ms": {"qrs_ms": 94},
    "QT/QTc : 352/436 ms": {"qt_ms": 352, "qtc_ms": 436},
    "P/QRS/T : 54/-32/40": {"p_axis_deg": 54, "axis_deg": -32, "t_axis_deg": 40},
}


@pytest.mark.parametrize(
    ("line", "values"),
    [
        *LINES.items(),
        ("Vent. rate 75 BPM", {"heart_rate_bpm": 75}),
        ("PR interval 182 ms", {"pr_ms": 182}),
        ("QRS duration 88 ms", {"qrs_ms": 88}),
        ("QT/QTcB 400 / 423 ms", {"qt_ms": 400, "qtc_ms": 423}),
        ("P-R-T axes 50 40 30", {"p_axis_deg": 50, "axis_deg": 40, "t_axis_deg": 30}),
        ("RV5/SV1 : 1.551/0.766 mV", {"rv5_mv": 1.551, "sv1_mv": 0.766}),
        ("0.67~25Hz AC50 25mm/s", {"high_pass_hz": 0.67, "low_pass_hz": 25}),
        (
            "0.5-100Hz AC50 25mm/s 10mm/mV 2*5s V99 SE-3",
            {"high_pass_hz": 0.5, "low_pass_hz": 100, "heart_rate_bpm": 99},
        ),
        ("0.63-25Hz", {}),
        ("Date 12/05/19 PR", {}),
        ("35 years 170 cm 70 kg", {}),
        ("PR : ms", {}),
    ],
)
def test_a_line_gives_what_it_names(line, values):
    text = as_block(line)
    found = values_in(text, np.ones(len(text)))
    assert {name: value for name, (value, _) in found.items()} == values


def test_a_value_is_as_certain_as_its_least_certain_digit():
    text = "pr : 146 ms"
    certainty = np.full(len(text), 0.2)
    certainty[5:8] = 0.9, 0.7, 0.8
    assert values_in(text, certainty) == {"pr_ms": (146.0, 0.7)}


def test_a_printed_block_is_read_from_a_drawn_page():
    texts = tuple(Text(line, 8, 10 + 5 * row) for row, line in enumerate(LINES))
    style = PageStyle(dpi=150, texts=texts)
    block = read_block(draw_page(simulate(seed=5), style).image, style.px_per_mm)
    printed = {name: value for values in LINES.values() for name, value in values.items()}
    assert block.values.items() <= printed.items()
    assert len(block.values) >= len(printed) - 2


@pytest.mark.parametrize("side", [1, 40, 300])
def test_noise_of_any_size_gives_no_block(side):
    noise = np.random.default_rng(1).integers(0, 255, (side, 2 * side, 3), dtype=np.uint8)
    assert read_block(noise, 4.0) == PrintedBlock()
