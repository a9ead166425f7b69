"""A picture of one beat in, the probabilities of a beat network out: the beat lab without its page."""

from __future__ import annotations

from typing import Any

from ecgviz import DISCLAIMER, __version__
from ecgviz.beat_lab.beat import SIX_TASK, beat_from_picture
from models.beats import BEAT_NET, SIX_CLASSES, live, shipped_networks
from preprocessing.errors import EcgImageError
from preprocessing.picture import decode

BEAT_SCHEMA = "ecgviz.beat/1"
# In a picture's name a patient's may be.
UNNAMED = "a picture"


def picture_networks() -> list[str]:
    """Return the networks that predict from a picture of one beat, the one used by default first."""
    return sorted(shipped_networks(SIX_TASK), key=lambda name: name != BEAT_NET)


def read_beat(data: bytes, network: str) -> dict[str, Any]:
    """Predict the class of the beat on a picture, as JSON of `BEAT_SCHEMA`.

    Parameters
    ----------
    data : bytes
        A picture of one beat, dark on light paper without a grid, in any format that reports come in.
    network : str
        One of `picture_networks`.

    Returns
    -------
    dict
        ``status`` is ``read`` or ``refused``. Read, it has ``network``, ``label`` and ``probabilities`` by class, 0 to
        1; refused, it has ``refusal`` with ``code`` and ``message``.

    Examples
    --------
    >>> read_beat(b"", "beat_net")["refusal"]["code"]
    'empty_file'
    """
    head = {"schema": BEAT_SCHEMA, "version": __version__, "disclaimer": DISCLAIMER}
    try:
        beat = beat_from_picture(decode(data).rgb, UNNAMED)
    except EcgImageError as error:
        return head | {"status": "refused", "refusal": {"code": error.code, "message": error.message}}
    # A picture has no time scale, so the rhythm around the beat is unknown.
    found = live.networks_for(SIX_TASK)[network](beat.picture(SIX_TASK)[None])[0]
    return head | {
        "status": "read",
        "refusal": None,
        "network": network,
        "label": SIX_CLASSES[int(found.argmax())],
        "probabilities": {name: round(float(one), 6) for name, one in zip(SIX_CLASSES, found, strict=True)},
    }
