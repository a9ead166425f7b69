"""The display names of networks, baselines and aggregations."""

from models.networks import ENSEMBLE, PAPER_NETWORKS, PICTURE_NETWORKS, TRACE_NETWORKS
from models.scoring import ATTENTION, JOINT

NAMES = {
    "paper_cnn": "The article's CNN",
    "paper_cnn_lstm": "The article's CNN-LSTM",
    "cnn": "CNN",
    "cnn_lstm": "CNN-LSTM",
    "trace_cnn": "Trace CNN",
    "trace_cnn_lstm": "Trace CNN-LSTM",
    ENSEMBLE: "Combined",
}
# Of which the combined prediction is made; the article's are baselines.
OURS = (*PICTURE_NETWORKS, *TRACE_NETWORKS)
# What each kind of network receives, the article's first.
ROADS = {
    "The article's networks, over stage 9 of each lead": PAPER_NETWORKS,
    "Ours over pictures": PICTURE_NETWORKS,
    "Ours over traces": TRACE_NETWORKS,
}
# All that Evaluation compares, the ensemble first.
EVERY_NAME = {
    **{name: NAMES[name] for name in (ENSEMBLE, *OURS, *PAPER_NETWORKS)},
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
