"""Pages drawn for fitting: varied, the same from the same seed, with the samples of every lead."""

import numpy as np
import pandas as pd
import pytest

from models.lead_snr.drawn_pages import drawn_pages


@pytest.fixture
def folder(tmp_path):
    """Return a data folder with one recording of a training fold and one of a fold that is held out."""
    (tmp_path / "signals").mkdir()
    pd.DataFrame({"strat_fold": [3, 10]}).to_csv(tmp_path / "signals" / "ptbxl.csv", index=False)
    beats = 800 * (np.arange(1000) % 80 == 40) + 100 * np.sin(np.arange(1000) / 9)
    signals = np.stack([np.outer(beats, np.linspace(0.5, 1.5, 12)), np.full((1000, 12), 3000.0)]).astype(np.int16)
    np.savez(tmp_path / "signals" / "ptbxl.npz", signals=signals)
    return tmp_path


def test_pages_are_varied_and_depend_on_the_seed_alone(folder):
    pages = list(drawn_pages(folder, 3, 4))
    again = list(drawn_pages(folder, 3, 2))
    np.testing.assert_array_equal(pages[1].rgb, again[1].rgb)
    assert len({page.rgb.shape for page in pages} | {len(page.samples_mv) for page in pages}) > 2
    for page in pages:
        assert page.rgb.dtype == np.uint8
        assert len(page.samples_mv) >= 12
        # Those of the training fold.
        assert all(np.nanmax(samples) < 2.9 for samples in page.samples_mv.values())
