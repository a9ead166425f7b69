__all__ = [
    "LEAD_STAGES",
    "PAGE_STAGES",
    "SIGMA_MAX",
    "STAGE_KEYS",
    "OtsuCurve",
    "Stage",
    "StageSettings",
    "article_crops",
    "lead_picture",
    "lead_stages",
    "otsu_curve",
    "page_stages",
    "stages_of",
]

from .fixed_crops import article_crops
from .otsu import OtsuCurve, otsu_curve
from .road import (
    LEAD_STAGES,
    PAGE_STAGES,
    STAGE_KEYS,
    Stage,
    lead_picture,
    lead_stages,
    page_stages,
    stages_of,
)
from .settings import SIGMA_MAX, StageSettings
