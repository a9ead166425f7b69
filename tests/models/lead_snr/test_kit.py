"""The table of the pages that ecg-image-kit drew."""

import json

from models.lead_snr import kit_pages


def test_pages_list_their_leads_by_the_keys_of_traces(tmp_path):
    page = {"image": "clean_00.png", "category": "clean", "layout": "3x4+1"}
    leads = [
        {"image": "clean_00.png", "lead": "II", "kind": "segment", "key": "a"},
        {"image": "clean_00.png", "lead": "II", "kind": "rhythm", "key": "b"},
    ]
    (tmp_path / "truth.json").write_text(json.dumps({"pages": [page], "leads": leads}), encoding="utf-8")
    (known,) = kit_pages(tmp_path)
    assert (known.image, known.category, known.layout) == ("clean_00.png", "clean", "3x4+1")
    assert known.samples == {"II": "a|mv", "II_rhythm": "b|mv"}
