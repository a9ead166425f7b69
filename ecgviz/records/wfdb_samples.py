"""Samples of a WFDB signal file as whole numbers, in the formats that ECG records use.

Written here instead of with the package `wfdb`, which installs ninety megabytes. The tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

# The value of a missing sample, by format.
MISSING = {
    "16": -(2**15),
    "61": -(2**15),
    "160": -(2**15),
    "24": -(2**23),
    "32": -(2**31),
    "80": -(2**7),
    "212": -(2**11),
}


def samples_of(data: bytes, kind: str, count: int) -> np.ndarray:
    """Unpack the first samples of a file, all its signals interleaved.

    Parameters
    ----------
    data : bytes
        The file after its own header, if it has one.
    kind : str
        One of `MISSING`.
    count : int
        How many samples; fewer are returned where the file ends before.

    Returns
    -------
    ndarray, shape (n,), int64

    Examples
    --------
    >>> samples_of(bytes([1, 0x2F, 3]), "212", 2).tolist()
    [-255, 515]
    >>> samples_of(bytes([255, 127, 0, 128]), "16", 5).tolist()
    [32767, -32768]
    """
    return _UNPACK[kind](data, count).astype(np.int64)


def _plain(dtype: str) -> Callable[[bytes, int], np.ndarray]:
    size = np.dtype(dtype).itemsize
    return lambda data, count: np.frombuffer(data, dtype, min(count, len(data) // size))


def _offset(dtype: str, middle: int) -> Callable[[bytes, int], np.ndarray]:
    plain = _plain(dtype)
    return lambda data, count: plain(data, count).astype(np.int64) - middle


def _three_bytes(data: bytes, count: int) -> np.ndarray:
    parts = np.frombuffer(data, np.uint8, 3 * min(count, len(data) // 3)).reshape(-1, 3).astype(np.int64)
    return _signed(parts[:, 0] | parts[:, 1] << 8 | parts[:, 2] << 16, 24)


def _pairs_in_three_bytes(data: bytes, count: int) -> np.ndarray:
    """Unpack two samples of twelve bits from each three bytes; the file may end after one of them."""
    needed = -(-count * 3 // 2)
    padded = data[:needed] + bytes(-len(data[:needed]) % 3)
    first, shared, second = np.frombuffer(padded, np.uint8).reshape(-1, 3).astype(np.int64).T
    both = np.stack([first | (shared & 0x0F) << 8, second | (shared & 0xF0) << 4], axis=1)
    return _signed(both.reshape(-1), 12)[: min(count, len(data) * 2 // 3)]


def _signed(values: np.ndarray, bits: int) -> np.ndarray:
    return np.where(values >= 1 << (bits - 1), values - (1 << bits), values)


_UNPACK = {
    "16": _plain("<i2"),
    "61": _plain(">i2"),
    "32": _plain("<i4"),
    "160": _offset("<u2", 2**15),
    "80": _offset("u1", 2**7),
    "24": _three_bytes,
    "212": _pairs_in_three_bytes,
}
