"""The reports and signals of a batch: each file is written while its study is in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ecgviz.batch.whole_files import write_whole
from ecgviz.export import SIGNAL_FORMATS, dicom_report
from ecgviz.export.report import report_html, report_pdf
from ecgviz.study import Study, name_of

# HTML first: it takes half the time of a PDF.
KINDS: dict[str, Callable[[Study], bytes]] = {
    "html": report_html,
    "pdf": report_pdf,
    "dcm": lambda study: dicom_report(study, report_pdf(study)),
}
MOST_KEPT_BYTES = 100 * 2**20


def report_of(study: Study, kind: str) -> tuple[str, bytes]:
    """Return the report of a study in one of `KINDS`, with header and margins hidden: its name and its bytes."""
    return f"{name_of(study.image.sha256)}.{kind}", KINDS[kind](study)


def signals_of(study: Study, formats: Sequence[str]) -> tuple[tuple[str, bytes], ...]:
    """Return the signals of a study in some of `SIGNAL_FORMATS`, each with its name."""
    stem, chosen = name_of(study.image.sha256), [SIGNAL_FORMATS[key] for key in formats]
    return tuple((f"{stem}.{one.ending}", one.write(study, report_pdf)) for one in chosen)


def into_folder(folder: Path) -> Callable[[str, bytes], bool]:
    """Return a function that writes files into a folder."""

    def keep(name: str, content: bytes) -> bool:
        write_whole(folder / name, content)
        return True

    return keep


class ReportZip:
    """Files of a batch in one zip archive in memory, up to `MOST_KEPT_BYTES`, without dates."""

    def __init__(self) -> None:
        self.count = self.without_room = 0
        self._buffer = BytesIO()
        # It may be downloaded while the next report is added.
        self._using = Lock()

    def keep(self, name: str, content: bytes) -> bool:
        """Add a file; return whether there was room."""
        with self._using:
            if self._buffer.getbuffer().nbytes + len(content) > MOST_KEPT_BYTES:
                self.without_room += 1
                return False
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            with ZipFile(self._buffer, "a") as archive:
                archive.writestr(entry, content)
            self.count += 1
        return True

    def content(self) -> bytes:
        """Return the archive so far."""
        with self._using:
            return self._buffer.getvalue()
