"""Looks: the trace stands out from paper and grid, and no two pages look alike."""

import numpy as np

from sample_images.endless.looks import PageLook, luminance, random_look


def many() -> list[PageLook]:
    return [random_look(np.random.default_rng(seed)) for seed in range(300)]


def test_the_trace_stands_out_from_the_paper() -> None:
    assert min(abs(luminance(look.pen.rgb) - luminance(look.paper_rgb)) for look in many()) >= 70


def test_a_trace_of_the_grids_colour_is_drawn_with_a_wider_pen() -> None:
    alike = 0
    for look in many():
        if look.grid is not None and look.grid.big_mm:
            away = max(abs(a - b) for a, b in zip(look.pen.rgb, look.grid.big_rgb, strict=True))
            if away < 45:
                alike += 1
                assert look.pen.width_mm >= 1.7 * look.grid.big_mm
    assert alike > 0


def test_no_two_pages_look_alike() -> None:
    looks = many()
    assert len({(look.paper_rgb, look.pen, look.grid, look.native) for look in looks}) == len(looks)


def test_every_kind_of_grid_occurs() -> None:
    grids = [look.grid for look in many()]
    assert any(grid is None for grid in grids)
    found = [grid for grid in grids if grid is not None]
    for trait in (
        [grid.dots for grid in found],
        [grid.dash_mm is not None for grid in found],
        [grid.gap_mm > 0 for grid in found],
        [grid.small_mm == 0 for grid in found],
        [grid.big_mm == 0 for grid in found],
        [grid.over for grid in found],
        [grid.frame_mm > 0 for grid in found],
        [luminance(grid.big_rgb) < 70 for grid in found],
        [luminance(grid.big_rgb) > 200 for grid in found],
    ):
        assert 0 < np.mean(trait) < 0.6
