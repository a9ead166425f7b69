"""One door for fuzzing: any bytes are read, or refused with a code of a closed list; everything else is a fault.

`python -m tests.fuzz_reading FOLDER` runs it under Atheris, where that is installed.
"""

from __future__ import annotations

import json
import sys

# Every outcome that a file may have. A new one is added here on purpose, and to the lists of codes.
OUTCOMES = frozenset(
    {
        "read",
        "empty_file",
        "unsupported_format",
        "damaged_file",
        "too_large",
        "too_small",
        "too_complex",
        "too_blurred",
        "not_an_ecg",
        "not_12_lead",
        "layout_unknown",
        "record_too_short",
    }
)


def fuzz_read(data: bytes) -> str:
    """Read a file as the app and the command do, without networks, and return its outcome, one of `OUTCOMES`.

    Raises
    ------
    AssertionError
        For a reading that breaks the contract. Any other exception of the reading passes through.
    """
    # Here, so that Atheris can instrument it.
    from ecgviz.study import reading_of

    before = hash(data)
    reading = reading_of(data, "fuzzed", with_models=False)
    assert hash(data) == before
    json.dumps(reading, allow_nan=False)
    if reading["status"] == "read":
        assert reading["refusal"] is None if "refusal" in reading else True
        assert len({(lead["lead"], lead["role"]) for lead in reading["leads"]}) == len(reading["leads"]) > 0
        return "read"
    assert reading["status"] == "refused"
    code, message = reading["refusal"]["code"], reading["refusal"]["message"]
    assert code in OUTCOMES - {"read"}, code
    assert message.endswith("."), message
    return str(code)


def main() -> None:
    """Fuzz under Atheris with libFuzzer's arguments: a folder of seeds, which grows, and options."""
    import atheris

    with atheris.instrument_imports(include=["preprocessing", "ecgviz", "PIL", "pydicom", "defusedxml"]):
        from PIL import Image

        import ecgviz.records.dicom_input  # noqa: F401
        import preprocessing.picture.dicom_picture  # noqa: F401
        from ecgviz.study import reading_of  # noqa: F401

        Image.init()
    atheris.Setup(sys.argv, fuzz_read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
