"""Networks for single beats: those published in the field, by name with the figure reported for each, and our own.

From data to the app: `recordings` and `six_classes` read beats, `drawing`, `spectra` and `spectrum_drawing` draw them,
`tasks` splits them into training and test sets, `training` (with `augmentation` and `fitting`) trains one network,
`scoring` measures it, `shipping` writes it with its card, and `live` predicts with all that ship: `live_network` by the
graphs of `graphs` (with `graph_layers`) and the arrays of `file_arrays`, `classifier` in Keras for saliency maps.
`vgg` trains VGG16 in its three steps. `context`, `context_net` and `context_calibration` are our network without
pictures, dense layers and trees: how a beat differs from the patient's own late beats; `context_live` predicts with its
`context_layers`.
`drawn_signal` reads a signal back from a drawn beat, for spectra of the six classes and for `baselines`. `train`,
`train_vgg`, `train_context`, `ship_context`, `publish`, `search`, `grid`, `baselines`, `six_ensemble` and `differences`
are run as scripts; `published` reads what they wrote.

Examples
--------
>>> import numpy as np
>>> BEAT_NETWORKS["beat_cnn_wide"].reported
'accuracy 99.2%'
>>> network_inputs(six_class_picture(np.zeros(192))[None], BEAT_NETWORKS["beat_cnn_wide"].shape).shape
(1, 64, 64, 3)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
