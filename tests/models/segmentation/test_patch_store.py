"""The store of training patches: heat maps of names, shards drawn from recordings, batches from all of them."""

import numpy as np
import pandas as pd
import pytest

from models.segmentation import patch_store
from models.segmentation.patch_store import batches, draw_shards, name_maps, recorded_signals
from preprocessing.page import NAMES, NAMES_STRIDE, PIXEL_LABELS


def test_a_name_is_one_at_its_centre_in_its_own_map_and_in_that_of_any_name():
    # The centre of the fourth pixel of a map is 3.5 * 4 - 0.5 pixels of the patch.
    centre = 3.5 * NAMES_STRIDE - 0.5
    maps = name_maps((("V1", centre, centre + 2 * NAMES_STRIDE),), size=64)
    assert maps.shape == (16, 16, len(NAMES))
    assert maps.dtype == np.uint8
    for name in ("V1", "any"):
        channel = maps[..., NAMES.index(name)]
        assert channel[5, 3] == 255
        assert np.unravel_index(channel.argmax(), channel.shape) == (5, 3)
        assert channel[5, 4] == round(255 * np.exp(-0.5))
    others = [index for index, name in enumerate(NAMES) if name not in {"V1", "any"}]
    assert not maps[..., others].any()


def test_names_close_together_do_not_add_up():
    maps = name_maps((("V1", 20.0, 20.0), ("V2", 22.0, 20.0)), size=64)
    assert maps.max() <= 255
    np.testing.assert_array_equal(maps[..., -1], np.maximum(*(maps[..., NAMES.index(name)] for name in ("V1", "V2"))))


def test_an_inverted_lead_has_the_map_of_its_lead():
    np.testing.assert_array_equal(
        name_maps((("-aVR", 30.0, 30.0),), size=64), name_maps((("aVR", 30.0, 30.0),), size=64)
    )


def test_a_patch_without_names_has_empty_maps():
    assert not name_maps((), size=64).any()


@pytest.fixture
def folder(tmp_path):
    """Return a data folder with a recording in each of folds 1, 9 and 10, of 1, 2 and 3 mV in all leads."""
    (tmp_path / "signals").mkdir()
    pd.DataFrame({"strat_fold": [9, 1, 10]}).to_csv(tmp_path / "signals" / "ptbxl.csv", index=False)
    level = np.array([2000, 1000, 3000], np.int16)
    beats = (500 * (np.arange(1000) % 90 == 40)).astype(np.int16)
    np.savez(tmp_path / "signals" / "ptbxl.npz", signals=level[:, None, None] + np.tile(beats, (12, 1)).T)
    return tmp_path


def test_recordings_are_those_of_the_training_folds_in_millivolts_at_500_hz(folder):
    draw = recorded_signals(folder)
    for seed in range(4):
        signals = draw(np.random.default_rng(seed))
        assert signals.shape == (12, 5000)
        assert signals.dtype == np.float32
        assert np.median(signals[:, 500:-500]) == pytest.approx(1.0, abs=0.02)


@pytest.fixture
def small_shards(monkeypatch):
    monkeypatch.setattr(patch_store, "PATCHES_A_SHARD", 4)
    monkeypatch.setattr(patch_store, "PER_PAGE", 2)


def test_shards_are_drawn_once_and_depend_on_seed_and_number_alone(folder, tmp_path, small_shards):
    first, again = tmp_path / "first", tmp_path / "again"
    for store in (first, again):
        store.mkdir()
    draw_shards(first, folder, seed=5, numbers=range(2))
    draw_shards(again, folder, seed=5, numbers=[1], compressed=False)
    assert sorted(path.name for path in first.iterdir()) == ["5_00000.npz", "5_00001.npz"]
    with np.load(first / "5_00000.npz") as one, np.load(first / "5_00001.npz") as two:
        assert {name: two[name].shape for name in two.files} == {
            "rgb": (4, 256, 256, 3),
            "coverage": (4, 256, 256, len(PIXEL_LABELS)),
            "names": (4, 64, 64, len(NAMES)),
        }
        assert {two[name].dtype for name in two.files} == {np.dtype(np.uint8)}
        assert not np.array_equal(one["rgb"], two["rgb"])
        with np.load(again / "5_00001.npz") as same:
            for name in two.files:
                np.testing.assert_array_equal(two[name], same[name])
    written = (first / "5_00000.npz").stat().st_mtime_ns
    draw_shards(first, folder, seed=5, numbers=[0])
    assert (first / "5_00000.npz").stat().st_mtime_ns == written
    assert (again / "5_00001.npz").stat().st_size > 1.5 * (first / "5_00001.npz").stat().st_size


def stored(store, number, level):
    np.savez(
        store / f"{number}.npz",
        rgb=np.full((6, 8, 8, 3), level, np.uint8),
        coverage=np.full((6, 8, 8, 6), level, np.uint8),
        names=np.full((6, 2, 2, 13), level, np.uint8),
    )


def test_batches_mix_all_shards_and_take_new_ones_first(tmp_path):
    for number in range(3):
        stored(tmp_path, number, 50 * number)
    source = batches(tmp_path, 6, np.random.default_rng(0), shards_at_once=1)
    seen = []
    for _ in range(2):
        rgb, target = next(source)
        assert rgb.shape == (6, 8, 8, 3)
        assert {rgb.dtype, target["pixels"].dtype, target["names"].dtype} == {np.dtype(np.uint8)}
        assert rgb.max() == target["pixels"].max()
        seen.append(int(target["pixels"].max()))
    stored(tmp_path, 3, 200)
    # One more shard may have been read ahead before it came.
    seen += [int(next(source)[1]["names"].max()) for _ in range(3)]
    assert set(seen) == {0, 50, 100, 200}


@pytest.mark.parametrize("readers", [1, 3])
def test_several_readers_give_every_shard_its_turn(tmp_path, readers):
    for number in range(6):
        stored(tmp_path, number, 20 * number)
    source = batches(tmp_path, 6, np.random.default_rng(0), shards_at_once=1, readers=readers)
    assert {int(next(source)[0].max()) for _ in range(6)} == {0, 20, 40, 60, 80, 100}


def test_an_empty_store_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="no training patches"):
        next(batches(tmp_path, 4, np.random.default_rng(0)))
