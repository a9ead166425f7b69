"""Patches and pages: the labels lie where the picture shows them, the same seed draws the same, everything occurs."""

import numpy as np
import pytest

from sample_images import simulate
from sample_images.endless import LABELS, Patch, TrainingPage, training_page, training_patches
from sample_images.endless import pages as endless_pages
from sample_images.endless.truth import Points

TRACE, PRINT, OUTSIDE = (LABELS.index(label) for label in ("trace", "print", "outside"))


def recorded(rng: np.random.Generator) -> Points:
    return simulate("normal-sinus", seed=int(rng.integers(1000))).signals_mv


def drawn(seed: int, size: int = 160, per_page: int = 3) -> list[Patch]:
    return training_patches(np.random.default_rng(seed), recorded, 500.0, size, per_page)


@pytest.fixture(scope="module")
def patches() -> list[Patch]:
    return [patch for seed in range(14) for patch in drawn(seed)]


@pytest.fixture(scope="module")
def pages() -> list[TrainingPage]:
    return [training_page(np.random.default_rng(seed), recorded, 500.0) for seed in range(2)]


def test_a_patch_has_a_picture_and_a_map_for_each_label(patches: list[Patch]) -> None:
    for patch in patches:
        assert patch.rgb.shape == (160, 160, 3)
        assert patch.coverage.shape == (160, 160, len(LABELS))
        assert patch.rgb.dtype == patch.coverage.dtype == np.uint8
        assert 4.5 <= patch.px_per_mm <= 8


def test_the_same_seed_draws_the_same() -> None:
    first, again, other = drawn(5), drawn(5), drawn(6)
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.rgb, two.rgb)
        np.testing.assert_array_equal(one.coverage, two.coverage)
        assert one.names == two.names
    assert not np.array_equal(first[0].rgb, other[0].rgb)


def test_every_label_occurs(patches: list[Patch]) -> None:
    shown = np.array([(patch.coverage > 127).any(axis=(0, 1)) for patch in patches])
    assert shown.any(axis=0).all()
    assert shown[:, TRACE].mean() > 0.5


def test_the_picture_changes_where_the_trace_is(patches: list[Patch]) -> None:
    """Compare the colour on the trace with that of the bare paper around it."""
    apart = []
    for patch in patches:
        trace, others = patch.coverage[..., TRACE], patch.coverage.max(axis=2)
        on, off = trace > 200, others == 0
        if on.sum() > 40 and off.sum() > 40:
            colours = patch.rgb.astype(float)
            apart.append(np.abs(colours[on].mean(axis=0) - colours[off].mean(axis=0)).max())
    assert len(apart) > 10
    assert np.median(apart) > 40
    assert np.mean(np.array(apart) > 12) > 0.9


def test_names_lie_on_print(patches: list[Patch]) -> None:
    names = [(patch, x, y) for patch in patches for _, x, y in patch.names]
    assert len(names) > 5
    for patch, x, y in names:
        reach = round(2.5 * patch.px_per_mm)
        left, top = max(0, round(x) - reach), max(0, round(y) - reach)
        assert patch.coverage[top : round(y) + reach, left : round(x) + reach, PRINT].any()
        assert patch.coverage[round(y) % 160, round(x) % 160, OUTSIDE] < 255


def test_nothing_is_seen_where_no_paper_is(patches: list[Patch]) -> None:
    for patch in patches:
        bare = patch.coverage[..., OUTSIDE] == 255
        assert patch.coverage[bare][:, TRACE].max(initial=0) == 0


def test_a_page_knows_where_each_sample_is_printed(pages: list[TrainingPage]) -> None:
    read = [page for page in pages if page.leads]
    assert read
    for page in read:
        assert page.layout is not None
        assert {lead.role for lead in page.leads} <= {"12-lead", "rhythm"}
        assert sum(lead.role == "12-lead" for lead in page.leads) == 12
        for lead in page.leads:
            assert len(lead.mv) == len(lead.px)
            np.testing.assert_array_equal(np.isnan(lead.mv), np.isnan(lead.px[:, 0]))
            at = np.rint(lead.px[~np.isnan(lead.mv)]).astype(int)
            if len(at):
                assert np.mean(page.coverage[at[:, 1], at[:, 0], TRACE] > 0) > 0.98


@pytest.mark.parametrize("kind", ["grid", "names", "text", "table", "plot", "photograph"])
def test_a_page_that_is_no_ecg_has_no_trace(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endless_pages, "_KINDS", {kind: 1.0})
    for patch in drawn(3, per_page=2):
        assert not patch.coverage[..., TRACE].any()
