"""The four classes, in the order that every list of probabilities follows, and the models that give them."""

CLASSES = ("Normal", "Abnormal heartbeat", "Myocardial infarction", "History of MI")
MODEL_KEYS = ("cnn", "cnn_lstm", "ensemble")
