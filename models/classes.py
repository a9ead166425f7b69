"""The four classes, in the order that every list of probabilities follows."""

CLASSES = ("Normal", "Abnormal heartbeat", "Myocardial infarction", "History of MI")
