__all__ = [
    "MODELS",
    "SHARE",
    "cell_charts",
    "colour_of",
    "dash_of",
    "difference_cells",
    "difference_scale",
    "evaluation_charts",
    "interval_chart",
    "otsu_charts",
    "probability_charts",
    "saliency_charts",
    "shape_of",
    "share_scale",
    "tips",
]

from . import cell_charts, evaluation_charts, otsu_charts, probability_charts, saliency_charts
from .cell_charts import difference_scale, share_scale
from .evaluation_charts import MODELS, SHARE, colour_of, dash_of, interval_chart, shape_of, tips
from .probability_charts import difference_cells
