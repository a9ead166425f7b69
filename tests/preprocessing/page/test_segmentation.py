"""What a picture's pixels are: maps at any scale, and how the network is run; not how well it was trained."""

import hashlib

import numpy as np
import pytest

from preprocessing.page.segmentation import (
    NAMES,
    NAMES_STRIDE,
    PIXEL_LABELS,
    SEGMENTATION_FILE,
    PixelMaps,
    segment,
)
from preprocessing.weights_file import checked_bytes, read_card
from sample_images.endless import LABELS
from tests.label_maps import maps_of

MOST_BYTES = 4_000_000


def picture(rows, columns):
    return np.random.default_rng(3).integers(0, 256, (rows, columns, 3), dtype=np.uint8)


def test_labels_have_the_order_that_training_pages_are_drawn_with():
    assert PIXEL_LABELS == LABELS


def test_the_shipped_network_has_the_hash_of_its_card_and_few_bytes():
    data = checked_bytes(SEGMENTATION_FILE)
    assert read_card(SEGMENTATION_FILE).sha256 == hashlib.sha256(data).hexdigest()
    assert len(data) <= MOST_BYTES


def test_its_card_names_the_outputs_that_the_code_reads():
    assert read_card(SEGMENTATION_FILE).outputs == (*PIXEL_LABELS, *(f"name {name}" for name in NAMES))


def test_each_label_has_its_own_map():
    maps = maps_of((4, 5), 6.0, pulse=np.full((4, 5), 0.4), trace=np.eye(4, 5))
    assert maps.of("pulse").tolist() == np.full((4, 5), 102).tolist()
    assert maps.of("trace").tolist() == (255 * np.eye(4, 5)).tolist()
    assert not maps.of("grid").any()


def test_everything_but_grid_and_bare_paper_hides_the_grid():
    shape = (1, len(PIXEL_LABELS) + 1)
    shares = {label: np.arange(shape[1])[None] == index for index, label in enumerate(PIXEL_LABELS)}
    hidden = maps_of(shape, 6.0, **shares).not_grid[0]
    assert hidden.tolist() == [label != "grid" for label in PIXEL_LABELS] + [False]


def test_maps_of_the_pictures_own_size_are_only_scaled_to_shares():
    share = np.linspace(0, 1, 20).reshape(4, 5)
    full = maps_of((4, 5), 6.0, trace=share).at_full_size("trace", (4, 5))
    assert full.dtype == np.float32
    np.testing.assert_allclose(full, share, atol=0.002)


@pytest.mark.parametrize("shape", [(80, 160), (80, 100), (17, 31), (40, 50)])
def test_maps_are_scaled_to_the_picture_about_the_pixels_corners(shape):
    half = np.zeros((40, 50))
    half[:, 25:] = 1
    full = maps_of((40, 50), 6.0, grid=half).at_full_size("grid", shape)
    assert full.shape == shape
    assert full.min() >= 0
    assert full.max() <= 1
    assert full.mean() == pytest.approx(0.5, abs=0.02)
    assert full[0].sum() == pytest.approx(shape[1] / 2, abs=0.3)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.99])
def test_a_map_is_above_a_share_where_its_shares_are(share):
    maps = maps_of((40, 50), 6.0, grid=np.linspace(0, 1, 2000).reshape(40, 50))
    for shape in ((40, 50), (70, 90)):
        assert np.array_equal(maps.above(share, "grid", shape), maps.at_full_size("grid", shape) > share)


def test_an_enlarged_map_is_kept_until_it_is_forgotten():
    maps = maps_of((40, 50), 6.0, grid=np.eye(40, 50), trace=np.ones((40, 50)))
    first = maps.at_full_size("grid", (80, 100))
    assert np.array_equal(maps.at_full_size("grid", (80, 100)), first)
    assert maps.at_full_size("trace", (80, 100)).min() == 1
    assert maps.at_full_size("grid", (60, 75)).shape == (60, 75)
    assert set(maps.enlarged) == {("grid", (80, 100)), ("trace", (80, 100)), ("grid", (60, 75))}
    maps.forget_enlarged()
    assert not maps.enlarged
    assert np.array_equal(maps.at_full_size("grid", (80, 100)), first)


@pytest.mark.parametrize(
    ("shape", "scales", "expected"),
    [
        ((96, 128), (6.0, 6.0), (96, 128)),
        ((97, 131), (6.0, 6.0), (97, 131)),
        ((96, 128), (12.0, 12.0), (48, 64)),
        ((96, 128), (3.0, 3.0), (192, 256)),
        ((96, 128), (12.0, 6.0), (96, 64)),
        ((96, 128), (6.0, 9.0), (64, 128)),
        ((5, 7), (600.0, 600.0), (1, 1)),
    ],
)
def test_maps_have_the_networks_scale_along_each_axis(shape, scales, expected):
    maps = segment(picture(*shape), *scales)
    assert maps.px_per_mm == 6.0
    assert maps.labels.shape == (len(PIXEL_LABELS), *expected)
    assert maps.names.shape == (len(NAMES), *(-(-side // NAMES_STRIDE) for side in expected))
    assert maps.labels.dtype == maps.names.dtype == np.uint8


def test_a_picture_is_padded_below_and_to_the_right_with_its_own_edge():
    rgb = picture(70, 100)
    padded = segment(np.pad(rgb, ((0, 26), (0, 28), (0, 0)), mode="edge"), 6.0, 6.0)
    maps = segment(rgb, 6.0, 6.0)
    np.testing.assert_array_equal(maps.labels, padded.labels[:, :70, :100])
    np.testing.assert_array_equal(maps.names, padded.names[:, :18, :25])


def test_the_same_picture_gives_the_same_maps_and_is_not_written_into():
    rgb = picture(100, 140)
    before = rgb.copy()
    one, other = segment(rgb, 5.0, 7.0), segment(rgb, 5.0, 7.0)
    np.testing.assert_array_equal(one.labels, other.labels)
    np.testing.assert_array_equal(one.names, other.names)
    np.testing.assert_array_equal(rgb, before)


def test_maps_do_not_keep_the_padded_arrays():
    maps = segment(picture(70, 100), 6.0, 6.0)
    assert isinstance(maps, PixelMaps)
    assert maps.labels.base is None
    assert maps.names.base is None


@pytest.mark.parametrize("label", ["trace", "grid"])
def test_a_page_is_told_from_other_pictures_by_its_trace_or_its_grid(label):
    labels = np.zeros((len(PIXEL_LABELS), 200, 300), np.uint8)
    # A specimen of each in a picture of something else.
    labels[:, 100, 100:140] = 255
    assert not PixelMaps(labels, np.zeros((len(NAMES), 50, 75), np.uint8), 6.0).show_a_page
    labels[PIXEL_LABELS.index(label), ::20] = 255
    assert PixelMaps(labels, np.zeros((len(NAMES), 50, 75), np.uint8), 6.0).show_a_page
