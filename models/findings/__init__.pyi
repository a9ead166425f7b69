__all__ = [
    "CONTRADICTED",
    "TOO_SLOW",
    "Calibration",
    "FindingData",
    "Findings",
    "FindingsCard",
    "FindingsHead",
    "HeldOutPages",
    "Trees",
    "calibration_of",
    "cross_fitted",
    "data_file",
    "figures_of",
    "findings_card",
    "findings_file",
    "findings_head",
    "fitted",
    "head",
    "held_out_pages",
    "load_data",
    "load_pages",
    "markdown_of",
    "mean_of",
    "measured_features",
    "page_traces",
    "plain_trees",
    "prepare",
    "save_pages",
    "targets_of_codes",
    "targets_of_rhythm",
    "with_findings",
    "with_heart_rate",
]

from . import head
from .calibrating import Calibration, calibration_of, figures_of
from .card import FindingsCard, findings_card, findings_file
from .card_text import markdown_of
from .contradiction import CONTRADICTED, TOO_SLOW, with_findings, with_heart_rate
from .drawn_fold import HeldOutPages, held_out_pages, load_pages, save_pages
from .fitting import cross_fitted, fitted, plain_trees
from .head import Findings, FindingsHead, findings_head
from .labels import targets_of_codes, targets_of_rhythm
from .laid_out import page_traces
from .measured_inputs import measured_features
from .training_data import FindingData, data_file, load_data, prepare
from .trees import Trees, mean_of
