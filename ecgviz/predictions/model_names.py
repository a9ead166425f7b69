"""What each network and baseline is called on screen."""

from models.networks import ENSEMBLE, NETWORKS

NAMES = {"cnn": "CNN", "cnn_lstm": "CNN-LSTM", ENSEMBLE: "Both together"}
# All that Evaluation compares, the ensemble first.
EVERY_NAME = {
    **{name: NAMES[name] for name in (ENSEMBLE, *NETWORKS)},
    "paper_cnn": "The paper's CNN",
    "paper_cnn_lstm": "The paper's CNN-LSTM",
    "simple_linear": "Linear model",
    "heart_rate": "Heart rate alone",
    "majority": "Majority class",
}
