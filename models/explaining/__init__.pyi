__all__ = [
    "MEMBER",
    "OCCLUDED_SAMPLES",
    "Activations",
    "grad_cam",
    "layer_activations",
    "layer_tables",
    "occlusion",
    "without_each_lead",
]

from . import layer_activations, layer_tables
from .layer_activations import MEMBER, Activations
from .saliency import OCCLUDED_SAMPLES, grad_cam, occlusion, without_each_lead
