"""What each layer of the networks does, in the order in which a report passes through them."""

from __future__ import annotations

from ecgviz.words import article

ROWS = (
    "The input is sixteen rows of 2.5 s at 100 samples per second: the twelve leads and the four quarters of the "
    "rhythm strip. Each sample has two values: its voltage in millivolts, and 1 if it was read or 0 if not. No image, "
    "no text, no layout."
)
FIRST = (
    "The first convolution slides 32 filters of nine samples along every row and records their response at every "
    "second sample. The filters are learned in training, not designed, and are shared by all rows."
)
DEEPER = (
    "Residual blocks convolve these feature maps further and halve their time resolution: one step covers 20 ms, then "
    "40, 80 and 160 ms. After the first block each row has its own weights, so a Q wave in III can mean something else "
    "than one in aVR."
)
POOLED = (
    "Pooling over time keeps the mean and the maximum of each channel: whether and how strongly a pattern occurred, "
    "but not when. Each row then becomes 32 features, with weights of its own."
)
ALONG_TIME = (
    "A first LSTM reads the sixteen time steps of each row, forwards and backwards, so its output at a step depends "
    "on the steps before and after it. The output is pooled together with the feature maps."
)
ACROSS_ROWS = (
    "A second LSTM reads the rows from I to the end of the strip and back. Its last state goes to the head, with the "
    "features of all rows."
)
CONTRIBUTIONS = (
    "These networks have no attention layer: the weights of the head set how much each row counts. The contribution of "
    "a row to a logit is its features times the gradient of the logit with respect to them. It explains the logit, "
    "not the heart."
)
HEAD = (
    "The head turns the features of all rows into 96 features, and these into four logits, one per class. Logits have "
    "no unit: only their differences matter."
)
TEMPERATURE = (
    "Softmax turns logits into probabilities, after dividing them by a temperature. The temperature in the model card "
    "was fitted on held-out reports, so that about 80% of the predictions with 80% confidence are correct. The slider "
    "works on a copy. It never changes the predicted class, only the confidence."
)
ARTICLE = (
    f"The networks of {article.NAME} get one lead at a time, as a square image of 150 by 150 pixels. They are built "
    "here untrained, as the article describes them; the table lists the layers of the built network."
)

# By the Keras class of the layer.
KINDS: dict[str, str] = {
    "InputLayer": "takes the input",
    "Conv2D": "slides learned filters over its input",
    "BatchNormalization": "normalises each channel over a batch",
    "Activation": "ReLU: sets negative values to 0",
    "SpatialDropout2D": "drops whole channels in training; inactive in prediction",
    "Dropout": "drops values in training; inactive in prediction",
    "AveragePooling2D": "keeps the mean of neighbours",
    "MaxPooling2D": "keeps the maximum of neighbours",
    "Add": "adds the input of a block to its output",
    "EinsumDense": "mixes channels, each row with its own weights",
    "LayerNormalization": "normalises the features of each row",
    "Bidirectional": "an LSTM in both directions",
    "LSTM": "carries a state along the steps",
    "TimeDistributed": "applies the same layer at every step",
    "Flatten": "lists all values in one vector",
    "Reshape": "rearranges the same values",
    "Concatenate": "joins feature vectors",
    "Dense": "weights every input for every output",
    "Cropping1D": "keeps some of the rows",
    "GlobalAveragePooling1D": "keeps the mean over rows",
    "GlobalAveragePooling2D": "keeps the mean over rows and time",
    "Multiply": "multiplies element by element",
}
