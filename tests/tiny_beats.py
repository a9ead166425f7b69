"""Small stand-ins for the data files: pictures of six classes with copies among them, and records with beats."""

from __future__ import annotations

from pathlib import Path

import numpy as np

FOLDERS = ("Left Bundle Branch Block", "Normal", "PAC", "PVC", "Right Bundle Branch Block", "Ventricular Fibrillation")
# In each class, the last test picture is a copy of the first training picture, the last but one has no good match, and
# the pictures are of two records.
TRAIN, TEST = 13, 5
# The beats of one of them are there too.
RECORDS_OF = (("106", "201"), *((str(one), str(one + 1)) for one in range(202, 212, 2)))
RATE_HZ, GAIN, BASELINE = 360, 200, 1024
RECORDS = ("100", "101", "102", "106")
DS1, DS2 = ("101", "106"), ("100",)
# Of successive beats, repeated.
SYMBOLS = ("N", "N", "A", "V", "F", "/", "L")
BEATS, EVERY = 42, 300
AAMI_OF = {"N": "N", "L": "N", "A": "S", "V": "V", "F": "F", "/": "Q"}


def six(folder: Path) -> Path:
    """Write ``beats6.npz`` and its matches below a folder, and return it; class by class, training pictures first."""
    rng = np.random.default_rng(0)
    pictures, labels, splits, lines = [], [], [], ["split,class,name,symbol,corr,offset,record,sample,second_corr"]
    for label, name in enumerate(FOLDERS):
        own = np.full((TRAIN + TEST, 128, 192), 255, np.uint8)
        # A dark block where only its class has one, and noise of its own.
        own[:, 20:100, 30 * label + 4 : 30 * label + 20] = 40
        own[:, 120:] = rng.integers(200, 256, own[:, 120:].shape)
        own[-1] = own[0]
        for at in range(len(own)):
            record = RECORDS_OF[label][at % 2 * (at != len(own) - 1)]
            split = "train" if at < TRAIN else "test"
            corr = 0.5 if at == len(own) - 2 else 0.99
            splits.append(split)
            lines.append(f"{split},{name},fig_{at}.png,N,{corr},0,{record},{1000 + at},0.1")
        pictures.append(own)
        labels.append(np.full(len(own), label, np.uint8))
    # One blank picture on both sides, in two classes, without a match.
    blank = np.full((2, 128, 192), 255, np.uint8)
    for label, split in ((1, "train"), (4, "test")):
        splits.append(split)
        lines.append(f"{split},{FOLDERS[label]},blank.png,,,,,,")
    (folder / "signals").mkdir(parents=True, exist_ok=True)
    np.savez(
        folder / "signals" / "beats6.npz",
        images=np.concatenate([*pictures, blank]),
        label=np.concatenate([*labels, np.array([1, 4], np.uint8)]),
        split=np.array(splits),
        classes=np.array(FOLDERS),
    )
    (folder / "signals" / "beats6_mitbih_match.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def mitbih(folder: Path) -> Path:
    """Write ``mitbih.npz`` below a folder, and return it: beats evenly spaced, each symbol with its own height."""
    samples = EVERY // 2 + EVERY * np.arange(BEATS)
    symbols = np.array([SYMBOLS[beat % len(SYMBOLS)] for beat in range(BEATS)])
    heights_mv = {symbol: 0.4 + 0.2 * at for at, symbol in enumerate(sorted(AAMI_OF))}
    clock = np.arange(EVERY * BEATS)
    mv = np.zeros(len(clock))
    for sample, symbol in zip(samples, symbols, strict=True):
        mv += heights_mv[symbol] * np.exp(-(((clock - sample) / 8) ** 2))
    adc = np.stack([np.rint(BASELINE + GAIN * (mv + 0.1 * row)) for row in range(len(RECORDS))]).astype(np.int16)
    (folder / "signals").mkdir(parents=True, exist_ok=True)
    np.savez(
        folder / "signals" / "mitbih.npz",
        start=adc[:, 0],
        diff=np.diff(adc, axis=1, prepend=adc[:, :1]).astype(np.int8),
        fs=np.int32(RATE_HZ),
        gain=np.int32(GAIN),
        baseline=np.int32(BASELINE),
        record=np.array(RECORDS),
        beat_record=np.repeat(np.arange(len(RECORDS)), BEATS).astype(np.uint8),
        beat_sample=np.tile(samples, len(RECORDS)).astype(np.int32),
        beat_symbol=np.tile(symbols, len(RECORDS)),
        aami_symbol=np.array(list(AAMI_OF)),
        aami_class=np.array(list(AAMI_OF.values())),
        ds1=np.array(DS1),
        ds2=np.array(DS2),
    )
    return folder
