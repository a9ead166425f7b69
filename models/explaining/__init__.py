"""What a prediction is sensitive to: Grad-CAM, occlusion, and the activations of each layer."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
