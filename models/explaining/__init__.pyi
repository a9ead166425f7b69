__all__ = [
    "MEMBER",
    "OCCLUDED_SAMPLES",
    "Activations",
    "grad_cam",
    "layer_activations",
    "layer_tables",
    "likeness",
    "occlusion",
    "paper_grad_cam",
    "paper_occlusion",
    "picture_grad_cam",
    "picture_occlusion",
    "without_each_lead",
]

from . import layer_activations, layer_tables
from .layer_activations import MEMBER, Activations
from .picture_saliency import likeness, paper_grad_cam, paper_occlusion, picture_grad_cam, picture_occlusion
from .saliency import OCCLUDED_SAMPLES, grad_cam, occlusion, without_each_lead
