"""The purpose of each preprocessing stage, and the lesson of each fault."""

from __future__ import annotations

BEFORE = (
    "Before a lead is cut out, the page is flattened, the grid gives its scale, and the rows and columns of leads are "
    "found. Every later stage rests on this: a wrong box gives a perfect image of the wrong signal."
)
AFTER = (
    "The small square image is the input of the article's networks. CNN and CNN-LSTM receive the stage before it, all "
    "leads at one scale in time and voltage. Trace CNN and Trace CNN-LSTM receive the trace instead, the path of the "
    "ink in millivolts and seconds, which does not depend on grid colour, pen or camera. Change sigma or the threshold "
    "on Preprocessing, and the predictions from pictures follow."
)

# By the key of the stage.
PURPOSES: dict[str, str] = {
    "upload": "A page that lies flat and upright has straight rows of leads, which can be cut out as rectangles.",
    "grayscale": "Colour separates paper from grid, not one heart from another; one channel carries the same trace.",
    "segmentation": "A network that gets one lead cannot use text printed beside it, such as the heart rate.",
    "smoothed": "Paper grain and grid dots are finer than the trace, so slight smoothing weakens them first.",
    "otsu": "A threshold computed from each image adapts to its light; a fixed one fails on the next scanner.",
    "binary": "Only the shape remains. No later stage can restore what is lost here.",
    "unsigned_byte": "No information is lost: the image had only two values.",
    "mode_l": "Mode 'L' is Pillow's name for such an image; smooth resizing needs this type.",
    "resized": "Networks with a fixed input size need images of that size; a rhythm strip is compressed far more than "
    "a lead.",
}

# By the name of the fault.
FAULT_LESSONS: dict[str, str] = {
    "sigma": "Too much smoothing spreads the thin stroke over its neighbours. Otsu's threshold adapts and still finds "
    "it, as a thick line in which small Q waves, notches and the edges of a narrow QRS complex merge.",
    "threshold": "Shifted towards white, the threshold takes the grid for ink; shifted towards black, it thins and "
    "breaks the trace. Otsu's optimum lies between, where ink and paper differ most.",
    "blur": "An image out of focus looks as if sigma were too large. The lost detail cannot be restored: sharpening "
    "only guesses it.",
    "resolution": "With few pixels per millimetre, stroke and grid share pixels. At two pixels per millimetre a Q wave "
    "of 30 ms, which is 0.75 mm wide, covers one and a half pixels.",
    "light": "A shadow over one half shifts its grey levels. One threshold for both halves then takes shaded paper "
    "for ink. That is why this tool corrects the illumination of a page before it cuts out leads.",
}
