"""Hashes of the weights that ship: each as its card states it, or none."""

import json

from models.serving import WEIGHTS_FOLDER, shipped, weight_hashes


def test_everything_that_predicts_has_a_hash():
    hashes = weight_hashes()
    assert set(shipped()) | {"backbone", "linear_head", "findings"} == set(hashes)
    for name, found in hashes.items():
        assert found == json.loads((WEIGHTS_FOLDER / f"{name}.json").read_text())["sha256"]


def test_a_file_that_its_card_does_not_know_has_none(tmp_path):
    for name, card in {"other": '{"sha256": "0"}', "broken": "{", "list": "[]"}.items():
        (tmp_path / f"{name}.npz").write_bytes(b"weights")
        (tmp_path / f"{name}.json").write_text(card)
    (tmp_path / "alone.keras").write_bytes(b"weights")
    assert weight_hashes(tmp_path) == {"broken": None, "list": None, "other": None}
