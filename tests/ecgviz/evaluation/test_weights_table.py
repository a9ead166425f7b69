"""Which weights are in use: every shipped network with its version, and what it was retrained on."""

import json

from ecgviz.evaluation.weights_table import weights_in_use
from models.serving import WEIGHTS_FOLDER, shipped


def test_every_shipped_network_has_its_version():
    table = weights_in_use()
    cards = [json.loads((WEIGHTS_FOLDER / f"{name}.json").read_text()) for name in shipped()]
    assert table["Version"].tolist() == [card["sha256"][:12] for card in cards]
    assert set(table["Retrained"]) == {"no"}


def test_a_retrained_network_says_when_and_on_what(tmp_path):
    gate = {"n": 360, "before": 0.9, "after": 0.915}
    card = {
        "sha256": "ab" * 32,
        "data": "Reports",
        "retrained": {
            "at": "2026-11-27T07:00:00+00:00",
            "confirmed": {"Normal": 20, "History of MI": 10},
            "gate": gate,
        },
    }
    (tmp_path / "cnn.keras").touch()
    (tmp_path / "cnn.json").write_text(json.dumps(card))
    (row,) = weights_in_use(tmp_path).to_dict("records")
    assert row["Version"] == "abababababab"
    assert row["Retrained"] == "2026-11-27, 30 confirmed reports; macro-F1 on 360 held-out reports 0.900 to 0.915"
