"""What each preprocessing stage is for, and what each mishap teaches. Words only; the stages say what they do."""

from __future__ import annotations

BEFORE = (
    "Before a lead can be cut out, the page is laid flat, its millimetres are measured by the grid, and the rows and "
    "columns of leads are found. Every later step rests on this one: a box in the wrong place gives a fine picture of "
    "the wrong thing."
)
AFTER = (
    "The networks of this tool do not look at the small square picture above. They look at the trace: the ink's path "
    "in millivolts and seconds, which is the same whatever the colour of the grid, the pen or the camera. The square "
    "picture is what the paper's networks look at."
)

# By the key of the stage.
WHAT_FOR: dict[str, str] = {
    "crop": "A network that sees one lead cannot be misled by what is printed beside it, the heart rate above all.",
    "grayscale": "Colour tells paper from grid, not heart from heart; a third of the numbers carry the same trace.",
    "smoothed": "Grid dots and grain of paper are finer than the trace, so a little blur takes them and leaves it.",
    "otsu": "A threshold found on each picture follows its light; a fixed one fails on the next scanner.",
    "binary": "What is left is shape alone. What was lost here, no later step brings back.",
    "unsigned_byte": "Image files and Pillow hold whole numbers from 0 to 255; nothing else changes.",
    "mode_l": "Pillow's resize wants to know that there is one channel of eight bits, and 'L' says so.",
    "resized": "Networks of fixed size need pictures of fixed size; a rhythm strip is squeezed far more than a lead.",
}

# By the name of the mishap.
MISHAP_LESSONS: dict[str, str] = {
    "sigma": "Too much smoothing spreads the thin stroke over its neighbours. Otsu's threshold follows and still "
    "finds it, as a thick line in which small Q waves, notches and the edges of a narrow QRS complex melt together.",
    "threshold": "Moved towards white, the threshold takes the squares for ink; moved towards black, it thins the "
    "trace and breaks it. Otsu's optimum lies between, where ink and paper differ most.",
    "blur": "A picture out of focus was smoothed before anyone asked, and looks as if sigma had been too large. "
    "Nothing can take that back: sharpening guesses.",
    "resolution": "With few pixels a millimetre the stroke and the squares share pixels. At two pixels a millimetre a "
    "Q wave of 30 ms, which is 0.75 mm wide, has a pixel and a half.",
    "light": "A shadow over one half shifts its grey values. One threshold for both halves then takes shadowed paper "
    "for ink; that is why this tool evens out the light of a page before leads are cut.",
}
