"""The committed samples and the command line."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sample_images import CLASSES, PageStyle, draw_page, samples, simulate
from sample_images.__main__ import main
from sample_images.committed import FOLDER, MAX_BYTES, Sample, encoded

ALL = samples()
TRUTHS = {sample.name: json.loads(sample.truth_path.read_text(encoding="utf-8")) for sample in ALL}


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_every_sample_is_small_and_has_its_truth(sample: Sample) -> None:
    assert sample.path.stat().st_size <= MAX_BYTES
    truth = TRUTHS[sample.name]
    with Image.open(sample.path) as image:
        assert image.size == (truth["width"], truth["height"])
    for lead in truth["leads"]:
        assert all(-1 <= x <= truth["width"] and -1 <= y <= truth["height"] for x, y in lead["quad"])


def test_the_samples_cover_classes_layouts_and_cameras() -> None:
    assert len(ALL) >= 14
    assert {truth["class"] for truth in TRUTHS.values()} == {*CLASSES, None}
    assert len({truth["layout"] for truth in TRUTHS.values()} - {None}) >= 5
    edan = [truth["class"] for name, truth in TRUTHS.items() if name.startswith("edan_")]
    assert len(edan) >= 6
    assert set(edan) == set(CLASSES)
    assert sum(name.startswith("photo_") for name in TRUTHS) >= 3
    assert len({sample.file_format for sample in ALL}) == 3


def test_the_gallery_holds_nothing_else() -> None:
    expected = {path.name for sample in ALL for path in (sample.path, sample.truth_path)}
    assert {path.name for path in FOLDER.iterdir()} == expected


@pytest.mark.parametrize("name", ["edan_acute_anterior", "pvc_6x2", "photo_old_anterior", "document"])
def test_redrawn_samples_are_identical(name: str) -> None:
    sample = next(sample for sample in ALL if sample.name == name)
    drawing = sample.draw()
    assert drawing.truth_json() == sample.truth_path.read_text(encoding="utf-8")
    with Image.open(sample.path) as image:
        stray = np.abs(np.asarray(image.convert("RGB"), dtype=int) - drawing.image)
    # What a small JPEG or a palette changes, and no more.
    assert stray.mean() < 6


def test_encoding_is_reproducible() -> None:
    drawing = draw_page(simulate(seed=3), PageStyle(dpi=50))
    for file_format in ("png", "jpg", "webp"):
        assert encoded(drawing, file_format) == encoded(drawing, file_format)


def test_the_command_line_draws_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wishes = "--rhythm atrial-flutter --layout 6x2+1 --dpi 50 --grid blue --camera photo --count 2 --seed 5"
    assert main([*wishes.split(), "--out", str(tmp_path), "--format", "jpg", "--samples"]) == 0
    printed = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in printed] == ["atrial-flutter_6x2+1_5.jpg", "atrial-flutter_6x2+1_6.jpg"]
    for path in printed:
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        with Image.open(path) as image:
            assert image.size == (truth["width"], truth["height"])
        assert len(truth["leads"][0]["samples_mv"]) == 2500


@pytest.mark.parametrize("wishes", ["--rate 5", "--dpi 9", "--style edan --layout 12x1", "--rhythm waltz"])
def test_the_command_line_explains_a_refusal(wishes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*wishes.split(), "--out", str(tmp_path)])
    assert stop.value.code == 2
    assert "error:" in capsys.readouterr().err
