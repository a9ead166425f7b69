__all__ = ["build_network", "name_maps", "train_segmentation", "write_onnx"]

from . import train_segmentation
from .network import build_network
from .onnx_file import write_onnx
from .patch_store import name_maps
