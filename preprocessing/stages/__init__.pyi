__all__ = ["OtsuCurve", "SIGMA_MAX", "STAGE_KEYS", "Stage", "StageSettings", "lead_image", "lead_stages", "otsu_curve", "paper_leads", "road", "stages_of"]

from . import road
from .fixed_crops import paper_leads
from .otsu import OtsuCurve, otsu_curve
from .road import STAGE_KEYS, Stage, lead_image, lead_stages, stages_of
from .settings import SIGMA_MAX, StageSettings
