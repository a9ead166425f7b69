__all__ = [
    "GUIDE",
    "MODELS",
    "SHARE",
    "agreement_charts",
    "batch_charts",
    "cell_charts",
    "colour_of",
    "dash_of",
    "difference_cells",
    "difference_scale",
    "evaluation_charts",
    "interval_chart",
    "live_charts",
    "otsu_charts",
    "probability_charts",
    "saliency_charts",
    "shape_of",
    "share_scale",
    "st_charts",
    "tips",
]

from . import (
    agreement_charts,
    batch_charts,
    cell_charts,
    evaluation_charts,
    live_charts,
    otsu_charts,
    probability_charts,
    saliency_charts,
    st_charts,
)
from .cell_charts import difference_scale, share_scale
from .evaluation_charts import GUIDE, MODELS, SHARE, colour_of, dash_of, interval_chart, shape_of, tips
from .probability_charts import difference_cells
