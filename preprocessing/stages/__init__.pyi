__all__ = [
    "SIGMA_MAX",
    "STAGE_KEYS",
    "OtsuCurve",
    "Stage",
    "StageSettings",
    "article_crops",
    "lead_picture",
    "lead_stages",
    "otsu_curve",
    "road",
    "stages_of",
]

from . import road
from .fixed_crops import article_crops
from .otsu import OtsuCurve, otsu_curve
from .road import STAGE_KEYS, Stage, lead_picture, lead_stages, stages_of
from .settings import SIGMA_MAX, StageSettings
