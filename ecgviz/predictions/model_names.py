"""The display names of networks, baselines and aggregations."""

from models.networks import ENSEMBLE, NETWORKS
from models.scoring import ATTENTION, JOINT

NAMES = {"cnn": "CNN", "cnn_lstm": "CNN-LSTM", ENSEMBLE: "Combined"}
# All that Evaluation compares, the ensemble first.
EVERY_NAME = {
    **{name: NAMES[name] for name in (ENSEMBLE, *NETWORKS)},
    "paper_cnn": "The article's CNN",
    "paper_cnn_lstm": "The article's CNN-LSTM",
    "simple_linear": "Linear model",
    "heart_rate": "Heart rate alone",
    "majority": "Majority class",
}
# From the leads to the report.
AGGREGATIONS = {
    JOINT: "Network's own head",
    "mean": "Mean probability",
    "logit_mean": "Mean logit",
    "trimmed": "Trimmed mean logit",
    ATTENTION: "Attention weights",
}
