"""The study that joins the layers."""

import io

import numpy as np
import pytest
from PIL import Image

import sample_images as drawn
from ecgviz.study.study import STEPS, open_study, restage
from preprocessing.errors import EcgImageError
from preprocessing.stages import STAGE_KEYS, StageSettings


@pytest.fixture(scope="module")
def report():
    drawing = drawn.draw_page(drawn.simulate("sinus-tachycardia", seed=8), drawn.edan_style())
    stream = io.BytesIO()
    Image.fromarray(drawing.image).save(stream, "PNG")
    return stream.getvalue()


def test_a_report_gives_thirteen_leads_with_all_their_stages(report):
    told: list[str] = []
    study = open_study(report, "drawn.png", tell=told.append)
    assert told == list(STEPS)
    assert len(study.stages) == 13
    assert "II_rhythm" in study.stages
    assert all(tuple(stage.key for stage in stages) == STAGE_KEYS for stages in study.stages.values())
    assert set(study.seconds) == {"decode", "page", "layout", "stages", "trace", "measure"}
    assert [trace.key for trace in study.traces] == list(study.stages)
    assert study.measurements.heart_rate_bpm.value == pytest.approx(130, abs=3)
    assert study.notices == ()


def test_the_papers_preset_cuts_at_the_papers_pixels(report):
    study = open_study(report, "drawn.png", preset="paper")
    assert study.box("I").quad[0] == (150, 300)
    assert study.layout.preset == "paper"


def test_the_papers_preset_refuses_other_sizes(report):
    stream = io.BytesIO()
    Image.open(io.BytesIO(report)).reduce(2).save(stream, "PNG")
    with pytest.raises(EcgImageError) as refusal:
        open_study(stream.getvalue(), "half.png", preset="paper")
    assert refusal.value.code == "paper_page_size"


def test_the_papers_preset_cuts_the_picture_as_it_came(report):
    dimmed = np.asarray(Image.open(io.BytesIO(report))) // 2
    stream = io.BytesIO()
    Image.fromarray(dimmed).save(stream, "PNG")
    ours, papers = (open_study(stream.getvalue(), "dim.png", preset=preset) for preset in ("standard", "paper"))
    assert np.array_equal(papers.stages["I"][0].picture, dimmed[300:600, 150:643])
    assert ours.page.rgb.mean() > 1.5 * dimmed.mean()
    assert [notice.code for notice in papers.notices] == ["paper_crops_not_flat"]


def test_other_settings_change_a_copy_and_never_the_study(report):
    study = open_study(report, "drawn.png")
    before = study.stages["V2"][2].picture.copy()
    changed = restage(study, "V2", StageSettings(sigma=4))
    assert not np.array_equal(changed[2].picture, before)
    assert np.array_equal(study.stages["V2"][2].picture, before)
    assert np.array_equal(restage(study, "V2", StageSettings())[2].picture, before)


def test_an_unknown_preset_is_a_bug(report):
    with pytest.raises(ValueError, match="preset"):
        open_study(report, "drawn.png", preset="mine")
