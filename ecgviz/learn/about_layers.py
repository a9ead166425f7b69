"""What each layer of the networks does, in the order in which a report passes them. Words only."""

from __future__ import annotations

ROWS = (
    "What goes in: sixteen rows of 2.5 s, the twelve leads and the four quarters of the strip, 100 samples a second. "
    "Each sample has two numbers, its millivolts and whether it was read at all. No picture, no text, no layout."
)
FIRST = (
    "The first convolution lays 32 small patterns of nine samples along every row and notes how well each fits, at "
    "every second sample. Nobody chose the patterns: training did. The same patterns go over all rows."
)
DEEPER = (
    "Residual blocks repeat this on the answers before, with a way past each, and halve the time steps: a step stands "
    "for 20 ms, then 40, 80 and 160. After the first block every row gets weights of its own, so that a Q wave in III "
    "can mean something else than one in aVR."
)
POOLED = (
    "Over all time steps the mean and the largest answer of each channel are kept: that a pattern was there and how "
    "strongly, no longer when. Each row is then put into 32 numbers by weights of its own."
)
ALONG_TIME = (
    "One LSTM runs along the sixteen time steps of each row, forwards and backwards, and keeps a memory: what it says "
    "at a step depends on the steps before. Its answers are pooled beside the maps."
)
ACROSS_ROWS = (
    "A second LSTM runs across the rows, from I to the end of the strip and back; its last memory, beside all rows' "
    "numbers, goes to the head."
)
HEARD = (
    "There is no attention layer in these networks: the head's weights say how much each row counts. How much of a "
    "class's score came from a row is the row's numbers times the score's slope along them. It says what this score "
    "was made of, not what the heart does."
)
HEAD = (
    "The head puts all rows together into 96 numbers and these into four scores, one for each class. Scores have no "
    "unit: only their differences matter."
)
TEMPERATURE = (
    "Softmax makes probabilities of scores, after dividing them by a temperature. The card's temperature was chosen on "
    "reports not taught on, so that of answers given with 80% about 80% are right. Moving it here works on a copy: "
    "it never changes which class is likeliest, only how sure that sounds."
)
PAPER = (
    "The paper's networks look at one lead at a time, as a square picture of 150 by 150 pixels. They are built here, "
    "untrained, as the paper has them, and the table is read from what was built."
)

# By Keras's name of a layer's kind.
KINDS: dict[str, str] = {
    "InputLayer": "takes the numbers in",
    "Conv2D": "lays small learnt patterns over its input",
    "BatchNormalization": "brings each channel to one mean and spread",
    "Activation": "keeps what is above 0 (ReLU)",
    "SpatialDropout2D": "drops whole channels while learning; does nothing afterwards",
    "Dropout": "drops numbers while learning; does nothing afterwards",
    "AveragePooling2D": "keeps the mean of neighbours",
    "MaxPooling2D": "keeps the largest of neighbours",
    "Add": "adds the way past a block to the block",
    "EinsumDense": "weighs channels, each row with weights of its own",
    "LayerNormalization": "brings each row's numbers to one mean and spread",
    "Bidirectional": "an LSTM in both directions",
    "LSTM": "a memory that runs along the steps",
    "TimeDistributed": "does the same at every step",
    "Flatten": "writes all numbers in one line",
    "Reshape": "arranges the same numbers otherwise",
    "Concatenate": "lays numbers side by side",
    "Dense": "weighs every number for every result",
    "Cropping1D": "takes some rows only",
    "GlobalAveragePooling1D": "keeps the mean over rows",
    "GlobalAveragePooling2D": "keeps the mean over rows and time",
    "Multiply": "multiplies number by number",
}
